"""Rules of finance. The second of two rows that say the same is told."""

from decimal import Decimal
from typing import Any

import pytest

from wayforward.exercise.models import Exercise
from wayforward.finance import checks
from wayforward.finance.models import IncomeGroup, Inflation, PlanLine, Turnover
from wayforward.records.case import Case


def case(*rows: Any) -> Case:
    tables: dict[Any, list[Any]] = {}
    for row in rows:
        tables.setdefault(type(row), []).append(row)
    return Case(Exercise(code="TOWN"), tables)


def told(wrongs: Any) -> list[tuple[str, str]]:
    return [(wrong.record.code, wrong.field) for wrong in wrongs]


def test_a_heading_is_planned_once_a_year() -> None:
    years = (2012, 2013, 2012)
    rows = [PlanLine(code=f"L{n}", plan_kind="budget", name="Pay", year=y) for n, y in enumerate(years)]
    rows.append(PlanLine(code="L9", plan_kind="gap", name="Pay", year=2012))
    assert told(checks.a_heading_is_planned_once_a_year(case(*rows))) == [("L2", "year")]


def test_prices_rise_once_a_year() -> None:
    rows = [Inflation(code="A", year=2012), Inflation(code="B", year=2013), Inflation(code="C", year=2012)]
    assert told(checks.prices_rise_once_a_year(case(*rows))) == [("C", "year")]


def test_people_leave_once_a_year() -> None:
    rows = [
        Turnover(code="A", post_kind="officer", year=2012),
        Turnover(code="B", post_kind="staff", year=2012),
        Turnover(code="C", post_kind="officer", year=2012),
    ]
    assert told(checks.people_leave_once_a_year(case(*rows))) == [("C", "year")]


@pytest.mark.parametrize(
    ("kind", "cost", "fault"),
    [("officer", 1, True), ("officer", 0, False), ("officer", None, False), ("staff", 1, False)],
)
def test_officers_are_not_released_at_a_cost(kind: str, cost: int | None, fault: bool) -> None:
    row = Turnover(code="A", post_kind=kind, year=2012, exit_cost=None if cost is None else Decimal(cost))
    wrong = told(checks.officers_are_not_released_at_a_cost(case(row)))
    assert wrong == ([("A", "exit_cost")] if fault else [])


def test_incomes_are_above_nought_and_weighed_by_one_median() -> None:
    def group(code: str, income: int | None, median: int | None) -> IncomeGroup:
        given = [None if value is None else Decimal(value) for value in (income, median)]
        return IncomeGroup(code=code, name=code, income=given[0], median=given[1])

    rows = [group("A", 9000, 23000), group("B", 0, 23000), group("C", 40000, 24000), group("D", None, None)]
    assert told(checks.incomes_can_be_weighed(case(*rows))) == [("B", "income"), ("C", "median")]
