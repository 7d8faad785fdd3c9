"""Rules of what varies. What makes a distribution impossible is tested with the method; here, that its row is told."""

from decimal import Decimal
from typing import Any

import pytest

from tests.appraisal.checked import EVERY_YEAR, OTHER, benefit, case, cost, told
from wayforward.appraisal.checks import varying
from wayforward.appraisal.models import Correlation, Enquiry, FailureCondition, Threshold, Uncertainty
from wayforward.options.models import OptionPhase, OptionRisk

LEVEL = f"{EVERY_YEAR}: 100"
THIRDS = [["0.8", "0.3"], ["1", "0.5"], ["1.6", "0.2"]]
SHORT = [["0.8", "0.3"], ["1", "0.5"], ["1.6", "0.199"]]  # .999 in all


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"low": "0.8", "high": "1.5"}, None),
        ({"distribution": "discrete", "outcomes": THIRDS}, None),
        ({"distribution": "discrete", "outcomes": THIRDS, "low": "0.8", "high": "1.6"}, None),
        ({"distribution": "discrete", "outcomes": THIRDS, "low": "0.7", "high": "1.6"}, "outcomes"),
        ({"distribution": "discrete", "outcomes": SHORT}, "outcomes"),
        ({"distribution": "discrete"}, "outcomes"),
        ({"distribution": "normal", "low": "0.8", "high": "1.2"}, None),
        ({"distribution": "normal", "low": "0.8", "high": "1.5"}, "distribution"),
        ({"distribution": "lognormal", "low": "0", "high": "1.5"}, "distribution"),
        ({"distribution": "fixed"}, None),
        ({"distribution": "fixed", "low": "1", "high": "1"}, None),
        ({"distribution": "fixed", "low": "0.9", "high": "1"}, "distribution"),
        ({"distribution": "normal", "low": "1.1", "high": "1.5"}, None),  # told of its range
        ({"distribution": "pert", "low": "0.5"}, None),  # its high is not known yet
    ],
)
def test_a_line_has_a_possible_distribution(change: dict[str, Any], field: str | None) -> None:
    wrongs = told(varying.line_has_a_possible_distribution(case(cost("L", LEVEL, **change))))
    assert wrongs == ([("L", field)] if field else [])


def test_the_reason_is_told_without_the_name_of_the_row() -> None:
    row = cost("L", LEVEL, distribution="discrete", outcomes=SHORT)
    (wrong,) = varying.line_has_a_possible_distribution(case(row))
    assert "add up to 0.999, not 1" in wrong.allowed
    assert "cost_line:L" not in wrong.allowed


def test_outcomes_are_of_what_is_discrete_and_not_below_nought() -> None:
    rows = [
        cost("L1", distribution="pert", outcomes=THIRDS),
        cost("L2", distribution="discrete", outcomes=THIRDS),
        cost("L3", distribution="discrete", outcomes=[["-1", "0.5"], ["1", "0.5"]]),
        uncertain("U1", distribution="uniform", outcomes=THIRDS),
    ]
    assert told(varying.outcomes_belong_to_what_is_discrete(case(*rows))) == [
        ("L1", "outcomes"),
        ("U1", "outcomes"),
    ]
    assert told(varying.multipliers_are_not_below_nought(case(*rows))) == [("L3", "outcomes")]


def uncertain(code: str, about: str = "benefit_line:B", field: str = "take_up", **more: Any) -> Uncertainty:
    ends = {name: Decimal(str(more.pop(name))) for name in ("low", "likely", "high") if name in more}
    own = {"distribution": "pert", "name": code} | ends | more
    return Uncertainty(code=code, about=about, field=field, **own)


BENEFIT = benefit("B", LEVEL, take_up=0.5)
PHASE = OptionPhase(code="P", option=OTHER, phase="ownership")


@pytest.mark.parametrize(
    ("about", "field", "fault"),
    [
        ("benefit_line:B", "take_up", None),
        ("benefit_line:B", "reach", "field"),  # which it does not state
        ("benefit_line:B", "amounts", "field"),
        ("benefit_line:B", "units", "field"),  # it is priced by its amounts
        ("option_phase:P", "delay_months", None),
        ("option_phase:P", "months", "field"),
        ("cost_line:C", "amounts", "about"),
        ("option:B", "order", "about"),
    ],
)
def test_what_is_uncertain_can_vary(about: str, field: str, fault: str | None) -> None:
    rows = [BENEFIT, PHASE, cost("C", LEVEL), uncertain("U", about, field, low=0, high=1)]
    wrongs = told(varying.what_is_uncertain_can_vary(case(*rows)))
    assert wrongs == ([("U", fault)] if fault else [])


def test_a_field_is_uncertain_once() -> None:
    rows = [BENEFIT, uncertain("U1"), uncertain("U2")]
    assert told(varying.what_is_uncertain_can_vary(case(*rows))) == [("U2", "field")]


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"low": 0.3, "high": 0.7}, None),  # likely as the line states: a half
        ({"low": 0.6, "high": 0.7}, "distribution"),
        ({"low": 0.3}, "distribution"),
        ({"low": 0.3, "high": 1.01}, "distribution"),  # a share lies from 0 to 1
        ({"distribution": "discrete", "outcomes": [["0.3", "0.5"], ["0.6", "0.4"]]}, "outcomes"),
    ],
)
def test_an_uncertainty_has_a_possible_distribution(more: dict[str, Any], field: str | None) -> None:
    wrongs = told(varying.uncertainty_has_a_possible_distribution(case(BENEFIT, uncertain("U", **more))))
    assert wrongs == ([("U", field)] if field else [])


def test_likely_is_what_the_line_states() -> None:
    rows = [
        uncertain("U1", likely=0.5),
        uncertain("U2", likely=0.6),
        uncertain("U3"),
        uncertain("U4", "option_phase:P", "delay_months", likely=3),  # the plan is no forecast
    ]
    assert told(varying.likely_is_what_the_line_states(case(BENEFIT, PHASE, *rows))) == [("U2", "likely")]


def together(code: str, first: str, second: str, rho: float = 0.5) -> Correlation:
    return Correlation(code=code, first=first, second=second, rank_correlation=Decimal(str(rho)))


RANGE = {"low": "0.8", "high": "1.3"}


def test_correlated_things_vary_and_apart() -> None:
    risk = OptionRisk(
        code="R", option=OTHER, name="R", probability=Decimal("0.5"), impact=Decimal(9), year=2013
    )
    rows = [
        *(cost("L1", LEVEL, **RANGE), cost("L2", LEVEL, **RANGE), cost("L3", LEVEL), risk),
        cost("L4", LEVEL, **RANGE, varies_with="L1"),
        *(PHASE, uncertain("U", "option_phase:P", "delay_months", low=0, high=9)),
        together("K1", "cost_line:L1", "cost_line:L2"),
        together("K2", "cost_line:L1", "cost_line:L3"),  # which is fixed
        together("K3", "cost_line:L1", "cost_line:L4"),  # which moves as L1 does
        together("K4", "cost_line:L2", "cost_line:L4"),  # the pair of K1
        together("K5", "uncertainty:U", "cost_line:L1"),
        together("K6", "option:B", "uncertainty:U"),
        together("K7", "option_risk:R", "cost_line:L2"),
        *(BENEFIT, uncertain("V", low=0.3, high=0.7), uncertain("W", field="reach", distribution="fixed")),
        together("K8", "benefit_line:B", "cost_line:L1"),  # by its take-up
        together("K9", "uncertainty:W", "cost_line:L1"),  # which is fixed
    ]
    wrongs = told(varying.correlated_things_vary_apart(case(*rows)))
    assert wrongs == [("K2", "second"), ("K3", "second"), ("K4", "second"), ("K6", "first"), ("K9", "first")]


@pytest.mark.parametrize(("last", "fault"), [(-0.9, True), (0.9, False), (0.7, False)])
def test_correlations_can_all_hold(last: float, fault: bool) -> None:
    # One moves with two and two with three: one can't move against three.
    rows = [
        *(cost(f"L{n}", LEVEL, **RANGE) for n in (1, 2, 3)),
        together("K1", "cost_line:L1", "cost_line:L2", 0.9),
        together("K2", "cost_line:L2", "cost_line:L3", 0.9),
        together("K3", "cost_line:L1", "cost_line:L3", last),
    ]
    wrongs = told(varying.correlations_can_all_hold(case(*rows)))
    assert wrongs == ([("K3", "rank_correlation")] if fault else [])


def test_without_correlations_nothing_contradicts() -> None:
    assert told(varying.correlations_can_all_hold(case(cost("L", LEVEL, **RANGE)))) == []


def test_an_enquiry_settles_something() -> None:
    rows = [Enquiry(code="Q1", about="cost_line:L"), Enquiry(code="Q2", about="service:S")]
    assert told(varying.enquiries_settle_something(case(*rows))) == [("Q2", "about")]


def test_a_limit_is_explained_once() -> None:
    limit = Threshold(code="T", name="Worth")
    rows = [FailureCondition(code=f"F{n}", option=OTHER, threshold=limit, step=n) for n in (1, 2)]
    assert told(varying.a_limit_is_explained_once(case(limit, *rows))) == [("F2", "threshold")]
