"""Rules of scope. Categories follow from the decision table of methods/category.py, read by hand."""

from typing import Any

from wayforward.exercise.models import Exercise
from wayforward.records.case import Case
from wayforward.scope import checks
from wayforward.scope.models import Definition, Rating, Service


def case(*rows: Any) -> Case:
    tables: dict[Any, list[Any]] = {}
    for row in rows:
        tables.setdefault(type(row), []).append(row)
    return Case(Exercise(code="TOWN"), tables)


def told(wrongs: Any) -> list[tuple[str, str]]:
    return [(wrong.record.code, wrong.field) for wrong in wrongs]


def service(code: str, **facts: Any) -> Service:
    return Service(code=code, name=code, **({"powers_by": "none", "information": False} | facts))


def test_a_service_that_is_part_of_itself() -> None:
    one = service("A")
    one.parent = one
    assert told(checks.services_form_a_tree(case(one))) == [("A", "parent")]


def test_a_ring_of_parents_is_told_once_with_its_way() -> None:
    a, b, c = service("A"), service("B"), service("C")
    a.parent, b.parent, c.parent = b, c, a
    wrong = list(checks.services_form_a_tree(case(a, b, c)))
    assert told(wrong) == [("A", "parent")]
    assert wrong[0].found == "A under B under C under A"


def test_a_service_that_supports_its_own_part() -> None:
    whole = service("A")
    part = service("B", parent=whole)
    whole.supports = part
    assert told(checks.services_form_a_tree(case(whole, part))) == [("A", "supports")]


def test_only_a_core_service_is_supported() -> None:
    core, plain = service("C", powers_by="constable"), service("P")
    unsettled = service("U", powers_by="")
    rows = [service("A", supports=core), service("B", supports=plain), service("D", supports=unsettled)]
    assert told(checks.only_core_services_are_supported(case(core, plain, *rows))) == [("B", "supports")]


def test_what_is_agreed_counts_before_what_is_proposed() -> None:
    agreed = service("C", agreed_category="core")
    assert told(checks.only_core_services_are_supported(case(agreed, service("A", supports=agreed)))) == []


def test_another_category_needs_a_reason() -> None:
    rows = [
        service("A", powers_by="constable", agreed_category="support"),
        service("B", powers_by="constable", agreed_category="support", agreed_reason="By law"),
        service("C", powers_by="constable", agreed_category="core"),
        service("D", powers_by="constable"),
        service("E", powers_by="", agreed_category="support"),  # nothing is proposed
    ]
    assert told(checks.another_category_has_a_reason(case(*rows))) == [("A", "agreed_reason")]


def test_a_rater_rates_once() -> None:
    a = service("A")
    rows = [
        Rating(code="R1", service=a, dimension="benefit", rater="Auditor", rating="high"),
        Rating(code="R2", service=a, dimension="criticality", rater="Auditor", rating="high"),
        Rating(code="R3", service=a, dimension="benefit", rater="Librarian", rating="high"),
        Rating(code="R4", service=a, dimension="benefit", rater="Auditor", rating="low"),
    ]
    assert told(checks.a_rater_rates_once(case(a, *rows))) == [("R4", "rater")]


def test_a_term_is_defined_once_in_a_version() -> None:
    rows = [Definition(code=c, term="core", edition=e) for c, e in (("A", "1"), ("B", "2"), ("C", "2"))]
    assert told(checks.a_term_is_defined_once(case(*rows))) == [("C", "edition")]
