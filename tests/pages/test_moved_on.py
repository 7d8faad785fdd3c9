"""A case that this process has open follows what is saved, change by change, and is then as one read anew."""

import random
from typing import Any

import pytest

from tests.pages.conftest import exercise
from wayforward.findings import Findings
from wayforward.pages import opened
from wayforward.records.base import record_models
from wayforward.records.case import Case, references
from wayforward.records.rows import canonical
from wayforward.records.save import Change, StillNamed, remove, save, save_all
from wayforward.scope.models import Service

pytestmark = pytest.mark.django_db
__all__ = ["exercise"]


def same(exercise: Any) -> None:
    """The case that is kept is the one that is stored: every row, what each names, and every figure."""
    kept, anew = opened.as_it_stands(exercise), Findings(Case.of(exercise), keep=False)
    for model in record_models():
        rows = kept.case.rows(model)
        assert [canonical(row) for row in rows] == [canonical(row) for row in anew.case.rows(model)]
        for row in rows:
            for field in references(model):
                named = getattr(row, field.name)
                assert named is None or named is kept.case.get(named.reference)
    for key in anew:
        assert kept[key].to_json() == anew[key].to_json(), key


def test_a_kept_case_follows_what_is_saved(exercise: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    same(exercise)
    monkeypatch.setattr(Case, "of", lambda one: pytest.fail("the case was read anew"))
    kept = opened.as_it_stands(exercise)
    monkeypatch.undo()
    chance = random.Random(7)
    for turn in range(8):
        service = Service.objects.filter(exercise=exercise).order_by("code")[turn % 3]
        service.yearly_cost = chance.randrange(1000)  # type: ignore[assignment]
        service.name = f"Turn {turn}"
        save(service, service.version, "person 1")
        if turn % 3 == 0:
            same(exercise)
    same(exercise)
    assert opened.as_it_stands(exercise) is not kept


def test_it_follows_what_is_new_and_what_is_taken_away(exercise: Any) -> None:
    opened.as_it_stands(exercise).all()
    parent = Service(exercise=exercise, code="S8", name="Culture")
    child = Service(exercise=exercise, code="S9", name="Music", parent=parent)
    save_all([Change(child, 0), Change(parent, 0)], "person 1")
    same(exercise)
    with pytest.raises(StillNamed):
        remove(parent, 1, "person 1")
    remove(child, 1, "person 1")
    same(exercise)


def test_it_follows_a_change_of_the_exercise_itself_and_of_its_evidence(exercise: Any) -> None:
    from wayforward.records.models import Evidence

    opened.as_it_stands(exercise).all()
    exercise.title = "Another title"
    save(exercise, exercise.version, "person 1")
    same(exercise)
    item = Evidence.objects.filter(exercise=exercise).order_by("code")[0]
    item.grade = 6  # type: ignore[assignment]
    save(item, item.version, "person 1")
    same(exercise)
    assert opened.as_it_stands(exercise).case.exercise.title == "Another title"
