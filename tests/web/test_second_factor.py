"""The second factor: a code of an app besides the password, recovery codes, and what a thief is refused.

Codes are worked out here from RFC 6238 itself, and the RFC's own vectors hold the working out.
"""

import base64
import hashlib
import hmac
import re
import struct
import time
from typing import Any
from unittest import mock
from urllib.parse import unquote

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client

from tests.workbench import PASSWORD, person
from wayforward.people.models import FailedSignIn

pytestmark = pytest.mark.django_db
EMAIL = "lead@example.org"
FACTOR = "/account/second-factor"
NOT_RIGHT = "The code is not right"
NOW = 1_800_000_000.0  # a moment at the beginning of a half minute


def code_of(key: str, at: float, digits: int = 6) -> str:
    """RFC 6238: the last bits of an HMAC of the number of the half minute."""
    said = hmac.new(base64.b32decode(key), struct.pack(">Q", int(at) // 30), hashlib.sha1).digest()
    start = said[-1] & 15
    number: int = struct.unpack(">I", said[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**digits:0{digits}}"


@pytest.mark.parametrize(
    ("at", "code"), [(59, "94287082"), (1111111109, "07081804"), (20000000000, "65353130")]
)
def test_codes_here_are_those_of_the_standard(at: int, code: str) -> None:
    assert code_of(base64.b32encode(b"12345678901234567890").decode(), at, 8) == code


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The clock that codes are compared with, to be moved."""
    moved = mock.Mock(return_value=NOW)
    monkeypatch.setattr("allauth.mfa.totp.internal.auth.time", mock.Mock(time=moved))
    return moved


def sign_in(client: Client, password: str = PASSWORD, **more: str) -> Any:
    return client.post("/sign-in", {"username": EMAIL, "password": password, **more})


def set_up(client: Client) -> tuple[str, list[str]]:
    """A second factor for whoever is signed in: the key, and the recovery codes."""
    page = client.get(f"{FACTOR}/set-up").content.decode()
    found = re.search(r'wf-key">([A-Z2-7]+)<', page)
    assert found
    key = found.group(1)
    assert "data:image/svg+xml;base64," in page
    answer = client.post(f"{FACTOR}/set-up", {"code": code_of(key, NOW)})
    assert answer["Location"] == f"{FACTOR}/recovery-codes"
    codes = re.findall(r"<code>(\d{8})</code>", client.get(answer["Location"]).content.decode())
    assert len(codes) == 10
    return key, codes


@pytest.fixture
def factor(client: Client) -> tuple[str, list[str]]:
    person(EMAIL)
    sign_in(client)
    made = set_up(client)
    client.post("/sign-out")
    return made


def test_signing_in_takes_the_code_too_and_leads_where_the_person_was_going(
    client: Client, factor: Any, clock: Any
) -> None:
    key, _ = factor
    clock.return_value = NOW + 30
    assert sign_in(client, next="/account")["Location"] == "/sign-in/code"
    assert client.get("/account").status_code == 302  # a password is not enough
    answer = client.post("/sign-in/code", {"code": code_of(key, NOW + 30)})
    assert answer["Location"] == "/account"
    assert client.get("/account").status_code == 200


def test_a_code_is_taken_with_the_space_that_apps_show(client: Client, factor: Any, clock: Any) -> None:
    clock.return_value = NOW + 30
    sign_in(client)
    code = code_of(factor[0], NOW + 30)
    assert client.post("/sign-in/code", {"code": f" {code[:3]} {code[3:]}"}).status_code == 302


def test_a_code_is_good_once_even_while_it_would_be_right(client: Client, factor: Any, clock: Any) -> None:
    key, _ = factor
    # The one that set it up, at once and a half minute later. What the library notes of a code is gone by then.
    for later in (0, 30):
        cache.clear()
        clock.return_value = NOW + later
        sign_in(client)
        assert (
            "That code was used" in client.post("/sign-in/code", {"code": code_of(key, NOW)}).content.decode()
        )
    clock.return_value = NOW + 60
    assert client.post("/sign-in/code", {"code": code_of(key, NOW + 60)}).status_code == 302
    other = Client()
    sign_in(other)
    # Nor one of before the last that was taken.
    for earlier in (60, 30):
        cache.clear()
        answer = other.post("/sign-in/code", {"code": code_of(key, NOW + earlier)})
        assert "That code was used" in answer.content.decode()


def test_a_clock_may_be_half_a_minute_out_and_no_more(client: Client, factor: Any, clock: Any) -> None:
    key, _ = factor
    clock.return_value = NOW + 300
    sign_in(client)
    for off in (-60, 60):
        assert (
            NOT_RIGHT
            in client.post("/sign-in/code", {"code": code_of(key, NOW + 300 + off)}).content.decode()
        )
    assert client.post("/sign-in/code", {"code": code_of(key, NOW + 330)}).status_code == 302


def test_a_recovery_code_is_good_once(client: Client, factor: Any) -> None:
    _, codes = factor
    sign_in(client)
    assert client.post("/sign-in/code", {"code": codes[3]}).status_code == 302
    other = Client()
    sign_in(other)
    assert NOT_RIGHT in other.post("/sign-in/code", {"code": codes[3]}).content.decode()
    assert other.post("/sign-in/code", {"code": codes[4]}).status_code == 302


def test_after_ten_wrong_codes_the_right_one_waits_from_wherever(client: Client, factor: Any) -> None:
    _, codes = factor
    for number in range(10):
        # A right password, and a place, do not begin the counting anew.
        thief = Client(REMOTE_ADDR=f"192.0.2.{number}")
        sign_in(thief)
        assert NOT_RIGHT in thief.post("/sign-in/code", {"code": "12345678"}).content.decode()
    sign_in(client)
    with mock.patch("allauth.mfa.models.Authenticator.wrap") as looked_at:
        held = client.post("/sign-in/code", {"code": codes[0]})
    assert (held.status_code, held["Retry-After"]) == (429, "900")
    looked_at.assert_not_called()


def test_a_right_password_without_its_code_stays_a_failed_try(
    client: Client, factor: Any, clock: Any
) -> None:
    key, _ = factor
    before = FailedSignIn.objects.count()
    sign_in(client)
    assert FailedSignIn.objects.count() == before + 1
    clock.return_value = NOW + 30
    client.post("/sign-in/code", {"code": code_of(key, NOW + 30)})
    assert not FailedSignIn.objects.exists()


def test_the_code_page_opens_only_after_a_password(client: Client) -> None:
    assert client.get("/sign-in/code")["Location"] == "/sign-in"
    assert client.post("/sign-in/code", {"code": "000000"})["Location"] == "/sign-in"


def test_a_link_for_a_new_password_does_not_get_round_it(client: Client, factor: Any) -> None:
    from django.contrib.auth import get_user_model

    from wayforward.web.passwords import password_link

    link = "/" + password_link(get_user_model().objects.get()).split("/", 3)[3]
    answer = client.post(link, {"password": "quite another phrase", "again": "quite another phrase"})
    assert answer["Location"] == "/sign-in/code"
    assert client.get("/account").status_code == 302


def test_keys_are_sealed_and_with_another_secret_key_let_nobody_in(
    client: Client, factor: Any, settings: Any, clock: Any
) -> None:
    key, codes = factor
    kept = str([one.data for one in Authenticator.objects.all()])
    assert key not in kept
    settings.SECRET_KEY = "another key altogether"
    clock.return_value = NOW + 30
    sign_in(client)
    # Nor does a code of an empty key, which anybody could work out.
    for code in (code_of(key, NOW + 30), code_of("", NOW + 30), codes[0]):
        assert NOT_RIGHT in client.post("/sign-in/code", {"code": code}).content.decode()


def test_what_matters_asks_who_one_is_after_a_while(client: Client, factor: Any, clock: Any) -> None:
    sign_in(client)
    client.post("/sign-in/code", {"code": factor[1][0]})
    assert client.get(f"{FACTOR}/remove").status_code == 200
    later = time.time() + 16 * 60
    with mock.patch("wayforward.web.accounts.adapters.time", mock.Mock(time=lambda: later)):
        for path in ("remove", "recovery-codes", "recovery-codes/new"):
            answer = client.get(f"{FACTOR}/{path}")
            assert unquote(answer["Location"]) == f"/account/confirm?next={FACTOR}/{path}"
        assert client.post(f"{FACTOR}/remove").status_code == 302
    assert Authenticator.objects.filter(type="totp").exists()
    wrong = client.post("/account/confirm?next=/account", {"password": "wrong"})
    assert "The password is not right" in wrong.content.decode()
    assert client.post("/account/confirm?next=/account", {"password": PASSWORD})["Location"] == "/account"


def test_taking_it_off_takes_the_recovery_codes_too(client: Client, factor: Any) -> None:
    sign_in(client)
    client.post("/sign-in/code", {"code": factor[1][0]})
    assert client.post(f"{FACTOR}/remove")["Location"] == FACTOR
    assert not Authenticator.objects.exists()
    client.post("/sign-out")
    assert sign_in(client)["Location"] == "/"


def test_where_it_is_required_nothing_else_opens_first(client: Client, settings: Any) -> None:
    person(EMAIL)
    sign_in(client)
    assert client.get("/account").status_code == 200
    settings.SECOND_FACTOR_REQUIRED = True
    for path in ("/", "/account", "/exercises/TOWN", "/account/sessions", "/account/password"):
        assert client.get(path)["Location"] == f"{FACTOR}/set-up", path
    assert client.get("/exercises.json").status_code == 403
    set_up(client)
    assert client.get("/account").status_code == 200
    # And it can't be taken off.
    client.post(f"{FACTOR}/remove")
    assert Authenticator.objects.filter(type="totp").exists()


def test_nobody_signs_up_and_nothing_of_the_library_stands_open(client: Client) -> None:
    for path in ("/signup/", "/accounts/signup/", "/accounts/login/", "/login/", "/accounts/email/", "/2fa/"):
        assert client.get(path).status_code == 404, path
