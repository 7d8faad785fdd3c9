"""Where one is signed in, how long it lasts, and a password that is changed or forgotten."""

import re
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from allauth.usersessions.models import UserSession
from django.core import mail
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.utils import timezone

from tests.workbench import PASSWORD, person
from wayforward.people.models import FailedSignIn
from wayforward.web import given

pytestmark = pytest.mark.django_db
EMAIL = "lead@example.org"
NEW = "quite another phrase"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def signed_in(agent: str = FIREFOX, place: str = "192.0.2.1") -> Client:
    client = Client(headers={"user-agent": agent}, REMOTE_ADDR=place)
    assert client.post("/sign-in", {"username": EMAIL, "password": PASSWORD}).status_code == 302
    return client


def is_in(client: Client) -> bool:
    return bool(client.get("/account").status_code == 200)


@pytest.fixture(autouse=True)
def lead() -> Any:
    return person(EMAIL)


def ago(**back: int) -> None:
    """As if all that is signed in had been left alone for so long."""
    for one in UserSession.objects.all():
        one.last_seen_at = timezone.now() - timedelta(**back)
        one.save()


def test_one_place_is_ended_from_another() -> None:
    here, there = signed_in(), signed_in("curl/8.0", "192.0.2.2")
    page = here.get("/account/sessions").content.decode()
    assert "Firefox on Linux" in page
    assert "192.0.2.2" in page
    other = UserSession.objects.get(ip="192.0.2.2")
    here.post("/account/sessions", {"end": str(other.pk)})
    assert (is_in(here), is_in(there)) == (True, False)


def test_all_others_are_ended_at_once() -> None:
    here, *others = (signed_in() for _ in range(3))
    here.post("/account/sessions", {"end": "others"})
    assert is_in(here)
    assert not any(is_in(one) for one in others)


def test_nobody_ends_what_is_somebody_elses() -> None:
    theirs = signed_in()
    number = UserSession.objects.get().pk
    person("other@example.org")
    mine = Client()
    mine.post("/sign-in", {"username": "other@example.org", "password": PASSWORD})
    mine.post("/account/sessions", {"end": str(number)})
    assert is_in(theirs)


def test_signing_in_makes_a_new_key_of_the_session() -> None:
    client = Client()
    session = client.session
    session["left"] = "before"
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before
    client.post("/sign-in", {"username": EMAIL, "password": PASSWORD})
    assert client.session.session_key not in ("", None, before)


def test_left_alone_too_long_it_ends(settings: Any) -> None:
    settings.IDLE_MINUTES = 60
    client = signed_in()
    ago(minutes=59)
    assert is_in(client)
    ago(minutes=61)
    assert client.get("/account")["Location"] == "/sign-in?next=/account"
    assert not UserSession.objects.exists()


def test_without_a_limit_being_left_alone_ends_nothing(settings: Any) -> None:
    settings.IDLE_MINUTES = 0
    client = signed_in()
    ago(hours=11)
    assert is_in(client)


def test_in_use_or_not_it_ends_after_its_hours(settings: Any) -> None:
    settings.SESSION_COOKIE_AGE = 3600
    client = signed_in()
    one = UserSession.objects.get()
    one.created_at = timezone.now() - timedelta(minutes=61)
    one.save()
    assert not is_in(client)


def test_that_somebody_is_there_is_noted_now_and_then(lead: Any) -> None:
    client = signed_in()
    ago(minutes=4)
    before = UserSession.objects.get().last_seen_at
    client.get("/account")
    assert UserSession.objects.get().last_seen_at == before  # a look writes nothing
    ago(minutes=6)
    client.get("/account")
    lead.refresh_from_db()
    assert timezone.now() - UserSession.objects.get().last_seen_at < timedelta(minutes=1)
    assert timezone.now() - lead.seen < timedelta(minutes=1)


def test_a_changed_password_signs_out_everywhere_else(lead: Any) -> None:
    here, there = signed_in(), signed_in()
    given_now = {"now": PASSWORD, "password": NEW, "again": NEW}
    assert here.post("/account/password", given_now)["Location"] == "/account"
    assert (is_in(here), is_in(there)) == (True, False)
    lead.refresh_from_db()
    assert lead.check_password(NEW)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"now": "wrong"}, "The password is not right"),
        ({"now": ""}, "Enter the password you use now"),
        ({"password": "short", "again": "short"}, "Choose a password of at least 12 characters"),
        ({"again": "other"}, "The two passwords are not the same"),
    ],
)
def test_what_is_wrong_with_a_change_is_said(lead: Any, change: dict[str, str], said: str) -> None:
    client = signed_in()
    answer = client.post("/account/password", {"now": PASSWORD, "password": NEW, "again": NEW, **change})
    assert said in answer.content.decode()
    assert "<title>Error: Change your password" in answer.content.decode()
    lead.refresh_from_db()
    assert lead.check_password(PASSWORD)


def test_whoever_finds_a_browser_open_guesses_ten_times() -> None:
    client = signed_in()
    post = {"now": "wrong", "password": NEW, "again": NEW}
    for _ in range(10):
        assert client.post("/account/password", post).status_code == 200
    held = client.post("/account/password", {**post, "now": PASSWORD})
    assert (held.status_code, held["Retry-After"]) == (429, "900")


def test_without_a_mail_server_the_page_says_who_gives_a_link() -> None:
    page = Client().get("/forgotten").content.decode()
    assert "The operator can give you a link" in page
    Client().post("/forgotten", {"email": EMAIL})
    assert mail.outbox == []


def test_a_link_comes_by_e_mail_and_nobody_learns_who_is_here(settings: Any, lead: Any) -> None:
    settings.SENDS_MAIL = True
    known = Client().post("/forgotten", {"email": EMAIL.upper()})
    unknown = Client().post("/forgotten", {"email": "nobody@example.org"})
    assert known.content == unknown.content
    (sent,) = mail.outbox
    assert sent.to == [EMAIL]
    found = re.search(r"http\S+", sent.body)
    assert found
    client = Client()
    assert client.post(urlsplit(found.group()).path, {"password": NEW, "again": NEW})["Location"] == "/"
    lead.refresh_from_db()
    assert lead.check_password(NEW)


def test_links_are_not_asked_for_without_end(settings: Any) -> None:
    settings.SENDS_MAIL = True
    for _ in range(10):
        Client().post("/forgotten", {"email": EMAIL})
    assert Client().post("/forgotten", {"email": EMAIL}).status_code == 429
    assert len(mail.outbox) == 10
    assert FailedSignIn.objects.count() == 10


@pytest.mark.parametrize(
    ("text", "port", "tls", "ssl"),
    [
        ("smtp://u:p%40ss@mail.example.org", 587, True, False),
        ("smtps://mail.example.org", 465, False, True),
        ("smtp+plain://localhost:2525", 2525, False, False),
    ],
)
def test_a_mail_server_is_read_from_its_address(text: str, port: int, tls: bool, ssl: bool) -> None:
    read = given.mail(text)
    assert (read["EMAIL_PORT"], read["EMAIL_USE_TLS"], read["EMAIL_USE_SSL"]) == (port, tls, ssl)
    assert read["EMAIL_HOST_PASSWORD"] == ("p@ss" if "@ss" in text or "%40" in text else "")


@pytest.mark.parametrize("text", ["mail.example.org", "http://mail", "smtp://", "smtp://h:port", "file://x"])
def test_a_mail_server_that_is_none_is_refused_without_its_password(text: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="names no mail server"):
        given.mail(text)


@pytest.mark.parametrize("text", ["-1", "ten", "1e3", "²", "99999999999999999999"])
def test_a_number_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="WAYFORWARD_IDLE_MINUTES"):
        given.whole("WAYFORWARD_IDLE_MINUTES", text, 180)


def test_a_session_ended_by_the_operator() -> None:
    from typer.testing import CliRunner

    from wayforward.cli.app import app

    client = signed_in()
    assert CliRunner().invoke(app, ["people", "sign-out", EMAIL]).stdout == "1 place ended.\n"
    assert not is_in(client)
