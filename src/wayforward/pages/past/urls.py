"""Addresses of what was: a record's history, what changed, the exercise as at a day, and undoing."""

from django.urls import URLPattern, path, register_converter

from wayforward.pages.answer import read_only, twinned
from wayforward.pages.past import as_at_views, changes_views, history_views, put_back_views
from wayforward.pages.past.asked import DayConverter

register_converter(DayConverter, "day")
EXERCISE = "exercises/<slug:code>"
HISTORY = f"{EXERCISE}/records/<slug:stem>/<slug:which>/history"
CHANGES = f"{EXERCISE}/changes"
AS_AT = f"{EXERCISE}/as-at"

urlpatterns: list[URLPattern] = [
    *twinned(HISTORY, history_views.record_history, "record-history"),
    path(f"{HISTORY}/<int:version>/put-back", put_back_views.put_back, name="put-back"),
    path(f"{CHANGES}.csv", read_only(changes_views.changes_csv), name="changes-csv"),
    *twinned(CHANGES, changes_views.changes, "changes"),
    *twinned(f"{CHANGES}/<int:sequence>", changes_views.act, "act"),
    path(f"{CHANGES}/<int:sequence>/undo", put_back_views.act_undo, name="act-undo"),
    *twinned(AS_AT, as_at_views.days, "as-at-days"),
    *twinned(f"{AS_AT}/<day:day>", as_at_views.as_at_day, "as-at"),
    *twinned(f"{AS_AT}/<day:day>/records/<slug:stem>", as_at_views.as_at_register, "as-at-register"),
]
