"""Commands that move a case into the workbench's database and out of it: import and export."""

from pathlib import Path
from typing import Annotated

import typer
from django.db import DatabaseError

from wayforward.casefile import write_folder, write_workbook
from wayforward.cli.cases import CaseArgument
from wayforward.cli.saying import case_path, misuse, plain_errors, read_case, stop, tell
from wayforward.exercise.models import Exercise
from wayforward.records.case import Case
from wayforward.records.faults import Faults
from wayforward.records.fields.words import CODE
from wayforward.records.save import save_case

# Kinds of file that somebody may ask for and that an export is not.
OTHER_FILES = (".csv", ".docx", ".html", ".json", ".md", ".ods", ".pdf", ".txt", ".xls", ".xlsm", ".zip")


def add_to(app: typer.Typer) -> None:
    app.command("import")(import_case)
    app.command("export")(export_case)


def prepare_database() -> None:
    """Bring the database's tables up to date; a new one is made. Where it can't be, say why and end."""
    from wayforward.web import home

    try:
        home.prepare_database()
    except home.NotReady as error:
        misuse(str(error))


def import_case(
    case: CaseArgument,
    actor: Annotated[str, typer.Option(help="Who imports, as the history will name them.")] = "operator",
    if_absent: Annotated[
        bool, typer.Option("--if-absent", help="Do nothing where the exercise is there already.")
    ] = False,
) -> None:
    """Store a case in the workbench: all of it, or nothing.

    Example: **wayforward import cases/west-midlands-2012**
    """
    loaded = read_case(case)
    prepare_database()
    code = loaded.exercise.code
    if Exercise.objects.filter(code=code).exists():
        if if_absent:
            typer.echo(f"{code} is there already; nothing was changed.")
            return
        stop(
            f"There is already an exercise {code}. A case is imported once; after that it is changed by its people."
        )
    save_case(loaded, actor)
    rows = 1 + sum(len(loaded.rows(model)) for model in loaded.models())  # the exercise is a record too
    typer.echo(f"{code} imported: {rows:,} records.")


def export_case(
    what: Annotated[
        str,
        typer.Argument(
            help="The code of an exercise, or a case folder or workbook.", metavar="EXERCISE|CASE"
        ),
    ],
    to: Annotated[str, typer.Argument(help="A folder, or a file ending in .xlsx.", metavar="DIR|FILE.xlsx")],
) -> None:
    """Write a case as a folder or a workbook: an exercise of the workbench, or another folder or workbook.

    Example: **wayforward export cases/west-midlands-2012 case.xlsx**, or **wayforward export case.xlsx out/case**;
    of the workbench, **wayforward export WMP-2012 case.xlsx**
    """
    target = export_target(to)
    loaded = to_export(what)
    with plain_errors():
        try:
            write_workbook(loaded, target) if is_workbook(target) else write_folder(loaded, target)
        except Faults as faults:
            tell(faults)
            raise typer.Exit(1) from None
    typer.echo(f"{loaded.exercise.code} written to {target}.")


def is_workbook(path: Path) -> bool:
    return path.suffix.lower() == ".xlsx"


def export_target(text: str) -> Path:
    """Where an export goes. A file of another kind is refused, before a folder of that name is made."""
    path = Path(text)
    other = path.suffix.lower() in OTHER_FILES or path.is_file()
    if not text.strip() or (other and not path.is_dir() and not is_workbook(path)):
        misuse(f"An export is a folder, or a file ending in .xlsx; found {text!r}.")
    return path


def to_export(what: str) -> Case:
    """The case to export. A bare code is an exercise of the workbench; ./NAME is always a folder."""
    path = Path(what)
    bare = CODE.match(what) is not None
    if bare and (found := stored(what, ready=not path.exists())):
        return Case.of(found)
    if path.exists() or not bare:
        return read_case(case_path(what))
    known = ", ".join(Exercise.objects.order_by("code").values_list("code", flat=True)) or "none"
    misuse(
        f"There is no exercise {what!r} in the workbench; there are: {known}. "
        "Import it first (wayforward import CASE), or name a case folder or workbook."
    )


def stored(code: str, ready: bool) -> Exercise | None:
    """The exercise of that code; the database is made ready only if asked, and may not be there otherwise."""
    if ready:
        prepare_database()
    try:
        return Exercise.objects.filter(code=code).first()
    except DatabaseError:
        return None
