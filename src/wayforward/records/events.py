"""The event log: one row a change, each carrying the hash of the one before."""

import hashlib
import json
from collections.abc import Collection, Iterable
from typing import Any

from django.utils import timezone

from wayforward.records.base import Versioned
from wayforward.records.models import Event
from wayforward.records.rows import canonical

START = "0" * 64


def event_hash(event: Event) -> str:
    """SHA-256 over everything an event says and the hash of the event before it."""
    said = [
        event.previous_hash,
        event.sequence,
        event.at.isoformat(),
        event.actor,
        event.action,
        event.record,
        event.record_version,
        event.row,
    ]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def append(
    exercise: Any,
    actor: str,
    action: str,
    records: Iterable[Versioned],
    gone: Collection[int] = (),
) -> list[Event]:
    """Add an event for each record. The caller holds the lock on the exercise and the transaction.

    `gone` names, by their id(), those that were taken away: the row of their event is blank.
    """
    last = Event.objects.filter(exercise=exercise).order_by("-sequence").first()
    sequence, previous = (last.sequence, last.hash) if last else (0, START)
    now = timezone.now()
    events = []
    for record in records:
        sequence += 1
        event = Event(
            exercise=exercise,
            sequence=sequence,
            at=now,
            actor=actor,
            action=action,
            record=record.reference,
            record_version=record.version,
            row="" if id(record) in gone else canonical(record),
            previous_hash=previous,
        )
        event.hash = previous = event_hash(event)
        events.append(event)
    return Event.objects.bulk_create(events, batch_size=500)
