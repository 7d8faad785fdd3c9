"""The commands about people, and the links that they print."""

from typing import Any
from unittest import mock
from urllib.parse import urlsplit

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from typer.testing import CliRunner

from tests.workbench import PASSWORD, person, store_small_case
from wayforward.cli.app import app
from wayforward.people.models import FailedSignIn

pytestmark = pytest.mark.django_db
NEW = "Analyst@Example.org"
CHOSEN = {"password": "quite another phrase", "again": "quite another phrase"}


def people(*arguments: str) -> Any:
    return CliRunner().invoke(app, ["people", *arguments])


def link_in(text: str) -> str:
    return urlsplit(text.split()[-1]).path


def test_a_person_is_added_with_a_part_and_sets_a_password_by_the_link(client: Client) -> None:
    store_small_case()
    told = people("add", NEW, "--exercise", "TOWN", "--role", "analyst")
    assert told.exit_code == 0, told.stderr
    assert "analyst@example.org: analyst of TOWN; no password yet" in told.stdout
    link = link_in(told.stdout)
    assert "For analyst@example.org" in client.get(link).content.decode()
    answer = client.post(link, CHOSEN)
    assert answer["Location"] == "/"
    assert client.get("/exercises/TOWN").status_code == 200
    assert Client().post(link, CHOSEN).status_code == 410
    signed_in = Client().post("/sign-in", {"username": NEW, "password": CHOSEN["password"]})
    assert signed_in.status_code == 302


def test_a_part_is_changed_and_taken_away(client: Client) -> None:
    store_small_case()
    user = person("lead@example.org")
    client.force_login(user)
    assert client.get("/exercises/TOWN").status_code == 404
    assert people("add", "LEAD@example.org", "--exercise", "TOWN", "--role", "guest").exit_code == 0
    told = people("add", "lead@example.org", "--exercise", "TOWN", "--role", "lead")
    assert told.stdout.startswith("lead@example.org: lead of TOWN; ")
    assert "http" not in told.stdout  # there is a password already
    assert client.get("/exercises/TOWN").status_code == 200
    assert "no part in any exercise" in people("remove", "lead@example.org", "--exercise", "TOWN").stdout
    assert client.get("/exercises/TOWN").status_code == 404


def test_an_operator_sees_every_exercise() -> None:
    assert people("add", "op@example.org", "--operator").exit_code == 0
    assert get_user_model().objects.get().is_superuser


def test_everybody_is_listed_by_address() -> None:
    person("b@example.org")
    person("a@example.org", is_superuser=True)
    assert people("list").stdout.splitlines() == [
        "a@example.org: operator; never signed in",
        "b@example.org: no part in any exercise; never signed in",
    ]


def test_a_forgotten_password_is_set_anew_by_a_link(client: Client) -> None:
    user = person("lead@example.org")
    link = link_in(people("link", "lead@example.org").stdout)
    assert "not the same" in client.post(link, {**CHOSEN, "again": "x"}).content.decode()
    assert client.post(link, CHOSEN).status_code == 302
    user.refresh_from_db()
    assert user.check_password(CHOSEN["password"])
    assert not user.check_password(PASSWORD)


def test_a_link_is_void_after_a_day_and_for_another_person(client: Client) -> None:
    from datetime import timedelta

    from django.utils import timezone

    one, other = person("one@example.org"), person("other@example.org")
    link = link_in(people("link", one.email).stdout)
    assert client.get(link.replace(f"/{one.pk}/", f"/{other.pk}/")).status_code == 410
    now = timezone.make_naive(timezone.now())
    later = "django.contrib.auth.tokens.PasswordResetTokenGenerator._now"
    with mock.patch(later, return_value=now + timedelta(hours=23)):
        assert client.get(link).status_code == 200
    with mock.patch(later, return_value=now + timedelta(hours=25)):
        assert client.get(link).status_code == 410


def test_whoever_waits_after_failed_tries_is_let_in_again(client: Client) -> None:
    person("lead@example.org")
    for _ in range(11):
        client.post("/sign-in", {"username": "lead@example.org", "password": "wrong"})
    assert people("unlock", "Lead@example.org").stdout == "10 failed tries forgotten.\n"
    assert not FailedSignIn.objects.exists()
    answer = client.post("/sign-in", {"username": "lead@example.org", "password": PASSWORD})
    assert answer.status_code == 302


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("add", "nobody", "--operator"), "is no e-mail address"),
        (("add", "a@example.org"), "Give both --exercise and --role, or --operator"),
        (("add", "a@example.org", "--exercise", "TOWN"), "Give both --exercise and --role"),
        (("add", "a@example.org", "--exercise", "TOWN", "--role", "king"), "There is no role 'king'"),
        (("add", "a@example.org", "--exercise", "NONE", "--role", "lead"), "There is no exercise 'NONE'"),
        (("link", "a@example.org"), "There is nobody with the address"),
        (("unlock", "a@example.org"), "There is nobody with the address"),
    ],
)
def test_misuse_makes_nobody(arguments: tuple[str, ...], said: str) -> None:
    told = people(*arguments)
    assert told.exit_code == 2
    assert said in told.stderr
    assert not get_user_model().objects.exists()
