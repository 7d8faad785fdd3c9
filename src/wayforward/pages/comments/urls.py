"""Addresses of comments and challenges."""

from django.urls import path

from wayforward.pages.answer import twinned
from wayforward.pages.comments import views
from wayforward.pages.urls import EXERCISE

COMMENTS = f"{EXERCISE}/comments"

urlpatterns = [
    *twinned(COMMENTS, views.comments, "comments"),
    path(f"{COMMENTS}/new", views.new, name="comment-new"),
    path(f"{COMMENTS}/<slug:which>/answer", views.answer_form, name="comment-answer"),
    path(f"{COMMENTS}/<slug:which>/close", views.close, name="comment-close"),
]
