"""Rules of evidence: the record's column is the value in use, and what is cited is there and was known."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from wayforward.exercise.models import Exercise
from wayforward.records import evidence_checks as checks
from wayforward.records.case import Case
from wayforward.records.models import Citation, Evidence
from wayforward.scope.models import Service

EXERCISE = Exercise(code="TOWN", knowledge_date=date(2012, 11, 30), budget=Decimal("20000.00"))
LENDING = Service(code="S1", name="Lending  desk", yearly_cost=Decimal("310000.50"), tasked_by="force")
ACCOUNTS = Evidence(code="E1", covers_to=date(2012, 3, 31))
ALIKE = {"measure": "Net cost", "period": "2011-12", "basis": "achieved", "prices": "cash"}


def case(*citations: Citation) -> Case:
    tables: dict[Any, list[Any]] = {Service: [LENDING], Citation: [*citations]}
    return Case(EXERCISE, tables)


def cited(code: str, field: str = "yearly_cost", value: str = "", used: bool = True, **more: Any) -> Citation:
    said = {"record": "service:S1", "evidence": ACCOUNTS} | more
    return Citation(code=code, field=field, value=value, used=used, **said)


def told(wrongs: Any) -> list[tuple[str, str]]:
    return [(wrong.record.code, wrong.field) for wrong in wrongs]


def test_a_field_that_is_not_there() -> None:
    rows = [cited("C1", "yearly_cos"), cited("C2", ""), cited("C3", "budget", record="exercise")]
    wrong = list(checks.cited_field_exists(case(*rows)))
    assert told(wrong) == [("C1", "field")]
    assert "did you mean yearly_cost?" in wrong[0].allowed


@pytest.mark.parametrize(
    ("field", "value", "used", "fault"),
    [
        ("yearly_cost", "310000.5", True, False),
        ("yearly_cost", "310000.500", True, True),  # no amount in pounds and pence
        ("yearly_cost", "310000.50", True, False),
        ("yearly_cost", "310000", True, True),
        ("yearly_cost", "310000", False, False),
        ("yearly_cost", "about 310000", True, True),
        ("yearly_cost", "", True, False),
        ("name", "Lending desk", True, False),
        ("name", "Lending", True, True),
        ("people", "9.5", True, True),  # the record says that it is not known
        ("tasked_by", "force", True, False),
    ],
)
def test_a_used_value_is_the_records(field: str, value: str, used: bool, fault: bool) -> None:
    wrong = checks.used_value_is_the_records(case(cited("C", field, value, used)))
    assert told(wrong) == ([("C", "value")] if fault else [])


def test_one_citation_of_a_field_is_used() -> None:
    rows = [cited("C1"), cited("C2", used=False), cited("C3"), cited("C4", "people"), cited("C5", "")]
    assert told(checks.one_citation_is_used(case(*rows, cited("C6", "")))) == [("C3", "used")]


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        ({}, True),
        ({"reason": "A guess"}, False),
        ({"basis": "planned"}, False),
        ({"period": "2010-11"}, False),
        ({"prices": "2012-13"}, False),
        ({"measure": "Gross cost"}, False),
        ({"measure": "net  COST"}, True),
        ({"value": "310000.50"}, False),
        ({"value": ""}, False),
    ],
)
def test_a_disagreement_has_a_reason(more: dict[str, str], fault: bool) -> None:
    used = cited("C1", value="310000.5", **ALIKE)
    other = cited("C2", used=False, **(ALIKE | {"value": "300000"} | more))
    wrong = told(checks.disagreement_has_a_reason(case(used, other)))
    assert wrong == ([("C2", "reason")] if fault else [])


def test_a_reason_may_stand_with_the_value_in_use() -> None:
    used = cited("C1", value="310000.5", reason="Audited", **ALIKE)
    assert (
        told(checks.disagreement_has_a_reason(case(used, cited("C2", value="3", used=False, **ALIKE)))) == []
    )


@pytest.mark.parametrize(
    ("covers_to", "stand_in", "used", "fault"),
    [
        (date(2012, 11, 30), "", True, False),
        (date(2012, 12, 1), "", True, True),
        (date(2012, 12, 1), "", False, False),
        (date(2012, 12, 1), "For the lost file", True, False),
        (None, "", True, False),
    ],
)
def test_hindsight(covers_to: date | None, stand_in: str, used: bool, fault: bool) -> None:
    evidence = Evidence(code="E", covers_to=covers_to, stand_in=stand_in)
    wrong = checks.nothing_is_hindsight(case(cited("C", used=used, evidence=evidence)))
    assert told(wrong) == ([("C", "evidence")] if fault else [])


def test_without_a_knowledge_date_nothing_is_hindsight() -> None:
    evidence = Evidence(code="E", covers_to=date(2099, 1, 1))
    told_case = Case(Exercise(code="TOWN"), {Citation: [cited("C", evidence=evidence)]})
    assert list(checks.nothing_is_hindsight(told_case)) == []
