"""The chain of events: every change of what was told shows."""

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from wayforward.casefile import load
from wayforward.exercise.models import Exercise
from wayforward.records import events
from wayforward.records.models import Event
from wayforward.records.save import save_case

SMALL_CASE = Path(__file__).parents[1] / "casefile" / "small_case"


def one(**changed: object) -> Event:
    said = {
        "sequence": 1,
        "at": datetime(2012, 12, 20, 9, 30, tzinfo=UTC),
        "actor": "user-1",
        "action": "changed",
        "record": "service:S1",
        "record_version": 2,
        "row": "{}",
        "previous_hash": events.START,
    }
    return Event(**(said | changed))


def test_the_hash_is_sha_256_of_what_the_event_says() -> None:
    said = json.dumps(["0" * 64, 1, "2012-12-20T09:30:00+00:00", "user-1", "changed", "service:S1", 2, "{}"])
    assert events.event_hash(one()) == hashlib.sha256(said.encode()).hexdigest()


@pytest.mark.parametrize(
    "changed",
    [
        {"sequence": 2},
        {"at": datetime(2012, 12, 20, 9, 31, tzinfo=UTC)},
        {"actor": "user-2"},
        {"action": "added"},
        {"record": "service:S2"},
        {"record_version": 3},
        {"row": '{"name":""}'},
        {"previous_hash": "1" * 64},
    ],
)
def test_any_change_changes_the_hash(changed: dict[str, object]) -> None:
    assert events.event_hash(one(**changed)) != events.event_hash(one())


@pytest.mark.django_db
def test_the_stored_chain_holds() -> None:
    """Read back from the database, each event has the hash it was given and names the one before."""
    case = load(SMALL_CASE)
    save_case(case, actor="user-1")
    exercise = Exercise.objects.get(code="TOWN")
    events.append(exercise, "user-2", "exported", [exercise])
    chain = list(Event.objects.filter(exercise=exercise).order_by("sequence"))
    assert [event.sequence for event in chain] == list(range(1, len(chain) + 1))
    assert [event.previous_hash for event in chain] == [events.START, *(e.hash for e in chain[:-1])]
    assert all(events.event_hash(event) == event.hash for event in chain)
