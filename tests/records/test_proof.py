"""Proof of the log: each class of change is found, and the event named is the first that was changed.

What is expected is known from how each log was changed, never from the code that looks for it.
"""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from benchmarks.tampering import CLASSES, chain, found
from hypothesis import given
from hypothesis import strategies as st

from wayforward.records import proof
from wayforward.records.case import Case
from wayforward.records.events import START, event_hash
from wayforward.records.models import Event, Evidence
from wayforward.records.proof import Link
from wayforward.scope.models import Service

EACH = 17  # of six classes: 102 in all; `make bench` does a thousand
EVENTS, SEALED = 60, 50
SMALL = Path(__file__).parents[1] / "casefile" / "small_case"


@pytest.mark.parametrize("seed", range(EACH))
@pytest.mark.parametrize("name", CLASSES)
def test_each_tampering_is_found_and_its_first_bad_event_named(name: str, seed: int) -> None:
    assert found(name, seed, chain(EVENTS, START), SEALED) == (True, True)


def test_a_log_as_it_was_written_holds() -> None:
    links = chain(EVENTS, START)
    walked = proof.walk(links, {link.sequence: link.hash for link in links[:SEALED]})
    assert walked.bad is None
    assert (walked.events, walked.head) == (EVENTS, links[-1].hash)
    # The last word on each record is its last event.
    assert walked.last["service:SVC-007"] is links[6]


@pytest.mark.parametrize("name", CLASSES)
def test_the_head_alone_that_a_report_prints_finds_every_class(name: str) -> None:
    """Where the bundle is lost too: it is found, though a suffix written anew can't be told to its event."""
    import random

    links = chain(EVENTS, START)
    for seed in range(10):
        changed, _ = CLASSES[name](random.Random(seed), list(links), SEALED)
        bad = proof.walk(changed, {SEALED: links[SEALED - 1].hash}).bad
        assert bad is not None, (name, seed)
        if name == "rewritten suffix":
            assert bad.sequence == SEALED
            assert "written anew" in bad.wrong


def test_a_log_written_anew_is_no_fault_where_nothing_was_sealed() -> None:
    """Why the head is printed: nothing in the database alone could tell."""
    import random

    changed, _ = CLASSES["rewritten suffix"](random.Random(1), chain(EVENTS, START), SEALED)
    assert proof.walk(changed).bad is None


words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(words, words, words, words, st.integers(0, 10**12), st.datetimes())
def test_the_hash_is_the_one_that_the_log_gives(
    actor: str, record: str, row: str, before: str, sequence: int, at: datetime
) -> None:
    """records/events.py by json.dumps, and here written out, are the same for any text."""
    said: dict[str, Any] = {
        "sequence": sequence,
        "at": at.replace(tzinfo=UTC),
        "actor": actor,
        "action": "changed",
        "record": record,
        "record_version": 3,
        "row": row,
        "previous_hash": before,
    }
    assert proof.link_hash(Link(**said, hash="")) == event_hash(Event(**said))


@pytest.fixture
def exercise(db: None) -> Any:
    from tests.workbench import store_small_case

    return store_small_case()


def looked_at(exercise: Any) -> list[str]:
    walked = proof.walk(proof.links_of(exercise))
    assert walked.bad is None
    return [str(bad) for bad in proof.compare(walked.last, proof.stored_in(Case.of(exercise)))]


def test_records_are_as_their_last_events_left_them(exercise: Any) -> None:
    assert looked_at(exercise) == []


def test_a_record_changed_behind_the_log_is_named(exercise: Any) -> None:
    first = Service.objects.order_by("code").first()
    assert first is not None
    Service.objects.filter(pk=first.pk).update(name="Another")
    (told,) = looked_at(exercise)
    assert first.reference in told
    assert "changed without an event: name" in told


def test_a_record_at_another_version_is_named(exercise: Any) -> None:
    first = Service.objects.order_by("code").first()
    assert first is not None
    Service.objects.filter(pk=first.pk).update(version=9)
    (told,) = looked_at(exercise)
    assert "the record is at version 9, and its last event at 1" in told


def test_a_record_taken_away_or_added_behind_the_log_is_named(exercise: Any) -> None:
    from wayforward.exercise.models import Risk

    Risk(exercise=exercise, code="R-1", name="Unsaid").save()
    assert looked_at(exercise) == ["Event 0 (risk:R-1): the record is there, and no event tells of it."]
    Risk.objects.all().delete()
    Evidence.objects.filter(code="E1").update(code="E1-B")
    told = " ".join(looked_at(exercise))
    assert "evidence:E1)" in told
    assert "the record is not there, and its last event says that it is" in told


def test_a_record_that_was_removed_by_its_event_is_no_fault(exercise: Any) -> None:
    from wayforward.exercise.models import Risk
    from wayforward.records.save import remove, save

    risk = Risk(exercise=exercise, code="R-1", name="Late")
    save(risk, 0, "person 1", "added")
    remove(risk, 1, "person 1")
    assert looked_at(exercise) == []
    Risk(exercise=exercise, code="R-1", name="Late", version=2).save()
    (told,) = looked_at(exercise)
    assert "its last event says that it was removed" in told


def test_an_event_changed_in_the_database_is_named(exercise: Any) -> None:
    """Read back as stored: the database gives times as they were hashed."""
    event = Event.objects.get(exercise=exercise, sequence=5)
    Event.objects.filter(pk=event.pk).update(actor="person 7")
    bad = proof.walk(proof.links_of(exercise)).bad
    assert bad is not None
    assert (bad.sequence, bad.record) == (5, event.record)
    Event.objects.filter(pk=event.pk).delete()
    bad = proof.walk(proof.links_of(exercise)).bad
    assert bad is not None
    assert (bad.sequence, bad.wrong) == (5, "it is missing: the log goes on with event 6")
