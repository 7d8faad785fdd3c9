"""Rules of options. Who may task a core service is the rule of the terms of reference, read by hand."""

from datetime import date
from typing import Any

import pytest

from wayforward.exercise.models import Exercise, Procurement
from wayforward.options import checks
from wayforward.options.models import (
    BidderContact,
    ChoiceConflict,
    ChoiceFactor,
    DeliveryVehicle,
    LonglistChoice,
    MarketView,
    Option,
    OptionChoice,
    OptionPeople,
    OptionPhase,
    OptionService,
    ProcurementFit,
    SuccessFactor,
)
from wayforward.records.case import Case
from wayforward.scope.models import ModernisationOutcome, Service


def case(*rows: Any) -> Case:
    tables: dict[Any, list[Any]] = {}
    for row in rows:
        tables.setdefault(type(row), []).append(row)
    return Case(Exercise(code="TOWN"), tables)


def told(wrongs: Any) -> list[tuple[str, str]]:
    return [(wrong.record.code, wrong.field) for wrong in wrongs]


def option(code: str, kind: str, order: int = 1) -> Option:
    return Option(code=code, name=code, option_kind=kind, order=order)


def test_no_business_as_usual_is_told_at_the_first_option() -> None:
    rows = [option("B", "option", 2), option("C", "do minimum", 1)]
    assert told(checks.business_as_usual_is_an_option(case(*rows))) == [("C", "option_kind")]


def test_two_are_one_too_many() -> None:
    rows = [option("A", "business as usual", 1), option("B", "business as usual", 2)]
    assert told(checks.business_as_usual_is_an_option(case(*rows))) == [("B", "option_kind")]


def test_no_options_yet_is_no_fault() -> None:
    assert told(checks.business_as_usual_is_an_option(case())) == []


def test_an_order_once() -> None:
    rows = [option("A", "business as usual", 1), option("B", "option", 1), option("C", "option", 2)]
    assert told(checks.options_have_one_order(case(*rows))) == [("B", "order")]


def test_a_phase_once_in_an_option() -> None:
    a, b = option("A", "option"), option("B", "option")
    rows = [OptionPhase(code=f"P{n}", option=o, phase="start-up") for n, o in enumerate((a, b, a))]
    assert told(checks.each_part_of_an_option_once(case(*rows))) == [("P2", "phase")]


def test_a_choice_and_an_employer_once_in_an_option() -> None:
    a, b, one = option("A", "option"), option("B", "option"), LonglistChoice(code="L")
    rows = [
        *(OptionChoice(code=f"C{n}", option=o, choice=one) for n, o in enumerate((a, b, a))),
        *(
            OptionPeople(code=f"E{n}", option=a, employer=e)
            for n, e in enumerate(("force", "joint", "force"))
        ),
    ]
    assert told(checks.each_part_of_an_option_once(case(*rows))) == [("C2", "choice"), ("E2", "employer")]


CORE = {"powers_by": "constable", "employer": "force", "tasked_by": "force", "information": False}
PLAIN = {"powers_by": "none", "employer": "force", "tasked_by": "force", "information": False}


@pytest.mark.parametrize(
    ("service", "change", "field"),
    [
        (CORE, {}, None),
        (CORE, {"tasked_by": "contractor"}, "tasked_by"),
        (CORE, {"tasked_by": "joint"}, "tasked_by"),
        (CORE, {"tasked_by": "other force"}, "tasked_by"),
        (CORE, {"employer": "contractor"}, "employer"),
        (CORE | {"tasked_by": "joint"}, {}, "tasked_by"),
        (CORE | {"tasked_by": "joint"}, {"tasked_by": "force"}, None),
        (PLAIN, {"tasked_by": "contractor", "employer": "contractor"}, None),
        (PLAIN | {"agreed_category": "core"}, {"tasked_by": "contractor"}, "tasked_by"),
        (PLAIN, {"tasked_by": "contractor", "powers_by": "constable"}, "tasked_by"),
        (PLAIN, {"employer": "contractor", "powers_by": "constable"}, "employer"),
    ],
)
def test_direction_and_control(service: dict[str, Any], change: dict[str, str], field: str | None) -> None:
    row = OptionService(
        code="OS", option=option("B", "option"), service=Service(code="S", **service), **change
    )
    wrong = told(checks.core_services_stay_under_control(case(row)))
    assert wrong == ([("OS", field)] if field else [])


def test_posts_change_for_an_outcome() -> None:
    plain, b = Service(code="S", **PLAIN), option("B", "option")
    rows = [
        OptionService(code="X1", option=b, service=plain, employer="contractor"),
        OptionService(
            code="X2", option=b, service=plain, employer="contractor", outcome=ModernisationOutcome(code="M")
        ),
        OptionService(code="X3", option=b, service=plain, employer="force"),
        OptionService(code="X4", option=b, service=plain),
    ]
    assert told(checks.posts_change_for_an_outcome(case(*rows))) == [("X1", "outcome")]


A, B = option("A", "option"), option("B", "option")


def choice(code: str, verdict: str = "carried forward") -> LonglistChoice:
    return LonglistChoice(code=code, name=code, dimension="scope", verdict=verdict)


def made_of(code: str, of: Option, one: LonglistChoice) -> OptionChoice:
    return OptionChoice(code=code, option=of, choice=one)


def test_a_discounted_choice_is_no_part_of_an_option() -> None:
    rows = [
        made_of("X1", A, choice("L1")),
        made_of("X2", A, choice("L2", "discounted")),
        made_of("X3", B, choice("L3", "")),
    ]
    assert told(checks.options_are_made_of_choices_that_stand(case(*rows))) == [("X2", "choice")]


@pytest.mark.parametrize(
    ("verdict", "meets", "fault"),
    [
        ("preferred way forward", "fails", True),
        ("preferred way forward", "partly", False),
        ("preferred way forward", "", False),
        ("carried forward", "fails", False),
        ("discounted", "fails", False),
    ],
)
def test_a_preferred_choice_fails_no_factor(verdict: str, meets: str, fault: bool) -> None:
    one, factor = choice("L", verdict), SuccessFactor(code="F", name="Fit")
    rows = [one, ChoiceFactor(code="X", choice=one, factor=factor, meets=meets)]
    assert told(checks.preferred_choices_fail_no_factor(case(*rows))) == ([("L", "verdict")] if fault else [])


def test_a_pair_of_choices_conflicts_once() -> None:
    one, two = choice("L1"), choice("L2")
    rows = [
        ChoiceConflict(code="K1", first=one, second=two),
        ChoiceConflict(code="K2", first=two, second=one),
        ChoiceConflict(code="K3", first=one, second=one),
    ]
    assert told(checks.conflicts_are_of_two_choices(case(*rows))) == [("K2", "second"), ("K3", "second")]


def test_choices_in_conflict_stand_in_no_option() -> None:
    one, two, three = choice("L1"), choice("L2"), choice("L3")
    rows = [
        ChoiceConflict(code="K", first=two, second=one),
        *(made_of("X1", A, one), made_of("X2", A, two)),
        *(made_of("X3", B, one), made_of("X4", B, three)),
    ]
    assert told(checks.options_hold_no_conflict(case(*rows))) == [("X1", "choice")]


@pytest.mark.parametrize(
    ("fit", "more", "field"),
    [
        ("calls off a framework", {}, "framework"),
        ("calls off a framework", {"framework": "Crown framework 7"}, None),
        ("narrows", {}, "change_risk"),
        ("narrows", {"change_risk": "High"}, None),
        ("continues", {}, None),
        ("", {}, None),
        ("continues", {"legal_advice": "It may."}, "advised"),
        ("continues", {"advised": date(2012, 12, 1)}, "legal_advice"),
        ("continues", {"advised": date(2012, 12, 1), "legal_advice": "It may."}, None),
    ],
)
def test_a_procurement_fit_says_what_it_needs(fit: str, more: dict[str, Any], field: str | None) -> None:
    row = ProcurementFit(code="P", option=A, procurement=Procurement(code="N"), fit=fit, **more)
    assert told(checks.procurement_fit_says_what_it_needs(case(row))) == ([("P", field)] if field else [])


@pytest.mark.parametrize(
    ("fit", "regime", "fault"),
    [
        ("narrows", "", True),
        ("continues", "", True),
        ("continues", "Public Contracts Regulations 2006", False),
        ("starts afresh", "", False),
    ],
)
def test_a_procurement_that_goes_on_has_a_regime(fit: str, regime: str, fault: bool) -> None:
    notice = Procurement(code="N", legal_regime=regime)
    row = ProcurementFit(code="P", option=A, procurement=notice, fit=fit)
    wrong = told(checks.a_procurement_that_goes_on_has_a_regime(case(notice, row)))
    assert wrong == ([("N", "legal_regime")] if fault else [])


@pytest.mark.parametrize(
    ("regime", "fault"),
    [
        ("Public Contracts Regulations 2006", False),
        ("Public Contracts Regulations 2015", True),  # in force from 26 February 2015
        ("The standing orders", False),
        ("", False),
    ],
)
def test_a_regime_is_law_by_then(regime: str, fault: bool) -> None:
    one = case(Procurement(code="N", legal_regime=regime))
    one.exercise.status_date, one.exercise.edition = date(2012, 12, 20), "green-book-2003"
    wrong = told(checks.a_regime_is_law_by_the_day_the_case_stands_at(one))
    assert wrong == ([("N", "legal_regime")] if fault else [])


@pytest.mark.parametrize(
    ("happened", "more", "field"),
    [
        (date(2012, 12, 5), {}, "told_all"),  # fifteen days before the status date
        (date(2012, 12, 6), {}, None),
        (date(2012, 12, 5), {"told_all": False}, None),
        (date(2012, 12, 5), {"told_all": True}, "told_on"),
        (date(2012, 12, 5), {"told_all": True, "told_on": date(2012, 12, 5)}, None),
        (date(2012, 12, 5), {"told_all": True, "told_on": date(2012, 12, 4)}, "told_on"),
        (date(2012, 12, 5), {"told_all": False, "told_on": date(2012, 12, 7)}, "told_on"),
    ],
)
def test_bidders_are_told_the_same(happened: date, more: dict[str, Any], field: str | None) -> None:
    one = case(BidderContact(code="C", procurement=Procurement(code="N"), happened=happened, **more))
    one.exercise.status_date = date(2012, 12, 20)
    assert told(checks.bidders_are_told_the_same(one)) == ([("C", field)] if field else [])


@pytest.mark.parametrize(
    ("transfers", "after", "fault"), [(5, 5, False), (6, 5, True), (None, 5, False), (6, None, False)]
)
def test_those_who_transfer_are_among_those_after(
    transfers: int | None, after: int | None, fault: bool
) -> None:
    row = OptionPeople(code="P", option=A, employer="contractor", transfers=transfers, after=after)
    wrong = told(checks.those_who_transfer_are_among_those_after(case(row)))
    assert wrong == ([("P", "transfers")] if fault else [])


def test_each_judgement_once() -> None:
    one, factor = choice("L"), SuccessFactor(code="F", name="Fit")
    vehicle = DeliveryVehicle(code="V", name="A company")
    rows = [
        *(ChoiceFactor(code=f"X{n}", choice=one, factor=factor) for n in (1, 2)),
        *(MarketView(code=f"M{n}", vehicle=vehicle, supplier="Software firms") for n in (1, 2)),
    ]
    wrong = told(checks.each_judgement_of_the_longlist_once(case(*rows)))
    assert wrong == [("X2", "factor"), ("M2", "supplier")]
