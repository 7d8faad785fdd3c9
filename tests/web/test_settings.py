"""Settings that can't be used are told in a sentence, with status 2."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from wayforward.web.secret import secret_key

COMMAND = (sys.executable, "-c", "from wayforward.cli import main; main()")


def run(home: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("WAYFORWARD_")}
    kept.pop("DATABASE_URL", None)
    return subprocess.run(
        [*COMMAND, *arguments],
        env={**kept, "WAYFORWARD_HOME": str(home), **settings},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("WAYFORWARD_HOME", "/dev/null", "is no folder"),
        ("WAYFORWARD_HOME", "/dev/null/below", "is no folder"),
        ("WAYFORWARD_URL", "127.0.0.1:8815", "Write it as http://127.0.0.1:8000"),
        ("WAYFORWARD_URL", "http://", "Write it as http://127.0.0.1:8000"),
        ("WAYFORWARD_URL", "http://127.0.0.1:abc", "Write it as http://127.0.0.1:8000"),
        ("WAYFORWARD_URL", "https://example.org/way", "with no path after it"),
        ("DATABASE_URL", "nonsense", "Write it as postgres://"),
        ("DATABASE_URL", "mysql://a:secret@h/n", "Write it as postgres://"),
        ("DATABASE_URL", "postgres://a:secret@h:port/n", "Write it as postgres://"),
    ],
)
def test_a_bad_setting_is_a_sentence(tmp_path: Path, name: str, value: str, said: str) -> None:
    answer = run(tmp_path / "home", "people", "list", **{name: value})
    assert answer.returncode == 2, answer.stderr
    assert said in answer.stderr
    assert "Traceback" not in answer.stderr
    assert "secret" not in answer.stderr


def test_a_broken_database_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "wayforward.sqlite3").write_text(
        "this is no database, but long enough to be read as one. " * 20
    )
    answer = run(tmp_path, "people", "list")
    assert answer.returncode == 2, answer.stderr
    assert "file is not a database" in answer.stderr
    assert "wayforward.sqlite3" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_an_address_that_cant_be_listened_at_is_misuse(tmp_path: Path) -> None:
    answer = run(tmp_path, "serve", "--bind", "127.0.0.1:99999", WAYFORWARD_ASSETS=str(tmp_path))
    assert answer.returncode == 2, answer.stderr
    assert "Give one as 127.0.0.1:8000" in answer.stderr


def test_what_is_kept_is_for_its_owner_alone(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert run(home, "people", "list").returncode == 0
    assert home.stat().st_mode & 0o777 == 0o700
    assert "wayforward.sqlite3" in {path.name for path in home.iterdir()}
    for path in home.rglob("*"):
        assert path.stat().st_mode & 0o077 == 0, path.name


def test_a_home_that_stood_open_is_closed(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o755)
    (home / "wayforward.sqlite3").touch(mode=0o644)
    assert run(home, "people", "list").returncode == 0
    assert home.stat().st_mode & 0o777 == 0o700
    assert (home / "wayforward.sqlite3").stat().st_mode & 0o777 == 0o600


def test_two_first_starts_at_once_both_work(tmp_path: Path) -> None:
    environment = {**os.environ, "WAYFORWARD_HOME": str(tmp_path)}
    environment.pop("DATABASE_URL", None)
    both = [
        subprocess.Popen([*COMMAND, "people", "list"], env=environment, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    for one in both:
        _, said = one.communicate(timeout=120)
        assert one.returncode == 0, said


def test_a_start_that_others_keep_waiting_says_so(
    settings: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from wayforward.pages.alone import alone
    from wayforward.web import home

    monkeypatch.setattr(home, "OTHERS_TAKE_AT_MOST", 0)
    with alone(tmp_path / "lock"), pytest.raises(home.NotReady, match="Wait until it has ended"):
        home.prepare_database()


def test_an_empty_key_is_made_anew_and_then_kept(tmp_path: Path) -> None:
    (tmp_path / "secret-key").touch()
    made = secret_key(tmp_path, "")
    assert len(made) == 64  # 48 bytes as text, four characters for three
    assert secret_key(tmp_path, "") == made
    assert [path.name for path in tmp_path.iterdir()] == ["secret-key"]
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600


def test_a_key_that_is_given_is_not_kept(tmp_path: Path) -> None:
    assert secret_key(tmp_path, "given") == "given"
    assert list(tmp_path.iterdir()) == []
