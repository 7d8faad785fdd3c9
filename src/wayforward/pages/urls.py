"""Addresses of an exercise's pages; each page has a JSON twin at the same address with .json after it."""

from django.urls import path, register_converter

from wayforward.pages import finding_views, record_views, views, work
from wayforward.pages.answer import read_only, twinned


class KeyConverter:
    """A finding's key in an address: stage.noun."""

    regex = r"[a-z]+\.[a-z_]+"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(KeyConverter, "key")
EXERCISE = "exercises/<slug:code>"
FINDING = f"{EXERCISE}/findings/<key:key>"

urlpatterns = [
    path("", read_only(views.exercises), {"form": ""}, name="exercises"),
    path("exercises.json", read_only(views.exercises), {"form": "json"}, name="exercises-json"),
    *twinned(f"{EXERCISE}", views.home, "home"),
    *twinned(f"{EXERCISE}/stages/<slug:name>", views.stage, "stage"),
    *twinned(f"{EXERCISE}/records", record_views.registers, "registers"),
    *twinned(f"{EXERCISE}/records/<slug:stem>", record_views.register, "register"),
    *twinned(f"{EXERCISE}/records/<slug:stem>/<slug:which>", record_views.record, "record"),
    *twinned(f"{EXERCISE}/findings", finding_views.finding_list, "findings"),
    path(f"{FINDING}.csv", read_only(finding_views.finding_csv), name="finding-csv"),
    path(f"{FINDING}.svg", read_only(finding_views.finding_svg), name="finding-svg"),
    path(f"{FINDING}.vega", read_only(finding_views.finding_chart), name="finding-chart"),
    *twinned(FINDING, finding_views.finding, "finding"),
    *twinned(f"{EXERCISE}/long-work", work.work, "work"),
    path(f"{EXERCISE}/long-work/findings", work.ask_for_all, name="work-findings"),
    path(f"{EXERCISE}/long-work/<int:number>/cancel", work.cancel_one, name="work-cancel"),
]
