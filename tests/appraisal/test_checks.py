"""Rules of the lines of an option. The least widths of a range are those of the edition's table."""

from decimal import Decimal
from pkgutil import iter_modules
from typing import Any

import pytest

from tests.appraisal.checked import EVERY_YEAR, OTHER, USUAL, benefit, case, cost, told
from wayforward.appraisal import checks
from wayforward.appraisal.checks import choices, corrections, lines
from wayforward.appraisal.models import OptimismBias
from wayforward.finance.models import Inflation
from wayforward.options.models import LonglistChoice, OptionChoice

LEVEL = f"{EVERY_YEAR}: 100"


def test_every_module_of_rules_is_imported_with_the_package() -> None:
    modules = {module.name for module in iter_modules(checks.__path__)} - {"common"}
    assert sorted(modules) == checks.__all__


def test_amounts_or_a_finding_never_both() -> None:
    rows = [
        cost("L1", LEVEL),
        cost("L2", quotes="demand.harm"),
        cost("L3"),  # not known
        cost("L4", LEVEL, quotes="demand.harm"),
    ]
    assert told(lines.amounts_or_a_finding(case(*rows))) == [("L4", "quotes")]


def test_a_quoted_finding_is_there() -> None:
    rows = [cost("L1", quotes="demand.harm"), benefit("L2", quotes="demand.harms")]
    assert told(lines.quoted_findings_are_there(case(*rows))) == [("L2", "quotes")]


@pytest.mark.parametrize(
    ("kind", "amounts", "change", "field"),
    [
        ("unmonetised", LEVEL, {}, "amounts"),
        ("unmonetised", "", {"quotes": "demand.harm"}, "quotes"),
        ("unmonetised", "", {"units": 3}, "units"),
        ("unmonetised", "", {}, None),
        ("societal", LEVEL, {}, None),
    ],
)
def test_unmonetised_has_no_price(kind: str, amounts: str, change: dict[str, Any], field: str | None) -> None:
    row = benefit("L", amounts, benefit_kind=kind, **change)
    assert told(lines.unmonetised_has_no_price(case(row))) == ([("L", field)] if field else [])


@pytest.mark.parametrize(
    ("kind", "amounts", "change", "field"),
    [
        ("unmonetised", "", {"take_up": 0.4}, "take_up"),
        ("unmonetised", "", {"ramp_months": 12}, "ramp_months"),
        ("unmonetised", "", {}, None),
        ("societal", "", {"take_up": 0.4}, None),  # its amounts are not known yet
        ("societal", LEVEL, {"take_up": 0.4}, None),
    ],
)
def test_an_effect_is_of_what_has_a_price(
    kind: str, amounts: str, change: dict[str, Any], field: str | None
) -> None:
    row = benefit("L", amounts, benefit_kind=kind, **change)
    assert told(lines.effects_are_of_what_has_a_price(case(row))) == ([("L", field)] if field else [])


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"units": 3, "unit_value": 5}, None),
        ({"units": 3}, "unit_value"),
        ({"unit_value": 5}, "units"),
        ({"units": 0, "unit_value": 5}, None),
        ({"starts": 2014}, "starts"),
        ({"units": 3, "unit_value": 5, "starts": 2014}, None),
    ],
)
def test_units_and_their_value_come_together(change: dict[str, Any], field: str | None) -> None:
    assert told(lines.units_have_a_value(case(benefit("L", **change)))) == ([("L", field)] if field else [])


def test_cash_is_in_the_prices_of_its_year() -> None:
    rows = [
        cost("L1", LEVEL, prices="cash", price_year=2012),
        cost("L2", LEVEL, prices="cash"),
        cost("L3", LEVEL, prices="real", price_year=2012),
    ]
    assert told(lines.cash_is_in_the_prices_of_its_year(case(*rows))) == [("L1", "price_year")]


@pytest.mark.parametrize(
    ("year", "fault"),
    [
        (2012, False),  # the exercise's
        (2014, False),  # inflation reaches it
        (2015, True),  # and no further
        (2008, False),  # the deflator of the edition begins in 2008
        (2006, True),
    ],
)
def test_a_price_year_has_a_level(year: int, fault: bool) -> None:
    rises = [Inflation(code=f"I{y}", year=y, rate=Decimal("0.02")) for y in (2013, 2014)]
    wrongs = told(lines.price_years_have_a_level(case(cost("L", LEVEL, price_year=year), *rises)))
    assert wrongs == ([("L", "price_year")] if fault else [])


@pytest.mark.parametrize(
    ("kind", "residual", "fault"),
    [("capital", 500, False), ("capital", 500.01, True), ("capital", None, False), ("revenue", 1, True)],
)
def test_a_residual_is_at_most_what_capital_cost(kind: str, residual: float | None, fault: bool) -> None:
    row = cost("L", LEVEL, cost_kind=kind, residual=residual)  # five times 100
    assert told(lines.residual_is_of_capital(case(row))) == ([("L", "residual")] if fault else [])


@pytest.mark.parametrize(
    ("kind", "value", "fault"),
    [
        ("cash-releasing", "fiscal", False),
        ("cash-releasing", "", False),
        ("cash-releasing", "social", True),
        ("societal", "economic", False),
    ],
)
def test_released_cash_is_fiscal(kind: str, value: str, fault: bool) -> None:
    wrongs = told(lines.released_cash_is_fiscal(case(benefit("L", benefit_kind=kind, value=value))))
    assert wrongs == ([("L", "value")] if fault else [])


@pytest.mark.parametrize(
    ("low", "high", "fields"),
    [
        ("1", "1", []),
        ("0.9", "1.2", []),
        ("1.01", "1.2", ["low"]),
        ("0.9", "0.99", ["high"]),
        ("1.2", "0.9", ["low", "high"]),
        ("1.2", "1.2", ["low"]),
        (None, "0.9", ["high"]),
        ("0", None, []),
    ],
)
def test_the_likely_figure_is_inside_its_range(low: str | None, high: str | None, fields: list[str]) -> None:
    wrongs = told(lines.range_holds_the_likely(case(cost("L", low=low, high=high))))
    assert wrongs == [("L", field) for field in fields]


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
    row = cost("L", estimate_class=estimate, low=low, high=high)
    wrong = told(lines.range_is_as_wide_as_its_class(case(row)))
    assert wrong == ([("L", field)] if field else [])


@pytest.mark.parametrize(
    ("year", "fault"), [("2012-13", True), ("2013-14", False), ("2017-18", False), ("2018-19", True)]
)
def test_amounts_fall_in_the_years_appraised(year: str, fault: bool) -> None:
    wrongs = list(lines.years_are_appraised(case(cost("L", f"{year}: 5"))))
    assert told(wrongs) == ([("L", "amounts")] if fault else [])
    assert ["sunk" in wrong.allowed for wrong in wrongs] == ([year == "2012-13"] if fault else [])


def test_units_start_in_the_years_appraised() -> None:
    rows = [
        benefit("L1", units=1, starts=2012),
        benefit("L2", units=1, starts=2013),
        benefit("L3", starts=2018),
    ]
    assert told(lines.years_are_appraised(case(*rows))) == [("L1", "starts"), ("L3", "starts")]


PROJECT = OptimismBias(code="P", name="Systems")


@pytest.mark.parametrize(
    ("correction", "bias", "reason", "faults"),
    [
        ("", None, "", []),
        ("optimism bias", PROJECT, "", []),
        ("confidence grade", None, "", []),
        ("none", None, "Its supplier is held to it", []),
        ("confidence grade", PROJECT, "", ["bias"]),  # the uplift and the grade
        ("none", PROJECT, "Held to it", ["bias"]),
        ("", PROJECT, "", ["bias"]),
        ("optimism bias", None, "", ["bias"]),
        ("none", None, "", ["correction_reason"]),
        ("none", None, "  ", ["correction_reason"]),
    ],
)
def test_a_cost_is_corrected_once(
    correction: str, bias: OptimismBias | None, reason: str, faults: list[str]
) -> None:
    row = cost("L", LEVEL, correction=correction, bias=bias, correction_reason=reason)
    rules = (
        corrections.a_line_is_corrected_once,
        corrections.optimism_bias_names_a_project,
        corrections.no_correction_has_a_reason,
    )
    assert [wrong.field for rule in rules for wrong in rule(case(row))] == faults


def test_optimism_bias_is_of_costs() -> None:
    rows = [benefit("L1", correction="optimism bias"), benefit("L2", correction="confidence grade")]
    assert told(corrections.optimism_bias_is_of_costs(case(*rows))) == [("L1", "correction")]


def test_a_line_is_of_a_choice_that_its_option_is_made_of() -> None:
    here, there = LonglistChoice(code="H", name="Here"), LonglistChoice(code="T", name="There")
    rows = [
        OptionChoice(code="OC", option=OTHER, choice=here),
        cost("L1", choice=here),
        cost("L2", choice=there),
        benefit("L3", choice=there),
        cost("L4", choice=there, option=USUAL),  # of which no choice is told yet
        cost("L5"),
    ]
    assert told(choices.a_line_is_of_a_choice_of_its_option(case(*rows))) == [
        ("L2", "choice"),
        ("L3", "choice"),
    ]
