"""Several records saved together: one is put aside while another is entered, for rules that are about both at once."""

from dataclasses import replace
from typing import Any

from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse

from wayforward.pages.record_views import model_of_stem
from wayforward.pages.register import aside, asked, codes, conflict
from wayforward.pages.register.beside import CODE, LEAVE, ON, OPEN, REGISTER, Next
from wayforward.pages.register.draft import Draft, judged, of_aside, with_those_aside
from wayforward.pages.register.entries import Fault, stored
from wayforward.pages.register.place import Place, demand_change, new_submission, record_at
from wayforward.records.base import Record, kinds
from wayforward.records.case import references

REFUSED = 400


def gone_on(draft: Draft, step: str) -> HttpResponse:
    """The form of another record, with this one put aside; or this one again, without one that was."""
    if step.startswith(LEAVE):
        return _left_out(draft, _which(draft.place, step.removeprefix(LEAVE)))
    found = judged(draft, {})
    if step.startswith(OPEN):  # where what is wrong is mended, so nothing is asked of this one yet
        chosen = _which(draft.place, step.removeprefix(OPEN))
        return _opened(_with(found, leaving=chosen), chosen)
    if found.faults and not (found.by_rules or found.only_unsaid):
        return asked.form(found, REFUSED)
    wanted = _wanted(draft.place, step)
    there = next(
        (one for one in draft.place.beside if (one.stem, one.code) == (wanted.stem, wanted.code)), None
    )
    if wanted.faults or (len(draft.place.beside) >= aside.MOST and found.changes and there is None):
        faults = wanted.faults or (Fault(CODE, aside.TOO_MANY),)
        return asked.form(replace(found, faults=faults), REFUSED, replace(wanted, faults=faults))
    if there is not None:
        return _opened(_with(found, leaving=there), there)
    return _entered(_with(found), found, wanted)


def _which(place: Place, number: str) -> aside.Aside:
    if number.isascii() and number.isdecimal() and len(number) < 3 and int(number) < len(place.beside):
        return place.beside[int(number)]
    raise BadRequest("There is no such record among those put aside.")


def _left_out(draft: Draft, gone: aside.Aside) -> HttpResponse:
    beside = tuple(one for one in draft.place.beside if one is not gone)
    return asked.form(replace(draft, place=with_those_aside(replace(draft.place, beside=beside, put=()))))


def _with(draft: Draft, leaving: aside.Aside | None = None) -> Place:
    """The place with this draft put aside too, where it changes anything, and without the one that is opened."""
    place = draft.place
    beside = [one for one in place.beside if one is not leaving]
    if draft.changes:
        texts = {name: text for name, text in draft.texts.items() if name != "code"}
        one = aside.put_aside(
            place.request.user, place.exercise, place.model.stem, draft.record.code, draft.version, texts
        )
        beside.append(one)
    return with_those_aside(replace(place, beside=tuple(beside), put=()))


def _opened(place: Place, one: aside.Aside) -> HttpResponse:
    """The form of what was put aside; both versions, where somebody else changed the record since."""
    draft = of_aside(place, one)
    draft = replace(draft, submission=new_submission())
    if draft.faults:
        return conflict.gone_page(draft.place, one.code, one.texts)
    if draft.version != (0 if draft.is_new else draft.record.version):
        return conflict.page(draft.place, draft.record, draft.version, draft.submission, draft.texts)
    return asked.form(draft)


def _wanted(place: Place, step: str) -> Next:
    """The record to go on to: one that a button names, or the register and code that were chosen."""
    post = place.request.POST
    stem, code = post.get(REGISTER, ""), post.get(CODE, "").strip()
    if step != ON:
        kind, _, code = step.removeprefix(f"{ON}:").partition(":")
        stem = kinds()[kind].stem if kind in kinds() else ""
    if not stem:
        return Next(stem, code, (Fault(REGISTER, "Choose the register of the other record"),))
    model = model_of_stem(stem)
    demand_change(place.request.user, model, place.exercise)
    if code and place.named(f"{model.kind()}:{code}") is None and issubclass(model, Record):
        words = f"Code: there is no {model.words()} {code}; leave it blank to add one"
        return Next(stem, code, (Fault(CODE, words),))
    return Next(stem, code)


def _entered(place: Place, before: Draft, wanted: Next) -> HttpResponse:
    """The form of the next record, with the one before it named where it names one of that register."""
    model: Any = model_of_stem(wanted.stem)
    there = replace(place, model=model)
    if not issubclass(model, Record):
        return asked.form(
            Draft(there, place.exercise, place.exercise.version, new_submission(), stored(place.exercise))
        )
    if wanted.code:
        try:
            record = record_at(there, wanted.code)
        except Http404:
            raise BadRequest("The other record is not there any more.") from None
        return asked.form(Draft(there, record, record.version, new_submission(), stored(record)))
    besides = [one.code for one in place.beside if one.stem == model.stem]
    blank = model(exercise=place.exercise, code=codes.next_code(place.exercise, model, besides))
    texts = {**stored(blank), "code": blank.code}
    for one in references(model):
        if one.table is before.place.model and before.changes:
            texts[one.name] = before.record.code
    return asked.form(Draft(there, blank, 0, new_submission(), texts))
