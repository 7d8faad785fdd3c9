"""Commands that move a case into the workbench's database and out of it: import and export."""

from pathlib import Path
from typing import Annotated

import typer

from wayforward.casefile import write_folder, write_workbook
from wayforward.cli.cases import CaseArgument
from wayforward.cli.saying import misuse, plain_errors, read_case, stop, tell
from wayforward.exercise.models import Exercise
from wayforward.records.case import Case
from wayforward.records.faults import Faults
from wayforward.records.save import save_case


def add_to(app: typer.Typer) -> None:
    app.command("import")(import_case)
    app.command("export")(export_case)


def prepare_database() -> None:
    """Bring the database's tables up to date; a new one is made."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


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
    rows = sum(len(loaded.rows(model)) for model in loaded.models())
    typer.echo(f"{code} imported: {rows:,} records.")


def export_case(
    exercise: Annotated[str, typer.Argument(help="The exercise's code.", metavar="EXERCISE")],
    to: Annotated[Path, typer.Argument(help="A folder, or a file ending in .xlsx.", metavar="DIR|FILE.xlsx")],
) -> None:
    """Write an exercise of the workbench as a case folder or a workbook.

    Example: **wayforward export WMP-2012 out/case** or **wayforward export WMP-2012 out/case.xlsx**
    """
    prepare_database()
    found = Exercise.objects.filter(code=exercise).first()
    if found is None:
        known = ", ".join(Exercise.objects.order_by("code").values_list("code", flat=True)) or "none"
        misuse(f"There is no exercise {exercise!r} in the workbench; there are: {known}.")
    loaded = Case.of(found)
    with plain_errors():
        try:
            write_workbook(loaded, to) if to.suffix == ".xlsx" else write_folder(loaded, to)
        except Faults as faults:
            tell(faults)
            raise typer.Exit(1) from None
    typer.echo(f"{exercise} written to {to}.")
