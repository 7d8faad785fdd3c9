"""What every answer carries, and what is answered where something is wrong."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, RequestFactory

from wayforward.web import problems
from wayforward.web.headers import POLICY

pytestmark = pytest.mark.django_db


def test_the_policy_allows_no_script_or_style_but_our_own() -> None:
    rules = dict(rule.strip().split(" ", 1) for rule in POLICY.split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == "'self'"
    assert rules["style-src"] == "'self'"
    assert "unsafe" not in POLICY


@pytest.mark.parametrize("address", ["/sign-in", "/healthz", "/nowhere", "/exercises.json"])
def test_every_answer_carries_the_headers(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer["Content-Security-Policy"] == POLICY
    assert answer["Cache-Control"] == "no-store" or "no-store" in answer["Cache-Control"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"


def test_health_needs_nobody_and_tells_little(client: Client) -> None:
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.content == b"ok\n"


def test_health_says_when_the_database_does_not_answer(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.db import DatabaseError

    def dead(*_: object) -> None:
        raise DatabaseError

    monkeypatch.setattr("wayforward.web.health.Session.objects.exists", dead)
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (503, b"the database does not answer\n")


def test_health_says_when_the_database_is_older_than_the_code(client: Client) -> None:
    from django.db.migrations.recorder import MigrationRecorder

    MigrationRecorder.Migration.objects.filter(app="people").delete()
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (503, b"the database is not up to date\n")


def test_health_says_when_the_database_is_gone(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wayforward.web.health.database_file", lambda: tmp_path / "moved-away")
    assert client.get("/healthz").content == b"the database is not there\n"


def test_health_holds_its_answer_for_a_moment(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr("wayforward.web.health.what_is_wrong", lambda: asked.append(1) or "")
    for _ in range(3):
        assert client.get("/healthz").status_code == 200
    assert len(asked) == 1


def test_health_answers_by_whatever_name_it_is_asked(client: Client) -> None:
    assert client.get("/healthz", headers={"host": "10.0.0.7:8000"}).status_code == 200
    assert client.get("/sign-in", headers={"host": "10.0.0.7:8000"}).status_code == 400


@pytest.mark.parametrize(
    ("view", "status", "title"),
    [
        (problems.bad_request, 400, "The request could not be read"),
        (problems.forbidden, 403, "You may not do this"),
        (problems.not_found, 404, "Page not found"),
        (problems.form_expired, 403, "The page was open too long"),
        (problems.broken, 500, "Something went wrong"),
    ],
)
def test_problems_have_pages_and_twins(view: Any, status: int, title: str) -> None:
    page = view(RequestFactory().get("/x"))
    assert page.status_code == status
    assert f">{title}</h1>" in page.content.decode()
    assert "Wayforward" in page.content.decode()
    twin = view(RequestFactory().get("/x.json"))
    assert twin.status_code == status
    assert twin["Content-Type"] == "application/json"


def test_a_fault_of_ours_shows_no_trace(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.workbench import person

    def breaks(*_: object) -> None:
        raise RuntimeError("a secret detail")

    monkeypatch.setattr("wayforward.pages.views.visible_exercises", breaks)
    client.force_login(person("somebody@example.org"))
    client.raise_request_exception = False
    answer = client.get("/")
    assert answer.status_code == 500
    assert "Something went wrong" in answer.content.decode()
    assert "secret detail" not in answer.content.decode()


def test_a_public_address_passes_the_checks_for_deployment(tmp_path: Path) -> None:
    """Django's own list of what a deployment needs, with every warning a failure."""
    told = subprocess.run(
        [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"],
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "wayforward.web.settings",
            "WAYFORWARD_HOME": str(tmp_path),
            "WAYFORWARD_URL": "https://options.example.org",
            "WAYFORWARD_BEHIND_PROXY": "yes",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr


@pytest.mark.django_db
def test_what_is_too_large_is_refused_before_it_is_read(client: Client) -> None:
    told = client.generic("POST", "/sign-in", b"x", CONTENT_LENGTH="25000001")
    assert told.status_code == 413
    assert "25 MB" in told.content.decode()
    assert client.generic("POST", "/sign-in", b"x", CONTENT_LENGTH="-1").status_code == 413
