"""The commands together."""

import typer

from wayforward import __version__
from wayforward.cli import audit, cases, freeze, incidents, keep, people, signing, store, workbench

app = typer.Typer(
    name="wayforward",
    help="From terms of reference to a signed options report, with every figure traced to its evidence.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    add_completion=False,
)
for group in (cases, audit, freeze, store, incidents, workbench, people, signing, keep):
    group.add_to(app)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"wayforward {__version__}")
        raise typer.Exit


@app.callback()
def _wayforward(
    version: bool = typer.Option(
        False, "--version", help="Print the version.", callback=_version, is_eager=True
    ),
) -> None:
    """From terms of reference to a signed options report, with every figure traced to its evidence."""
