"""Rules of the lines of an option. The least widths of a range are those of the edition's table."""

from decimal import Decimal
from typing import Any

import pytest

from wayforward.appraisal import checks
from wayforward.appraisal.models import BenefitLine, CostLine
from wayforward.exercise.models import Exercise
from wayforward.options.models import Option
from wayforward.records.case import Case
from wayforward.records.models import ParameterOverride

USUAL = Option(code="A", option_kind="business as usual")
OTHER = Option(code="B", option_kind="option")


def case(*rows: Any) -> Case:
    tables: dict[Any, list[Any]] = {}
    for row in rows:
        tables.setdefault(type(row), []).append(row)
    exercise = Exercise(code="TOWN", edition="green-book-2003", first_year=2013, years=5)
    return Case(exercise, tables)


def told(wrongs: Any) -> list[tuple[str, str]]:
    return [(wrong.record.code, wrong.field) for wrong in wrongs]


def cost(code: str, **values: Any) -> CostLine:
    return CostLine(code=code, option=OTHER, name=code, **values)


def test_amounts_or_a_finding_never_both() -> None:
    rows = [
        cost("L1", amounts={"2013-14": "5"}),
        cost("L2", quotes="demand.hours_freed"),
        cost("L3"),  # not known
        cost("L4", amounts={"2013-14": "5"}, quotes="demand.hours_freed"),
    ]
    assert told(checks.amounts_or_a_finding(case(*rows))) == [("L4", "quotes")]


def test_unmonetised_has_no_price() -> None:
    rows = [
        BenefitLine(code="L1", option=OTHER, benefit_kind="unmonetised", amounts={"2013-14": "5"}),
        BenefitLine(code="L2", option=OTHER, benefit_kind="unmonetised", quotes="demand.hours_freed"),
        BenefitLine(code="L3", option=OTHER, benefit_kind="unmonetised"),
        BenefitLine(code="L4", option=OTHER, benefit_kind="societal", amounts={"2013-14": "5"}),
    ]
    wrong = told(checks.unmonetised_has_no_price(case(*rows)))
    assert wrong == [("L1", "amounts"), ("L2", "quotes")]


def test_a_saving_in_the_plan_belongs_to_business_as_usual() -> None:
    rows = [
        BenefitLine(code="L1", option=USUAL, in_plan=True),
        BenefitLine(code="L2", option=OTHER, in_plan=True),
        BenefitLine(code="L3", option=OTHER, in_plan=False),
    ]
    assert told(checks.saving_in_the_plan_belongs_to_usual(case(*rows))) == [("L2", "in_plan")]


@pytest.mark.parametrize(
    ("low", "high", "fields"),
    [
        ("1", "1", []),
        ("0.9", "1.2", []),
        ("1.01", "1.2", ["low"]),
        ("0.9", "0.99", ["high"]),
        ("1.2", "0.9", ["low", "high"]),
        (None, "0.9", ["high"]),
        ("0", None, []),
    ],
)
def test_the_likely_figure_is_inside_its_range(low: str | None, high: str | None, fields: list[str]) -> None:
    line = cost("L", low=low and Decimal(low), high=high and Decimal(high))
    assert told(checks.range_holds_the_likely(case(line))) == [("L", field) for field in fields]


@pytest.mark.parametrize(
    ("estimate", "low", "high", "field"),
    [
        ("analogy", "0.8", "1.3", None),
        ("analogy", "0.81", "1.3", "low"),
        ("analogy", "0.8", "1.29", "high"),
        ("built up", "0.9", "1.1", None),
        ("quoted", "0.98", "1.03", "low"),
        ("", "1", "1", None),
    ],
)
def test_a_range_is_as_wide_as_its_class(estimate: str, low: str, high: str, field: str | None) -> None:
    line = cost("L", estimate_class=estimate, low=Decimal(low), high=Decimal(high))
    wrong = told(checks.range_is_as_wide_as_its_class(case(line)))
    assert wrong == ([("L", field)] if field else [])


@pytest.mark.parametrize(
    ("year", "fault"), [("2012-13", True), ("2013-14", False), ("2017-18", False), ("2018-19", True)]
)
def test_amounts_fall_in_the_years_appraised(year: str, fault: bool) -> None:
    wrong = told(checks.years_are_appraised(case(cost("L", amounts={year: "5"}))))
    assert wrong == ([("L", "amounts")] if fault else [])


def test_an_override_replaces_a_value_of_the_edition() -> None:
    rows = [
        ParameterOverride(code="P1", parameter="deflator/calendar/2012", value=Decimal("0.03")),
        ParameterOverride(code="P2", parameter="deflator/calendar/1012", value=Decimal("0.03")),
        ParameterOverride(code="P3", parameter="weather/rain", value=Decimal("0.03")),
        ParameterOverride(code="P5", parameter="deflator/calendar", value=Decimal("0.04")),
        ParameterOverride(code="P4", parameter="deflator/calendar/2012", value=Decimal("0.04")),
    ]
    wrong = told(checks.overrides_replace_something(case(*rows)))
    assert sorted(wrong) == [
        ("P2", "parameter"),
        ("P3", "parameter"),
        ("P4", "parameter"),
        ("P5", "parameter"),
    ]
