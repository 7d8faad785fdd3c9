"""A case as it would be: rows put and taken away, with every reference leading to the rows that are there."""

from wayforward.exercise.models import Exercise
from wayforward.records.case import Case
from wayforward.records.models import Citation, Evidence
from wayforward.scope.models import Rating, Service


def made() -> Case:
    exercise = Exercise(code="TOWN")
    whole = Service(code="S1", name="Whole")
    part = Service(code="S2", name="Part", parent=whole)
    accounts = Evidence(code="E1", title="Accounts")
    return Case(
        exercise,
        {
            Service: [whole, part],
            Rating: [Rating(code="R1", service=part, rater="A")],
            Evidence: [accounts],
            Citation: [
                Citation(code="C1", record="service:S1", field="people", evidence=accounts, used=True)
            ],
        },
    )


def test_rows_that_refer_to_a_replaced_one_refer_to_the_new_one_however_far() -> None:
    case = made()
    new = Service(code="S1", name="New")
    other = case.changed(put=[new])
    first, second = other.rows(Service)
    assert first is new
    assert second.parent is new
    assert other.rows(Rating)[0].service is second
    assert other.rows(Citation)[0] is case.rows(Citation)[0], "what refers to nothing that changed is shared"


def test_the_case_itself_and_its_rows_are_as_they_were() -> None:
    case = made()
    before = [case.rows(Service)[0], case.rows(Service)[1].parent, case.rows(Rating)[0].service]
    case.changed(put=[Service(code="S1", name="New")], gone=case.rows(Citation))
    assert [case.rows(Service)[0], case.rows(Service)[1].parent, case.rows(Rating)[0].service] == before
    assert before[0].name == "Whole"
    assert case.citations(case.rows(Service)[0])


def test_new_rows_come_in_the_order_of_their_codes_and_may_name_one_another() -> None:
    case = made()
    newer = Service(code="S0", name="Newer")
    replaced = Service(code="S2", name="Part", parent=newer)
    rating = Rating(code="R2", service=case.rows(Service)[1], rater="B")
    other = case.changed(put=[newer, replaced, rating])
    assert [one.code for one in other.rows(Service)] == ["S0", "S1", "S2"]
    assert other.rows(Service)[2].parent is newer
    assert [one.service for one in other.rows(Rating)] == [replaced, replaced]


def test_what_is_gone_is_not_there_nor_cited() -> None:
    case = made()
    other = case.changed(gone=case.rows(Citation))
    assert other.rows(Citation) == []
    assert other.citations(other.rows(Service)[0]) == []
    assert other.get("citation:C1") is None


def test_the_exercise_may_be_put_too() -> None:
    new = Exercise(code="TOWN", title="New")
    assert made().changed(put=[new]).get("exercise") is new
