"""A case in memory: tables in order of code, records by reference, evidence by field."""

from wayforward.exercise.models import Exercise
from wayforward.records.case import Case
from wayforward.records.models import Citation, Evidence
from wayforward.scope.models import Service


def made() -> tuple[Case, Service]:
    exercise = Exercise(code="TOWN")
    lending = Service(exercise=exercise, code="S2", name="Lending")
    wardens = Service(exercise=exercise, code="S1", name="Wardens")
    accounts = Evidence(exercise=exercise, code="E1", title="Accounts")
    survey = Evidence(exercise=exercise, code="E2", title="Survey")
    citations = [
        Citation(code="C1", record="service:S2", field="yearly_cost", evidence=accounts, used=True),
        Citation(code="C2", record="service:S2", field="yearly_cost", evidence=survey, used=False),
        Citation(code="C3", record="service:S2", field="", evidence=survey, used=True),
        Citation(code="C4", record="service:S2", field="people", evidence=survey, used=True),
    ]
    tables = {Service: [lending, wardens], Evidence: [accounts, survey], Citation: citations}
    return Case(exercise, tables), lending


def test_rows_are_in_the_order_of_their_codes() -> None:
    case, _ = made()
    assert [service.code for service in case.rows(Service)] == ["S1", "S2"]


def test_a_table_that_is_not_there_has_no_rows() -> None:
    assert Case(Exercise(code="TOWN"), {}).rows(Service) == []


def test_get() -> None:
    case, lending = made()
    assert case.get("service:S2") is lending
    assert case.get("exercise") is case.exercise
    assert case.get("service:S9") is None


def test_citations_of_a_field_are_its_own_and_those_of_the_row() -> None:
    case, lending = made()
    assert [c.code for c in case.citations(lending, "yearly_cost")] == ["C1", "C2", "C3"]
    assert [c.code for c in case.citations(lending)] == ["C1", "C2", "C3", "C4"]


def test_evidence_is_what_is_used() -> None:
    case, lending = made()
    assert [e.code for e in case.evidence_for(lending, "yearly_cost")] == ["E1", "E2"]
    assert [e.code for e in case.evidence_for(lending, "people")] == ["E2", "E2"]
    assert case.evidence_for(case.rows(Service)[0]) == []


def test_the_marking_of_a_case_is_the_strictest_in_it() -> None:
    exercise = Exercise(code="T", handling="official")
    plain, secret = Service(code="S1", name="A"), Service(code="S2", name="B", marking="commercial")
    assert Case(exercise, {Service: [plain]}).marking == "official"
    assert Case(exercise, {Service: [plain, secret]}).marking == "commercial"
