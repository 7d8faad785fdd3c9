"""A whole workbench in one file: the database as it is at one moment, and the files that evidence holds.

The file is a tar: `manifest.json` first, then the database, then the files; restore.py reads it. The secret key is not
in it: whoever finds a backup can't sign in with it. Without it people sign in anew after a restore, and set up second
factors anew.
"""

import hashlib
import json
import os
import re
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from wayforward import __version__
from wayforward.records.base import exercise_model
from wayforward.records.events import START
from wayforward.records.models import Event
from wayforward.web.home import database_file

MANIFEST = "manifest.json"
DATABASE = {"sqlite": "database.sqlite3", "postgresql": "database.pgdump"}
A_FILE = re.compile(r"files/[0-9a-f]{2}/[0-9a-f]{64}")
FORMAT = 1
ASIDE = "replaced_"  # what was there before a restore keeps beside what came
Told = tuple[dict[str, list[Any]], list[str]]  # the logs' ends by exercise, and the migrations done


class CantBeKept(Exception):
    """It can't be backed up or restored; the message says why and what to do."""


@dataclass(frozen=True)
class Kept:
    """What a backup holds, in figures."""

    vendor: str
    exercises: int
    events: int
    files: int
    size: int


def backup(to: Path) -> Kept:
    """Write a backup, whole or not at all, while others go on working. Raises CantBeKept and OSError."""
    if to.exists():
        raise CantBeKept(f"{to} is there already: name a new file.")
    if not to.parent.is_dir():
        raise CantBeKept(f"There is no folder {to.parent}: make it first.")
    with tempfile.TemporaryDirectory(dir=to.parent, prefix=".backup-") as work:
        dump = Path(work) / DATABASE[connection.vendor]
        chains, migrations = _dump_sqlite(dump) if connection.vendor == "sqlite" else _dump_postgresql(dump)
        members = {dump.name: dump} | _files()
        manifest = {
            "format": FORMAT,
            "version": __version__,
            "made": timezone.now().isoformat(timespec="seconds"),
            "database": connection.vendor,
            "migrations": migrations,
            "chains": chains,
            "sha256": {name: digest_of(path) for name, path in members.items()},
        }
        fresh = Path(work) / "backup.tar"
        with tarfile.open(fresh, "w", format=tarfile.PAX_FORMAT) as tar:
            note = Path(work) / MANIFEST
            note.write_text(json.dumps(manifest, indent=1, sort_keys=True), encoding="utf-8")
            for name, path in {MANIFEST: note, **members}.items():
                tar.add(path, name, filter=_nobody)
        fresh.chmod(0o600)
        with fresh.open("rb") as file:
            os.fsync(file.fileno())
        os.link(fresh, to)  # never over what somebody put there meanwhile
    return figures(manifest, to.stat().st_size)


def chains() -> dict[str, list[Any]]:
    """Of each exercise's log of changes: how many there are, and the hash of the last."""
    found: dict[str, list[Any]] = {}
    for code, pk in exercise_model().objects.values_list("code", "pk"):
        of = Event.objects.filter(exercise_id=pk)
        last = of.order_by("-sequence").values_list("hash", flat=True).first()
        found[code] = [of.count(), last or START]
    return found


def migrations_done() -> list[str]:
    """The steps by which the database's tables came to what they are, as 'exercise 0001_initial'."""
    done = MigrationRecorder(connection).migration_qs.values_list("app", "name")
    return sorted(f"{app} {name}" for app, name in done)


def _dump_sqlite(to: Path) -> Told:
    """A copy as at one moment, by SQLite's own backup, which lets writers go on."""
    path = database_file()
    if path is None or not path.exists():
        raise CantBeKept("There is no workbench yet: nothing is to be backed up.")
    with closing(sqlite3.connect(path, timeout=20)) as here, closing(sqlite3.connect(to)) as there:
        here.backup(there)
        there.execute("PRAGMA journal_mode=DELETE")
        if there.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise CantBeKept(f"{path} is damaged: PRAGMA integrity_check does not answer ok.")
        rows = there.execute(
            "SELECT x.code, count(e.id), (SELECT hash FROM records_event l WHERE l.exercise_id = x.id "
            "ORDER BY sequence DESC LIMIT 1) FROM exercise_exercise x "
            "LEFT JOIN records_event e ON e.exercise_id = x.id GROUP BY x.id, x.code"
        )
        told = {code: [many, last or START] for code, many, last in rows}
        steps = there.execute("SELECT app, name FROM django_migrations")
        return told, sorted(f"{app} {name}" for app, name in steps)


def _dump_postgresql(to: Path) -> Told:
    """By pg_dump, of the very moment at which the logs are counted."""
    program = program_of("pg_dump")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone()
        told = chains(), migrations_done()
        with server() as (where, environment):
            run(
                [
                    *(program, *where, "--format=custom", f"--snapshot={snapshot}", "--no-owner"),
                    *(f"--exclude-schema={ASIDE}*", f"--file={to}"),
                ],
                environment,
            )
    return told


@contextmanager
def server() -> Iterator[tuple[list[str], dict[str, str]]]:
    """The database for PostgreSQL's programs; its password goes by the environment, where no list of processes
    shows it."""
    named = connection.settings_dict
    where = [f"--dbname={named['NAME']}", "--no-password"]
    where += [f"--host={named['HOST']}"] if named["HOST"] else []
    where += [f"--port={named['PORT']}"] if named["PORT"] else []
    where += [f"--username={named['USER']}"] if named["USER"] else []
    yield where, {**os.environ, "PGPASSWORD": named["PASSWORD"] or ""}


def run(command: list[str], environment: dict[str, str]) -> None:
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        said = " ".join(done.stderr.split())[:500]
        raise CantBeKept(f"{Path(command[0]).name} failed: {said}")


def program_of(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise CantBeKept(f"{name} is not on the path: install PostgreSQL's client programs.")
    return found


def _files() -> dict[str, Path]:
    """The files that evidence holds, by their name in the backup."""
    folder = settings.HOME / "files"
    every = {f"files/{p.parent.name}/{p.name}": p for p in sorted(folder.glob("??/*")) if p.is_file()}
    return {name: path for name, path in every.items() if A_FILE.fullmatch(name)}


def digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _nobody(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    member.mode = 0o600
    return member


def figures(manifest: dict[str, Any], size: int) -> Kept:
    every = list(manifest["chains"].values())
    files = sum(name.startswith("files/") for name in manifest["sha256"])
    return Kept(manifest["database"], len(every), sum(one[0] for one in every), files, size)
