"""Rules judged of a case that changed a little find what they would find if all were asked."""

import copy
import random
from collections.abc import Iterator
from typing import Any

import pytest

from tests.workbench import SMALL
from wayforward.casefile import load
from wayforward.exercise.models import Exercise
from wayforward.records import checks, judged
from wayforward.records.base import Record, record_models
from wayforward.records.case import Case, references
from wayforward.records.checks import Wrong
from wayforward.records.fields import Number, ShortText
from wayforward.records.judged import judge
from wayforward.records.models import Citation, Evidence
from wayforward.scope.models import Rating, Service


def told(judgement: judged.Judgement) -> list[tuple[str, str, str, str, str]]:
    return [
        (rule, wrong.record.reference, wrong.field, wrong.found, wrong.allowed) for rule, wrong in judgement
    ]


def changed_at_random(case: Case, chance: random.Random) -> Case:
    """One record more, fewer or otherwise; what it says may well be wrong."""
    model = chance.choice([model for model in record_models() if case.rows(model)])
    row = chance.choice(case.rows(model))
    if chance.random() < 0.15 and not case.referring(row):
        return case.changed(gone=[row])
    new: Any = copy.copy(row)
    if chance.random() < 0.2:
        new.code = f"N-{chance.randrange(10_000)}"
    for field in model._meta.concrete_fields:
        if isinstance(field, Number) and chance.random() < 0.5:
            setattr(new, field.name, chance.choice([None, 0, 1, 400]))
        elif isinstance(field, ShortText) and field.name not in ("code", "record") and chance.random() < 0.3:
            setattr(
                new, field.name, chance.choice([getattr(other, field.name) for other in case.rows(model)])
            )
        elif field in references(model) and case.rows(field.table) and chance.random() < 0.3:
            setattr(new, field.name, chance.choice(case.rows(field.table)))
    return case.changed(put=[new])


def test_little_asked_finds_what_all_asked_would() -> None:
    """The expected value is that of asking every rule of the whole case; wrong and right changes in a row."""
    wrongs = spared = changes = 0
    for seed in range(5):
        chance, case = random.Random(seed), load(SMALL)
        judgement = judge(case)
        for _ in range(30):
            case, known = changed_at_random(case, chance), judgement
            judgement = judge(case, known)
            assert told(judgement) == told(judge(case))
            wrongs += bool(told(judgement))
            spared += sum(judgement.found[rule] is known.found[rule] for rule in known.found)
            changes += 1
    assert wrongs > changes / 10, "hardly a change was wrong: little was shown"
    assert spared > 0.5 * changes * len(judge(case).found), "most rules had nothing to be asked again"


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Two rules alone, and which of them were asked."""
    names: list[str] = []

    def rated(case: Case) -> Iterator[Wrong]:
        names.append("rated")
        for rating in case.rows(Rating):
            if not rating.service.name:
                yield Wrong(rating, "service", "nothing", "a service with a name")

    def cited(case: Case) -> Iterator[Wrong]:
        names.append("cited")
        for one in case.rows(Citation):
            if case.get(one.record) is None:
                yield Wrong(one, "record", one.record, "a record that is there")

    monkeypatch.setattr(judged, "CHECKS", [rated, cited])
    assert checks.CHECKS is not judged.CHECKS
    return names


def town() -> Case:
    lending, wardens = Service(code="S1", name="Lending"), Service(code="S2", name="Wardens")
    accounts = Evidence(code="E1", title="Accounts")
    tables: dict[type[Record], list[Any]] = {
        Service: [lending, wardens],
        Rating: [Rating(code="R1", service=lending, rater="A")],
        Evidence: [accounts],
        Citation: [Citation(code="C1", record="service:S2", evidence=accounts, used=True)],
    }
    return Case(Exercise(code="TOWN"), tables)


def test_a_rule_is_asked_again_where_a_row_that_it_read_names_one_that_changed(asked: list[str]) -> None:
    case = town()
    first = judge(case)
    asked.clear()
    after = case.changed(put=[Service(code="S1", name="")])
    assert [wrong.record.code for _, wrong in judge(after, first)] == ["R1"]
    assert asked == ["rated"], "the citation is of another service"


def test_a_rule_is_asked_again_where_a_record_that_it_asked_for_by_name_is_gone_or_new(
    asked: list[str],
) -> None:
    case = town()
    first = judge(case)
    without = case.changed(gone=[case.rows(Service)[1]])
    asked.clear()
    second = judge(without, first)
    assert [wrong.record.code for _, wrong in second] == ["C1"]
    assert asked == ["cited"], "no rating is of that service"
    assert not list(judge(without.changed(put=[Service(code="S2", name="Back")]), second))


def test_every_rule_is_asked_again_where_the_exercise_changed(asked: list[str]) -> None:
    case = town()
    first = judge(case)
    asked.clear()
    judge(case.changed(put=[Exercise(code="TOWN", years=3)]), first)
    assert asked == ["rated", "cited"]
