"""Backup and restore on a real database: what comes back is what was there, and nothing broken is let in."""

import hashlib
import io
import json
import tarfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import BOTH, asked, command, empty_database, script
from wayforward.web.backup import CantBeKept, unpacked

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
    # What is there is not mixed with.
    assert "already" in command(new, elsewhere, "restore", kept, status=1).stderr


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
