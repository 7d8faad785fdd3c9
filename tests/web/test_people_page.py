"""The page People: inviting, changing, taking away, links that open no other exercise, and declared interests."""

import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.test import Client

from tests.workbench import PASSWORD, person, store_small_case
from wayforward.exercise.models import DeclaredInterest, Exercise
from wayforward.people import parts
from wayforward.people.models import HeldInterest, Membership, PartChange
from wayforward.records.models import Event
from wayforward.records.save import save

pytestmark = pytest.mark.django_db
AT = "/exercises/TOWN/people"
CHOSEN = {"password": "quite another phrase", "again": "quite another phrase"}


@pytest.fixture
def exercise() -> Any:
    return store_small_case()


def joined(exercise: Any, email: str, role: str) -> Any:
    user = person(email)
    parts.give(exercise, user, role, None)
    return user


def of(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def director(exercise: Any) -> Client:
    return of(joined(exercise, "director@example.org", "director"))


def link_in(answer: Any) -> str:
    found = re.search(r"wf-key\">(http[^<]+)<", answer.content.decode())
    assert found
    return urlsplit(found.group(1)).path


def add(client: Client, email: str, role: str = "analyst") -> Any:
    return client.post(AT, {"email": email, "role": role})


def number(email: str) -> int:
    return int(get_user_model().objects.get(email=email).pk)


@pytest.mark.parametrize("role", ["lead", "analyst", "reviewer", "assurer", "chief", "commissioner", "guest"])
def test_it_is_the_directors(exercise: Any, role: str) -> None:
    client = of(joined(exercise, "somebody@example.org", role))
    assert client.get(AT).status_code == 403
    assert add(client, "new@example.org").status_code == 403
    assert not get_user_model().objects.filter(email="new@example.org").exists()
    assert (
        client.post(f"{AT}/{number('somebody@example.org')}", {"do": "part", "role": "director"}).status_code
        == 403
    )


def test_an_invitation_is_shown_once_and_lets_the_person_in(exercise: Any, director: Client) -> None:
    given = add(director, "New@Example.org")
    link = link_in(given)
    assert link not in director.get(AT).content.decode()
    client = Client()
    assert client.post(link, CHOSEN)["Location"] == "/"
    assert client.get("/exercises/TOWN").status_code == 200
    assert Client().get(link).status_code == 410
    page = director.get(AT).content.decode()
    assert "new@example.org" in page
    assert "Analyst" in page


def test_an_invitation_is_good_for_a_week(exercise: Any, director: Client) -> None:
    from datetime import timedelta
    from unittest import mock

    from django.utils import timezone

    link, now = link_in(add(director, "new@example.org")), timezone.make_naive(timezone.now())
    later = "django.contrib.auth.tokens.PasswordResetTokenGenerator._now"
    for days, status in ((6.9, 200), (7.1, 410)):
        with mock.patch(later, return_value=now + timedelta(days=days)):
            assert Client().get(link).status_code == status


def test_with_a_mail_server_it_is_sent_and_not_shown(exercise: Any, director: Client, settings: Any) -> None:
    settings.SENDS_MAIL = True
    answer = add(director, "new@example.org").content.decode()
    assert "has been sent to them" in answer
    assert "/password/" not in answer
    (sent,) = mail.outbox
    assert "within" not in sent.subject
    assert "for 7 days" in sent.body
    # Whoever signs in already is told, without a link.
    person("known@example.org")
    add(director, "known@example.org")
    assert "/password/" not in mail.outbox[1].body


def test_a_mail_server_that_fails_leaves_the_link_to_pass_on(
    exercise: Any, director: Client, settings: Any
) -> None:
    settings.SENDS_MAIL = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 1
    assert link_in(add(director, "new@example.org")).startswith("/password/")


def test_no_link_is_shown_that_opens_more_than_the_directors_own(exercise: Any, director: Client) -> None:
    """A director who sees the link of somebody could be that person: so not the operator's, nor of two exercises."""
    other = Exercise.objects.get()
    other.pk, other.code = None, "CITY"
    other.save(force_insert=True)
    invited = get_user_model().objects.create_user("both@example.org")
    parts.give(other, invited, "director", None)
    assert "only the operator gives them a link" in " ".join(
        add(director, "both@example.org").content.decode().split()
    )
    operator = get_user_model().objects.create_user("op@example.org", is_superuser=True)
    add(director, "op@example.org")
    settled = joined(exercise, "settled@example.org", "analyst")
    for user in (invited, operator, settled):
        answer = director.post(f"{AT}/{user.pk}", {"do": "link"})
        assert answer.status_code == 409, user.email
        assert "/password/" not in answer.content.decode()
    # The operator may.
    by_operator = of(person("chief-op@example.org", is_superuser=True))
    assert link_in(by_operator.post(f"{AT}/{settled.pk}", {"do": "link"})).startswith("/password/")


def test_a_new_link_for_who_has_not_joined(exercise: Any, director: Client) -> None:
    add(director, "new@example.org")
    link = link_in(director.post(f"{AT}/{number('new@example.org')}", {"do": "link"}))
    assert Client().get(link).status_code == 200


def test_a_part_is_changed_and_taken_away(exercise: Any, director: Client) -> None:
    user = joined(exercise, "somebody@example.org", "guest")
    theirs = of(user)
    at = f"{AT}/{user.pk}"
    assert director.post(at, {"do": "part", "seen": "guest", "role": "lead"})["Location"] == AT
    assert Membership.objects.get(user=user).role == "lead"
    stale = director.post(at, {"do": "part", "seen": "guest", "role": "analyst"})
    assert stale.status_code == 409
    assert "Their part was changed meanwhile. They are Workstream lead now" in stale.content.decode()
    assert theirs.get("/exercises/TOWN").status_code == 200
    director.post(at, {"do": "leave", "seen": "lead"})
    assert theirs.get("/exercises/TOWN").status_code == 404
    assert director.get(at).status_code == 404


@pytest.mark.parametrize(
    ("post", "said"),
    [
        ({"do": "part", "role": "guest", "seen": "director"}, "the only director"),
        ({"do": "leave", "seen": "director"}, "the only director"),
        ({"do": "part", "role": "king", "seen": "director"}, "Choose a part from the list"),
        ({"do": "interests", "interest": "INT-1"}, "Nobody links interests to themselves"),
        ({"do": "everything"}, "Choose what to change"),
    ],
)
def test_what_is_refused_is_said(exercise: Any, director: Client, post: dict[str, str], said: str) -> None:
    before = PartChange.objects.count()
    answer = director.post(f"{AT}/{number('director@example.org')}", post)
    assert answer.status_code == 409
    assert said in answer.content.decode()
    assert "<title>Error: " in answer.content.decode()
    assert PartChange.objects.count() == before


@pytest.mark.parametrize(
    ("email", "role", "said"),
    [
        ("", "analyst", "Enter an e-mail address"),
        ("nobody", "analyst", "Enter a valid email address"),
        ("new@example.org", "", "Choose a part"),
        ("new@example.org", "king", "Choose a part from the list"),
        ("director@example.org", "guest", "They have a part in this exercise already"),
    ],
)
def test_what_is_wrong_with_an_invitation_is_said(
    exercise: Any, director: Client, email: str, role: str, said: str
) -> None:
    answer = add(director, email, role).content.decode()
    assert said in answer
    assert "<title>Error: People" in answer
    assert get_user_model().objects.count() == 1


def test_an_assurer_who_made_the_analysis_is_refused_with_the_reason(exercise: Any, director: Client) -> None:
    user = person("maker@example.org")
    row = DeclaredInterest(exercise=exercise, code="INT-1", holder="Adviser", interest="Tendered before.")
    save(row, 0, f"person {user.pk}")
    answer = add(director, "maker@example.org", "assurer").content.decode()
    assert "Who assures an analysis did not make it" in answer
    assert not Membership.objects.filter(user=user).exists()


def test_interests_are_linked_and_stand_in_the_list(exercise: Any, director: Client) -> None:
    save(
        DeclaredInterest(exercise=exercise, code="INT-1", holder="Adviser", interest="Tendered."),
        0,
        "operator",
    )
    user = joined(exercise, "adviser@example.org", "adviser")
    at = f"{AT}/{user.pk}"
    refused = director.post(at, {"do": "interests", "held": "", "interest": ["INT-1", "NO-SUCH"]})
    assert refused.status_code == 409
    assert "There is no declared interest &#x27;NO-SUCH&#x27;" in refused.content.decode()
    assert not HeldInterest.objects.exists(), "all or nothing"
    director.post(at, {"do": "interests", "held": "", "interest": ["INT-1"]})
    assert list(HeldInterest.objects.values_list("interest", flat=True)) == ["INT-1"]
    assert "/records/declared_interests/INT-1" in director.get(AT).content.decode()
    stale = director.post(at, {"do": "interests", "held": ""})
    assert stale.status_code == 409
    director.post(at, {"do": "interests", "held": "INT-1"})
    assert not HeldInterest.objects.exists()


def test_the_log_of_the_exercise_holds_no_address(exercise: Any, director: Client) -> None:
    add(director, "new@example.org")
    director.post(f"{AT}/{number('new@example.org')}", {"do": "part", "role": "lead", "seen": "analyst"})
    said = str(list(Event.objects.values_list("actor", "row"))) + str(list(PartChange.objects.values()))
    assert "@example.org" not in said
    page = director.get(AT).content.decode()
    assert f"person {number('new@example.org')} changed from Analyst to Workstream lead" in page


def test_somebody_of_another_exercise_is_not_there(exercise: Any, director: Client) -> None:
    other = person("elsewhere@example.org")
    assert director.get(f"{AT}/{other.pk}").status_code == 404
    assert director.post(f"{AT}/{other.pk}", {"do": "link"}).status_code == 404
    assert director.get("/exercises/NONE/people").status_code == 404


def test_erased_by_the_operator_they_are_a_number(exercise: Any, director: Client) -> None:
    from typer.testing import CliRunner

    from wayforward.cli.app import app

    user = joined(exercise, "gone@example.org", "analyst")
    theirs = of(user)
    kept = CliRunner().invoke(app, ["people", "erase", "gone@example.org"], input="n\n")
    assert kept.exit_code == 1
    assert get_user_model().objects.filter(email="gone@example.org").exists()
    told = CliRunner().invoke(app, ["people", "erase", "Gone@example.org", "--yes"])
    assert told.stdout == f"Erased. They stay in logs as person {user.pk}.\n"
    assert theirs.get("/").status_code == 302
    assert (
        Client().post("/sign-in", {"username": "gone@example.org", "password": PASSWORD}).status_code == 200
    )
    assert f"person {user.pk}: erased" in CliRunner().invoke(app, ["people", "list"]).stdout


def test_what_records_call_them_is_said_changed_and_logged(exercise: Any, director: Client) -> None:
    analyst = joined(exercise, "analyst@example.org", "analyst")
    at = f"{AT}/{analyst.pk}"
    page = director.get(at).content.decode()
    assert "Whom records name" in page
    assert "<li>Auditor</li>" in page  # who owns P2
    asked = {"do": "called", "was": "", "called": " Auditor ;Head  of review;; Auditor"}
    assert director.post(at, asked).status_code == 302
    assert Membership.objects.get(user=analyst).names == ("Auditor", "Head of review")
    assert "<li>Auditor</li>" not in director.get(at).content.decode()
    listed = director.get(AT).content.decode()
    assert "Auditor; Head of review" in listed
    assert f"person {analyst.pk} is called Auditor; Head of review, by person" in listed
    # Sent again it changes nothing; from what was seen before, or too long, it is refused with what was typed.
    assert director.post(at, asked | {"was": "Auditor; Head of review"}).status_code == 302
    assert PartChange.objects.filter(what="called").count() == 1
    for other in ({"called": "Treasurer"}, {"was": "Auditor; Head of review", "called": "x" * 301}):
        refused = director.post(at, asked | other)
        assert refused.status_code == 409
        assert f'value="{other["called"]}"' in refused.content.decode()
    parts.give(exercise, analyst, "lead", None)
    assert Membership.objects.get(user=analyst).names == ("Auditor", "Head of review"), "whatever their part"


def test_nobody_else_says_what_they_are_called(exercise: Any) -> None:
    analyst = joined(exercise, "analyst@example.org", "analyst")
    answer = of(analyst).post(f"{AT}/{analyst.pk}", {"do": "called", "was": "", "called": "Treasurer"})
    assert answer.status_code == 403
    assert Membership.objects.get(user=analyst).called == ""
