"""Rules of finance. The second of two rows that say the same is told."""

from typing import Any

from wayforward.exercise.models import Exercise
from wayforward.finance import checks
from wayforward.finance.models import Inflation, PlanLine
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
