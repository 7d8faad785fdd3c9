"""Signing in and out, and the wait after too many failed tries."""

from datetime import timedelta
from typing import Any
from unittest import mock

import pytest
from django.test import Client
from django.utils import timezone

from tests.workbench import PASSWORD, person
from wayforward.web.models import FailedSignIn

pytestmark = pytest.mark.django_db
EMAIL = "lead@example.org"
WRONG = "The e-mail address or the password is not right"
WAIT = "Too many failed tries for this address. Wait 15 minutes, then try again"


@pytest.fixture(autouse=True)
def lead() -> Any:
    return person(EMAIL)


def sign_in(client: Client, email: str = EMAIL, password: str = PASSWORD, **more: str) -> Any:
    return client.post("/sign-in", {"username": email, "password": password, **more})


def test_signing_in_leads_to_where_the_person_was_going(client: Client) -> None:
    asked = client.get("/exercises/TOWN/findings")
    assert asked["Location"] == "/sign-in?next=/exercises/TOWN/findings"
    assert sign_in(client, next="/exercises/TOWN/findings")["Location"] == "/exercises/TOWN/findings"


def test_signing_in_never_leads_to_another_site(client: Client) -> None:
    assert sign_in(client, next="https://elsewhere.example/")["Location"] == "/"


def test_an_address_nobody_has_is_refused_in_the_same_words_as_a_wrong_password(client: Client) -> None:
    assert WRONG in sign_in(client, password="wrong").content.decode()
    assert WRONG in sign_in(client, email="nobody@example.org").content.decode()


def test_the_page_of_a_refusal_says_error_in_its_title(client: Client) -> None:
    text = sign_in(client, password="").content.decode()
    assert "<title>Error: Sign in" in text
    assert "Enter your password" in text


def test_after_ten_failed_tries_even_the_right_password_waits_and_nothing_is_hashed(client: Client) -> None:
    for _ in range(10):
        assert WRONG in sign_in(client, password="wrong").content.decode()
    with mock.patch("wayforward.web.models.User.check_password") as check:
        assert WAIT in sign_in(client, email=EMAIL.upper()).content.decode()
    check.assert_not_called()
    # Somebody else is not held up.
    person("other@example.org")
    assert sign_in(Client(), email="other@example.org").status_code == 302


def test_after_fifteen_minutes_the_wait_is_over(client: Client) -> None:
    for _ in range(10):
        sign_in(client, password="wrong")
    FailedSignIn.objects.update(at=timezone.now() - timedelta(minutes=15, seconds=1))
    assert sign_in(client).status_code == 302


def test_a_success_forgets_the_failures_and_old_ones_are_not_kept(client: Client) -> None:
    sign_in(client, password="wrong")
    sign_in(client)
    assert not FailedSignIn.objects.exists()
    sign_in(Client(), password="wrong")
    FailedSignIn.objects.update(at=timezone.now() - timedelta(minutes=16))
    sign_in(Client(), email="nobody@example.org", password="wrong")
    assert FailedSignIn.objects.count() == 1


def test_a_failed_try_keeps_no_address(client: Client) -> None:
    sign_in(client, password="wrong")
    kept = FailedSignIn.objects.get()
    assert "lead" not in kept.address_digest
    assert len(kept.address_digest) == 40


def test_signing_out_takes_a_button_and_not_a_link(client: Client) -> None:
    sign_in(client)
    assert client.get("/sign-out").status_code == 405
    assert client.get("/").status_code == 200
    assert client.post("/sign-out")["Location"] == "/sign-in"
    assert client.get("/").status_code == 302


def test_a_form_from_elsewhere_is_refused_in_plain_words() -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/sign-in", {"username": EMAIL, "password": PASSWORD})
    assert answer.status_code == 403
    assert "The page was open too long" in answer.content.decode()
