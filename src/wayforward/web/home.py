"""The folder that the workbench keeps its data in: closed to others, and its database made ready by one at a time."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from wayforward.pages.alone import alone

CLOSED = 0o077  # nothing for the group, nothing for others
OTHERS_TAKE_AT_MOST = 60  # seconds


class NotReady(Exception):
    """The database can't be made ready; the message says what to do."""


def prepare_database() -> None:
    """Bring the database's tables up to date; a new one is made, for its owner alone. Raises NotReady."""
    home = settings.HOME
    try:
        close(home)
        with closed_files(), alone(home / "lock", OTHERS_TAKE_AT_MOST) as mine:
            if not mine:
                raise NotReady(
                    f"Another program is making {home} ready. Wait until it has ended, then try again."
                )
            if connection.introspection.table_names():
                call_command("migrate", verbosity=0, interactive=False)
            else:
                make_tables()
    except OSError as error:
        raise NotReady(
            f"{home} can't be written ({error.strerror}). Set WAYFORWARD_HOME to a folder that may be."
        ) from error
    except DatabaseError as error:
        raise NotReady(
            f"The database can't be used ({' '.join(str(error).split())}): {_named()}. If it is broken, put a copy "
            "in its place (docs/operations.md); if it is another program's, name another in DATABASE_URL."
        ) from error
    for path in database_files():
        path.chmod(0o600)


def make_tables() -> None:
    """Make every table of an empty database as its model is now, and note each migration as done: all of it or nothing.

    Doing the migrations one after another gives the same tables (a test compares them) and takes twenty times as long,
    for each of a hundred registers refers to the exercise and is worked out anew with each step.
    """
    models = [one for one in apps.get_models() if one._meta.can_migrate(connection)]
    recorder = MigrationRecorder(connection)
    with connection.schema_editor(atomic=True) as editor:
        tables: list[Any] = [recorder.Migration, *(one for one in models if not one._meta.swapped)]
        for model in tables:
            editor.create_model(model)
        for app, name in sorted(MigrationLoader(None, ignore_no_migrations=True).disk_migrations):
            recorder.record_applied(app, name)
    emit_post_migrate_signal(verbosity=0, interactive=False, db=connection.alias)


def close(home: Path) -> None:
    """Make the folder where it is not there, and keep all others out of it where it is ours."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    if home.stat().st_uid == os.getuid():
        home.chmod(0o700)


@contextmanager
def closed_files() -> Iterator[None]:
    """Files that are made within are for their owner alone."""
    before = os.umask(CLOSED)
    try:
        yield
    finally:
        os.umask(before)


def database_file() -> Path | None:
    """The file of an SQLite database on disk; None of any other."""
    name = str(connection.settings_dict["NAME"])
    held = connection.vendor == "sqlite" and name != ":memory:" and "mode=memory" not in name
    return Path(name) if held else None


def database_files() -> list[Path]:
    """That file and those that SQLite keeps beside it, as far as they are there."""
    path = database_file()
    named = [path.with_name(f"{path.name}{end}") for end in ("", "-wal", "-shm")] if path else []
    return [one for one in named if one.exists()]


def _named() -> str:
    path = database_file()
    return str(path) if path else f"{connection.settings_dict['NAME']} at {connection.settings_dict['HOST']}"
