"""Each pound once: which pairs of lines are told, which are not, and at which row. Worked out by hand."""

from typing import Any

import pytest

from tests.appraisal.checked import EVERY_YEAR, OTHER, USUAL, benefit, case, cost, told
from wayforward.appraisal.checks import once
from wayforward.appraisal.models import BenefitLine
from wayforward.scope.models import ModernisationOutcome, Service

CUSTODY, DESK = Service(code="S1"), Service(code="S2")
FASTER = ModernisationOutcome(code="M1")
LINE = {
    "service": CUSTODY,
    "outcome": FASTER,
    "beneficiary": "The force",
    "benefit_kind": "cash-releasing",
    "in_plan": False,
}
LEVEL = f"{EVERY_YEAR}: 100"
RISING = "2013-14: 100; 2014-15 to 2017-18: 300"


def line(code: str, amounts: str = LEVEL, **more: Any) -> BenefitLine:
    return benefit(code, amounts, **(LINE | more))


def pairs(*lines: BenefitLine) -> list[tuple[str, str]]:
    return told(once.lines_that_look_like_one_pound_differ(case(*lines)))


def test_a_saving_in_the_plan_belongs_to_business_as_usual() -> None:
    rows = [line("L1", option=USUAL, in_plan=True), line("L2", in_plan=True), line("L3")]
    assert told(once.saving_in_the_plan_belongs_to_usual(case(*rows))) == [("L2", "in_plan")]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({}, True),
        ({"in_plan": None}, True),
        ({"differs": "Of the other floor"}, False),
        ({"service": DESK}, False),
        ({"benefit_kind": "non-cash-releasing"}, False),
        ({"option": USUAL}, False),  # beside another of business as usual it is told as alike
    ],
)
def test_a_saving_of_the_plan_is_not_claimed_under_another_name(change: dict[str, Any], fault: bool) -> None:
    rows = [line("L1", option=USUAL, in_plan=True), line("L2", RISING, **change)]
    wrongs = told(once.saving_of_the_plan_is_not_claimed_again(case(*rows)))
    assert wrongs == ([("L2", "differs")] if fault else [])


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({}, True),
        ({"beneficiary": "the  FORCE"}, True),
        ({"differs": "Nights, where L1 is days"}, False),
        ({"service": DESK}, False),
        ({"outcome": ModernisationOutcome(code="M2")}, False),
        ({"beneficiary": "The public"}, False),
        ({"benefit_kind": "societal", "with_police_cost": False}, False),
        ({"option": USUAL}, False),
    ],
)
def test_lines_alike_in_all_four_say_how_they_differ(change: dict[str, Any], fault: bool) -> None:
    assert pairs(line("L1"), line("L2", RISING, **change)) == ([("L2", "differs")] if fault else [])


def test_the_practices_are_named() -> None:
    rows = [line("L1", practice="practice:P1"), line("L2", RISING, practice="practice:P2")]
    (wrong,) = once.lines_that_look_like_one_pound_differ(case(*rows))
    assert "L1 (practices P1 and P2)" in wrong.allowed


def test_of_three_alike_each_that_is_open_is_told() -> None:
    rows = [line("L1", differs="Days"), line("L2", RISING), line("L3", "2014-15: 7; 2015-16: 1")]
    assert pairs(*rows) == [("L2", "differs"), ("L3", "differs"), ("L3", "differs")]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({}, True),
        ({"service": DESK}, False),
        ({"practice": "practice:P1"}, False),
        ({"practice": ""}, False),
        ({"hours": None}, False),
        ({"amounts": RISING}, False),
        ({"differs": "Other shifts"}, False),
        ({"outcome": FASTER}, False),  # alike in all four: told as such
    ],
)
def test_two_practices_do_not_free_the_same_minutes(change: dict[str, Any], fault: bool) -> None:
    own = {"practice": "practice:P2", "outcome": ModernisationOutcome(code="M2"), "hours": True} | change
    rows = [line("L1", practice="practice:P1", hours=True), line("L2", own.pop("amounts", LEVEL), **own)]
    wrongs = told(once.same_minutes_come_from_one_practice(case(*rows)))
    assert wrongs == ([("L2", "differs")] if fault else [])


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({}, True),
        ({"amounts": f"{EVERY_YEAR}: 40"}, True),  # in one proportion: two fifths
        ({"amounts": RISING}, False),
        ({"service": DESK}, False),
        ({"differs": "The partner's own desk"}, False),
    ],
)
def test_one_saving_is_not_entered_for_two_partners(change: dict[str, Any], fault: bool) -> None:
    own = {"organisation": "County", "beneficiary": "The county"} | change
    rows = [line("L1", organisation="Force"), line("L2", own.pop("amounts", LEVEL), **own)]
    assert pairs(*rows) == ([("L2", "differs")] if fault else [])


def test_units_at_one_value_are_amounts_too() -> None:
    units = {"units": 10, "unit_value": 4}
    rows = [
        line("L1", organisation="Force"),
        line("L2", "", organisation="County", beneficiary="County", **units),
    ]
    assert pairs(*rows) == [("L2", "differs")]


@pytest.mark.parametrize(
    ("first", "second", "fault"),
    [
        (True, True, True),
        (True, False, True),
        (None, None, True),  # not said of either
        (False, None, True),
        (False, False, False),
    ],
)
def test_hours_are_cashed_or_reused(first: bool | None, second: bool | None, fault: bool) -> None:
    reused = {"benefit_kind": "non-cash-releasing", "beneficiary": "Officers", "hours": second}
    assert pairs(line("L1", hours=first), line("L2", **reused)) == ([("L2", "differs")] if fault else [])
    apart = line("L2", **reused, differs="Cash is of posts on nights, time is of days")
    assert pairs(line("L1", hours=first), apart) == []


def test_posts_are_of_peoples_time_whatever_hours_says() -> None:
    reused = line("L2", benefit_kind="non-cash-releasing", hours=False)
    assert pairs(line("L1", hours=False, posts=2), reused) == [("L2", "differs")]


@pytest.mark.parametrize(
    ("part", "police", "field"),
    [
        ("cash-releasing", True, "differs"),
        ("non-cash-releasing", True, "differs"),
        ("non-cash-releasing", None, "with_police_cost"),
        ("non-cash-releasing", False, None),
        ("societal", True, None),
        ("unmonetised", True, None),
    ],
)
def test_a_crime_cost_holds_its_police_part_once(part: str, police: bool | None, field: str | None) -> None:
    crime = line("L1", benefit_kind="societal", with_police_cost=police, beneficiary="Victims", service=DESK)
    wrong = pairs(crime, line("L2", RISING, benefit_kind=part))
    assert wrong == ([("L1", field)] if field else [])


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"beneficiary": ""}, "beneficiary"),
        ({"outcome": None}, "outcome"),
        ({"outcome": None, "service": DESK}, None),
        ({"outcome": None, "beneficiary": "The public"}, None),
        ({"beneficiary": "", "benefit_kind": "societal"}, None),
        ({"beneficiary": "", "differs": "Other rooms"}, None),
        ({}, None),  # all named: told as alike
    ],
)
def test_a_blank_name_tells_nothing_apart(change: dict[str, Any], field: str | None) -> None:
    rows = [line("L1"), line("L2", RISING, **change)]
    wrongs = told(once.a_name_left_blank_tells_nothing_apart(case(*rows)))
    assert wrongs == ([("L2", field)] if field else [])


@pytest.mark.parametrize(
    ("amounts", "months", "fault"),
    [
        (RISING, 12, True),
        (LEVEL, 12, False),
        (RISING, None, False),
        ("2014-15: 50; 2015-16: 80; 2016-17 to 2017-18: 100", 24, True),
        ("2013-14: 100; 2014-15 to 2017-18: 103", 12, False),  # grows with demand
    ],
)
def test_a_ramp_is_applied_once(amounts: str, months: int | None, fault: bool) -> None:
    wrongs = told(once.a_ramp_is_applied_once(case(line("L1", amounts, ramp_months=months))))
    assert wrongs == ([("L1", "ramp_months")] if fault else [])


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"quotes": "demand.harm", "reach": 0.5}, "reach"),
        ({"quotes": "demand.harm", "take_up": 0.5}, "take_up"),
        ({"quotes": "demand.harm", "reach": 1.0}, None),
        ({"quotes": "demand.harm", "units": 4}, "units"),
        ({"amounts": LEVEL, "units": 4, "unit_value": 2}, "units"),
        ({"amounts": LEVEL, "reach": 0.5}, None),
        ({"units": 4, "unit_value": 2, "take_up": 0.5}, None),
    ],
)
def test_reach_is_applied_once(change: dict[str, Any], field: str | None) -> None:
    values = dict(change)
    row = line("L1", values.pop("amounts", ""), **values)
    assert told(once.reach_is_applied_once(case(row))) == ([("L1", field)] if field else [])


def test_a_sunk_cost_is_left_out() -> None:
    rows = [cost("L1", LEVEL, nature="sunk"), cost("L2", LEVEL, nature="transfer"), cost("L3", LEVEL)]
    assert told(once.sunk_costs_are_left_out(case(*rows))) == [("L1", "nature")]


def test_lines_of_two_options_are_never_a_pair() -> None:
    rows = [line("L1", option=OTHER), line("L2", option=USUAL)]
    assert pairs(*rows) == []
