"""Rules of editions, scenarios and business cases."""

from datetime import date
from decimal import Decimal

import pytest

from tests.appraisal.checked import EVERY_YEAR, OTHER, benefit, case, cost, told
from wayforward.appraisal.checks import editions
from wayforward.appraisal.models import (
    BusinessCase,
    CaseFigure,
    Scenario,
    ScenarioValue,
    StakeholderGroup,
    SwingWeight,
)
from wayforward.options.models import OptionPhase, OptionRisk
from wayforward.records.models import ParameterOverride


def test_an_override_replaces_a_value_of_the_edition() -> None:
    rows = [
        ParameterOverride(code="P1", parameter="deflator/calendar/2012", value=Decimal("0.03")),
        ParameterOverride(code="P2", parameter="deflator/calendar/1012", value=Decimal("0.03")),
        ParameterOverride(code="P3", parameter="weather/rain", value=Decimal("0.03")),
        ParameterOverride(code="P5", parameter="deflator/calendar", value=Decimal("0.04")),
        ParameterOverride(code="P4", parameter="deflator/calendar/2012", value=Decimal("0.04")),
    ]
    wrong = told(editions.overrides_replace_something(case(*rows)))
    assert sorted(wrong) == [
        ("P2", "parameter"),
        ("P3", "parameter"),
        ("P4", "parameter"),
        ("P5", "parameter"),
    ]


def test_an_edition_that_is_named_is_there() -> None:
    rows = [
        Scenario(code="S1", name="One", edition="green-book-2026"),
        Scenario(code="S2", name="Two", edition="green-book-1997"),
        Scenario(code="S3", name="Three"),
        BusinessCase(code="B1", case_stage="outline", edition="green-book-1997"),
    ]
    assert told(editions.named_editions_are_there(case(*rows))) == [("S2", "edition"), ("B1", "edition")]


SLOW = Scenario(code="S", name="Slow")


@pytest.mark.parametrize(
    ("about", "field", "value", "fault"),
    [
        ("cost_line:C", "amounts", "1.2", None),
        ("cost_line:C", "amounts", "0", None),
        ("cost_line:C", "amounts", "-1", "value"),
        ("cost_line:C", "name", "1", "field"),
        ("benefit_line:B", "take_up", "0.4", None),
        ("benefit_line:B", "take_up", "40", "value"),
        ("benefit_line:B", "low", "0.4", "field"),
        ("option_phase:P", "delay_months", "9", None),
        ("option_phase:P", "delay_months", "9.5", "value"),
        ("option_risk:R", "probability", "0.9", None),
        ("option_risk:R", "probability", "1.1", "value"),
        ("swing_weight:W", "points", "101", "value"),
        ("option:B", "order", "1", "about"),
        ("cost_line:D", "amounts", "1.2", "value"),  # whose amounts are not known yet
    ],
)
def test_a_scenario_changes_what_can_be_changed(
    about: str, field: str, value: str, fault: str | None
) -> None:
    rows = [
        *(cost("C", f"{EVERY_YEAR}: 1"), cost("D")),
        benefit("B", f"{EVERY_YEAR}: 1"),
        OptionPhase(code="P", option=OTHER, phase="ownership"),
        OptionRisk(code="R", option=OTHER),
        SwingWeight(code="W", group=StakeholderGroup(code="G")),
        ScenarioValue(code="V", scenario=SLOW, about=about, field=field, value=Decimal(value)),
    ]
    wrongs = told(editions.scenario_changes_what_can_be_changed(case(*rows)))
    assert wrongs == ([("V", fault)] if fault else [])


def test_a_scenario_changes_a_field_once() -> None:
    rows = [
        ScenarioValue(code=f"V{n}", scenario=SLOW, about="cost_line:C", field="amounts", value=Decimal(1))
        for n in (1, 2)
    ]
    one = case(cost("C", f"{EVERY_YEAR}: 1"), *rows)
    wrongs = told(editions.scenario_changes_what_can_be_changed(one))
    assert wrongs == [("V2", "field")]


def test_business_cases_follow_one_another() -> None:
    first = BusinessCase(code="B1", case_stage="strategic outline", stood=date(2012, 12, 1))
    rows = [
        first,
        BusinessCase(code="B2", case_stage="full", stood=date(2013, 6, 1)),
        BusinessCase(code="B3", case_stage="outline", stood=date(2012, 11, 1)),
        CaseFigure(code="F1", business_case=first, option=OTHER, figure="npsv"),
        CaseFigure(code="F2", business_case=first, option=OTHER, figure="cost"),
        CaseFigure(code="F3", business_case=first, option=OTHER, figure="npsv"),
    ]
    assert told(editions.business_cases_follow_one_another(case(*rows))) == [
        ("F3", "figure"),
        ("B3", "stood"),
    ]


def test_a_stage_stands_once() -> None:
    rows = [BusinessCase(code=f"B{n}", case_stage="outline", stood=date(2013, n, 1)) for n in (1, 2)]
    assert told(editions.business_cases_follow_one_another(case(*rows))) == [("B2", "case_stage")]
