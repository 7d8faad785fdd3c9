"""An exercise as it stood at the end of a day: its case and its findings, read from the log."""

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar

from wayforward.casefile.cells_in import Misfit, case_of
from wayforward.findings import Findings
from wayforward.findings.finding import Finding
from wayforward.findings.named import Names, called, records_in, texts_of, texts_of_record
from wayforward.pages.marking import named_by
from wayforward.pages.opened import one_moment
from wayforward.pages.withheld import barred, findings_for, rows_for
from wayforward.records import history
from wayforward.records.base import Versioned, exercise_model
from wayforward.records.case import Case
from wayforward.records.models import Event

V = TypeVar("V", bound=Versioned)


@dataclass(frozen=True)
class Past:
    """The case as it stood after an event, what of it does not fit the tables of today, and its findings."""

    sequence: int
    case: Case
    misfits: tuple[Misfit, ...]
    findings: Findings


def as_at(exercise: Any, day: date) -> Past | None:
    """The exercise as it stood at the end of a day; None where it was not here yet."""
    sequence = history.last_of(exercise, day)
    event = Event.objects.filter(exercise=exercise, sequence=sequence).first()
    return _past(exercise.pk, event.hash, sequence, day) if event else None


@lru_cache(maxsize=4)
def _past(key: int, head: str, sequence: int, day: date) -> Past:
    """Worked out once for each event that was the last of a day."""
    with one_moment():
        states = history.states(exercise_model().objects.get(pk=key), sequence)
    case, misfits = case_of(states, key)
    return Past(sequence, case, misfits, Findings(_standing_at(case, day)))


def _standing_at(case: Case, day: date) -> Case:
    """The same case, whose figures stand at that day where it has no status date of its own."""
    if case.exercise.status_date is not None:
        return case
    exercise = copy(case.exercise)
    exercise.status_date = day
    return Case(exercise, {model: case.rows(model) for model in case.models()})


def rows_seen(user: Any, present: Findings, past: Past, rows: Iterable[V]) -> list[V]:
    """The rows as they stood that a person may see: of none may the marking be commercial, then or now."""
    some = rows_for(user, past.findings, rows)
    if not barred(user, present):
        return some
    now, names = present.case.commercial, _names_now(present.case, past.case)
    return [
        row
        for row in some
        if row.reference not in now
        and not names.said_in(texts_of_record(row))
        and not names.said_in(one.label for one in named_by(past.case, row))
    ]


def findings_seen(user: Any, present: Findings, past: Past) -> list[Finding]:
    """The findings as they stood that a person may see: they rest on nothing that is commercial, then or now."""
    some = findings_for(user, past.findings, past.findings.all())
    if not barred(user, present):
        return some
    now, names = present.case.commercial, _names_now(present.case, past.case)
    return [
        one
        for one in some
        if not now.intersection(_behind(one))
        and not names.said_in(texts_of(one))
        and not names.said_in(record.label for record in records_in(past.case, one))
    ]


def _behind(one: Finding) -> set[str]:
    return {*one.inputs, *(f"evidence:{item.code}" for item in one.evidence)}


def _names_now(present: Case, past: Case) -> Names:
    """What is commercial now is called by, now and then."""
    both = (case.get(reference) for reference in present.commercial for case in (present, past))
    return Names({name for row in both if row is not None for name in called(row)})
