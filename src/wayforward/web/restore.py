"""A workbench from a backup: nothing is put in place before all of the backup has been read and found whole.

What is there already is refused, or, where that is asked for, set aside: SQLite's files in a folder, PostgreSQL's
tables in a schema of their own. Nothing is deleted.
"""

import json
import os
import shutil
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from wayforward import __version__
from wayforward.records.base import exercise_model
from wayforward.records.proof import links_of, walk
from wayforward.web.backup import (
    A_FILE,
    ASIDE,
    DATABASE,
    FORMAT,
    MANIFEST,
    CantBeKept,
    Kept,
    chains,
    digest_of,
    figures,
    program_of,
    run,
    server,
)
from wayforward.web.home import database_file, database_files

LONGEST_MANIFEST = 64_000_000
A_PIECE = 1 << 20


def restore(source: Path, replace: bool = False) -> tuple[Kept, str]:
    """Fill a workbench from a backup, and check what came. Raises CantBeKept and OSError.

    Returns what came, and where what was there before is kept ('' where nothing was). Where filling fails, what was
    there is put back.
    """
    if not replace:
        refuse_unless_empty()
    settings.HOME.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.HOME, prefix=".restore-") as work:
        manifest = unpacked(source, Path(work))
        _refuse_another_kind(manifest)
        aside = _set_aside() if _something_there() else None
        filled = False
        try:
            dump = Path(work) / DATABASE[connection.vendor]
            _fill_sqlite(dump) if connection.vendor == "sqlite" else _fill_postgresql(dump)
            filled = True
            if chains() != manifest["chains"]:
                raise CantBeKept(
                    "The log of changes that came is not that of the backup: use another backup."
                )
            if (Path(work) / "files").is_dir():
                shutil.copytree(Path(work) / "files", settings.HOME / "files", dirs_exist_ok=True)
        except BaseException:
            _undo(aside, filled)
            raise
    return figures(manifest, source.stat().st_size), str(aside or "")


def broken_logs() -> list[str]:
    """Where the log of an exercise does not hold, an exercise a line: each event is compared with those before it."""
    found = []
    for exercise in exercise_model().objects.order_by("code"):
        walked = walk(links_of(exercise))
        if walked.bad is not None:
            found.append(f"{exercise.code}: {walked.bad}")
    return found


def refuse_unless_empty() -> None:
    """Raise CantBeKept where there is something that a restore would mix with or overwrite."""
    if _something_there():
        raise CantBeKept(
            f"There is a workbench already ({database_file() or connection.settings_dict['NAME']}). Restore into a "
            "new WAYFORWARD_HOME or an empty database; or stop the workbench and add --replace, which keeps what is "
            "there aside."
        )


def _something_there() -> bool:
    path = database_file()
    return path.exists() if path else bool(connection.introspection.table_names())


def _refuse_another_kind(manifest: dict[str, Any]) -> None:
    """Only a backup of the same kind of database, and of no newer version, is put in place."""
    try:
        figures(manifest, 0)
        done = {str(one) for one in manifest.get("migrations", ())}
    except (AttributeError, IndexError, KeyError, TypeError) as error:
        raise CantBeKept("The backup does not say what it holds: use another backup.") from error
    if manifest["database"] != connection.vendor:
        raise CantBeKept(
            f"The backup is of a {manifest['database']} database, and DATABASE_URL names one of "
            f"{connection.vendor}: set it to the same kind."
        )
    known = {
        f"{app} {name}" for app, name in MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    }
    if newer := sorted(done - known):
        raise CantBeKept(
            f"The backup was written by a newer version, {manifest['version']}: this one, {__version__}, does not know "
            f"the tables of {newer[0]}. Install that version or a later one, and restore with it."
        )


@dataclass(frozen=True)
class Aside:
    """Where what was there is kept: a folder, or a schema of the database."""

    name: str

    @property
    def folder(self) -> Path:
        return Path(settings.HOME) / self.name

    def __str__(self) -> str:
        return (
            str(self.folder) if connection.vendor == "sqlite" else f"the schema {self.name} of the database"
        )


def _set_aside() -> Aside:
    """Move what is there out of the way."""
    aside = Aside(f"{ASIDE}{timezone.now():%Y%m%d_%H%M%S}")
    if connection.vendor == "sqlite":
        connection.close()
        aside.folder.mkdir(mode=0o700)
        for path in database_files():
            path.rename(aside.folder / path.name)
        return aside
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"ALTER SCHEMA public RENAME TO {aside.name}")
        _new_schema(cursor)
    return aside


def _undo(aside: Aside | None, filled: bool) -> None:
    """Take away what came, as far as it did, and put back what was there."""
    connection.close()
    if connection.vendor == "sqlite":
        _undo_sqlite(aside, filled)
    elif aside or filled:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            if aside:
                cursor.execute(f"ALTER SCHEMA {aside.name} RENAME TO public")
            else:
                _new_schema(cursor)


def _undo_sqlite(aside: Aside | None, filled: bool) -> None:
    home = database_file()
    for path in database_files() if filled else ():
        path.unlink()
    if aside and home:
        for path in aside.folder.iterdir():
            path.rename(home.with_name(path.name))
        aside.folder.rmdir()


def _new_schema(cursor: Any) -> None:
    """As a new database of PostgreSQL 15 has it, so that a backup of it is like any other."""
    cursor.execute("CREATE SCHEMA public AUTHORIZATION pg_database_owner")
    cursor.execute("GRANT USAGE ON SCHEMA public TO PUBLIC")


def _fill_sqlite(dump: Path) -> None:
    path = database_file()
    if path is None:
        raise CantBeKept("A database in memory can't be restored into.")
    dump.chmod(0o600)
    connection.close()
    os.link(dump, path)  # fails where a file has come there meanwhile


def _fill_postgresql(dump: Path) -> None:
    program = program_of("pg_restore")
    connection.close()
    with server() as (where, environment):
        run(
            [program, *where, "--single-transaction", "--exit-on-error", "--no-owner", str(dump)], environment
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
                raise CantBeKept(
                    f"{source} was written by another version ({str(manifest.get('version'))[:40]}), in a form that "
                    f"this one ({__version__}) does not read: restore it with that version."
                )
            wanted = dict(manifest["sha256"])
            while (member := tar.next()) is not None:
                _take(tar, member, wanted, to)
    except (tarfile.TarError, ValueError, KeyError, TypeError, AttributeError, EOFError) as error:
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
    if digest_of(path) != wanted.pop(member.name):
        raise CantBeKept(f"{member.name} in the backup is not as it was written: use another backup.")


def _content(tar: tarfile.TarFile, member: tarfile.TarInfo) -> Any:
    content = tar.extractfile(member)
    if content is None:
        raise CantBeKept(f"{member.name} in the backup can't be read.")
    return content
