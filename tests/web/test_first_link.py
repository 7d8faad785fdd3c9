"""The one-use link that makes the first person."""

from datetime import timedelta
from typing import Any
from unittest import mock
from urllib.parse import urlsplit

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from tests.workbench import PASSWORD, person
from wayforward.web.first_link import first_link

pytestmark = pytest.mark.django_db
GIVEN = {"email": "First@Example.org", "password": PASSWORD, "again": PASSWORD}


def path() -> str:
    link = first_link()
    assert link
    return urlsplit(link).path


def test_it_stands_at_the_address_of_the_workbench(settings: Any) -> None:
    settings.URL = "https://options.example.org"
    link = first_link()
    assert link
    assert link.startswith("https://options.example.org/first/")


def test_it_makes_an_operator_and_signs_them_in(client: Client) -> None:
    answer = client.post(path(), GIVEN)
    assert answer.status_code == 302
    assert answer["Location"] == "/"
    made = get_user_model().objects.get()
    assert made.email == "first@example.org"
    assert made.is_superuser
    assert client.get("/").status_code == 200
    client.post("/sign-out")
    # In the very words typed at first, and in any other case.
    for typed in (GIVEN["email"], "FIRST@example.ORG"):
        answer = Client().post("/sign-in", {"username": typed, "password": PASSWORD})
        assert answer.status_code == 302, typed


def test_it_is_void_once_somebody_exists(client: Client) -> None:
    link = path()
    client.post(link, GIVEN)
    assert first_link() is None
    again = Client()
    assert again.get(link).status_code == 410
    assert again.post(link, {**GIVEN, "email": "second@example.org"}).status_code == 410
    assert get_user_model().objects.count() == 1


def test_it_is_void_after_a_day(client: Client) -> None:
    import time

    link = path()
    now = time.time()
    with mock.patch("django.core.signing.time.time", return_value=now + timedelta(hours=23).total_seconds()):
        assert client.get(link).status_code == 200
    with mock.patch("django.core.signing.time.time", return_value=now + timedelta(hours=25).total_seconds()):
        assert client.get(link).status_code == 410


@pytest.mark.parametrize("token", ["x", "1xVXw3:forged", "first:1xVXw3:forged"])
def test_a_link_that_was_not_signed_here_is_void(client: Client, token: str) -> None:
    assert client.get(f"/first/{token}").status_code == 410


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"email": ""}, "Enter your e-mail address"),
        ({"email": "nobody"}, "Enter a valid email address."),
        ({"password": "eleven char", "again": "eleven char"}, "Choose a password of at least 12 characters"),
        ({"password": "password1234", "again": "password1234"}, "not on lists of common passwords"),
        ({"again": "another odd thing"}, "The two passwords are not the same"),
        ({"again": ""}, "Enter the password again"),
    ],
)
def test_what_is_wrong_is_said_and_nobody_is_made(client: Client, change: dict[str, str], said: str) -> None:
    answer = client.post(path(), {**GIVEN, **change})
    text = answer.content.decode()
    assert said in text
    assert "<title>Error: Set up the first person" in " ".join(text.split())
    assert "There is a problem" in text
    assert PASSWORD not in text
    assert not get_user_model().objects.exists()


def test_there_is_no_link_where_somebody_operates_the_workbench() -> None:
    person("somebody@example.org")
    assert first_link() is not None  # they were added before the operator had set up
    person("operator@example.org", is_superuser=True)
    assert first_link() is None


def test_who_comes_second_is_told_so(client: Client) -> None:
    link = path()
    with mock.patch("wayforward.web.sign_in._make_first", return_value=None):
        answer = client.post(link, GIVEN)
    assert answer.status_code == 410
    assert "only until the first person exists" in answer.content.decode()
