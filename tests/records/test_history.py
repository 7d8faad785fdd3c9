"""What was, read from the log: compared with what was there at the time."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any
from unittest import mock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.workbench import store_small_case
from wayforward.casefile.cells_in import case_of
from wayforward.records import history
from wayforward.records.case import Case
from wayforward.records.models import Event, Evidence
from wayforward.records.rows import canonical, cells
from wayforward.records.save import Change, StillNamed, remove, save, save_all
from wayforward.scope.models import Service

pytestmark = pytest.mark.django_db


@pytest.fixture
def stored() -> Any:
    return store_small_case()


def rows_of(case: Case) -> list[str]:
    """Every row of a case as canonical text, with its version."""
    records = [case.exercise, *(row for model in case.models() for row in case.rows(model))]
    return sorted(f"{row.reference} {row.version} {canonical(row)}" for row in records)


def head(exercise: Any) -> int:
    return Event.objects.filter(exercise=exercise).latest("sequence").sequence


# What somebody may do: to which of a few services and pieces of evidence, and with which words.
deeds = st.lists(
    st.tuples(
        st.sampled_from(["name", "parent", "title", "purpose", "add", "remove", "back", "both"]),
        st.integers(0, 3),
        st.text("aé '=\"\n,", max_size=6),
    ),
    min_size=1,
    max_size=8,
)


def do(exercise: Any, deed: str, which: int, words: str) -> None:
    """Do one of these, where it can be done."""
    name = f"x{' '.join(words.split())}"
    code = f"NEW-{which}"
    services = Service.objects.filter(exercise=exercise).order_by("code")
    one = services[which % services.count()]
    new = Service.objects.filter(exercise=exercise, code=code).first()
    known = Event.objects.filter(exercise=exercise, record=f"service:{code}").order_by("sequence").last()
    if deed == "name":
        one.name = name
        save(one, one.version, "person 1")
    elif deed == "parent" and new:
        new.parent = one if one != new else None
        save(new, new.version, "person 2")
    elif deed == "title":
        evidence = Evidence.objects.filter(exercise=exercise).order_by("code")[0]
        evidence.title = name
        save(evidence, evidence.version, "person 2")
    elif deed == "purpose":
        exercise.refresh_from_db()
        exercise.purpose = f"x{words}"
        save(exercise, exercise.version, "person 1")
    elif deed == "add" and not known:
        save(Service(exercise=exercise, code=code, name=name), 0, "person 1", "added")
    elif deed == "remove" and new:
        try:
            remove(new, new.version, "person 1")
        except StillNamed:
            return
    elif deed == "back" and known and not new:
        again = Service(exercise=exercise, code=code, name=name)
        save_all([Change(again, known.record_version, back=True)], "person 3", "undone")
    elif deed == "both":
        some = list(services[:2])
        for service in some:
            service.powers = name
        save_all([Change(service, service.version) for service in some], "person 2", "changed with others")


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=deeds)
def test_as_it_stood_after_each_event_is_the_case_read_then(deeds: list[Any]) -> None:
    """The case read from the tables at the time is what the log must give back, row for row."""
    from django.db import transaction

    with transaction.atomic():
        exercise = store_small_case()
        then = {head(exercise): rows_of(Case.of(exercise))}
        for deed in deeds:
            do(exercise, *deed)
            exercise.refresh_from_db()
            then[head(exercise)] = rows_of(Case.of(exercise))
        for sequence, rows in then.items():
            case, misfits = case_of(history.states(exercise, sequence), exercise.pk)
            assert misfits == ()
            assert rows_of(case) == rows
        _differences_lead_from_one_to_the_other(exercise, list(then))
        transaction.set_rollback(True)


def _differences_lead_from_one_to_the_other(exercise: Any, moments: list[int]) -> None:
    """What changed between two moments, done to the first, gives the second; and nothing needless is told."""
    for first, last in [*pairwise(moments), (moments[0], moments[-1]), (0, moments[-1])]:
        there, after = filled(exercise, first), filled(exercise, last)
        for one in history.differences(exercise, first, last):
            assert one.fields
            row = there.pop(one.reference, {})
            if one.after.cells is not None:
                given = {name: one.after.cells.get(name, "") for name in one.fields}
                there[one.reference] = {name: cell for name, cell in (row | given).items() if cell}
        assert there == after


def filled(exercise: Any, sequence: int) -> dict[str, dict[str, str]]:
    """The cells that are not blank of every record that was there."""
    found = history.states(exercise, sequence)
    return {
        name: {field: cell for field, cell in state.cells.items() if cell}
        for name, state in found.items()
        if state.cells is not None
    }


def test_the_steps_of_a_record(stored: Any) -> None:
    service = Service.objects.get(exercise=stored, code="S1")
    was = cells(service)
    service.name = "Renamed"
    save(service, 1, "person 2")
    first, second = history.steps(stored, "service:S1")
    assert (first.before, first.after) == (history.NEVER, history.State(was, 1))
    assert (second.before.cells, second.after) == (was, history.State({**was, "name": "Renamed"}, 2))
    assert (second.did.actor, second.did.action) == ("person 2", "changed")
    assert history.differing(second.before.cells or {}, second.after.cells or {}) == ["name"]


def test_a_record_that_was_taken_away_and_put_back(stored: Any) -> None:
    lone = Service(exercise=stored, code="S9", name="Music")
    began = head(stored)
    save(lone, 0, "person 2", "added")
    remove(lone, 1, "person 2")
    assert history.differences(stored, began, head(stored)) == []  # there and gone again
    again = Service(exercise=stored, code="S9", name="Music")
    save_all([Change(again, 2, back=True)], "person 2", "undone")
    present = [
        (s.before.cells is not None, s.after.cells is not None) for s in history.steps(stored, "service:S9")
    ]
    assert present == [(False, True), (True, False), (False, True)]
    (found,) = history.differences(stored, began, head(stored))
    assert (found.what, len(found.done), found.after.version) == ("added", 3, 3)


@pytest.fixture
def clock() -> Iterator[Any]:
    """Events at the moments that a test says."""
    with mock.patch("wayforward.records.events.timezone.now") as now:
        yield now


def test_a_day_ends_at_midnight_here(clock: Any) -> None:
    """In June, 23:30 UTC is half past midnight of the next day in London; in December it is the same day."""
    clock.return_value = datetime(2012, 6, 3, 12, tzinfo=UTC)
    exercise = store_small_case()
    began = head(exercise)
    for version, at in enumerate(
        (datetime(2012, 6, 4, 23, 30, tzinfo=UTC), datetime(2012, 12, 4, 23, 30, tzinfo=UTC)), 1
    ):
        clock.return_value = at
        service = Service.objects.get(exercise=exercise, code="S1")
        service.name = f"Name {version}"
        save(service, version, "person 1")
    assert history.last_of(exercise, date(2012, 6, 2)) == 0
    assert history.last_of(exercise, date(2012, 6, 3)) == began
    assert history.last_of(exercise, date(2012, 6, 4)) == began
    assert history.last_of(exercise, date(2012, 6, 5)) == began + 1
    assert history.last_of(exercise, date(2012, 12, 3)) == began + 1
    assert history.last_of(exercise, date(2012, 12, 4)) == began + 2


def test_what_was_saved_at_once_is_one_act(stored: Any, clock: Any) -> None:
    began = head(stored)
    clock.return_value = datetime(2012, 12, 4, 9, tzinfo=UTC)
    some = list(Service.objects.filter(exercise=stored).order_by("code")[:2])
    save_all([Change(one, one.version) for one in some], "person 2", "uploaded")
    clock.return_value += timedelta(microseconds=1)
    save(some[0], 2, "person 2", "uploaded")
    found = history.acts(stored, 0, began + 3)
    assert [(one.first, one.last, one.records) for one in found] == [
        (began + 3, began + 3, 1),
        (began + 1, began + 2, 2),
        (1, began, began),
    ]
    assert [history.act_of(stored, n) for n in (began + 3, began + 2, began + 1, 1)] == [
        found[0],
        found[1],
        found[1],
        found[2],
    ]
    assert history.act_of(stored, began + 4) is None


def test_what_does_not_fit_any_more_is_told(stored: Any) -> None:
    """Rows of an earlier release, or of somebody's hand in the tables: read as far as they can be."""
    states = history.states(stored, head(stored))
    row = dict(states["service:S1"].cells or {})
    states["service:S1"] = history.State(row | {"people": "many", "no_such_column": "x"}, 1)
    states["no_such_kind:X"] = history.State({"code": "X"}, 1)
    case, misfits = case_of(states, stored.pk)
    assert [(one.reference, one.field, one.found) for one in misfits] == [("service:S1", "people", "many")]
    assert case.rows(Service)[0].people is None


def test_a_case_without_its_exercise_is_none(stored: Any) -> None:
    with pytest.raises(KeyError):
        case_of({}, stored.pk)
