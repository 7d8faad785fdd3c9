"""What waits for a person on home: by their part, and by what records call them. The case stands at 1 October 2012."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from tests.report.signing.ready import Town
from tests.workbench import person
from wayforward.exercise.models import Action, InformationRequest, PeerReview, Risk, Section
from wayforward.people import parts
from wayforward.people.models import Membership
from wayforward.people.permissions import names_of
from wayforward.records.models import Comment
from wayforward.records.save import Change, save_all

pytestmark = pytest.mark.django_db
AT = "/exercises/TOWN"
OCT = {day: date(2012, 10, day) for day in range(1, 32)}
SEP = {day: date(2012, 9, day) for day in range(1, 31)}


def joined(exercise: Any, role: str, called: str = "") -> Client:
    user = person(f"{role}@example.org")
    parts.give(exercise, user, role, None)
    parts.call(exercise, user, called, None)
    client = Client()
    client.force_login(user)
    return client


def home(client: Client) -> Any:
    return client.get(f"{AT}.json").json()


def words(client: Client) -> list[str]:
    return [one["words"] for one in home(client)["waits"]]


@pytest.fixture
def filled(exercise: Any) -> Any:
    of: dict[str, Any] = {"exercise": exercise}
    (section,) = Section.objects.filter(exercise=exercise, code="OPT")
    rows = [
        Action(code="ACT-1", name="Count the vans", owner="Fleet analyst", due=SEP[20], **of),
        Action(code="ACT-2", name="Somebody else's", owner="Fleet lead", due=SEP[20], **of),
        Action(code="ACT-3", name="Done", owner="Fleet analyst", due=SEP[20], done=SEP[20], **of),
        Action(code="ACT-4", name="Far off", owner="Fleet analyst", due=OCT[31], **of),
        Risk(code="RSK-1", name="No vans", owner="FLEET ANALYST", review=OCT[3], **of),
        InformationRequest(
            code="REQ-1", name="Mileage", asked_of="Garage", owner="Fleet analyst", asked=SEP[3], promised=SEP[10], **of
        ),
        InformationRequest(code="REQ-2", name="Fuel", asked_of="Fleet analyst", asked=SEP[3], promised=OCT[2], **of),
        PeerReview(code="REV-1", round=1, section=section, reviewer="Fleet analyst", asked=SEP[24], due=OCT[5], **of),
        Comment(
            code="COM-8", about="section:OPT", comment_kind="comment", text="Is it dear?", owner="Fleet analyst",
            raised_by="Guest", raised=SEP[28], **of
        ),
        Comment(
            code="COM-9", about="section:OPT", comment_kind="challenge", text="Why so?", owner="Fleet analyst",
            raised_by="Guest", raised=SEP[28], **of
        ),
    ]  # fmt: skip
    save_all([Change(row, 0) for row in rows], "person 0", "added")
    return exercise


def test_an_analyst_sees_what_records_name_them_for_the_overdue_first(filled: Any) -> None:
    told = home(joined(filled, "analyst", "Fleet analyst; Auditor"))["waits"]
    said = [(one["words"].partition(":")[0], one["record"], one["due"], one["overdue"]) for one in told]
    assert said[1] == ("do what was agreed", "action:ACT-1", "20 September 2012", True)
    # REQ-1 was promised for Monday 10 September, and is chased two working days before: from Thursday the 6th on.
    assert said[0] == ("chase the information", "information_request:REQ-1", "6 September 2012", True)
    assert set(said[2:]) == {
        ("send the information", "information_request:REQ-2", "2 October 2012", False),
        ("review the risk", "risk:RSK-1", "3 October 2012", False),
        ("return the peer review", "peer_review:REV-1", "5 October 2012", False),
        ("answer the challenge", "comment:COM-9", "", False),
        ("answer the comment given to you", "", "", False),
    }
    assert "ACT-2" not in str(told)
    assert "ACT-3" not in str(told)
    assert "ACT-4" not in str(told), "what is further off than a week can wait"


def test_each_leads_to_where_it_is_done(filled: Any) -> None:
    analyst = joined(filled, "analyst", "Fleet analyst")
    for one in home(analyst)["waits"]:
        assert analyst.get(one["address"]).status_code == 200, one
    page = analyst.get(AT).content.decode()
    assert "What waits for you" in page
    assert f'href="{AT}/records/actions/ACT-1"' in page


def test_by_their_part_alone_only_records_that_name_the_part_wait(filled: Any) -> None:
    assert words(joined(filled, "analyst")) == []
    assert names_of(Membership.objects.get(role="analyst").user, filled) == {"analyst"}


def test_the_director_goes_by_what_the_terms_call_them_too(exercise: Any) -> None:
    director = joined(exercise, "director")
    names = names_of(Membership.objects.get(role="director").user, exercise)
    assert names == {"director", *([exercise.director.casefold()] if exercise.director else [])}
    assert home(director)["waits_in_all"] >= 1, "the terms are to be agreed"


def test_who_may_not_see_a_record_is_not_told_of_it(filled: Any) -> None:
    row = Action(
        code="ACT-7", name="Secret price", owner="Visitor", due=SEP[20], marking="commercial", exercise=filled
    )
    save_all([Change(row, 0)], "person 0", "added")
    guest = joined(filled, "guest", "Visitor")
    answer = guest.get(f"{AT}.json")
    assert answer.status_code == 200
    assert "Secret" not in answer.content.decode()
    assert "ACT-7" not in answer.content.decode()


def test_what_is_to_be_agreed_waits_for_whose_turn_it_is() -> None:
    town = Town()

    def due(role: str) -> list[str]:
        client = Client()
        client.force_login(town.people[role])
        return [
            one["words"]
            for one in home(client)["waits"]
            if "agree" in one["words"] or "decide" in one["words"]
        ]

    assert due("director") == ["agree the terms of reference"]
    assert due("chief") == due("commissioner") == due("analyst") == []
    town.step("terms", "director")
    assert due("director") == []
    assert due("chief") == ["agree the terms of reference"]
    town.step("terms", "chief")
    assert due("commissioner") == ["agree the terms of reference"]
    town.step("terms", "commissioner")
    assert due("commissioner") == []
    # The terms change: whoever agreed the first is asked anew.
    exercise = type(town.exercise).objects.get(pk=town.exercise.pk)
    exercise.purpose = "Another purpose."
    save_all([Change(exercise, exercise.version)], "person 0", "changed")
    assert due("director") == ["agree the terms of reference, which changed since you did"]
    assert due("chief") == []
    town.step("definitions", "lead")
    assert "agree the definitions" in due("director")


def test_home_says_how_many_more_there_are(exercise: Any) -> None:
    of: dict[str, Any] = {"exercise": exercise, "owner": "Fleet analyst"}
    rows = [Action(code=f"ACT-{n:02d}", name=f"Count {n}", due=SEP[n], **of) for n in range(1, 13)]
    save_all([Change(row, 0) for row in rows], "person 0", "added")
    analyst = joined(exercise, "analyst", "Fleet analyst")
    told = home(analyst)
    assert [one["record"] for one in told["waits"]] == [f"action:ACT-{n:02d}" for n in range(1, 9)]
    assert told["waits_in_all"] == 12
    assert "These are 8 of 12." in analyst.get(AT).content.decode()
