"""What is being entered, before anything is stored: read by the fields, judged by the rules with what is put aside."""

import copy
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import Http404
from django.urls import reverse

from wayforward.pages.record_views import model_of_stem
from wayforward.pages.register import codes, resting
from wayforward.pages.register.aside import Aside
from wayforward.pages.register.entries import Fault, asked_of, canonical, read, stored, with_values
from wayforward.pages.register.place import Place, demand_change, record_at
from wayforward.pages.register.rules import as_faults, brought_in
from wayforward.records.base import Record, Versioned
from wayforward.records.fields import CellFault


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
    beside: tuple["Draft", ...] = ()  # those put aside, to be saved together with it
    by_rules: bool = False  # every entry could be read, and what is wrong is so by the rules

    @property
    def is_new(self) -> bool:
        return self.version == 0

    @property
    def changes(self) -> bool:
        """Whether there is anything of it to store."""
        return self.is_new or bool(self.names)

    @property
    def stored(self) -> list[Versioned]:
        """The record where it is one already."""
        return [] if self.is_new else [self.record]

    @property
    def address(self) -> str:
        """Of the record once it is saved."""
        return reverse("record", args=[self.place.exercise.code, self.place.model.stem, self.record.code])

    @property
    def form_address(self) -> str:
        """Of the form in which it is entered."""
        exercise, stem = self.place.exercise.code, self.place.model.stem
        if self.is_new:
            return reverse("record-new", args=[exercise, stem])
        return reverse("record-edit", args=[exercise, stem, self.record.code])

    @property
    def only_unsaid(self) -> bool:
        """Whether something is wrong, and all of it is asked about on the page of answers, not on the form."""
        return bool(self.faults) and all(fault.name.startswith(resting.PREFIX) for fault in self.faults)


def of_aside(place: Place, one: Aside) -> Draft:
    """What was put aside, as a draft of its own register. Raises PermissionDenied where they may not change that."""
    model: Any = model_of_stem(one.stem)
    demand_change(place.request.user, model, place.exercise)
    there = replace(place, model=model)
    blank = model(code=one.code)
    if issubclass(model, Record):
        blank.exercise = place.exercise
    texts = {column.name: one.texts.get(column.name, "") for column in asked_of(model)}
    if one.version == 0:
        return Draft(there, blank, 0, "", {**texts, "code": one.code})
    try:
        return Draft(there, record_at(there, one.code), one.version, "", texts)
    except Http404:
        gone = Fault("", "it was removed meanwhile: leave it out")
        return Draft(there, blank, one.version, "", texts, faults=(gone,))


def with_those_aside(place: Place) -> Place:
    """The place with the rows put aside among its records, so that others can name them, where they can be read."""
    waiting, put = [of_aside(place, one) for one in place.beside], ()  # type: tuple[list[Draft], tuple[Versioned, ...]]
    while ready := [row for one in waiting if (row := _readable(one, put)) is not None]:
        names = {row.reference for row in ready}
        waiting = [one for one in waiting if one.record.reference not in names]
        put = (*put, *ready)
    return replace(place, put=put)


def _readable(draft: Draft, put: tuple[Versioned, ...]) -> Versioned | None:
    """What was put aside as a row, where all of it can be read and what it names is there or among these."""
    if draft.faults:
        return None
    found = read(replace(draft.place, put=put), asked_of(draft.place.model), draft.texts)
    return None if found.faults else with_values(draft.record, found.values)


def judged(draft: Draft, post: Any) -> Draft:
    """A draft with all that is wrong with it, what it changes, and the rows that it would store.

    What is put aside is read anew and judged together with it.
    """
    every = [draft, *(of_aside(draft.place, one) for one in draft.place.beside)]
    rows = [copy.copy(one.record) for one in every]  # by whose codes the others can name them
    main, *others = (
        _read(one, [row for other, row in zip(every, rows, strict=True) if other is not one]) for one in every
    )
    unread = [*main.faults, *(_of_other(one, fault) for one in others for fault in one.faults)]
    if unread:
        return replace(main, faults=tuple(unread), beside=tuple(others))
    own = {one.record.reference for one in every}
    main, *others = (_with_evidence(one, own, post) for one in (main, *others))
    rests = [rest for one in (main, *others) for rest in one.rests]
    unsaid = [fault for one in (main, *others) for fault in one.faults]
    put = [row for one in (main, *others) for row in one.put]
    wrongs = brought_in(draft.place.case, put) if any(one.changes for one in (main, *others)) else []
    new = {one.record.reference for one in others if one.is_new}
    names = [one.name for one in asked_of(draft.place.model)]
    # What is not stored yet has no page to go to.
    found = [
        replace(one, link="") if one.link in new else one for one in as_faults(wrongs, main.put[0], names)
    ]
    faults, by_rules = tuple(found or unsaid), bool(found)
    return replace(main, faults=faults, rests=tuple(rests), beside=tuple(others), by_rules=by_rules)


def _read(draft: Draft, others: Sequence[Versioned]) -> Draft:
    """A draft with its entries read, where what it names may be among these others."""
    if draft.faults:
        return draft
    place, before = replace(draft.place, put=tuple(others)), draft.record
    fields = asked_of(place.model)
    found = read(place, fields, draft.texts)
    faults = found.faults + (_of_code(draft, others) if draft.is_new else _of_version(draft))
    told = canonical(fields, found, draft.texts)
    was = stored(before)
    names = tuple(one.name for one in fields if told[one.name] != was[one.name])
    put = (with_values(before, found.values),)
    return replace(draft, texts={**draft.texts, **told}, names=names, faults=tuple(faults), put=put)


def _of_code(draft: Draft, others: Iterable[Versioned]) -> list[Fault]:
    """What is wrong with the code of a new record."""
    model: Any = draft.place.model
    try:
        code = model._meta.get_field("code").read_cell(draft.record.code)
    except CellFault as fault:
        return [Fault("code", f"Code: give {fault.allowed}")]
    besides = [row.code for row in others if type(row) is model]
    taken = codes.taken_by(draft.place.exercise, model, code, besides)
    if not taken:
        return []
    free = codes.next_code(draft.place.exercise, model, besides)
    return [Fault("code", f"Code: {taken} is or was another of the {model.plural()}; {free} is free")]


def _of_version(draft: Draft) -> list[Fault]:
    """Of a record put aside: whether somebody changed it since. (That of the form itself is seen to before.)"""
    if draft.version == draft.record.version:
        return []
    return [Fault("", "somebody else changed it after you began; open it below, and choose what is to stand")]


def _with_evidence(draft: Draft, own: Collection[str], post: Any) -> Draft:
    """A draft with what becomes of the evidence that gave its old values, but for citations entered beside it."""
    after = draft.put[0]
    rests = [] if draft.is_new else resting.resting(draft.place.case, draft.record, after, draft.names)
    rests = [one for one in rests if one.citation.reference not in own]
    rests = resting.with_answers(rests, post) if post else rests
    cited, unsaid = resting.read(draft.place, rests)
    put = (after, *(resting.left_out(rests) if unsaid else cited))
    return replace(draft, rests=tuple(rests), put=put, faults=tuple(unsaid))


def _of_other(draft: Draft, fault: Fault) -> Fault:
    words = f"{draft.place.model.words()} {draft.record.code}: {fault.words}"
    return Fault("", f"{words[:1].upper()}{words[1:]}")
