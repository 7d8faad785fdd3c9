"""Rules of the exercise: dates in order and inside it, no ring of work packages, an edition that there is."""

import re
from collections import defaultdict
from collections.abc import Iterator

from django.utils import timezone

from wayforward.exercise.models import (
    Action,
    CalendarEntry,
    FirstHundredDays,
    InformationRequest,
    Issue,
    Milestone,
    Objective,
    PeerReview,
    Procurement,
    Section,
    Stage,
    WorkPackage,
    WorkPackageOrder,
)
from wayforward.methods.cycles import cycle
from wayforward.parameters import editions
from wayforward.parameters import load as load_edition
from wayforward.records.base import Record, Versioned
from wayforward.records.case import Case
from wayforward.records.checks import Wrong, check, once

# The first may not be after the second.
IN_ORDER: list[tuple[type[Record], str, str]] = [
    (Stage, "starts", "ends"),
    (WorkPackage, "starts", "ends"),
    (InformationRequest, "asked", "promised"),
    (InformationRequest, "asked", "received"),
    (InformationRequest, "asked", "chased"),
    (Issue, "raised", "closed"),
    (Issue, "raised", "review"),
    (CalendarEntry, "starts", "ends"),
    (Action, "raised", "due"),
    (Action, "raised", "done"),
    (PeerReview, "asked", "due"),
    (PeerReview, "asked", "returned"),
    (FirstHundredDays, "from_day", "to_day"),
    (PeerReview, "asked", "due"),
    (PeerReview, "asked", "returned"),
    (Procurement, "value_low", "value_high"),
]
PLANNED: list[tuple[type[Record], tuple[str, ...]]] = [
    (Stage, ("starts", "ends")),
    (Milestone, ("due",)),
    (WorkPackage, ("starts", "ends")),
]
CODES = re.compile(r"[,;\s]+")


@check
def first_before_last(case: Case) -> Iterator[Wrong]:
    exercise = case.exercise
    yield from disordered(exercise, "starts", "report_due")
    yield from disordered(exercise, "report_due", "signoff_due")
    for model, first, last in IN_ORDER:
        for row in case.rows(model):
            yield from disordered(row, first, last)


def disordered(record: Versioned, first: str, last: str) -> Iterator[Wrong]:
    low, high = getattr(record, first), getattr(record, last)
    if low is not None and high is not None and high < low:
        yield Wrong(record, last, str(high), f"{low} ({first}) or later, or an earlier {first}")


@check
def plan_is_inside_the_exercise(case: Case) -> Iterator[Wrong]:
    starts, ends = case.exercise.starts, case.exercise.signoff_due
    if starts is None or ends is None:
        return
    for model, fields in PLANNED:
        for row in case.rows(model):
            for field in fields:
                day = getattr(row, field)
                if day is not None and not starts <= day <= ends:
                    allowed = f"a day of the exercise, from {starts} to {ends} (its start and sign-off)"
                    yield Wrong(row, field, str(day), allowed)


@check
def what_is_finished_is_done(case: Case) -> Iterator[Wrong]:
    """A day on which work was finished stands beside what is done, and has come."""
    first, last = case.exercise.starts, case.exercise.status_date or timezone.localdate()
    for row in case.rows(WorkPackage):
        if row.finished is None:
            continue
        if row.state != "done":
            allowed = "no day while the state is not done, or the state done"
            yield Wrong(row, "finished", str(row.finished), allowed)
        elif row.finished > last or (first is not None and row.finished < first):
            allowed = f"a day from {first} (the start of the exercise) to {last}, the day at which it stands"
            yield Wrong(row, "finished", str(row.finished), allowed)


@check
def work_packages_wait_for_no_ring(case: Case) -> Iterator[Wrong]:
    edges: dict[str, set[str]] = defaultdict(set)
    rows: dict[tuple[str, str], WorkPackageOrder] = {}
    for row in case.rows(WorkPackageOrder):
        edges[row.package.code].add(row.after.code)
        rows.setdefault((row.package.code, row.after.code), row)
    while ring := cycle(edges):
        waits, on = ring[0], ring[1 % len(ring)]
        found = " after ".join([*ring, ring[0]])
        yield Wrong(rows[waits, on], "after", found, "an order that comes to an end: take one of these away")
        edges[waits].discard(on)


@check
def each_order_once(case: Case) -> Iterator[Wrong]:
    yield from once(case.rows(WorkPackageOrder), "package", "after")


@check
def section_numbers_differ(case: Case) -> Iterator[Wrong]:
    yield from once([s for s in case.rows(Section) if s.number is not None], "number")


@check
def objectives_name_sections(case: Case) -> Iterator[Wrong]:
    sections = {section.code for section in case.rows(Section)}
    for objective in case.rows(Objective):
        for code in filter(None, CODES.split(objective.answered_in)):
            if code not in sections:
                yield Wrong(objective, "answered_in", code, "codes of sections of this case, a comma between")


@check
def edition_is_there(case: Case) -> Iterator[Wrong]:
    name, year = case.exercise.edition, case.exercise.price_year
    if not name:
        return
    if name not in editions():
        yield Wrong(case.exercise, "edition", name, "one of " + ", ".join(editions()))
        return
    levels = load_edition(name).get("deflator").by_year("calendar")
    if year is not None and not {year, year + 1} <= levels.keys():
        allowed = f"a year from {min(levels)} to {max(levels) - 1}, of which {name} has the price level"
        yield Wrong(case.exercise, "price_year", f"{year}-{(year + 1) % 100:02d}", allowed)
