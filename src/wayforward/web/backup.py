"""A whole workbench in one file, and back: the database as it is at one moment, and the files that evidence holds.

The file is a tar: `manifest.json` first, then the database, then the files. The secret key is not in it: whoever finds
a backup can't sign in with it. Without it people sign in anew after a restore, and set up second factors anew.
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
LONGEST_MANIFEST = 64_000_000
A_PIECE = 1 << 20


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
        chains = _dump_sqlite(dump) if connection.vendor == "sqlite" else _dump_postgresql(dump)
        members = {dump.name: dump} | _files()
        manifest = {
            "format": FORMAT,
            "version": __version__,
            "made": timezone.now().isoformat(timespec="seconds"),
            "database": connection.vendor,
            "chains": chains,
            "sha256": {name: _digest(path) for name, path in members.items()},
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
    return _figures(manifest, to.stat().st_size)


def restore(source: Path) -> Kept:
    """Fill an empty workbench from a backup, and check what came. Raises CantBeKept and OSError.

    Nothing is put in place before every part of the backup has been read and found whole.
    """
    refuse_unless_empty()
    settings.HOME.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.HOME, prefix=".restore-") as work:
        manifest = unpacked(source, Path(work))
        if manifest["database"] != connection.vendor:
            raise CantBeKept(
                f"The backup is of a {manifest['database']} database, and DATABASE_URL names one of "
                f"{connection.vendor}: set it to the same kind."
            )
        if (Path(work) / "files").is_dir():
            shutil.copytree(Path(work) / "files", settings.HOME / "files", dirs_exist_ok=True)
        dump = Path(work) / DATABASE[connection.vendor]
        _fill_sqlite(dump) if connection.vendor == "sqlite" else _fill_postgresql(dump)
    if chains() != manifest["chains"]:
        raise CantBeKept("The log of changes that came is not that of the backup: do not use this workbench.")
    return _figures(manifest, source.stat().st_size)


def refuse_unless_empty() -> None:
    """Raise CantBeKept where there is something that a restore would mix with or overwrite."""
    path = database_file()
    held = path.exists() if path else bool(connection.introspection.table_names())
    if held:
        raise CantBeKept(
            f"There is a workbench already ({path or connection.settings_dict['NAME']}). Restore into a new "
            "WAYFORWARD_HOME or an empty database."
        )


def unpacked(source: Path, to: Path) -> dict[str, Any]:
    """Read a backup into a folder and return its manifest. Raises CantBeKept where it is not whole."""
    try:
        with tarfile.open(source, "r:") as tar:
            first = tar.next()
            if first is None or first.name != MANIFEST or first.size > LONGEST_MANIFEST:
                raise CantBeKept(f"{source} is no backup of a workbench.")
            manifest: dict[str, Any] = json.loads(_content(tar, first).read())
            if manifest.get("format") != FORMAT:
                raise CantBeKept(f"{source} was written by another version ({manifest.get('version')}).")
            wanted = dict(manifest["sha256"])
            while (member := tar.next()) is not None:
                _take(tar, member, wanted, to)
    except (tarfile.TarError, ValueError, KeyError, EOFError) as error:
        raise CantBeKept(f"{source} is no backup of a workbench, or it is not whole.") from error
    if wanted:
        raise CantBeKept(f"{source} is not whole: {len(wanted)} of its parts are missing.")
    return manifest


def _take(tar: tarfile.TarFile, member: tarfile.TarInfo, wanted: dict[str, str], to: Path) -> None:
    """Write one part, where the manifest names it and no name leads elsewhere."""
    known = member.name in DATABASE.values() or A_FILE.fullmatch(member.name)
    if not member.isreg() or not known or member.name not in wanted:
        raise CantBeKept(f"The backup holds {member.name!r}, which is no part of one.")
    path = to / member.name
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        shutil.copyfileobj(_content(tar, member), file, A_PIECE)
    if _digest(path) != wanted.pop(member.name):
        raise CantBeKept(f"{member.name} in the backup is not as it was written: use another backup.")


def _content(tar: tarfile.TarFile, member: tarfile.TarInfo) -> Any:
    content = tar.extractfile(member)
    if content is None:
        raise CantBeKept(f"{member.name} in the backup can't be read.")
    return content


def chains() -> dict[str, list[Any]]:
    """Of each exercise's log of changes: how many there are, and the hash of the last."""
    found: dict[str, list[Any]] = {}
    for code, pk in exercise_model().objects.values_list("code", "pk"):
        of = Event.objects.filter(exercise_id=pk)
        last = of.order_by("-sequence").values_list("hash", flat=True).first()
        found[code] = [of.count(), last or START]
    return found


def _dump_sqlite(to: Path) -> dict[str, list[Any]]:
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
        return {code: [many, last or START] for code, many, last in rows}


def _fill_sqlite(dump: Path) -> None:
    path = database_file()
    if path is None:
        raise CantBeKept("A database in memory can't be restored into.")
    dump.chmod(0o600)
    connection.close()
    os.link(dump, path)  # fails where a file has come there meanwhile


def _dump_postgresql(to: Path) -> dict[str, list[Any]]:
    """By pg_dump, of the very moment at which the logs are counted."""
    program = _program("pg_dump")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone()
        told = chains()
        with _server() as (where, environment):
            _run(
                [program, *where, "--format=custom", f"--snapshot={snapshot}", "--no-owner", f"--file={to}"],
                environment,
            )
    return told


def _fill_postgresql(dump: Path) -> None:
    program = _program("pg_restore")
    connection.close()
    with _server() as (where, environment):
        _run(
            [program, *where, "--single-transaction", "--exit-on-error", "--no-owner", str(dump)], environment
        )


@contextmanager
def _server() -> Iterator[tuple[list[str], dict[str, str]]]:
    """The database for PostgreSQL's programs; its password goes by the environment, where no list of processes
    shows it."""
    named = connection.settings_dict
    where = [f"--dbname={named['NAME']}", "--no-password"]
    where += [f"--host={named['HOST']}"] if named["HOST"] else []
    where += [f"--port={named['PORT']}"] if named["PORT"] else []
    where += [f"--username={named['USER']}"] if named["USER"] else []
    yield where, {**os.environ, "PGPASSWORD": named["PASSWORD"] or ""}


def _run(command: list[str], environment: dict[str, str]) -> None:
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        said = " ".join(done.stderr.split())[:500]
        raise CantBeKept(f"{Path(command[0]).name} failed: {said}")


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise CantBeKept(f"{name} is not on the path: install PostgreSQL's client programs.")
    return found


def _files() -> dict[str, Path]:
    """The files that evidence holds, by their name in the backup."""
    folder = settings.HOME / "files"
    every = {f"files/{p.parent.name}/{p.name}": p for p in sorted(folder.glob("??/*")) if p.is_file()}
    return {name: path for name, path in every.items() if A_FILE.fullmatch(name)}


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _nobody(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    member.mode = 0o600
    return member


def _figures(manifest: dict[str, Any], size: int) -> Kept:
    every = list(manifest["chains"].values())
    files = sum(name.startswith("files/") for name in manifest["sha256"])
    return Kept(manifest["database"], len(every), sum(one[0] for one in every), files, size)
