"""The commands verify and recompute, as an operator types them."""

from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner, Result

from tests.report.signing.ready import Town
from wayforward.cli import signing
from wayforward.records.models import Event
from wayforward.report.signing import bundle

app = typer.Typer()
signing.add_to(app)
pytestmark = pytest.mark.django_db


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(one) for one in arguments])


@pytest.fixture
def signed(db: None, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    settings.HOME = tmp_path
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    monkeypatch.setattr(signing, "prepare_database", lambda: None)  # the test's own is ready
    town = Town()
    town.make_ready()
    return town.sign()


def test_verify_and_recompute_of_what_is_as_it_was_signed(signed: Any, tmp_path: Path) -> None:
    path = tmp_path / "options-report.pdf"
    path.write_bytes(bundle.unpacked(bytes(signed.bundle))["report/options-report.pdf"])
    for what in (path, "TOWN"):
        answer = run("verify", what)
        assert answer.exit_code == 0, answer.stderr
        assert "No change found." in answer.stdout
    again = run("recompute", "TOWN", "1.0")
    assert again.exit_code == 0, again.stderr
    assert "the same to the byte" in again.stdout


def test_verify_names_the_first_bad_event_and_ends_with_1(signed: Any) -> None:
    Event.objects.filter(exercise=signed.exercise, sequence=4).update(row="{}")
    answer = run("verify", "TOWN")
    assert answer.exit_code == 1
    assert "The first bad event. Event 4 (" in answer.stderr
    assert "what it says is not what was written" in answer.stderr


def test_a_head_typed_from_paper_is_found_or_not_found(signed: Any) -> None:
    in_groups = " ".join(signed.head[place : place + 8] for place in range(0, 64, 8)).upper()
    for head in (signed.head, in_groups, signed.head[:16]):
        answer = run("verify", "TOWN", "--head", head)
        assert answer.exit_code == 0, answer.stderr
        assert f"was found: it is the hash of event {signed.sequence}" in " ".join(answer.stdout.split())
        assert "at which version 1.0 was sealed" in " ".join(answer.stdout.split())
    last = "1" if signed.head[-1] == "0" else "0"
    mistyped = run("verify", "TOWN", "--head", signed.head[:-1] + last)
    assert mistyped.exit_code == 1
    assert "was not found: no event of this log has that hash" in " ".join(mistyped.stderr.split())
    for head in (signed.head[:15], "g" * 64, f"{signed.head}0", "%" * 20):
        answer = run("verify", "TOWN", "--head", head)
        assert (answer.exit_code, "64 signs" in answer.stderr) == (2, True), head


def test_a_head_of_a_log_that_was_written_anew_is_not_found(signed: Any) -> None:
    # The whole suffix anew, as somebody with the database could write it: the paper still holds the old head.
    Event.objects.filter(exercise=signed.exercise, sequence=signed.sequence).update(hash="0" * 64)
    answer = run("verify", "TOWN", "--head", signed.head)
    assert answer.exit_code == 1
    assert "was not found" in answer.stderr


def test_misuse(signed: Any, tmp_path: Path) -> None:
    draft = tmp_path / "draft.html"
    draft.write_text("<p>A draft</p>")
    for arguments, words in (
        (("verify", draft), "holds no seal"),
        (("verify", "NONE"), "There is no exercise 'NONE'"),
        (("verify", "lost.pdf"), "There is no file 'lost.pdf'"),
        (("recompute", "TOWN", "9.0"), "There is no signed version '9.0' of TOWN; there are: 1.0."),
    ):
        answer = run(*arguments)
        assert answer.exit_code == 2, words
        assert words in answer.stderr
    missing = run("verify", "TOWN", "--number", "9.0")
    assert (missing.exit_code, "There is no signed version 9.0" in missing.stderr) == (1, True)
