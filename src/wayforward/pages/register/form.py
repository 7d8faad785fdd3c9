"""Adding and changing one record: the form, its answers checked, and saved. Nothing is kept here in between.

Each page carries the entries, the version that they began from and the name of the form, so that it can be left open,
sent twice, or sent after somebody else changed the record. With them it carries what was put aside (`together.py`).
"""

from dataclasses import replace
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from wayforward.pages.register import asked, codes, conflict, together
from wayforward.pages.register.beside import is_step
from wayforward.pages.register.draft import Draft, judged, with_those_aside
from wayforward.pages.register.entries import asked_of, canonical, given, read, stored
from wayforward.pages.register.place import Place, at, new_submission, record_at, submission_of, version_of
from wayforward.records.base import Record
from wayforward.records.models import Submission
from wayforward.records.save import (
    AlreadyReceived,
    Change,
    ChangedMeanwhile,
    CodeUsed,
    Sent,
    save_all,
    was_received,
)

ACTION_TOGETHER = "changed with others"
MEANWHILE, REFUSED = 409, 400
both_ways = require_http_methods(["GET", "HEAD", "POST"])


@both_ways
def new(request: HttpRequest, code: str, stem: str) -> HttpResponse:
    """A form for a new record."""
    place = with_those_aside(at(request, code, stem))
    model: Any = place.model
    if not issubclass(model, Record):
        return redirect("record-edit", code, stem, place.exercise.code)
    blank = model(exercise=place.exercise, code=codes.next_code(place.exercise, model))
    if request.method != "POST":
        return asked.form(Draft(place, blank, 0, new_submission(), {**stored(blank), "code": blank.code}))
    texts = given(request.POST, asked_of(model, without=()))
    sent = _sent(place, texts)
    blank.code = texts["code"].strip()
    draft = Draft(place, blank, 0, str(sent.key), texts)
    if was_received(sent) and place.case.get(blank.reference) is not None:
        return _saved(draft, sent)
    return _answered(draft, sent)


@both_ways
def edit(request: HttpRequest, code: str, stem: str, which: str) -> HttpResponse:
    """A form for a record that is there."""
    place = with_those_aside(at(request, code, stem))
    if request.method != "POST":
        record = record_at(place, which)
        return asked.form(Draft(place, record, record.version, new_submission(), stored(record)))
    if any((one.stem, one.code) == (stem, which) for one in place.beside):
        raise BadRequest("A record was put aside in a form of its own.")
    texts = given(request.POST, asked_of(place.model))
    sent = _sent(place, texts)
    if was_received(sent):
        if place.beside:
            return _saved_together(place, sent)
        return redirect(reverse("record", args=[code, stem, which]) + "?saved=changed")
    seen = version_of(request.POST.get("version", ""))
    if conflict.is_gone(place, which):
        return conflict.gone_page(place, which, texts)
    record = record_at(place, which)
    draft = Draft(place, record, seen, str(sent.key), texts)
    if request.POST.get("step") == "settle":
        return _settled(draft, sent)
    if seen != record.version:
        return conflict.page(place, record, seen, str(sent.key), texts)
    return _answered(draft, sent)


def _sent(place: Place, texts: dict[str, str]) -> Sent:
    """The form that came, told from others by its entries as they would be stored."""
    fields = asked_of(place.model)
    told = canonical(fields, read(place, fields, texts), texts)
    return submission_of(place, {f"f-{name}": text for name, text in told.items()})


def _settled(draft: Draft, sent: Sent) -> HttpResponse:
    """What follows once it is chosen which of two versions is to stand."""
    settled = conflict.settled(draft.place, draft.record, draft.version, draft.texts)
    if settled.page is not None:
        return settled.page
    found = judged(replace(draft, texts=settled.texts), {})
    if found.only_unsaid:
        return asked.check(replace(found, faults=()))
    if draft.place.beside and not found.faults:
        return asked.check(found)  # of the others nothing was shown yet
    return _save(found, sent)


def _answered(draft: Draft, sent: Sent) -> HttpResponse:
    """What follows on a form that was sent: itself again, its answers to check, the record saved, or another form."""
    post = draft.place.request.POST
    step = post.get("step", "check")
    if step == "back":
        return asked.form(draft)
    if is_step(step):
        return together.gone_on(draft, step)
    found = judged(draft, post)
    if found.faults and not found.only_unsaid:
        return asked.form(found, REFUSED)
    if not any(one.changes for one in (found, *found.beside)):
        return asked.form(found)
    if step == "save":
        return _save(found, sent)
    return asked.check(replace(found, faults=()))


def _save(draft: Draft, sent: Sent) -> HttpResponse:
    place = draft.place
    if draft.only_unsaid:
        return asked.check(draft, REFUSED, draft.faults)
    if draft.faults:
        return asked.form(draft, REFUSED)
    drafts = [one for one in (draft, *draft.beside) if one.changes]
    if not drafts:
        return redirect(draft.address)
    changes = [
        Change(row, one.version if row is one.put[0] else row.version) for one in drafts for row in one.put
    ]
    action = ACTION_TOGETHER if len(drafts) > 1 else "added" if drafts[0].is_new else "changed"
    try:
        save_all(changes, place.actor, action, sent)
    except AlreadyReceived:
        pass
    except CodeUsed:
        return asked.form(judged(draft, {}), REFUSED)
    except ChangedMeanwhile as changed:
        return _meanwhile(draft, changed)
    return _saved(draft, sent)


def _meanwhile(draft: Draft, changed: ChangedMeanwhile) -> HttpResponse:
    """After a save that came too late by a moment: both versions, or the form with what is wrong now."""
    place = draft.place
    if changed.record.reference in {one.record.reference for one in draft.beside}:
        return asked.form(judged(replace(draft, place=place.anew()), {}), MEANWHILE)
    if draft.is_new:
        return asked.form(judged(draft, {}), REFUSED)
    return conflict.meanwhile(place, draft.record.code, changed, draft.version, draft.submission, draft.texts)


def _saved(draft: Draft, sent: Sent) -> HttpResponse:
    if draft.place.beside:
        return _saved_together(draft.place, sent)
    return redirect(f"{draft.address}?saved={'added' if draft.is_new else 'changed'}")


def _saved_together(place: Place, sent: Sent) -> HttpResponse:
    """The page of what was done at once, which names all that was saved."""
    return redirect("act", place.exercise.code, Submission.objects.get(key=sent.key).sequence)
