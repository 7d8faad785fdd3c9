"""Reading the event log: a record step by step, every record as it stood after an event, what changed between two.

An event holds the whole row as it was after it, so nothing is worked out here but which event counts.
"""

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

from django.db.models import Max, QuerySet
from django.utils import timezone

from wayforward.records.models import Event

Cells = Mapping[str, str]
ACT = ("at", "actor", "action")  # what the events of one act have in common; they follow one another too


@dataclass(frozen=True)
class State:
    """A record as it stood: its cells (None: it was not there) and the version that its last event gave it."""

    cells: Cells | None
    version: int


NEVER = State(None, 0)  # a record that no event names yet


@dataclass(frozen=True)
class Did:
    """An event without its row: when, who, what."""

    sequence: int
    at: datetime
    actor: str
    action: str


@dataclass(frozen=True)
class Step:
    """One change of one record: what was done, and the record before and after it."""

    did: Did
    before: State
    after: State


@dataclass(frozen=True)
class Difference:
    """A record that was otherwise at one moment than at another, and what was done to it between them."""

    reference: str
    before: State
    after: State
    done: tuple[Did, ...]

    @property
    def what(self) -> str:
        """'added', 'removed' or 'changed'."""
        if self.before.cells is None:
            return "added"
        return "removed" if self.after.cells is None else "changed"

    @property
    def fields(self) -> list[str]:
        """The names of the cells that differ, in the order in which they are written."""
        return differing(self.before.cells or {}, self.after.cells or {})


@dataclass(frozen=True)
class Act:
    """What one person did at once: the first and the last of its events."""

    first: int
    last: int
    did: Did

    @property
    def records(self) -> int:
        """How many records it was done to."""
        return self.last - self.first + 1


def differing(before: Cells, after: Cells) -> list[str]:
    """The names of the cells in which two rows differ."""
    return [name for name in {**after, **before} if before.get(name, "") != after.get(name, "")]


def steps(exercise: Any, reference: str) -> list[Step]:
    """Everything that was done to a record, from its beginning on."""
    events = Event.objects.filter(exercise=exercise, record=reference).order_by("sequence")
    states = [(None, NEVER), *((_did(event), _state(event)) for event in events)]
    return [Step(did, before, after) for (_, before), (did, after) in pairwise(states) if did is not None]


def states(exercise: Any, sequence: int, among: "QuerySet[Event] | None" = None) -> dict[str, State]:
    """Every record that any event up to this one names, as it stood after that event; among some, where given."""
    events = Event.objects.filter(exercise=exercise, sequence__lte=sequence)
    if among is not None:
        events = events.filter(record__in=among.values("record"))
    last = events.order_by().values("record").annotate(last=Max("sequence")).values("last")
    found = Event.objects.filter(exercise=exercise, sequence__in=last).order_by("sequence")
    return {event.record: _state(event) for event in found.iterator(chunk_size=2000)}


def differences(exercise: Any, after: int, upto: int) -> list[Difference]:
    """The records that stood otherwise after one event than after a later one, by their references.

    What was changed and changed back between the two is no difference.
    """
    between = Event.objects.filter(exercise=exercise, sequence__gt=after, sequence__lte=upto)
    done: dict[str, list[Did]] = defaultdict(list)
    rows = between.order_by("sequence").values_list("record", "sequence", "at", "actor", "action")
    for record, sequence, at, actor, action in rows.iterator(chunk_size=2000):
        done[record].append(Did(sequence, at, actor, action))
    before, now = states(exercise, after, between), states(exercise, upto, between)
    found = [
        Difference(reference, before.get(reference, NEVER), now[reference], tuple(done[reference]))
        for reference in sorted(done)
    ]
    return [one for one in found if one.before.cells != one.after.cells]


def acts(exercise: Any, after: int, upto: int) -> list[Act]:
    """What was done between two events, each act once, the latest first."""
    between = Event.objects.filter(exercise=exercise, sequence__gt=after, sequence__lte=upto)
    rows = between.order_by("sequence").values_list("sequence", *ACT)
    found: list[Act] = []
    for row in rows.iterator(chunk_size=2000):
        did = Did(*row)
        if found and _together(found[-1].did, did):
            found[-1] = Act(found[-1].first, did.sequence, found[-1].did)
        else:
            found.append(Act(did.sequence, did.sequence, did))
    return found[::-1]


def act_of(exercise: Any, sequence: int) -> Act | None:
    """The act that an event is part of; None where there is no such event."""
    event = Event.objects.filter(exercise=exercise, sequence=sequence).first()
    if event is None:
        return None
    did = _did(event)
    alike = Event.objects.filter(exercise=exercise, **{name: getattr(event, name) for name in ACT})
    numbers = set(alike.values_list("sequence", flat=True))
    first = last = sequence
    while first - 1 in numbers:
        first -= 1
    while last + 1 in numbers:
        last += 1
    return Act(first, last, replace(did, sequence=first))


def last_before(exercise: Any, moment: datetime) -> int:
    """The sequence of the last event before a moment; nought where there was none."""
    found = Event.objects.filter(exercise=exercise, at__lt=moment).aggregate(last=Max("sequence"))["last"]
    return int(found or 0)


def last_of(exercise: Any, day: date) -> int:
    """The sequence of the last event up to the end of a day; nought where there was none yet."""
    return last_before(exercise, start_of(day + timedelta(days=1)))


def start_of(day: date) -> datetime:
    """The moment at which a day begins here."""
    return timezone.make_aware(datetime.combine(day, time.min))


def _together(one: Did, other: Did) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in ACT)


def _did(event: Event) -> Did:
    return Did(event.sequence, event.at, event.actor, event.action)


def _state(event: Event) -> State:
    return State(json.loads(event.row) if event.row else None, event.record_version)
