"""Changing one field of several records together: chosen in the list, one value for all, checked, saved at once."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from wayforward.pages import describe, listing
from wayforward.pages.describe import Column
from wayforward.pages.marking import of_records
from wayforward.pages.register import resting
from wayforward.pages.register.controls import controls, named
from wayforward.pages.register.entries import PREFIX, Fault, asked_of, given, read, with_values
from wayforward.pages.register.form import both_ways
from wayforward.pages.register.place import (
    Place,
    at,
    new_submission,
    refuse_withheld,
    shown,
    submission_of,
    version_of,
)
from wayforward.pages.register.rules import as_faults, brought_in
from wayforward.records.base import Record, Versioned
from wayforward.records.save import AlreadyReceived, Change, ChangedMeanwhile, save_all, was_received

ACTION = "changed with others"
REFUSED = 400
MEANWHILE = 409
TEMPLATE = "pages/register/several.html"
MOST_FAULTS = 20
SHOWN = 50  # names of the records in full on the form


@both_ways
def several(request: HttpRequest, code: str, stem: str) -> HttpResponse:
    """The records chosen in a list: which field, which value, and what that changes."""
    place = at(request, code, stem)
    listed = reverse("register", args=[code, stem])
    if not issubclass(place.model, Record):
        return redirect(listed)
    if request.method == "POST":
        return _sent(place, listed)
    rows = _chosen(place)
    if not rows or len(rows) > listing.MOST_TOGETHER:
        return _none_or_too_many(place, len(rows))
    return _form(place, rows, _field(place, request.GET.get("field", "")), "")


def _chosen(place: Place) -> list[Versioned]:
    """The rows that the address names, or all that its search and its filters leave."""
    rows = place.seen(place.model)
    query = place.request.GET
    if query.get("all") == "yes":
        return listing.chosen(rows, place.model, listing.Asked.of(query))
    codes = set(query.getlist("row"))
    return [row for row in rows if row.code in codes]


def _field(place: Place, name: str) -> Column | None:
    return next((one for one in asked_of(place.model) if one.name == name), None)


def _none_or_too_many(place: Place, many: int) -> HttpResponse:
    words = (
        f"{many:,} of them are chosen, and at most {listing.MOST_TOGETHER} can be changed together. "
        "Narrow the list first."
        if many
        else "None of them is chosen. Go back to the list and tick those to change."
    )
    return shown(place, TEMPLATE, {"title": f"Change several {place.model.plural()}", "none": words})


def _form(
    place: Place,
    rows: Sequence[Versioned],
    field: Column | None,
    text: str,
    faults: Sequence[Fault] = (),
    status: int = 200,
) -> HttpResponse:
    """First which field, then its value: the control of a value hangs on its field."""
    asked = [field] if field else []
    data = {
        "title": f"Change {len(rows)} {place.model.plural() if len(rows) > 1 else place.model.words()} together",
        "question": "Which field is to be changed, and to what?",
        "rows": rows[:SHOWN],
        "rest": max(0, len(rows) - SHOWN),
        "every": rows,
        # The search and not its rows: an address is only so long.
        "asked": [(k, v) for k, some in place.request.GET.lists() if k != "field" for v in some],
        "fields": [(one.name, str(one.verbose_name)) for one in asked_of(place.model)],
        "field": field.name if field else "",
        "controls": controls(place, asked, {one.name: text for one in asked}, faults),
        "faults": faults,
        "first": f"{PREFIX}{field.name}" if field else "field",
        "submission": new_submission(),
    }
    return shown(place, TEMPLATE, data, [*rows, *named(place, asked)], status)


def _sent(place: Place, listed: str) -> HttpResponse:
    post = place.request.POST
    submission = submission_of(place)
    if was_received(submission):
        return redirect(listed)
    seen = _seen(post.getlist("row"))
    field = _field(place, post.get("field", ""))
    if field is None or not seen:
        raise BadRequest("A form without its field or its rows.")
    rows: list[Any] = [row for row in place.seen(place.model) if row.code in seen]
    refuse_withheld(place, of_records(place.case, rows))
    changed = [code for code in seen if code not in {row.code for row in rows}]
    changed += [row.code for row in rows if row.version != seen[row.code]]
    if changed:
        return _meanwhile(place, changed)
    texts = given(post, [field])
    found = read(place, [field], texts)
    if found.faults:
        return _form(place, rows, field, texts[field.name], found.faults, REFUSED)
    after = [with_values(row, found.values) for row in rows]
    different = [
        (row, new)
        for row, new in zip(rows, after, strict=True)
        if field.write_cell(getattr(row, field.name)) != field.write_cell(getattr(new, field.name))
    ]
    faults = _faults(place, field, different)
    if faults or post.get("step") == "back":
        return _form(place, rows, field, texts[field.name], faults, REFUSED if faults else 200)
    if post.get("step") != "save":
        return _check(place, field, texts[field.name], rows, different)
    changes = [Change(new, seen[row.code]) for row, new in different]
    try:
        save_all(changes, place.actor, ACTION, submission)
    except AlreadyReceived:
        pass
    except ChangedMeanwhile as meanwhile:
        return _meanwhile(place.anew(), [meanwhile.record.code])
    return redirect(f"{listed}?changed={len(changes)}")


def _seen(given_rows: Sequence[str]) -> dict[str, int]:
    """The version of each row by its code, as the form holds them."""
    if len(given_rows) > listing.MOST_TOGETHER:
        raise BadRequest("A form with too many rows.")
    pairs = (one.rpartition(":") for one in given_rows)
    return {code: version_of(version) for code, _, version in pairs}


def _faults(place: Place, field: Column, different: Sequence[tuple[Any, Any]]) -> list[Fault]:
    """What the change would bring in, and the evidence that would give another value than the record."""
    if not different:
        return []
    rests = [one for row, new in different for one in resting.resting(place.case, row, new, [field.name])]
    if rests:
        return [
            Fault(
                "",
                f"{one.citation.record} rests on {one.citation.evidence.code}, which gives {one.citation.value}: "
                "change it by itself, and say what becomes of the evidence",
                one.citation.record,
            )
            for one in rests[:MOST_FAULTS]
        ]
    wrongs = brought_in(place.case, [new for _, new in different])
    return as_faults(wrongs[:MOST_FAULTS], None, ())


def _check(
    place: Place,
    field: Column,
    text: str,
    rows: Sequence[Versioned],
    different: Sequence[tuple[Versioned, Versioned]],
) -> HttpResponse:
    data = {
        "title": "Check your answers",
        "label": str(field.verbose_name),
        "changes": [
            {
                "code": row.code,
                "name": row.label,
                "was": describe.exact_text(row, field),
                "now": describe.exact_text(new, field),
            }
            for row, new in different
        ],
        "same": len(rows) - len(different),
        "every": rows,
        "field": field.name,
        "name": f"{PREFIX}{field.name}",
        "text": text,
        "submission": place.request.POST["submission"],
    }
    return shown(place, "pages/register/several_check.html", data, [*rows, *(new for _, new in different)])


def _meanwhile(place: Place, codes: Sequence[str]) -> HttpResponse:
    data = {"title": "Somebody else changed some of these records", "codes": codes}
    return shown(place, "pages/register/several_meanwhile.html", data, status=MEANWHILE)
