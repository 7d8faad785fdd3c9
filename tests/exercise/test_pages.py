"""The plan and the weekly highlight report, on screen and as data. The small case stands at Monday 1 October 2012."""

import copy
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.pages.conftest import director, exercise, own_home
from tests.workbench import person
from wayforward.exercise.models import Action, Risk, WorkPackage
from wayforward.people.models import Membership
from wayforward.records.save import save

pytestmark = pytest.mark.django_db
__all__ = ["director", "exercise", "own_home"]
OF = {"code": "TOWN"}


def data(client: Client, name: str, query: str = "") -> Any:
    return client.get(reverse(f"{name}-json", kwargs=OF) + query).json()


def test_the_plan_says_in_one_word_how_it_stands(director: Client) -> None:
    told = data(director, "plan")
    # P2 runs from 1 to 12 October and P3 follows: nothing is behind.
    assert told["standing"] == "On plan"
    page = director.get(reverse("plan", kwargs=OF)).content.decode()
    assert page.count("<h1") == 1
    assert "On plan" in page
    assert [one["package"] for one in told["findings"]["exercise.critical_path"]["rows"]] == ["P2", "P3"]


def test_readiness_names_the_figures_that_a_section_quotes_and_that_still_wait(director: Client) -> None:
    sections = {one["code"]: one for one in data(director, "plan")["sections"]}
    assert set(sections) == {"INT", "OPT"}
    for one in sections.values():
        assert all(each["for"] for each in one["waiting"])


def add(exercise: Any, record: Any) -> Any:
    record.exercise = exercise
    save(record, 0, "person 1", "added", uuid.uuid4())
    return record


def test_a_late_package_makes_the_exercise_slip(director: Client, exercise: Any) -> None:
    late = WorkPackage.objects.get(exercise=exercise, code="P2")
    late.starts, late.ends = late.starts.replace(month=9, day=3), late.ends.replace(month=9, day=28)
    save(late, late.version, "person 1", "changed", uuid.uuid4())
    told = data(director, "plan")
    assert told["standing"] == "Slipping"
    assert told["findings"]["exercise.slips"]["rows"][0]["package"] == "P2"


def test_the_highlight_report_is_of_the_week_of_the_status_date_or_of_any_day_asked_for(
    director: Client,
) -> None:
    assert data(director, "highlight")["week"] == "2012-10-01"
    assert data(director, "highlight", "?week=2012-10-07")["week"] == "2012-10-01"
    assert data(director, "highlight", "?week=2012-10-08")["week"] == "2012-10-08"


@pytest.mark.parametrize("asked", ["soon", "0001-01-01", "9999-12-31", "<script>", "2012-13-01", "1" * 5000])
def test_a_day_that_is_none_is_told_with_what_was_entered(director: Client, asked: str) -> None:
    page = director.get(reverse("highlight", kwargs=OF), {"week": asked})
    assert page.status_code == 400
    text = page.content.decode()
    assert "<title>Error: " in text
    assert "such as 2012-12-17" in text
    assert "<script>soon" not in text
    assert 'value="<' not in text


def test_what_was_changed_in_the_week_is_counted_from_the_log(director: Client, exercise: Any) -> None:
    today = timezone.localdate().isoformat()
    before = set(data(director, "highlight", f"?week={today}")["since"])
    risk = add(exercise, Risk(code="RSK-91", name="Late"))
    changed = copy.copy(risk)
    changed.name = "Very late"
    save(changed, risk.version, "person 1", "changed", uuid.uuid4())
    after = set(data(director, "highlight", f"?week={today}")["since"])
    assert after - before == {"1 risk added", "1 risk changed"}
    assert data(director, "highlight")["since"] == []  # nothing of it in 2012


def part(client: Client, title: str) -> Any:
    return next(one for one in data(client, "highlight")["parts"] if one["title"].startswith(title))


def test_actions_overdue_stand_under_their_owner(director: Client, exercise: Any) -> None:
    due = exercise.status_date.replace(month=9, day=20)
    add(exercise, Action(code="ACT-1", name="Second", owner="Treasurer", due=due))
    add(exercise, Action(code="ACT-2", name="First", owner="Auditor", due=due))
    assert [(item["owner"], item["name"]) for item in part(director, "Actions overdue")["items"]] == [
        ("Auditor", "First"),
        ("Treasurer", "Second"),
    ]


def test_a_guest_is_told_that_something_is_withheld_and_not_what(director: Client, exercise: Any) -> None:
    due = exercise.status_date.replace(month=9, day=20)
    add(exercise, Action(code="ACT-1", name="Secret price", owner="Lead", due=due, marking="commercial"))
    add(
        exercise,
        Action(code="ACT-2", name="Secret day", owner="Lead", due=exercise.status_date, marking="commercial"),
    )
    guest = Client()
    user = person("guest@example.org")
    Membership.objects.create(exercise=exercise, user=user, role="guest")
    guest.force_login(user)
    for name in ("plan", "highlight"):
        for address in (reverse(name, kwargs=OF), reverse(f"{name}-json", kwargs=OF)):
            answer = guest.get(address)
            assert answer.status_code == 200, address
            assert "Secret" not in answer.content.decode()
    assert part(guest, "Actions overdue")["none"] == "Withheld: commercial"
    assert part(guest, "Due by")["withheld"] == 1
    assert "Secret price" in director.get(reverse("highlight", kwargs=OF)).content.decode()
    assert director.get(reverse("highlight", kwargs=OF))["Wayforward-Marking"].endswith("commercial")
