"""Addresses of an exercise's pages; each page has a JSON twin at the same address with .json after it."""

from django.urls import path, register_converter

from wayforward.pages import views
from wayforward.pages.answer import twinned


class KeyConverter:
    """A finding's key in an address: stage.noun."""

    regex = r"[a-z]+\.[a-z_]+"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(KeyConverter, "key")
EXERCISE = "exercises/<slug:code>"

urlpatterns = [
    path("", views.exercises, {"form": ""}, name="exercises"),
    path("exercises.json", views.exercises, {"form": "json"}, name="exercises-json"),
    *twinned(f"{EXERCISE}", views.home, "home"),
    *twinned(f"{EXERCISE}/stages/<slug:name>", views.stage, "stage"),
    *twinned(f"{EXERCISE}/records/<slug:stem>", views.register, "register"),
    *twinned(f"{EXERCISE}/records/<slug:stem>/<slug:which>", views.record, "record"),
    *twinned(f"{EXERCISE}/findings", views.finding_list, "findings"),
    path(f"{EXERCISE}/findings/<key:key>.csv", views.finding_csv, name="finding-csv"),
    path(f"{EXERCISE}/findings/<key:key>.svg", views.finding_svg, name="finding-svg"),
    path(f"{EXERCISE}/findings/<key:key>.vl", views.finding_chart, name="finding-chart"),
    *twinned(f"{EXERCISE}/findings/<key:key>", views.finding, "finding"),
]
