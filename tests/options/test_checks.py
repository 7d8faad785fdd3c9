"""Rules of options. Who may task a core service is the rule of the terms of reference, read by hand."""

from typing import Any

import pytest

from wayforward.exercise.models import Exercise
from wayforward.options import checks
from wayforward.options.models import Option, OptionPhase, OptionService
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
