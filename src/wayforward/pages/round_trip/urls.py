"""Addresses of this room."""

from django.urls import path

from wayforward.pages.answer import read_only, twinned
from wayforward.pages.round_trip import accepting, views, whole

HERE = "exercises/<slug:code>/round-trip"
UPLOAD = f"{HERE}/uploads/<uuid:key>"

urlpatterns = [
    path("begin/workbook", whole.begin, name="begin-workbook"),
    *twinned(HERE, views.round_trip, "round-trip"),
    path(f"{HERE}/stages/<slug:name>.xlsx", read_only(views.stage_workbook), name="round-trip-stage"),
    path(f"{HERE}/records/<slug:stem>.xlsx", read_only(views.register_workbook), name="round-trip-register"),
    path(f"{HERE}/records/<slug:stem>.csv", read_only(views.register_csv), name="round-trip-csv"),
    path(f"{HERE}/upload", views.upload, name="round-trip-upload"),
    path(UPLOAD, accepting.uploaded, name="round-trip-uploaded"),
    path(f"{UPLOAD}/discard", accepting.discard, name="round-trip-discard"),
    path(f"{UPLOAD}/differences.csv", read_only(accepting.differences), name="round-trip-differences"),
]
