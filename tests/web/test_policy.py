"""What a browser may run: every answer carries the strict policy, and no page holds anything that it would refuse."""

from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.pages.addresses import ADDRESSES
from tests.pages.conftest import director, exercise, own_home
from tests.workbench import person
from wayforward.web.headers import POLICY

pytestmark = pytest.mark.django_db
__all__ = ["director", "exercise", "own_home"]


class Page(HTMLParser):
    """What the policy would refuse, where a page holds it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.refused: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "script" and not given.get("src", "").startswith("/static/"):
            data = given.get("type") == "application/json"  # no program
            self.refused += [] if data else [f"script {given}"]
        if tag in ("style", "base", "object", "embed", "iframe"):
            self.refused.append(tag)
        for name, value in given.items():
            script = value.strip().lower().startswith(("javascript:", "vbscript:", "data:text"))
            if name.startswith("on") or name == "style" or script:
                self.refused.append(f"{tag} {name}={value[:60]}")
        elsewhere = [given.get(name, "") for name in ("src", "action", "formaction")]
        self.refused += [f"{tag} {one}" for one in elsewhere if one.startswith(("http:", "https:", "//"))]


def refused_in(answer: Any) -> list[str]:
    if not answer.get("Content-Type", "").startswith("text/html"):
        return []
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return Page(content.decode()).refused


@pytest.mark.parametrize(
    "text",
    [
        "<script>run()</script>",
        '<script src="https://elsewhere.example/x.js"></script>',
        '<p style="color: red">',
        "<style>p {}</style>",
        '<a href="JavaScript:run()">',
        '<p onclick="run()">',
        '<form action="//elsewhere.example">',
    ],
)
def test_the_reader_finds_what_the_policy_refuses(text: str) -> None:
    assert Page(text).refused


DOCUMENTS = (
    "report-file",
    "signed-file",
)  # a report in one file has its style in it, and runs nothing whatever


def assert_runs_nothing(answer: Any) -> None:
    """No script, and nothing fetched from anywhere: only the style and the pictures that are in the file itself."""
    rules = dict(rule.strip().split(" ", 1) for rule in answer["Content-Security-Policy"].split(";"))
    assert rules.pop("default-src") == "'none'"
    assert rules.pop("style-src") == "'unsafe-inline'"
    assert set(rules) == {"img-src", "font-src", "base-uri", "form-action", "frame-ancestors"}
    assert set(rules.values()) <= {"data:", "'none'"}
    assert [one for one in refused_in(answer) if one.startswith("script")] == []


def address(name: str) -> str:
    one = ADDRESSES[name]
    return reverse(name, kwargs=one.arguments) + "".join(
        f"{'?' if not place else '&'}{key}={value}" for place, (key, value) in enumerate(one.given.items())
    )


def test_every_page_keeps_to_the_policy(director: Client) -> None:
    """For its director, for nobody at all, and for somebody with no part in the exercise."""
    outsider, nobody = Client(), Client()
    outsider.force_login(person("outsider@example.org"))
    shown = 0
    for name in ADDRESSES:
        for client in (director, nobody, outsider):
            answer = client.get(address(name))
            assert answer["X-Content-Type-Options"] == "nosniff", name
            assert answer["X-Frame-Options"] == "DENY", name
            if name in DOCUMENTS and answer.status_code == 200:
                assert_runs_nothing(answer)
                continue
            assert answer["Content-Security-Policy"] == POLICY, name
            assert refused_in(answer) == [], name
            shown += answer.status_code == 200
    assert shown > len(ADDRESSES) / 2, "most are there for the director"


def test_the_pages_of_signing_in_and_of_ones_account_keep_to_it(client: Client) -> None:
    """Those whose forms django-allauth reads, with nothing typed, so that each says what is wrong."""
    somebody = person("somebody@example.org")
    names = [
        name
        for name in ADDRESSES
        if name.startswith(("account", "mfa_", "usersessions", "sign-in", "forgotten"))
    ]
    assert len(names) > 10
    for signed_in in (False, True):
        if signed_in:
            client.force_login(somebody)
        for name in names:
            for answer in (
                client.get(address(name), follow=True),
                client.post(address(name), {}, follow=True),
            ):
                assert answer["Content-Security-Policy"] == POLICY, name
                assert refused_in(answer) == [], name


def test_what_is_wrong_is_told_within_it_too(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    strict = Client(enforce_csrf_checks=True)
    client.force_login(person("somebody@example.org"))
    told = [
        (404, client.get("/nowhere")),
        (404, client.get("/exercises/NO-SUCH")),
        (403, client.get("/begin")),
        (403, strict.post("/sign-in", {})),
        (405, client.delete("/")),
        (400, client.get("/sign-in", headers={"host": "elsewhere.example"})),
        (413, client.generic("POST", "/sign-in", b"x", CONTENT_LENGTH="25000001")),
        (401, Client().get("/exercises.json")),
    ]

    def breaks(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("wayforward.pages.views.visible_exercises", breaks)
    client.raise_request_exception = False
    told.append((500, client.get("/")))
    for status, answer in told:
        assert answer.status_code == status
        assert answer["Content-Security-Policy"] == POLICY, status
        assert answer["X-Frame-Options"] == "DENY", status
        assert refused_in(answer) == [], status
