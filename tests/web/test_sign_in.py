"""Signing in and out, and the wait after too many failed tries."""

from datetime import timedelta
from typing import Any
from unittest import mock

import pytest
from django.test import Client
from django.utils import timezone

from tests.workbench import PASSWORD, person
from wayforward.people.models import FailedSignIn

pytestmark = pytest.mark.django_db
EMAIL = "lead@example.org"
WRONG = "The e-mail address or the password is not right"
WAIT = "Too many failed tries. Wait 15 minutes, then try again"


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
    with mock.patch("wayforward.people.models.User.check_password") as check:
        held = sign_in(client, email=EMAIL.upper())
    assert WAIT in held.content.decode()
    assert (held.status_code, held["Retry-After"]) == (429, "900")
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


def test_strangers_elsewhere_lock_nobody_out_at_first(client: Client) -> None:
    for _ in range(10):
        sign_in(client, password="wrong")
    assert sign_in(client).status_code == 429
    assert sign_in(Client(REMOTE_ADDR="192.0.2.7")).status_code == 302


def test_one_place_tries_fifty_times_whatever_the_address(client: Client) -> None:
    for place in range(50):
        assert sign_in(client, email=f"no{place}@example.org").status_code == 200
    assert sign_in(client, email="another@example.org").status_code == 429
    assert sign_in(Client(REMOTE_ADDR="192.0.2.7")).status_code == 302


def test_a_hundred_tries_of_one_address_hold_all_but_a_browser_that_knows_the_person(client: Client) -> None:
    sign_in(client)  # and so it is known here
    client.post("/sign-out")
    for place in range(10):
        stranger = Client(REMOTE_ADDR=f"192.0.2.{place}")
        for _ in range(10):
            sign_in(stranger, password="wrong")
    assert sign_in(Client(REMOTE_ADDR="198.51.100.1")).status_code == 429
    assert sign_in(client).status_code == 302


def test_a_try_is_counted_before_its_password_is_looked_at(client: Client) -> None:
    counted = []
    with mock.patch(
        "wayforward.people.models.User.check_password",
        side_effect=lambda _: counted.append(FailedSignIn.objects.count()) or False,
    ):
        sign_in(client, password="wrong")
    assert counted == [1]


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),  # one household's /64
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
    ],
)
def test_a_place_is_an_address_or_the_half_of_one(rf: Any, first: str, second: str, same: bool) -> None:
    from wayforward.web.throttle import network

    one, two = (network(rf.get("/", REMOTE_ADDR=place)) for place in (first, second))
    assert (one == two) is same


def test_only_behind_a_proxy_is_it_believed_where_a_request_comes_from(rf: Any, settings: Any) -> None:
    from wayforward.web.throttle import network

    request = rf.get("/", REMOTE_ADDR="127.0.0.1", headers={"X-Forwarded-For": "203.0.113.5, 192.0.2.9"})
    assert network(request) == "127.0.0.1"
    settings.BEHIND_PROXY = True
    assert network(request) == "192.0.2.9"  # what the proxy itself saw; anybody can write the one before


@pytest.mark.parametrize("typed", ["LEAD@EXAMPLE.ORG", "Lead@Example.Org", " lead@example.org "])
def test_an_address_is_the_same_in_whatever_case_it_is_typed(client: Client, typed: str) -> None:
    assert sign_in(client, email=typed).status_code == 302


def test_two_people_cant_share_an_address_in_different_case() -> None:
    from django.db import IntegrityError, transaction

    from wayforward.people.models import User

    with pytest.raises(IntegrityError), transaction.atomic():
        person("LEAD@example.org")
    person("other@example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(email="other@example.org").update(email="Lead@example.org")


def test_other_methods_are_refused(client: Client) -> None:
    assert client.put("/sign-in").status_code == 405


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
