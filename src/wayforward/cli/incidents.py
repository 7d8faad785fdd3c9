"""The command that reads incident files into a store and counts them."""

from pathlib import Path
from typing import Annotated

import typer

from wayforward.cli.saying import misuse, plain_errors, stop


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
    from rich.console import Console
    from rich.table import Table

    from wayforward import incidents as store

    for file in files:
        if not file.exists():
            misuse(f"There is no file {file}.")
    with plain_errors():
        try:
            run = store.take_in_and_count(files, to, replace=replace)
        except (store.IncidentFileError, store.IncidentStoreError, store.CountsDoNotReconcileError) as error:
            stop(str(error))
    header, rows = store.counts_table(run.counts)
    table = Table(*header, header_style="bold")
    for row in rows:
        table.add_row(*row)
    Console().print(table)
    for notice in run.ingest.notices:
        typer.echo(str(notice), err=True)
    typer.echo(f"Counts: {run.counts_file}. {store.ATTRIBUTION}", err=True)
