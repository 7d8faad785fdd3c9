"""Backup and restore on a real database: what comes back is what was there, and nothing broken is let in."""

import hashlib
import io
import json
import re
import sqlite3
import tarfile
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.databases import BOTH, asked, command, empty_database, script
from wayforward import __version__
from wayforward.web.backup import CantBeKept
from wayforward.web.restore import unpacked

SMALL = Path(__file__).parents[1] / "casefile" / "small_case"
DIGEST = "ab" * 32
EVENTS = "SELECT sequence, hash, record, row FROM records_event ORDER BY exercise_id, sequence"
SAVES = """
import django
django.setup()
from wayforward.exercise.models import Exercise
from wayforward.records.save import save
for number in range(60):
    row = Exercise.objects.get(code="TOWN")
    row.notice = f"notice {number}"
    save(row, row.version, "person 1")
"""


@pytest.fixture(params=BOTH)
def database(request: pytest.FixtureRequest) -> Iterator[dict[str, str]]:
    with empty_database(request.param) as found:
        yield found


@pytest.fixture
def elsewhere(database: dict[str, str]) -> Iterator[dict[str, str]]:
    with empty_database("postgres" if database else "sqlite") as found:
        yield found


def workbench(home: Path, database: dict[str, str]) -> None:
    command(home, database, "import", SMALL)
    file = home / "files" / "ab" / DIGEST
    file.parent.mkdir(parents=True)
    file.write_bytes(b"a plan of the library")


@pytest.mark.timeout(600)  # six programs, four of which make every table
def test_what_comes_back_is_what_was_there(
    tmp_path: Path, database: dict[str, str], elsewhere: dict[str, str]
) -> None:
    """Taken while somebody saves: the copy is of one moment, its log a beginning of the whole one."""
    old, new, kept = tmp_path / "old", tmp_path / "new", tmp_path / "kept.tar"
    workbench(old, database)
    before = len(asked(old, database, EVENTS))
    writer = threading.Thread(target=script, args=(SAVES, old, database))
    writer.start()
    command(old, database, "backup", kept)
    writer.join()
    said = command(new, elsewhere, "restore", kept).stdout
    here, there = asked(old, database, EVENTS), asked(new, elsewhere, EVENTS)
    assert len(here) == before + 60
    assert before <= len(there) <= before + 60
    assert there == here[: len(there)]
    assert f"{len(there):,} changes and 1 files" in said
    assert (new / "files" / "ab" / DIGEST).read_bytes() == b"a plan of the library"
    assert kept.stat().st_mode & 0o077 == 0
    with tarfile.open(kept) as tar:
        assert not [name for name in tar.getnames() if "secret" in name]
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []
    assert "it holds" in said
    # What is there is not mixed with.
    assert "already" in command(new, elsewhere, "restore", kept, status=1).stderr
    manifest = manifest_of(kept)
    assert manifest["version"] == __version__
    assert {"exercise 0001_initial", "people 0001_initial"} <= set(manifest["migrations"])


def manifest_of(kept: Path) -> Any:
    with tarfile.open(kept) as tar:
        return json.loads(tar.extractfile("manifest.json").read())  # type: ignore[union-attr]  # it is there


def rewritten(kept: Path, to: Path, **said: object) -> Path:
    """The same backup with something else in its manifest."""
    with tarfile.open(kept) as tar:
        parts = {one.name: tar.extractfile(one).read() for one in tar.getmembers()}  # type: ignore[union-attr]
    manifest = json.loads(parts.pop("manifest.json")) | said
    return written(to, parts, manifest)


RENAMED = """
import django
django.setup()
from wayforward.exercise.models import Exercise
Exercise.objects.update(title="Meanwhile")
"""
TITLES = "SELECT title FROM exercise_exercise"
UNDONE = "UPDATE records_event SET actor = 'somebody' WHERE sequence = 7"


@pytest.mark.timeout(600)
def test_in_place_of_what_is_there_which_is_kept_aside(tmp_path: Path, database: dict[str, str]) -> None:
    home, kept = tmp_path / "home", tmp_path / "kept.tar"
    workbench(home, database)
    (before,) = asked(home, database, TITLES)
    command(home, database, "backup", kept)
    script(RENAMED, home, database)
    # A backup that is refused, or that can't be filled from, leaves what is there as it is.
    newer = rewritten(kept, tmp_path / "newer.tar", version="9.0", migrations=["exercise 0099_later"])
    said = command(home, database, "restore", newer, "--replace", status=1).stderr
    assert "a newer version, 9.0" in said
    assert "exercise 0099_later" in said
    other = rewritten(kept, tmp_path / "other.tar", chains={"TOWN": [1, "0" * 64]})
    assert "not that of the backup" in command(home, database, "restore", other, "--replace", status=1).stderr
    assert asked(home, database, TITLES) == [("Meanwhile",)]
    assert [path.name for path in home.iterdir() if path.name.startswith(("replaced_", ".restore"))] == []
    # One that is whole takes its place, and what was there is kept.
    said = command(home, database, "restore", kept, "--replace").stdout
    assert asked(home, database, TITLES) == [before]
    aside = re.search(r"replaced_\d{8}_\d{6}", said)
    assert aside, said
    assert kept_aside(home, database, aside[0]) == [("Meanwhile",)]
    # The next backup holds what came, without what was set aside.
    command(home, database, "backup", tmp_path / "again.tar")
    assert manifest_of(tmp_path / "again.tar")["chains"] == manifest_of(kept)["chains"]
    command(home, database, "restore", tmp_path / "again.tar", "--replace")
    assert asked(home, database, TITLES) == [before]


def kept_aside(home: Path, database: dict[str, str], name: str) -> list[tuple[object, ...]]:
    if database:
        return asked(home, database, TITLES.replace("exercise_exercise", f"{name}.exercise_exercise"))
    assert (home / name).stat().st_mode & 0o077 == 0
    return asked(home / name, database, TITLES)


@pytest.mark.timeout(600)
def test_a_log_that_was_broken_before_the_backup_is_told_where(
    tmp_path: Path, database: dict[str, str]
) -> None:
    home, kept = tmp_path / "home", tmp_path / "kept.tar"
    workbench(home, database)
    tamper(home, database)
    command(home, database, "backup", kept)
    answer = command(home, database, "restore", kept, "--replace", status=1)
    assert "TOWN: Event 7 (" in answer.stderr
    assert "what it says is not what was written" in answer.stderr
    assert "Restored 1 exercises" in answer.stdout


def tamper(home: Path, database: dict[str, str]) -> None:
    """By whoever can write to the database: the triggers that keep the log as it is are no bar to them."""
    if database:
        import psycopg

        with psycopg.connect(database["DATABASE_URL"]) as server:
            server.execute("SET session_replication_role = replica")
            server.execute(UNDONE.encode())
        return
    with closing(sqlite3.connect(home / "wayforward.sqlite3")) as file:
        triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        for (name,) in file.execute(triggers).fetchall():
            file.execute(f"DROP TRIGGER {name}")
        file.execute(UNDONE)
        file.commit()


def written(to: Path, parts: dict[str, bytes], manifest: dict[str, object]) -> Path:
    with tarfile.open(to, "w") as out:
        for name, data in {"manifest.json": json.dumps(manifest).encode(), **parts}.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            out.addfile(member, io.BytesIO(data))
    return to


NAME = f"files/ab/{DIGEST}"
GOOD = {"format": 1, "version": "0", "sha256": {NAME: hashlib.sha256(b"plan").hexdigest()}}


def test_a_backup_that_is_whole_is_unpacked(tmp_path: Path) -> None:
    assert unpacked(written(tmp_path / "a.tar", {NAME: b"plan"}, GOOD), tmp_path / "to") == GOOD
    assert (tmp_path / "to" / NAME).read_bytes() == b"plan"


@pytest.mark.parametrize(
    ("parts", "manifest", "said"),
    [
        ({NAME: b"plot"}, GOOD, "is not as it was written"),
        ({}, GOOD, "1 of its parts are missing"),
        ({NAME: b"plan"}, {**GOOD, "format": 99}, "another version"),
        ({"../stray": b"x", NAME: b"plan"}, GOOD, "no part of one"),
        ({"files/ab/../../stray": b"x"}, GOOD, "no part of one"),
        ({NAME: b"plan"}, {"format": 1}, "not whole"),
        ({NAME: b"plan"}, {"format": 1, "sha256": 5}, "not whole"),
        ({NAME: b"plan"}, {**GOOD, "format": 2, "version": "9.0"}, "another version .9.0."),
    ],
)
def test_one_that_is_not_is_refused(
    tmp_path: Path, parts: dict[str, bytes], manifest: dict[str, object], said: str
) -> None:
    with pytest.raises(CantBeKept, match=said):
        unpacked(written(tmp_path / "a.tar", parts, manifest), tmp_path / "to")
    assert not (tmp_path / "stray").exists()


def test_one_that_was_cut_short_is_refused(tmp_path: Path) -> None:
    whole = written(tmp_path / "a.tar", {NAME: b"plan"}, GOOD).read_bytes()
    for length in (0, 100, 600, 1100):
        (tmp_path / "short.tar").write_bytes(whole[:length])
        with pytest.raises(CantBeKept):
            unpacked(tmp_path / "short.tar", tmp_path / "to")
