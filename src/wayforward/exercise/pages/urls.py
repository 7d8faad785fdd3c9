"""Addresses of this room."""

from wayforward.exercise.pages import highlight, plan
from wayforward.pages.answer import twinned
from wayforward.pages.urls import EXERCISE

urlpatterns = [
    *twinned(f"{EXERCISE}/plan", plan.plan, "plan"),
    *twinned(f"{EXERCISE}/highlight", highlight.highlight, "highlight"),
]
