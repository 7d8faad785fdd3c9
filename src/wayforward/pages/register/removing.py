"""Taking a record away: what would be left naming it is told first, and evidence cited for it goes with it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from wayforward.pages import describe, quoting
from wayforward.pages.register.entries import Fault
from wayforward.pages.register.form import both_ways
from wayforward.pages.register.place import (
    Place,
    at,
    new_submission,
    record_at,
    shown,
    submission_of,
    version_of,
)
from wayforward.pages.register.rules import as_faults, brought_in, called
from wayforward.people.permissions import demand
from wayforward.records.base import Record, Versioned, columns
from wayforward.records.case import Case
from wayforward.records.fields import RecordRef
from wayforward.records.models import Citation
from wayforward.records.save import (
    AlreadyReceived,
    Change,
    ChangedMeanwhile,
    StillNamed,
    save_all,
    was_received,
)

MEANWHILE = 409
REFUSED = 400


@both_ways
def remove(request: HttpRequest, code: str, stem: str, which: str) -> HttpResponse:
    """Whether a record is to be removed, and removing it."""
    place = at(request, code, stem, removing=True)
    listed = reverse("register", args=[code, stem])
    if request.method == "POST" and was_received(submission_of(place)):
        return redirect(f"{listed}?removed={which}")
    record = record_at(place, which)
    if not isinstance(record, Record):
        return redirect("record", code, stem, which)  # the exercise itself stays
    cited = [] if isinstance(record, Citation) else place.case.citations(record)
    if cited:
        demand(request.user, Citation.changed_by, place.exercise)
    if request.method != "POST":
        return _page(place, record, cited)
    if version_of(request.POST.get("version", "")) != record.version:
        return _page(place, record, cited, changed=True)
    if _named_by(place.case, record) or _faults(place, record, cited):
        return _page(place, record, cited, status=REFUSED)
    # Rows of their own: what is removed loses its key, and the case in memory is others' too.
    rows = [type(one)._default_manager.get(pk=one.pk) for one in (*cited, record)]
    changes = [Change(row, one.version, gone=True) for row, one in zip(rows, (*cited, record), strict=True)]
    try:
        save_all(changes, place.actor, "removed", submission_of(place))
    except AlreadyReceived:
        pass
    except (ChangedMeanwhile, StillNamed):
        return _page(place.anew(), record_at(place.anew(), which), cited, changed=True)
    return redirect(f"{listed}?removed={which}")


def _named_by(case: Case, record: Record) -> list[dict[str, str]]:
    """The records that name a record, other than evidence cited for it, and the sections that quote it."""
    naming: list[Versioned] = [row for row, _ in case.referring(record)]
    for model in case.models():
        fields = [one.name for one in columns(model) if isinstance(one, RecordRef)]
        if fields and model is not Citation:
            naming += [
                row for row in case.rows(model) if any(getattr(row, f) == record.reference for f in fields)
            ]
    found = {one.reference: _link(one) for one in naming if one is not record}
    for one in quoting.records_that_quote(case, f"record:{record.reference}"):
        words = f"The report quotes it in section {one['number'] or one['code']}"
        found.setdefault(f"{one['stem']}:{one['code']}", {**one, "words": words})
    return list(found.values())


def _link(one: Versioned) -> dict[str, str]:
    return {"stem": one.stem, "code": one.code, "words": called(one)}


def _faults(place: Place, record: Record, cited: list[Citation]) -> list[Fault]:
    if _named_by(place.case, record):
        return []  # the rules can't be asked of a case in which rows lead nowhere
    return as_faults(brought_in(place.case, gone=[record, *cited]), None, ())


def _page(
    place: Place, record: Versioned, cited: list[Citation], *, changed: bool = False, status: int = 200
) -> HttpResponse:
    one: Any = record
    data = {
        "title": f"Remove {record.code}{f', {record.label}' if record.label else ''}?",
        "record": record,
        "fields": [field for field in describe.fields(place.case, record) if field["known"]],
        "cited": cited,
        "naming": _named_by(place.case, one),
        "faults": _faults(place, one, cited),
        "first": "main-content",
        "changed": changed,
        "submission": new_submission(),
    }
    return shown(
        place, "pages/register/remove.html", data, [record, *cited], MEANWHILE if changed else status
    )
