"""How commands speak: results on standard output, everything else in plain sentences on standard error."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import typer

from wayforward.casefile import load
from wayforward.records.case import Case
from wayforward.records.faults import Faults

FAULTS = 1
MISUSE = 2


def stop(message: str, status: int = FAULTS) -> NoReturn:
    """End the command with a message for a person."""
    typer.echo(message, err=True)
    raise typer.Exit(status)


def misuse(message: str) -> NoReturn:
    """End the command because it was asked for something that there is not."""
    stop(message, MISUSE)


def read_case(path: Path) -> Case:
    """Load a case; where it has faults, tell them all and end with status 1."""
    if not path.exists():
        misuse(f"There is no case at {path}. A case is a folder of CSV files or an .xlsx workbook.")
    try:
        return load(path)
    except Faults as faults:
        tell(faults)
        raise typer.Exit(FAULTS) from None


def tell(faults: Faults) -> None:
    """Say every fault, one a line, and how many there are."""
    for fault in faults.faults:
        typer.echo(str(fault), err=True)
    many = len(faults.faults)
    typer.echo(f"{many:,} fault{'' if many == 1 else 's'} found. Nothing was changed.", err=True)


def case_path(text: str) -> Path:
    """A case as typed: a blank is no path."""
    if not text.strip():
        raise typer.BadParameter("name a case folder or an .xlsx workbook; found nothing.")
    return Path(text)


def folder_to_write(text: str) -> Path:
    """A folder to write to, there already or to be made; not a file, nor in one."""
    if not text.strip():
        raise typer.BadParameter("name a folder; found nothing.")
    path = Path(text)
    nearest = next(one for one in (path, *path.parents) if one.exists() or one == one.parent)
    if not nearest.is_dir():
        raise typer.BadParameter(f"name a folder; {nearest} is a file.")
    return path


@contextmanager
def plain_errors() -> Iterator[None]:
    """Turn what a disk or a document can refuse into one sentence and status 1."""
    try:
        yield
    except PermissionError as error:
        stop(f"Not allowed to write {error.filename}.")
    except OSError as error:
        stop(f"{error.strerror or error}: {error.filename or ''}".rstrip(": "))
