"""Commands that keep a whole workbench in one file and bring it back: backup and restore."""

from pathlib import Path
from typing import Annotated

import typer
from django.db import DatabaseError

from wayforward.cli.saying import plain_errors, stop
from wayforward.cli.store import prepare_database


def add_to(app: typer.Typer) -> None:
    app.command()(backup)
    app.command()(restore)


def backup(to: Annotated[Path, typer.Argument(help="A new file.", metavar="FILE.tar")]) -> None:
    """Write the whole workbench to one file, while people go on working. The secret key is not in it.

    Example: **wayforward backup wayforward-monday.tar**
    """
    from wayforward.web.backup import CantBeKept
    from wayforward.web.backup import backup as write

    with plain_errors():
        try:
            kept = write(to)
        except CantBeKept as error:
            stop(str(error))
        except DatabaseError as error:
            stop(f"The database can't be read ({' '.join(str(error).split())}).")
    typer.echo(
        f"{to}: {kept.exercises:,} exercises with {kept.events:,} changes, {kept.files:,} files, "
        f"{kept.size / 1e6:.1f} MB. Keep the secret key apart from it."
    )


def restore(
    source: Annotated[Path, typer.Argument(help="A backup.", metavar="FILE.tar")],
    replace: Annotated[
        bool,
        typer.Option(
            "--replace", help="In place of the workbench that is there, which is kept aside. Stop it first."
        ),
    ] = False,
) -> None:
    """Fill a workbench from a backup, check that all of it came, and walk the log of each exercise to its end.

    Example: **WAYFORWARD_HOME=new-home wayforward restore wayforward-monday.tar**
    """
    from wayforward.web.backup import CantBeKept
    from wayforward.web.restore import broken_logs
    from wayforward.web.restore import restore as fill

    if not source.is_file():
        stop(f"There is no file {source}.")
    with plain_errors():
        try:
            kept, aside = fill(source, replace)
        except CantBeKept as error:
            stop(str(error))
        except DatabaseError as error:
            stop(f"The database can't be filled ({' '.join(str(error).split())}).")
    prepare_database()  # a backup of an older version is brought up to date
    typer.echo(
        f"Restored {kept.exercises:,} exercises with {kept.events:,} changes and {kept.files:,} files; "
        "each log of changes ends as in the backup."
    )
    if aside:
        typer.echo(f"What was there before is kept in {aside}; take it away when it is not needed any more.")
    if broken := broken_logs():
        stop(
            "\n".join(
                [
                    *broken,
                    "What came is what was backed up, and its log was broken before: restore an older backup, or ask "
                    "who could write to the database.",
                ]
            )
        )
    typer.echo("Each log was walked from its first change to its last: it holds.")
