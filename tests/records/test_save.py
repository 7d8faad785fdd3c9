"""Saving: nothing is overwritten unseen, a case is stored whole or not at all, and each change is an event."""

from pathlib import Path
from uuid import uuid4

import pytest
from django.db import IntegrityError

from wayforward.casefile import load, write_folder
from wayforward.exercise.models import Exercise
from wayforward.records.case import Case
from wayforward.records.models import Event
from wayforward.records.rows import canonical, cells, digest
from wayforward.records.save import (
    AlreadyReceived,
    Change,
    ChangedMeanwhile,
    CodeUsed,
    Sent,
    SentOtherwise,
    StillNamed,
    remove,
    save,
    save_all,
    save_case,
    was_received,
)
from wayforward.scope.models import Service

SMALL_CASE = Path(__file__).parents[1] / "casefile" / "small_case"
pytestmark = pytest.mark.django_db


@pytest.fixture
def stored() -> Exercise:
    case = load(SMALL_CASE)
    save_case(case, actor="user-1")
    return Exercise.objects.get(code="TOWN")


def test_a_case_that_is_stored_is_the_case_that_was_read(stored: Exercise, tmp_path: Path) -> None:
    """Export, import, export through the database: the same bytes."""
    write_folder(Case.of(stored), tmp_path / "out")
    for path in SMALL_CASE.rglob("*.*"):
        assert (tmp_path / "out" / path.relative_to(SMALL_CASE)).read_bytes() == path.read_bytes()


def test_an_event_for_each_row(stored: Exercise) -> None:
    case = Case.of(stored)
    rows = [stored, *(row for model in case.models() for row in case.rows(model))]
    events = {event.record: event for event in Event.objects.filter(exercise=stored)}
    assert len(events) == len(rows)
    assert {event.action for event in events.values()} == {"imported"}
    assert all(events[row.reference].row == canonical(row) for row in rows)


def test_a_case_with_a_fault_leaves_nothing() -> None:
    case = load(SMALL_CASE)
    twice = case.rows(Service)[0]
    case.rows(Service).append(Service(exercise=case.exercise, code=twice.code, name="Again"))
    with pytest.raises(IntegrityError):
        save_case(case, actor="user-1")
    assert not Exercise.objects.exists()
    assert not Event.objects.exists()


def test_saving_raises_the_version_and_tells(stored: Exercise) -> None:
    service = Service.objects.get(exercise=stored, code="S1")
    service.people = 8  # type: ignore[assignment]
    save(service, seen_version=1, actor="user-2")
    assert Service.objects.get(pk=service.pk).version == 2
    event = Event.objects.filter(exercise=stored).latest("sequence")
    assert (event.actor, event.action, event.record, event.record_version) == (
        "user-2",
        "changed",
        "service:S1",
        2,
    )
    assert '"people":"8"' in event.row


def test_the_second_of_two_editors_is_told(stored: Exercise) -> None:
    first = Service.objects.get(exercise=stored, code="S1")
    second = Service.objects.get(exercise=stored, code="S1")
    first.name = "First"
    save(first, seen_version=1, actor="user-2")
    before = Event.objects.count()
    second.name = "Second"
    with pytest.raises(ChangedMeanwhile, match="service:S1 was changed meanwhile"):
        save(second, seen_version=1, actor="user-3")
    assert Service.objects.get(pk=first.pk).name == "First"
    assert Event.objects.count() == before


def test_a_new_record_begins_at_version_one(stored: Exercise) -> None:
    service = Service(exercise=stored, code="S9", name="Music")
    save(service, seen_version=0, actor="user-2", action="added")
    assert Service.objects.get(exercise=stored, code="S9").version == 1


def test_a_code_is_used_once(stored: Exercise) -> None:
    with pytest.raises(ChangedMeanwhile):
        save(Service(exercise=stored, code="S1", name="Again"), seen_version=0, actor="user-2")
    lone = Service(exercise=stored, code="S9", name="Music")
    save(lone, seen_version=0, actor="user-2")
    remove(lone, seen_version=1, actor="user-2")
    with pytest.raises(CodeUsed):
        save(Service(exercise=stored, code="S9", name="Another"), seen_version=0, actor="user-2")


def test_what_was_taken_away_can_be_put_back_under_its_code(stored: Exercise) -> None:
    lone = Service(exercise=stored, code="S9", name="Music")
    save(lone, seen_version=0, actor="user-2")
    remove(lone, seen_version=1, actor="user-2")
    again = Service(exercise=stored, code="S9", name="Music")
    save_all([Change(again, seen_version=2, back=True)], actor="user-2", action="undone")
    assert Service.objects.get(exercise=stored, code="S9").version == 3
    rows = Event.objects.filter(exercise=stored, record="service:S9").values_list("row", flat=True)
    assert [bool(row) for row in rows] == [True, False, True]


def test_what_another_record_names_is_not_taken_away(stored: Exercise) -> None:
    named = Service.objects.get(exercise=stored, code="S1")
    with pytest.raises(StillNamed) as refused:
        remove(named, seen_version=1, actor="user-2")
    assert refused.value.others
    assert Service.objects.filter(exercise=stored, code="S1").exists()


def test_several_changes_are_made_together_or_not_at_all(stored: Exercise) -> None:
    before = Event.objects.count()
    parent = Service(exercise=stored, code="S8", name="Culture")
    child = Service(exercise=stored, code="S9", name="Music", parent=parent)
    stale = Service.objects.get(exercise=stored, code="S1")
    with pytest.raises(ChangedMeanwhile):
        save_all([Change(child, 0), Change(parent, 0), Change(stale, 7)], actor="user-2")
    assert Event.objects.count() == before
    save_all([Change(child, 0), Change(parent, 0)], actor="user-2")
    assert Service.objects.get(exercise=stored, code="S9").parent.code == "S8"


def test_a_form_that_comes_twice_changes_nothing_twice(stored: Exercise) -> None:
    key = uuid4()
    one = Service.objects.get(exercise=stored, code="S1")
    save(one, seen_version=1, actor="user-2", submission=key)
    with pytest.raises(AlreadyReceived):
        save(one, seen_version=2, actor="user-2", submission=key)
    assert Service.objects.get(pk=one.pk).version == 2


def test_the_same_key_with_other_content_is_refused(stored: Exercise) -> None:
    key = uuid4()
    one = Service.objects.get(exercise=stored, code="S1")
    save(one, seen_version=1, actor="user-2", submission=Sent(key, "a" * 64))
    assert was_received(Sent(key, "a" * 64))
    assert was_received(key), "one that tells nothing of its content is known by its key alone"
    assert not was_received(Sent(uuid4(), "a" * 64))
    before = Event.objects.count()
    with pytest.raises(SentOtherwise):
        save(one, seen_version=2, actor="user-2", submission=Sent(key, "b" * 64))
    with pytest.raises(AlreadyReceived):
        save(one, seen_version=2, actor="user-2", submission=Sent(key, "a" * 64))
    assert (Service.objects.get(pk=one.pk).version, Event.objects.count()) == (2, before)


def test_what_the_database_gives_back_is_written_alike(stored: Exercise) -> None:
    case = load(SMALL_CASE)
    for model in case.models():
        assert digest(Case.of(stored).rows(model)) == digest(case.rows(model)), model
    assert cells(Case.of(stored).exercise) == cells(case.exercise)
