"""Rules of the exercise. Dates are counted by hand; price levels are those of the edition's table."""

from datetime import date
from typing import Any

import pytest

from wayforward.exercise import checks
from wayforward.exercise.models import (
    Exercise,
    FirstHundredDays,
    InformationRequest,
    Milestone,
    Objective,
    Procurement,
    Section,
    WorkPackage,
    WorkPackageOrder,
)
from wayforward.records.case import Case
from wayforward.records.checks import Wrong


def case(*rows: Any, **exercise: Any) -> Case:
    dates = {"starts": date(2012, 9, 3), "report_due": date(2012, 11, 16), "signoff_due": date(2012, 11, 30)}
    tables: dict[Any, list[Any]] = {}
    for row in rows:
        tables.setdefault(type(row), []).append(row)
    return Case(Exercise(code="TOWN", **(dates | exercise)), tables)


def told(wrongs: Any) -> list[tuple[str, str]]:
    return [(wrong.record.code, wrong.field) for wrong in wrongs]


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (InformationRequest(code="R", asked=date(2012, 9, 9), promised=date(2012, 9, 8)), "promised"),
        (InformationRequest(code="R", asked=date(2012, 9, 9), received=date(2012, 9, 8)), "received"),
        (FirstHundredDays(code="R", from_day=30, to_day=29), "to_day"),
        (Procurement(code="R", value_low=10, value_high=9), "value_high"),
    ],
)
def test_the_last_before_the_first(row: Any, field: str) -> None:
    assert told(checks.first_before_last(case(row))) == [("R", field)]


def test_one_day_is_in_order_and_an_unknown_day_is_no_fault() -> None:
    rows = [FirstHundredDays(code="A", from_day=5, to_day=5), InformationRequest(code="B")]
    assert told(checks.first_before_last(case(*rows))) == []


def test_the_exercise_itself_is_in_order() -> None:
    wrong = checks.first_before_last(case(report_due=date(2012, 12, 1)))
    assert told(wrong) == [("TOWN", "signoff_due")]


@pytest.mark.parametrize(
    ("day", "fault"),
    [
        (date(2012, 9, 2), True),
        (date(2012, 9, 3), False),
        (date(2012, 11, 30), False),
        (date(2012, 12, 1), True),
    ],
)
def test_a_plan_date_is_inside_with_both_ends(day: date, fault: bool) -> None:
    wrong = checks.plan_is_inside_the_exercise(case(Milestone(code="M", due=day)))
    assert told(wrong) == ([("M", "due")] if fault else [])


def orders(*pairs: str) -> list[WorkPackageOrder]:
    """'AB': A comes after B."""
    return [
        WorkPackageOrder(code=p, package=WorkPackage(code=p[0]), after=WorkPackage(code=p[1])) for p in pairs
    ]


def test_work_packages_in_a_ring() -> None:
    wrong = list(checks.work_packages_wait_for_no_ring(case(*orders("AB", "BC", "CA", "DA"))))
    assert told(wrong) == [("AB", "after")]
    assert wrong[0].found == "A after B after C after A"


def test_every_ring_is_told_and_a_package_after_itself_is_one() -> None:
    wrong = checks.work_packages_wait_for_no_ring(case(*orders("AB", "BA", "CC", "DE")))
    assert told(wrong) == [("AB", "after"), ("CC", "after")]


def test_a_section_number_once() -> None:
    rows = [Section(code="A", number=1), Section(code="B", number=2), Section(code="C", number=1)]
    assert told(checks.section_numbers_differ(case(*rows))) == [("C", "number")]


def test_an_objective_names_sections_that_are_there() -> None:
    rows = [Section(code="A", number=1), Objective(code="O", answered_in="A, B")]
    wrong = list(checks.objectives_name_sections(case(*rows)))
    assert [(w.record.code, w.found) for w in wrong] == [("O", "B")]


@pytest.mark.parametrize(
    ("edition", "year", "field"),
    [
        ("green-book-2003", 2012, None),
        ("green-book-2003", 2007, "price_year"),
        ("green-book-1997", 2012, "edition"),
    ],
)
def test_an_edition_and_its_price_years(edition: str, year: int, field: str | None) -> None:
    wrong = checks.edition_is_there(case(edition=edition, price_year=year))
    assert told(wrong) == ([("TOWN", field)] if field else [])


def test_a_rule_is_declared() -> None:
    from wayforward.records.checks import CHECKS, run_checks

    assert checks.edition_is_there in CHECKS
    assert all(isinstance(wrong, Wrong) for wrong in run_checks(case(edition="none")))
