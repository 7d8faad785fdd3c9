"""Lines of the log: what each holds, and what none may hold."""

import io
import json
import logging
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils.functional import SimpleLazyObject

from tests.workbench import PASSWORD, person
from wayforward.web import given, logs, server

pytestmark = pytest.mark.django_db

EMAIL = "jo.bloggs+x@police.example.org"


@pytest.fixture
def said() -> Iterator[io.StringIO]:
    """What is logged in JSON meanwhile, by any logger that the settings name."""
    text = io.StringIO()
    handler = logging.StreamHandler(text)
    handler.setFormatter(logs.Json())
    watched = [
        logging.getLogger(name) for name in ("wayforward.access", "django", "django.request", "wayforward")
    ]
    before = [(one, one.level) for one in watched]
    for one in watched:
        one.addHandler(handler)
        one.setLevel(logging.INFO)
    yield text
    for one, level in before:
        one.removeHandler(handler)
        one.setLevel(level)


def lines(text: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.getvalue().splitlines()]


def access(text: io.StringIO) -> list[dict[str, Any]]:
    """One of each request: it reaches two of the loggers that are watched."""
    found = [line for line in lines(text) if line["logger"] == "wayforward.access"]
    return list({line["request"]: line for line in found}.values())


def test_one_line_a_request_says_who_what_and_how_long(client: Client, said: io.StringIO) -> None:
    who = person(EMAIL)
    client.force_login(who)
    answer = client.get("/account?next=/secret")
    (line,) = access(said)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", line.pop("time"))
    assert 0 < line.pop("ms") < 60_000
    assert line == {
        "level": "info",
        "logger": "wayforward.access",
        "message": "answered",
        "request": answer["X-Request-Id"],
        "person": who.pk,
        "method": "GET",
        "path": "/account",
        "route": "account",
        "status": 200,
    }


def test_a_request_of_nobody_names_nobody_and_asks_no_database(
    client: Client, said: io.StringIO, django_assert_num_queries: Any
) -> None:
    request = RequestFactory().get("/x")

    def looked_up() -> Any:
        raise AssertionError("a line asked who it is")

    request.user = SimpleLazyObject(looked_up)
    with django_assert_num_queries(0):
        logs.logged(lambda asked: HttpResponse())(request)
    (line,) = access(said)
    assert "person" not in line


@pytest.mark.parametrize(
    ("address", "path", "route"),
    [
        ("/first/s3cret-token", "first", "first"),
        ("/first/s3cret-token?x=s3cret", "first", "first"),
        ("/password/1/s3cret-token", "password", "password"),
        ("/first/s3cret-token/more", "(no such address)", ""),
        ("/FIRST/s3cret-token", "(no such address)", ""),
        (f"/people/{EMAIL}/s3cret", "(no such address)", ""),
        ("/static/s3cret.css", "/static/...", ""),
        ("/healthz?s3cret", "/healthz", "healthz"),
        (f"/exercises/s3cret-{EMAIL}", "(no such address)", ""),
    ],
)
def test_no_secret_stands_in_a_line(
    client: Client, said: io.StringIO, address: str, path: str, route: str
) -> None:
    client.get(address)
    client.post(address, {"email": EMAIL, "body": "s3cret"})
    assert "s3cret" not in said.getvalue()
    assert "bloggs" not in said.getvalue()
    assert {(line["path"], line["route"]) for line in access(said)} == {(path, route)}


def test_signing_in_leaves_neither_address_nor_password(client: Client, said: io.StringIO) -> None:
    person(EMAIL)
    client.post("/sign-in", {"login": EMAIL, "email": EMAIL, "password": PASSWORD})
    client.post("/sign-in", {"login": EMAIL, "email": EMAIL, "password": "wrong word here"})
    assert access(said)
    for piece in ("bloggs", "police.example", PASSWORD, "wrong word"):
        assert piece not in said.getvalue()


def test_a_fault_is_told_by_kind_and_place_without_its_words(
    client: Client, said: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: object) -> None:
        try:
            raise KeyError("what was typed")
        except KeyError as error:
            raise ValueError("a sentence that a person wrote") from error

    monkeypatch.setattr("wayforward.pages.views.visible_exercises", breaks)
    client.force_login(person(EMAIL))
    client.raise_request_exception = False
    answer = client.get("/")
    fault = next(line for line in lines(said) if "fault" in line)
    assert fault["level"] == "error"
    assert fault["request"] == answer["X-Request-Id"]
    kinds = [one for one in fault["fault"] if not re.search(r":\d+ ", one)]
    assert kinds[:2] == ["builtins.ValueError", "builtins.KeyError"]
    assert any(re.search(r"test_logs\.py:\d+ breaks$", one) for one in fault["fault"])
    assert "typed" not in said.getvalue()
    assert "a person wrote" not in said.getvalue()
    assert access(said)[-1]["status"] == 500


def test_a_fault_that_is_its_own_cause_ends() -> None:
    one = ValueError()
    one.__cause__ = one
    assert logs._fault(one) == ["builtins.ValueError"]


@pytest.mark.parametrize(
    ("told", "taken"),
    [
        ("a-Proxy-1d", True),
        ("x" * 64, True),
        ("x" * 65, False),
        ("", False),
        ("has space", False),
        ("under_score", False),
        ("é", False),
        ("a,b", False),
    ],
)
def test_the_id_of_a_web_server_in_front_is_taken_where_it_is_one(
    client: Client, settings: Any, told: str, taken: bool
) -> None:
    assert client.get("/healthz", headers={"x-request-id": told})["X-Request-Id"] != told
    settings.BEHIND_PROXY = True
    answer = client.get("/healthz", headers={"x-request-id": told})["X-Request-Id"]
    assert (answer == told) is taken
    assert logs.ID.fullmatch(answer)


@pytest.mark.parametrize(
    "address", ["/sign-in", "/healthz", "/metrics", "/nowhere", "/exercises.json", "/static/x"]
)
def test_every_answer_carries_an_id_of_its_own(client: Client, address: str) -> None:
    ids = {client.get(address)["X-Request-Id"] for _ in range(3)}
    assert len(ids) == 3
    assert all(re.fullmatch(r"[0-9a-f]{32}", one) for one in ids)


def test_a_line_outside_a_request_names_none() -> None:
    record = logging.LogRecord("wayforward.jobs", logging.WARNING, "", 1, "Job %s\nended", ("7",), None)
    line = logs.Json().format(record)
    assert "\n" not in line
    told = json.loads(line)
    told.pop("time")
    assert told == {"level": "warning", "logger": "wayforward.jobs", "message": "Job 7\nended"}


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"to {EMAIL} failed", "to (an e-mail address) failed"),
        ("GET /x?email=jo%40example.org&a=1 HTTP", "GET /x?... HTTP"),
        ("Forbidden: /first/abc-def_1", "Forbidden: /first/..."),
        ("at '/password/12/abc'", "at '/password/12/...'"),
        ("jo%40example.org", "(an e-mail address)"),
        ("Is it there? Yes.", "Is it there? Yes."),
        ("/account/password", "/account/password"),
        ("<jo@example.org>", "<(an e-mail address)>"),
    ],
)
def test_plain_lines_are_without_secrets_too(text: str, left: str) -> None:
    record = logging.LogRecord("x", logging.ERROR, "", 1, "%s", (text,), None)
    assert logs.Plain("%(message)s").format(record) == left


def test_a_fault_in_plain_lines_keeps_its_words_but_no_address() -> None:
    try:
        raise ValueError(f"no such person: {EMAIL}")
    except ValueError as error:
        record = logging.LogRecord("x", 40, "", 1, "broke", (), (ValueError, error, error.__traceback__))
    told = logs.Plain("%(message)s").format(record)
    assert told.endswith("ValueError: no such person: (an e-mail address)")


@pytest.mark.parametrize(("kind", "level"), [("plain", "WARNING"), ("json", "INFO")])
def test_requests_have_lines_in_json_alone(kind: str, level: str) -> None:
    chosen = logs.configuration(kind)
    assert chosen["handlers"]["console"]["formatter"] == kind
    assert chosen["loggers"]["wayforward.access"]["level"] == level


def test_the_setting_is_one_of_two_words() -> None:
    assert given.one_of("WAYFORWARD_LOG", " ", ("plain", "json")) == "plain"
    assert given.one_of("WAYFORWARD_LOG", "json", ("plain", "json")) == "json"
    with pytest.raises(ImproperlyConfigured, match="Write plain or json"):
        given.one_of("WAYFORWARD_LOG", "JSON lines", ("plain", "json"))


@pytest.mark.parametrize("short", ["x", "x" * 23, "é" * 24, "x" * 12 + "\n" + "x" * 12])
def test_a_token_that_could_be_guessed_is_refused_and_not_said(short: str) -> None:
    with pytest.raises(ImproperlyConfigured) as refused:
        given.token("WAYFORWARD_METRICS_TOKEN", short)
    assert short not in str(refused.value) or short == "x"
    assert given.token("WAYFORWARD_METRICS_TOKEN", "x" * 24) == "x" * 24


@pytest.mark.parametrize(("kind", "form"), [("plain", logs.Plain), ("json", logs.Json)])
def test_the_server_speaks_in_the_same_form(settings: Any, kind: str, form: type) -> None:
    settings.LOG = kind
    words = server.Words(server.Workbench(server.options("127.0.0.1:8000", 1)).cfg)
    assert {type(one.formatter) for one in words.error_log.handlers if getattr(one, "_gunicorn", False)} == {
        form
    }
