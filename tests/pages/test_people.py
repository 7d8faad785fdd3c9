"""Who changed what, by what they are in the exercise; and what was saved at once, as one change."""

from typing import Any

from django.test import Client
from django.urls import reverse

from tests.appraisal.workbench import AT, member, store, two_options
from tests.workbench import person
from wayforward.appraisal.models import Scenario
from wayforward.pages.people import called
from wayforward.people.models import Membership


def test_a_person_goes_by_their_part_with_the_number_of_the_log(exercise: Any) -> None:
    analyst, operator, gone = (
        person("a@example.org"),
        person("o@example.org", is_superuser=True),
        person("g@example.org"),
    )
    Membership.objects.create(exercise=exercise, user=analyst, role="analyst")
    assert called(f"person {analyst.pk}", exercise) == f"Analyst (person {analyst.pk})"
    assert called(f"person {operator.pk}", exercise) == f"Operator (person {operator.pk})"
    # No part any more, erased, or no person: as the log has it.
    for actor in (f"person {gone.pk}", "person 999999", "person ²", "operator", "person "):
        assert called(actor, exercise) == actor


def test_a_scenario_saved_with_its_values_is_one_change(db: None) -> None:
    analyst: Client = member(store(two_options()))
    analyst.post(f"{AT}/what-if/save", {"line:Wages": "80", "cost_line:C-A2/amounts": "90", "name": "Lean"})
    newest, first = analyst.get(f"{AT}.json").json()["changes"]
    # The scenario, the two lines of wages, and the other line.
    assert newest.startswith("4 records saved from a what-if by Analyst (person ")
    assert first.endswith(" by operator on " + first.rpartition(" on ")[2])
    scenario = Scenario.objects.get()
    (said,) = analyst.get(reverse("record-json", args=["TOWN", "scenarios", scenario.code])).json()["history"]
    assert said.startswith("Saved from a what-if by Analyst (person ")
