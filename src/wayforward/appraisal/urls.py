"""Addresses of the appraisal's own pages."""

from django.urls import path

from wayforward.appraisal import views
from wayforward.appraisal.pages import summary, what_if
from wayforward.pages.answer import read_only, twinned
from wayforward.pages.urls import EXERCISE

urlpatterns = [
    *twinned(f"{EXERCISE}/options-summary", summary.options_summary, "options-summary"),
    *twinned(f"{EXERCISE}/what-if", what_if.what_if, "what-if"),
    path(f"{EXERCISE}/what-if/save", what_if.save, name="what-if-save"),
    path(f"{EXERCISE}/appraisal-workbook.xlsx", read_only(views.workbook), name="appraisal-workbook"),
]
