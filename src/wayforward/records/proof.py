"""Proof that the log of an exercise is as it was written: its chain, what was sealed of it, and the records themselves.

Whoever can write to the database can write a whole new chain. So what was sealed outside it is asked for first: the
hash of an event, as a signed report prints it, or of every event up to one, as its bundle holds them.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from json.encoder import encode_basestring as quoted
from typing import Any, NamedTuple

from wayforward.records.base import Versioned, kinds
from wayforward.records.case import Case
from wayforward.records.events import START
from wayforward.records.models import Event
from wayforward.records.rows import cells


class Link(NamedTuple):
    """An event as it is stored."""

    sequence: int
    at: datetime
    actor: str
    action: str
    record: str
    record_version: int
    row: str
    previous_hash: str
    hash: str


@dataclass(frozen=True)
class Bad:
    """The event at which something is wrong, the record it is about ('' where that can't be known), and what."""

    sequence: int
    record: str
    wrong: str

    def __str__(self) -> str:
        about = f" ({self.record})" if self.record else ""
        return f"Event {self.sequence:,}{about}: {self.wrong}."


@dataclass
class Walked:
    """How far a chain holds: its events up to the first bad one, the last hash, and each record's last event."""

    events: int = 0
    head: str = START
    last: dict[str, Link] = field(default_factory=dict)
    bad: Bad | None = None


def link_hash(link: Link) -> str:
    """The hash of an event, as records/events.py gives it; written out here because a long chain is walked by it."""
    said = (
        f"[{quoted(link.previous_hash)}, {link.sequence}, {quoted(link.at.isoformat())}, {quoted(link.actor)}, "
        f"{quoted(link.action)}, {quoted(link.record)}, {link.record_version}, {quoted(link.row)}]"
    )
    return hashlib.sha256(said.encode()).hexdigest()


def walk(links: Iterable[Link], sealed: Mapping[int, str] | None = None) -> Walked:
    """Follow a chain from its start to the first bad event. `sealed` tells the hashes that are known from outside."""
    known = sealed or {}
    walked = Walked()
    for link in links:
        wrong = _wrong(link, walked, known)
        if wrong is not None:
            walked.bad = wrong
            return walked
        walked.events = link.sequence
        walked.head = link.hash
        walked.last[link.record] = link
    if known and walked.events < max(known):
        missing = walked.events + 1
        walked.bad = Bad(
            missing, "", f"it is missing: the log ends before it, and {max(known):,} events were sealed"
        )
    return walked


def _wrong(link: Link, before: Walked, known: Mapping[int, str]) -> Bad | None:
    """What is wrong with the next event, told of the first event that it can be told of."""
    expected = before.events + 1
    if link.sequence > expected:
        return Bad(expected, "", f"it is missing: the log goes on with event {link.sequence:,}")
    if link.sequence < expected:
        return Bad(link.sequence, link.record, "it is there twice")
    seal = known.get(expected)
    if seal is not None and link.hash != seal:
        if expected == 1 or expected - 1 in known:
            return Bad(expected, link.record, "it is not the event that was sealed")
        begun = max((one for one in known if one < expected), default=0) + 1
        words = f"the log was written anew from an event between {begun:,} and this one: its hash is not the sealed one"
        return Bad(expected, link.record, words)
    if link.previous_hash != before.head:
        return Bad(expected, link.record, "it does not follow from the event before it")
    if link_hash(link) != link.hash:
        return Bad(expected, link.record, "what it says is not what was written")
    return None


def compare(last: Mapping[str, Link], stored: Iterable[Versioned]) -> Iterator[Bad]:
    """Each record that is not as its last event left it, and each that is there without its event or not there."""
    seen: set[str] = set()
    for record in stored:
        seen.add(record.reference)
        link = last.get(record.reference)
        if link is None:
            yield Bad(0, record.reference, "the record is there, and no event tells of it")
        elif not link.row:
            yield Bad(
                link.sequence, link.record, "the record is there, and its last event says that it was removed"
            )
        elif wrong := _differs(link, record):
            yield Bad(link.sequence, link.record, wrong)
    tables = kinds()
    for reference, link in last.items():
        if link.row and reference not in seen and reference.partition(":")[0] in tables:
            yield Bad(link.sequence, reference, "the record is not there, and its last event says that it is")


def _differs(link: Link, record: Versioned) -> str:
    """How a record differs from its last event; a column that came later than the event must be blank."""
    told: dict[str, str] = json.loads(link.row)
    now = cells(record)
    names = [name for name, value in now.items() if told.get(name, "") != value]
    if names:
        return f"the record was changed without an event: {', '.join(names)}"
    if record.version != link.record_version:
        return f"the record is at version {record.version}, and its last event at {link.record_version}"
    return ""


def links_of(exercise: Any) -> Iterator[Link]:
    """The log of an exercise in its order, as it is stored."""
    rows = Event.objects.filter(exercise=exercise).order_by("sequence", "pk").values_list(*Link._fields)
    return map(Link._make, rows.iterator(chunk_size=5000))


def stored_in(case: Case) -> Iterator[Versioned]:
    """Every record of a case, the exercise first."""
    yield case.exercise
    for model in case.models():
        yield from case.rows(model)
