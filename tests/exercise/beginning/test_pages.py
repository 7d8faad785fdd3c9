"""The page on which an exercise begins: who may, what it asks, what it stores, and a form that is sent twice."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.exercise.beginning.test_begun import EXERCISE
from tests.pages.conftest import exercise, own_home
from tests.workbench import person
from wayforward.exercise.models import Exercise, Section
from wayforward.people.models import Membership
from wayforward.records.models import Event

pytestmark = pytest.mark.django_db
__all__ = ["exercise", "own_home"]
ENTRIES = {f"f-{name}": value for name, value in EXERCISE.items() if name != "seed"} | {
    "f-template": "public-body",
    "f-sections": "Scope\nWhat it costs",
    "f-objectives": "Hear staff and public",
}
KEY = "0f9f1a4e-6a3c-4a25-9e43-3a2f1f0f7a10"


@pytest.fixture
def operator(client: Client) -> Client:
    client.force_login(person("operator@example.org", is_superuser=True))
    return client


def begin(client: Client, step: str, **other: str) -> Any:
    return client.post(reverse("begin"), ENTRIES | {"step": step, "submission": KEY} | other)


def test_what_stands_in_the_form_is_the_template_s(operator: Client) -> None:
    page = operator.get(reverse("begin")).content.decode()
    assert "Options analysis including costs, timescales and risks" in page
    assert "Other public body" in page


def test_nothing_is_stored_before_the_terms_are_checked(operator: Client) -> None:
    page = begin(operator, "check").content.decode()
    assert "What the registers begin with" in page
    assert "2 sections" in page
    assert not Exercise.objects.exists()


def test_whoever_begins_an_exercise_is_its_director(operator: Client) -> None:
    answer = begin(operator, "save")
    assert answer["Location"] == reverse("home", args=["FIRE-2026"])
    begun = Exercise.objects.get()
    assert [s.title for s in Section.objects.filter(exercise=begun).order_by("number")] == [
        "Scope",
        "What it costs",
    ]
    assert Membership.objects.get(exercise=begun).role == "director"
    assert set(Event.objects.values_list("action", flat=True)) == {"begun"}
    page = operator.get(answer["Location"]).content.decode()
    assert "What to do first" in page


def test_a_form_that_comes_twice_begins_one_exercise(operator: Client) -> None:
    assert begin(operator, "save").status_code == begin(operator, "save").status_code == 302
    assert Exercise.objects.count() == 1
    assert Event.objects.filter(record="exercise").count() == 1


def test_a_code_that_is_taken_is_told(operator: Client, exercise: Any) -> None:
    page = begin(operator, "check", **{"f-code": "town"}).content.decode()
    assert "there is an exercise town in this workbench already" in page
    assert "Error: " in page
    again = begin(operator, "save", **{"f-code": exercise.code}).content.decode()
    assert f"there is an exercise {exercise.code} in this workbench already" in again


def test_what_is_wrong_is_told_beside_its_field_with_entries_kept(operator: Client) -> None:
    page = begin(operator, "check", **{"f-budget": "fifty", "f-starts": "2026-05-01"}).content.decode()
    assert "Budget for the exercise: found “fifty”" in page
    assert 'value="fifty"' in page


def test_only_operators_and_directors_begin_one(exercise: Any, client: Client) -> None:
    user = person("somebody@example.org")
    client.force_login(user)
    assert client.get(reverse("begin")).status_code == 403
    Membership.objects.create(exercise=exercise, user=user, role="analyst")
    assert begin(client, "save").status_code == 403
    Membership.objects.update(role="director")
    assert client.get(reverse("begin")).status_code == 200
    assert "Begin an exercise" in client.get("/?all=yes").content.decode()


@pytest.mark.parametrize(
    ("entry", "value", "said"),
    [
        ("code", "two words", "Code: found"),
        ("code", "", "Code: give"),
        ("budget", "fifty", "Budget for the exercise: found"),
        ("starts", "2026-05-01", "Report due: found"),
    ],
)
def test_one_wrong_entry_is_told_once_and_nothing_that_follows_from_it(
    operator: Client, entry: str, value: str, said: str
) -> None:
    page = begin(operator, "check", **{f"f-{entry}": value}).content.decode()
    summary = page.partition("govuk-error-summary__list")[2].partition("</ul>")[0]
    assert summary.count("<li>") == 1
    assert said in summary


def test_a_day_that_is_none_is_told_with_all_else_that_is_wrong(operator: Client) -> None:
    page = begin(
        operator, "check", **{"f-starts": "soon", "f-budget": "fifty", "f-title": ""}
    ).content.decode()
    summary = page.partition("govuk-error-summary__list")[2].partition("</ul>")[0]
    assert summary.count("<li>") == 3
    for label in ("Starts: found", "Budget for the exercise: found", "Title: give"):
        assert label in summary
