"""Rules of alignment. The second of two rows that say the same is told."""

from typing import Any

from wayforward.alignment import checks
from wayforward.alignment.models import Capability, Investment, InvestmentOutcome, Priority, Strength
from wayforward.exercise.models import Exercise
from wayforward.records.case import Case
from wayforward.scope.models import ModernisationOutcome


def case(*rows: Any) -> Case:
    tables: dict[Any, list[Any]] = {}
    for row in rows:
        tables.setdefault(type(row), []).append(row)
    return Case(Exercise(code="TOWN"), tables)


def told(wrongs: Any) -> list[tuple[str, str]]:
    return [(wrong.record.code, wrong.field) for wrong in wrongs]


def test_an_investment_without_an_outcome() -> None:
    with_one, without = Investment(code="I1"), Investment(code="I2")
    named = InvestmentOutcome(code="O", investment=with_one, outcome=ModernisationOutcome(code="M"))
    wrong = checks.an_investment_has_an_outcome(case(with_one, without, named))
    assert told(wrong) == [("I2", "code")]


def test_strengths_are_on_the_scale() -> None:
    rows = [Strength(code=f"S{n}", strength=n) for n in range(10)]
    wrong = told(checks.strengths_are_on_the_scale(case(*rows)))
    assert wrong == [(f"S{n}", "strength") for n in (2, 4, 5, 6, 7, 8)]


def test_a_link_once() -> None:
    p, k, m = Priority(code="P"), Capability(code="K"), Capability(code="M")
    rows = [Strength(code=f"S{n}", priority=p, capability=of, strength=1) for n, of in enumerate((k, m, k))]
    assert told(checks.each_link_once(case(*rows))) == [("S2", "capability")]
