"""Adding and changing one record: the form, its answers checked, and saved. Nothing is kept here in between.

Each page carries the entries, the version that they began from and the name of the form, so that it can be left open,
sent twice, or sent after somebody else changed the record.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from wayforward.pages import describe
from wayforward.pages.register import codes, conflict, resting
from wayforward.pages.register.controls import controls, named
from wayforward.pages.register.entries import (
    PREFIX,
    Fault,
    asked_of,
    canonical,
    given,
    read,
    stored,
    with_values,
)
from wayforward.pages.register.place import (
    Place,
    at,
    new_submission,
    received,
    record_at,
    shown,
    submission_of,
    version_of,
)
from wayforward.pages.register.rules import as_faults, brought_in
from wayforward.records.base import Record, Versioned
from wayforward.records.fields import CellFault
from wayforward.records.save import AlreadyReceived, Change, ChangedMeanwhile, CodeUsed, save_all

FORM = "pages/register/form.html"
CHECK = "pages/register/check.html"
REFUSED = 400
both_ways = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True)
class Draft:
    """What is being entered: into which record (a new one has no version yet), from which version, and how far."""

    place: Place
    record: Versioned
    version: int
    submission: str
    texts: dict[str, str]
    faults: tuple[Fault, ...] = ()
    names: tuple[str, ...] = ()  # of the fields that are changed
    rests: tuple[resting.Resting, ...] = ()
    put: tuple[Versioned, ...] = field(default=())  # the record as it would be, then its citations

    @property
    def is_new(self) -> bool:
        return self.version == 0

    @property
    def stored(self) -> list[Versioned]:
        """The record where it is one already."""
        return [] if self.is_new else [self.record]

    @property
    def address(self) -> str:
        """Of the record once it is saved."""
        exercise = self.place.exercise.code
        return reverse("record", args=[exercise, self.place.model.stem, self.record.code])


@both_ways
def new(request: HttpRequest, code: str, stem: str) -> HttpResponse:
    """A form for a new record."""
    place = at(request, code, stem)
    model: Any = place.model
    if not issubclass(model, Record):
        return redirect("record-edit", code, stem, place.exercise.code)
    blank = model(exercise=place.exercise, code=codes.next_code(place.exercise, model))
    if request.method != "POST":
        return _form(Draft(place, blank, 0, new_submission(), {**stored(blank), "code": blank.code}))
    fields = asked_of(model, without=())
    texts = given(request.POST, fields)
    submission = submission_of(place)
    blank.code = texts["code"].strip()
    if received(place, submission) and place.case.get(blank.reference) is not None:
        return redirect(Draft(place, blank, 0, str(submission), texts).address + "?saved=added")
    return _answered(Draft(place, blank, 0, str(submission), texts), submission)


@both_ways
def edit(request: HttpRequest, code: str, stem: str, which: str) -> HttpResponse:
    """A form for a record that is there."""
    place = at(request, code, stem)
    if request.method != "POST":
        record = record_at(place, which)
        return _form(Draft(place, record, record.version, new_submission(), stored(record)))
    submission = submission_of(place)
    if received(place, submission):
        return redirect(reverse("record", args=[code, stem, which]) + "?saved=changed")
    seen = version_of(request.POST.get("version", ""))
    texts = given(request.POST, asked_of(place.model))
    if conflict.is_gone(place, which):
        return conflict.gone_page(place, which, texts)
    record = record_at(place, which)
    draft = Draft(place, record, seen, str(submission), texts)
    if request.POST.get("step") == "settle":
        settled = conflict.settled(place, record, seen, texts)
        if settled.page is not None:
            return settled.page
        judged = _judged(replace(draft, texts=settled.texts), {})
        return _check(replace(judged, faults=())) if _only_unsaid(judged) else _save(judged, submission)
    if seen != record.version:
        return conflict.page(place, record, seen, str(submission), texts)
    return _answered(draft, submission)


def _answered(draft: Draft, submission: UUID) -> HttpResponse:
    """What follows on a form that was sent: itself again, its answers to check, or the record saved."""
    post = draft.place.request.POST
    step = post.get("step", "check")
    if step == "back":
        return _form(draft)
    judged = _judged(draft, post)
    if judged.faults and not _only_unsaid(judged):
        return _form(judged, REFUSED)
    if not judged.names and not judged.is_new:
        return _form(judged)
    if step == "save":
        return _save(judged, submission)
    return _check(replace(judged, faults=()))


def _only_unsaid(draft: Draft) -> bool:
    """Whether something is wrong, and all of it is asked about on the page of answers, not on the form."""
    return bool(draft.faults) and all(fault.name.startswith(resting.PREFIX) for fault in draft.faults)


def _judged(draft: Draft, post: Any) -> Draft:
    """A draft with all that is wrong with it, what it changes, and the rows that it would store."""
    place, before = draft.place, draft.record
    fields = asked_of(place.model)
    found = read(place, fields, draft.texts)
    faults = found.faults + (_of_code(draft) if draft.is_new else [])
    after = with_values(before, found.values)
    told = canonical(fields, found, draft.texts)
    was = stored(before)
    names = tuple(one.name for one in fields if told[one.name] != was[one.name])
    draft = replace(draft, texts={**draft.texts, **told}, names=names)
    if faults:
        return replace(draft, faults=tuple(faults))
    rests = [] if draft.is_new else resting.resting(place.case, before, after, names)
    rests = resting.with_answers(rests, post) if post else rests
    cited, unsaid = resting.read(place, rests)
    put = (after, *(resting.left_out(rests) if unsaid else cited))
    wrongs = brought_in(place.case, put) if names or draft.is_new else []
    faults = as_faults(wrongs, after, [one.name for one in fields]) or unsaid
    return replace(draft, faults=tuple(faults), rests=tuple(rests), put=put)


def _of_code(draft: Draft) -> list[Fault]:
    """What is wrong with the code of a new record."""
    model: Any = draft.place.model
    try:
        code = model._meta.get_field("code").read_cell(draft.record.code)
    except CellFault as fault:
        return [Fault("code", f"Code: give {fault.allowed}")]
    taken = codes.taken_by(draft.place.exercise, model, code)
    if not taken:
        return []
    free = codes.next_code(draft.place.exercise, model)
    return [Fault("code", f"Code: {taken} is or was another of the {model.plural()}; {free} is free")]


def _form(draft: Draft, status: int = 200) -> HttpResponse:
    place = draft.place
    fields = asked_of(place.model, without=() if draft.is_new else ("code",))
    asked = place.request.method == "POST"
    data = {
        "title": f"Add to {place.model.plural()}" if draft.is_new else f"Change {_called(draft.record)}",
        "question": place.model.meaning(),
        "draft": draft,
        "controls": controls(place, fields, draft.texts, draft.faults),
        "faults": draft.faults,
        "first": f"{PREFIX}{fields[0].name}",
        "unchanged": asked and not draft.faults and not draft.names and not draft.is_new,
    }
    if place.request.POST.get("step") == "back":
        data["unchanged"] = False
    return shown(place, FORM, data, [*draft.stored, *named(place, fields)], status)


def _check(draft: Draft, status: int = 200, faults: Sequence[Fault] = ()) -> HttpResponse:
    place = draft.place
    after = draft.put[0]
    fields = asked_of(place.model)
    rows = [
        {
            "label": str(one.verbose_name),
            "id": f"{PREFIX}{one.name}",
            "was": "" if draft.is_new else describe.exact_text(draft.record, one),
            "now": describe.exact_text(after, one),
            "known": draft.texts[one.name] != "",
        }
        for one in fields
        if one.name in draft.names
    ]
    data = {
        "title": "Check your answers",
        "called": _called(after),
        "draft": draft,
        "rows": rows,
        "hidden": [(f"{PREFIX}{name}", text) for name, text in draft.texts.items()],
        "faults": faults,
        "first": faults[0].name if faults else "",
    }
    return shown(place, CHECK, data, [*draft.stored, *draft.put], status)


def _save(draft: Draft, submission: UUID) -> HttpResponse:
    place = draft.place
    if draft.faults:
        if _only_unsaid(draft):
            return _check(draft, REFUSED, draft.faults)
        return _form(draft, REFUSED)
    if not draft.names and not draft.is_new:
        return redirect(draft.address)
    record, *cited = draft.put
    changes = [Change(record, draft.version), *(Change(one, one.version) for one in cited)]
    action = "added" if draft.is_new else "changed"
    try:
        save_all(changes, place.actor, action, submission)
    except AlreadyReceived:
        pass
    except CodeUsed:
        return _form(_judged(draft, {}), REFUSED)
    except ChangedMeanwhile as changed:
        if draft.is_new:
            return _form(_judged(draft, {}), REFUSED)
        return conflict.meanwhile(place, record.code, changed, draft.version, str(submission), draft.texts)
    return redirect(f"{draft.address}?saved={action}")


def _called(record: Versioned) -> str:
    return f"{record.code}{f', {record.label}' if record.label else ''}"
