"""The command that writes the appraisal as a workbook with live formulas."""

import os
from pathlib import Path
from typing import Annotated

import typer

from wayforward.cli.cases import CaseArgument, EditionOption, compute
from wayforward.cli.saying import plain_errors, read_case, stop


def add_to(app: typer.Typer) -> None:
    app.command("audit-workbook")(audit_workbook)


def workbook_to_write(text: str) -> Path:
    """A file to write to, ending in .xlsx, in a folder that is there."""
    path = Path(text)
    if path.suffix.lower() != ".xlsx":
        raise typer.BadParameter(f"name a file ending in .xlsx; found {text!r}.")
    if path.is_dir():
        raise typer.BadParameter(f"name a file; {path} is a folder.")
    if not path.parent.is_dir():
        raise typer.BadParameter(f"there is no folder {path.parent}; make it first.")
    return path


def audit_workbook(
    case: CaseArgument,
    to: Annotated[
        Path,
        typer.Option(
            help="The workbook to write; it replaces one of that name.",
            metavar="FILE.xlsx",
            parser=workbook_to_write,
        ),
    ],
    edition: EditionOption = "",
) -> None:
    """Write the appraisal as a workbook with live formulas, for whoever audits its figures.

    Every figure is a formula that starts from what was entered; a program such as Excel or LibreOffice works it out.
    The sheet Check sets each beside the product's own.

    Example: **wayforward audit-workbook cases/west-midlands-2012 --to appraisal.xlsx**
    """
    from wayforward.appraisal import audit

    try:
        content = audit.audit_workbook(compute(read_case(case), edition))
    except audit.TooLarge as fault:
        stop(f"{str(fault)[0].upper()}{str(fault)[1:]}.")
    temporary = to.with_name(f".{to.name}.new")
    with plain_errors():
        try:
            temporary.write_bytes(content)
            os.replace(temporary, to)
        finally:
            temporary.unlink(missing_ok=True)
    typer.echo(str(to))
