"""The command that reads incident files into a store and counts them."""

from pathlib import Path
from typing import Annotated

import typer

from wayforward.cli.saying import plain_errors, stop


def add_to(app: typer.Typer) -> None:
    app.command("incidents")(incidents)


def incidents(
    files: Annotated[list[Path], typer.Argument(help="police.uk street-level files, .csv or .csv.gz.")],
    to: Annotated[Path, typer.Option(help="The folder of the incident store; made if it is not there.")],
    replace: Annotated[bool, typer.Option(help="Replace months that the store already holds.")] = False,
) -> None:
    """Read police.uk files into an incident store and count them by district and type.

    Example: **wayforward incidents 2014-01-west-midlands-street.csv --to var/incidents**
    """
    from wayforward.incidents.command import ATTRIBUTION, take_in_and_count
    from wayforward.incidents.faults import IncidentFileError

    with plain_errors():
        try:
            run = take_in_and_count(files, to, replace=replace)
        except (IncidentFileError, ValueError, RuntimeError) as error:
            stop(str(error))
    for count in run.counts:
        typer.echo(f"{count.area}\t{count.crime_type}\t{count.month}\t{count.count}")
    typer.echo(f"Counts: {run.counts_file}. {ATTRIBUTION}", err=True)
