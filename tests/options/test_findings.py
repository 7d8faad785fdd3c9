"""Findings of the options. Products and dates by hand; direction and control by the rule's table."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.exercise.small import find
from wayforward.exercise.models import Procurement
from wayforward.findings import registered
from wayforward.options.findings.timing import months_after
from wayforward.options.models import (
    DeliveryVehicle,
    FactorVerdict,
    LonglistChoice,
    Option,
    OptionPhase,
    OptionRisk,
    OptionService,
    ProcurementFit,
    SuccessFactor,
    TimeCritical,
)
from wayforward.scope.models import Service

USUAL = Option(
    code="BAU", name="Business as usual", short_name="As usual", option_kind="business as usual", order=1
)
JOINT = Option(code="JV", name="Joint venture", short_name="Venture", option_kind="option", order=2)
ALONE = Option(code="INH", name="In-house programme", short_name="In-house", option_kind="option", order=3)


def test_options_come_in_their_order() -> None:
    finding = find("options.list", ALONE, USUAL, JOINT)
    assert [row["option"] for row in finding.rows] == ["BAU", "JV", "INH"]
    assert finding.headline == "3 options are described, business as usual among them"
    assert finding.rows[0]["summary"] is None
    without = find("options.list", JOINT)
    assert "an option of kind business as usual" in without.waiting


@pytest.mark.parametrize(
    ("day", "months", "after"),
    [
        (date(2013, 1, 31), 1, date(2013, 2, 28)),
        (date(2013, 11, 30), 3, date(2014, 2, 28)),
        (date(2012, 2, 29), 12, date(2013, 2, 28)),
        (date(2013, 4, 1), 0, date(2013, 4, 1)),
        (date(2013, 12, 1), 1, date(2014, 1, 1)),
        (date(2013, 11, 1), 1, date(2013, 12, 1)),
    ],
)
def test_months_after_a_day(day: date, months: int, after: date) -> None:
    assert months_after(day, months) == after


def test_a_phase_ends_after_its_months_and_its_delay() -> None:
    # Six months from 1 April 2013 end on 30 September; two months late they run from 1 June to 30 November.
    def phase(code: str, **more: Any) -> OptionPhase:
        return OptionPhase(code=code, **({"option": JOINT, "phase": "start-up", "months": 6} | more))

    finding = find(
        "options.phases",
        *(USUAL, JOINT, ALONE),
        phase("1", starts=date(2013, 4, 1)),
        phase("2", phase="ownership", starts=date(2013, 4, 1), delay_months=2),
        phase("3", option=ALONE, phase="ownership", months=None, starts=date(2014, 1, 1)),
        phase("4", option=ALONE, phase="start-up"),
    )
    spans = [(row["option"], row["phase"], row["starts"], row["ends"]) for row in finding.rows]
    assert spans == [
        ("JV", "start-up", "2013-04-01", "2013-09-30"),
        ("JV", "ownership", "2013-06-01", "2013-11-30"),
        ("INH", "start-up", None, None),
        ("INH", "ownership", "2014-01-01", None),
    ]
    assert finding.headline == (
        "Venture would be in full use first, from 1 June 2013; In-house last, from 1 January 2014"
    )
    assert finding.waiting == (
        "the phases of As usual",
        "when it starts: start-up of In-house",
        "how long it lasts: ownership of In-house",
    )


def test_factors_with_a_verdict_that_nobody_gave() -> None:
    fit, cheap = SuccessFactor(code="F1", name="Fit"), SuccessFactor(code="F2", name="Affordable")
    finding = find(
        "options.factors",
        *(JOINT, ALONE, fit, cheap),
        FactorVerdict(code="1", option=JOINT, factor=fit, passes=True, reason="It does"),
        FactorVerdict(code="2", option=JOINT, factor=cheap, passes=True),
        FactorVerdict(code="3", option=ALONE, factor=cheap, passes=False),
    )
    assert [(row["option"], row["factor"], row["passes"]) for row in finding.rows] == [
        ("JV", "F1", True),
        ("JV", "F2", True),
        ("INH", "F1", None),
        ("INH", "F2", False),
    ]
    assert finding.headline == (
        "1 of 2 options passes every critical success factor; In-house fails at least one"
    )
    assert finding.waiting == ("whether In-house passes “Fit”",)


def risk(code: str, option: Option, **more: Any) -> OptionRisk:
    return OptionRisk(code=code, option=option, name=f"Risk {code}", **more)


RISKS = (
    risk("R1", JOINT, probability=Decimal("0.5"), impact=Decimal(1000), impact_weeks=Decimal(4)),
    risk("R2", JOINT, probability=Decimal("0.25"), impact=Decimal(8000), impact_weeks=Decimal(2)),
    risk("R3", ALONE, probability=Decimal("0.1")),
)


def test_risks_by_expected_cost() -> None:
    # 0.5 x 1,000 = 500 and 2 weeks; 0.25 x 8,000 = 2,000 and half a week; the third is not known.
    finding = find("options.risks", USUAL, JOINT, ALONE, *RISKS)
    found = [(row["risk"], row["expected"], row["expected_weeks"]) for row in finding.rows]
    assert found == [("R2", 2000, 0.5), ("R1", 500, 2), ("R3", None, None)]
    assert (
        finding.headline == "The largest of 3 risks is “Risk R2” (Venture), with an expected cost of £2,000"
    )
    assert finding.waiting == (
        "the risks of As usual",
        "probability and impact in pounds of “Risk R3” (In-house)",
    )


def test_exposure_is_not_known_while_a_risk_is_not() -> None:
    # Venture: 500 + 2,000 pounds, 2 + 0.5 weeks.
    finding = find("options.exposure", USUAL, JOINT, ALONE, *RISKS)
    rows = {row["option"]: row for row in finding.rows}
    assert (rows["JV"]["expected"], rows["JV"]["weeks"], rows["JV"]["top_risk"]) == (2500, 2.5, "Risk R2")
    assert (rows["INH"]["expected"], rows["INH"]["top_risk"]) == (None, None)
    assert (rows["BAU"]["expected"], rows["BAU"]["risks"]) == (None, None)
    assert finding.headline.startswith("Venture carries the largest expected cost of risk, £2,500")


def service(code: str, **more: Any) -> Service:
    facts = {"powers_by": "constable", "employer": "force", "tasked_by": "force", "information": False}
    return Service(code=code, name=f"Service {code}", **(facts | more))


@pytest.mark.parametrize(
    ("effect", "verdict"),
    [
        ({}, "allowed"),
        ({"tasked_by": "contractor"}, "refused"),
        ({"tasked_by": "joint"}, "refused"),
        ({"employer": "contractor"}, "refused"),  # the powers of a constable
        ({"employer": "contractor", "powers_by": "designated contractor"}, "legal advice"),
    ],
)
def test_a_core_service_stays_under_direction_and_control(effect: Any, verdict: str) -> None:
    patrol = service("P")
    change = OptionService(code="1", option=JOINT, service=patrol, change="Devices", **effect)
    finding = find("options.control", JOINT, patrol, change)
    assert finding.rows[0]["verdict"] == verdict
    assert finding.rows[0]["reason"]


def test_control_names_what_is_refused_and_waits_for_facts() -> None:
    patrol, cells = service("P"), service("C", powers_by="", tasked_by="")
    payroll = service("Y", powers_by="none")
    finding = find(
        "options.control",
        *(USUAL, JOINT, ALONE, patrol, cells, payroll),
        OptionService(code="1", option=JOINT, service=patrol, change="Run it", tasked_by="contractor"),
        OptionService(code="2", option=JOINT, service=payroll, change="Run it", tasked_by="contractor"),
        OptionService(code="3", option=JOINT, service=cells, change="Equip it"),
    )
    assert [row["verdict"] for row in finding.rows] == ["refused", "allowed", "unsettled"]
    assert finding.headline == (
        "1 of 3 changes to services is refused (Service P under Venture); 1 unsettled"
    )
    assert finding.waiting[0] == "the services that In-house would change"
    assert finding.waiting[1].startswith("the facts of Service C under Venture: ")


def test_what_cannot_wait_soonest_first() -> None:
    # From 20 December 2012: eleven days to the 31st; the 19th is a day past.
    finding = find(
        "options.time_critical",
        TimeCritical(code="1", name="Some day"),
        TimeCritical(code="2", name="Contract", due=date(2012, 12, 31), if_late="It lapses"),
        TimeCritical(code="3", name="Notice", due=date(2012, 12, 19)),
    )
    assert [(row["item"], row["days_left"]) for row in finding.rows] == [("3", -1), ("2", 11), ("1", None)]
    assert finding.headline == (
        "The next date that cannot wait is 31 December 2012: Contract (1 passed already)"
    )
    assert finding.waiting == ("the day by which: Some day",)


def test_every_option_is_set_against_the_procurement_in_hand() -> None:
    hand = Procurement(code="P", name="Partnering")
    finding = find(
        "options.procurement_fit",
        *(USUAL, JOINT, ALONE, hand),
        ProcurementFit(code="1", option=JOINT, procurement=hand, fit="narrows", months_to_award=Decimal(9)),
        ProcurementFit(
            code="2", option=USUAL, procurement=hand, fit="needs none", months_to_award=Decimal(0)
        ),
    )
    assert [(row["option"], row["fit"], row["months_to_award"]) for row in finding.rows] == [
        ("BAU", "Needs none", 0),
        ("JV", "Narrows it", 9),
        ("INH", None, None),
    ]
    assert (
        finding.headline == "Of 2 options set against the procurement in hand, 1 narrows it and 1 needs none"
    )
    assert finding.waiting == (
        "the cost of getting to award, the risk of challenge, the legal advice and the risk that the change "
        "is material: Venture",
        "what In-house does with the procurement in hand",
    )


def test_the_longlist_by_dimension() -> None:
    finding = find(
        "options.longlist",
        LonglistChoice(code="1", dimension="funding", name="Borrow", verdict="discounted", reason="Dear"),
        LonglistChoice(code="2", dimension="scope", name="ICT", verdict="carried forward"),
        LonglistChoice(code="3", dimension="scope", name="All"),
    )
    assert [row["choice"] for row in finding.rows] == ["2", "3", "1"]
    assert finding.headline == "Of 3 choices on the longlist, 1 taken forward, 1 discounted and 1 undecided"
    assert finding.waiting == ("what becomes of “All”", "why “ICT” was so judged")


def test_a_longlist_on_which_nothing_is_decided() -> None:
    finding = find("options.longlist", LonglistChoice(code="1", dimension="scope", name="All"))
    assert finding.headline == "What becomes of 1 choice on the longlist is not known yet"


def test_vehicles_by_area_of_scope() -> None:
    finding = find(
        "options.vehicles",
        DeliveryVehicle(code="1", area="ict", name="Partner", verdict="carried forward", reason="Skills"),
        DeliveryVehicle(code="2", area="core", name="Own team", verdict="discounted", reason="Thin"),
    )
    assert [(row["area"], row["vehicle"]) for row in finding.rows] == [
        ("Core", "2"),
        ("ICT and information", "1"),
    ]
    assert finding.headline == "Of 2 vehicles for the three areas of scope, 1 taken forward and 1 discounted"


@pytest.mark.parametrize("key", [key for key in registered() if key.startswith("options.")])
def test_an_empty_exercise_waits_and_shows_nothing(key: str) -> None:
    finding = find(key)
    assert (finding.rows, finding.value) == ((), None)
    assert finding.waiting
