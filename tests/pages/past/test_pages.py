"""The pages of what was, read as people read them. The log is made by hand; what must stand there is said by hand."""

import csv
import io
import re
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from tests.pages.past.conftest import change, head
from tests.workbench import person
from wayforward.pages.people import actor_of
from wayforward.people.models import Membership
from wayforward.records.models import Evidence
from wayforward.records.save import Change, remove, save, save_all
from wayforward.scope.models import Service

AT = "/exercises/TOWN"
pytestmark = pytest.mark.django_db


def read(client: Client, address: str, **query: str) -> Any:
    answer = client.get(f"{AT}/{address}", query)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.json() if address.endswith(".json") else answer.content.decode()


@pytest.fixture
def me(director: Client) -> str:
    from django.contrib.auth import get_user_model

    return actor_of(get_user_model().objects.get(email="director@example.org"))


def test_a_change_is_told_field_by_field_and_by_part_and_number(
    exercise: Any, director: Client, clock: Any, me: str
) -> None:
    clock.return_value = datetime(2012, 12, 3, 14, 5, tzinfo=UTC)
    change(exercise, actor=me, people=Decimal(8), name="Branches")
    page = read(director, "records/services/S1/history")
    assert f"Changed by Director ({me}) on 3 December 2012 at 14:05" in page
    assert "director@example.org" not in page
    steps = read(director, "records/services/S1/history.json")["steps"]
    assert [one["what"] for one in steps] == ["changed", "added"]
    assert steps[0]["fields"][0]["sentence"].startswith("Service changed from ")
    assert {one["field"] for one in steps[0]["fields"]} == {"name", "people"}


def test_amounts_that_look_alike_are_told_exactly_enough(exercise: Any, director: Client, me: str) -> None:
    from wayforward.pages.past.words import changed
    from wayforward.records.case import Case

    case = Case.of(exercise)
    (told,) = changed(case, type(exercise), {"budget": "1234000"}, {"budget": "1231000.50"})
    assert told.sentence == "Budget for the exercise changed from £1,234,000 to £1,231,000.50"
    (told,) = changed(case, type(exercise), {"budget": ""}, {"budget": "1250000"})
    assert told.sentence == "Budget for the exercise changed from not known to £1.3m"


def test_what_changed_between_two_days(exercise: Any, director: Client, clock: Any, me: str) -> None:
    clock.return_value = datetime(2012, 12, 4, 10, tzinfo=UTC)
    change(exercise, actor=me, powers="By-laws")
    save(Service(exercise=exercise, code="S9", name="Music"), 0, "person 99", "added")
    clock.return_value = datetime(2012, 12, 5, 10, tzinfo=UTC)
    change(exercise, code="S2", actor="person 99", name="Other")
    told = read(director, "changes.json", **{"from": "2012-12-04", "to": "2012-12-04"})
    assert [(one["reference"], one["what"]) for one in told["changes"]] == [
        ("service:S1", "changed"),
        ("service:S9", "added"),
    ]
    both = read(director, "changes.json", **{"from": "2012-12-04", "to": "2012-12-05"})
    assert both["count"] == 3
    mine = read(director, "changes.json", **{"from": "2012-12-04", "to": "2012-12-05", "person": me})
    assert [one["code"] for one in mine["changes"]] == ["S1"]
    none = read(
        director, "changes.json", **{"from": "2012-12-04", "to": "2012-12-05", "register": "evidence"}
    )
    assert none["changes"] == []
    assert read(director, "changes.json", **{"from": "2012-12-06", "to": "2012-12-08"})["count"] == 0


def test_what_was_changed_and_changed_back_is_no_change(exercise: Any, director: Client, clock: Any) -> None:
    clock.return_value = datetime(2012, 12, 4, 10, tzinfo=UTC)
    was = Service.objects.get(exercise=exercise, code="S1").name
    change(exercise, name="Other")
    change(exercise, name=was)
    assert read(director, "changes.json", **{"from": "2012-12-04", "to": "2012-12-04"})["count"] == 0


def test_days_that_are_none_are_told_and_kept(exercise: Any, director: Client) -> None:
    page = read(director, "changes", **{"from": "yesterday", "to": "2012-12-04"})
    assert "Error: What changed" in page
    assert "Enter a day such as 2012-12-20" in page
    assert 'value="yesterday"' in page
    page = read(director, "changes", **{"from": "2012-12-05", "to": "2012-12-04"})
    assert "The first day must be the same as the last, or before it" in page
    page = read(director, "as-at", day="2999-01-01")
    assert "nothing is known yet of later ones" in page


@pytest.mark.parametrize("day", ["2012-13-01", "0001-01-01", "9999-12-31", "2012-12-3"])
def test_a_day_that_there_is_none_of_is_not_there(exercise: Any, director: Client, day: str) -> None:
    assert director.get(f"{AT}/as-at/{day}").status_code == 404


def test_the_csv_holds_cells_by_number_and_no_formulas(exercise: Any, director: Client, clock: Any) -> None:
    clock.return_value = datetime(2012, 12, 4, 10, tzinfo=UTC)
    was = Service.objects.get(exercise=exercise, code="S1").name
    change(exercise, name="=1+1")
    answer = director.get(f"{AT}/changes.csv", {"from": "2012-12-04", "to": "2012-12-04"})
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert len(rows) == 1
    assert rows[0] == {
        "register": "services",
        "code": "S1",
        "name": "'=1+1",
        "what": "changed",
        "field": "name",
        "before": was,
        "after": "'=1+1",
        "by": "person 1",
        "last": "2012-12-04T10:00:00+00:00",
    }
    assert answer["Wayforward-Marking"]


def test_as_at_a_day_shows_what_was_there_then(exercise: Any, director: Client, clock: Any) -> None:
    was = Service.objects.get(exercise=exercise, code="S1").name
    clock.return_value = datetime(2012, 12, 5, 10, tzinfo=UTC)
    change(exercise, name="Renamed")
    then = read(director, "as-at/2012-12-04/records/services.json")["records"]
    now = read(director, "as-at/2012-12-05/records/services.json")["records"]
    assert [one["name"] for one in then if one["code"] == "S1"] == [was]
    assert [one["name"] for one in now if one["code"] == "S1"] == ["Renamed"]
    page = read(director, "as-at/2012-12-04/records/services")
    assert "As at 4 December 2012." in page
    assert "not how it stands now" in page


def test_findings_as_at_a_day_are_those_of_that_day(exercise: Any, director: Client, clock: Any) -> None:
    """Against the findings that the page of findings gave at the time."""
    then = {one["key"]: one["headline"] for one in read(director, "findings.json")["findings"]}
    clock.return_value = datetime(2012, 12, 5, 10, tzinfo=UTC)
    for service in Service.objects.filter(exercise=exercise, parent=None):
        change(exercise, code=service.code, name=f"{service.name} renamed", people=Decimal(1))
    told = {one["key"]: one["headline"] for one in read(director, "as-at/2012-12-04.json")["findings"]}
    now = {one["key"]: one["headline"] for one in read(director, "findings.json")["findings"]}
    assert told == then
    assert {one["key"]: one["headline"] for one in read(director, "as-at/2012-12-05.json")["findings"]} == now


def test_before_the_exercise_was_here(exercise: Any, director: Client) -> None:
    told = read(director, "as-at/2012-12-02.json")
    assert (told["there"], told["findings"]) == (False, [])
    assert "was not here yet" in read(director, "as-at/2012-12-02")
    assert read(director, "as-at/2012-12-02/records/services.json")["records"] == []


def test_the_days_with_changes(exercise: Any, director: Client, clock: Any) -> None:
    began = head(exercise)
    clock.return_value = datetime(2012, 12, 5, 10, tzinfo=UTC)
    change(exercise, name="Renamed")
    told = read(director, "as-at.json")["days"]
    assert [(one["day"], one["events"]) for one in told] == [("2012-12-05", 1), ("2012-12-03", began)]
    assert director.get(f"{AT}/as-at", {"day": "2012-12-04"})["Location"] == f"{AT}/as-at/2012-12-04"


def test_long_lists_are_cut_into_pages_and_data_is_not(exercise: Any, director: Client, clock: Any) -> None:
    clock.return_value = datetime(2012, 12, 6, 10, tzinfo=UTC)
    new = [Evidence(exercise=exercise, code=f"N{n:03}", title="T", evidence_kind="press") for n in range(60)]
    save_all([Change(one, 0) for one in new], "person 1", "uploaded")
    day = {"from": "2012-12-06", "to": "2012-12-06"}
    page = read(director, "changes", **day)
    assert "Page 1 of 2" in page
    assert re.search(
        r"60 records uploaded by .*\(person \d+\) on 6 December 2012 at 10:00|60 records uploaded by person 1 on",
        page,
    )
    assert "N059" in read(director, "changes", **day, page="2")
    assert len(read(director, "changes.json", **day)["changes"]) == 60


def test_a_removed_record_keeps_its_history(exercise: Any, director: Client) -> None:
    lone = Service(exercise=exercise, code="S9", name="Music")
    save(lone, 0, "person 1", "added")
    remove(lone, 1, "person 1")
    page = read(director, "records/services/S9/history")
    assert "This service was removed" in page
    assert "Bring it back" in page
    assert director.get(f"{AT}/records/services/S9").status_code == 404
    assert director.get(f"{AT}/records/services/S8/history").status_code == 404


@pytest.fixture
def guest(exercise: Any) -> Client:
    client = Client()
    user = person("guest@example.org")
    Membership.objects.create(exercise=exercise, user=user, role="guest")
    client.force_login(user)
    return client


def test_what_is_commercial_now_or_was_is_withheld_from_a_guest(
    exercise: Any, director: Client, guest: Client, clock: Any
) -> None:
    lone = Service(exercise=exercise, code="S9", name="Secret", marking="commercial")
    save(lone, 0, "person 1", "added")
    clock.return_value = datetime(2012, 12, 5, 10, tzinfo=UTC)
    lone.marking = ""
    save(lone, 1, "person 1")
    clock.return_value = datetime(2012, 12, 6, 10, tzinfo=UTC)
    change(exercise, name="Later secret", marking="commercial")
    for client, seen in ((director, True), (guest, False)):
        told = read(client, "changes.json", **{"from": "2012-12-05", "to": "2012-12-06"})
        assert [one["code"] for one in told["changes"]] == (["S1", "S9"] if seen else [])
        assert told["withheld"] == (0 if seen else 2)
        rows = read(client, "as-at/2012-12-03/records/services.json")
        assert {"S1", "S9"} <= {one["code"] for one in rows["records"]} or not seen
        assert seen or not {"S1", "S9"} & {one["code"] for one in rows["records"]}
        for address in ("records/services/S1/history", "records/services/S9/history.json"):
            assert client.get(f"{AT}/{address}").status_code == (200 if seen else 403)
        sheet = client.get(f"{AT}/changes.csv", {"from": "2012-12-05", "to": "2012-12-06"})
        assert sheet.status_code == 200
        assert ("ecret" in sheet.content.decode()) is seen
    assert "Withheld: commercial. 2 more are not shown to you" in read(
        guest, "changes", **{"from": "2012-12-05", "to": "2012-12-06"}
    )
