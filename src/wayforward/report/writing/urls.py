"""Addresses of writing and reviewing the report."""

from django.urls import URLPattern, path

from wayforward.pages.answer import twinned
from wayforward.pages.urls import EXERCISE
from wayforward.report.writing import editor, parts, review_views, versions

SECTION = f"{EXERCISE}/report/sections/<slug:which>"
REVIEW = f"{EXERCISE}/report/review"

urlpatterns: list[URLPattern] = [
    *twinned(f"{EXERCISE}/report/read/<slug:part>", parts.part, "report-part"),
    path(f"{SECTION}/edit", editor.edit, name="section-edit"),
    *twinned(f"{SECTION}/versions", versions.version_list, "section-versions"),
    path(f"{SECTION}/versions/<int:version>/put-back", versions.put_back, name="section-put-back"),
    *twinned(REVIEW, review_views.reviews, "report-review"),
    path(f"{REVIEW}/new", review_views.begin, name="review-new"),
    path(f"{REVIEW}/<slug:which>/return", review_views.give_back, name="review-return"),
]
