"""Commands that prove a signed report: verify that nothing was changed, and recompute every figure."""

from pathlib import Path
from typing import Annotated, Any

import typer

from wayforward.cli.saying import misuse, plain_errors, stop, tell
from wayforward.cli.store import prepare_database
from wayforward.exercise.models import Exercise
from wayforward.findings import show
from wayforward.records.faults import Faults


def add_to(app: typer.Typer) -> None:
    app.command()(verify)
    app.command()(recompute)


def verify(
    what: Annotated[
        str,
        typer.Argument(
            help="A signed report (.html, .docx or .pdf), or the code of an exercise.",
            metavar="REPORT|EXERCISE",
        ),
    ],
    number: Annotated[str, typer.Option(help="The signed version that must be there, such as 1.0.")] = "",
    head: Annotated[
        str,
        typer.Option(
            help="The head of the log as a report on paper prints it in its annex Seal, or its first 16 signs."
        ),
    ] = "",
) -> None:
    """Find any change of what was signed: of the report, its bundle, the log or the records.

    Example: **wayforward verify options-report.pdf**, or **wayforward verify WMP-2012**
    """
    from wayforward.report.signing.verify import NoSeal, printed_in, typed
    from wayforward.report.signing.verify import verify as look

    path = Path(what)
    printed, report = None, None
    try:
        on_paper = typed(head) if head else ""
    except NoSeal as error:
        misuse(str(error))
    if path.is_file():
        with plain_errors():
            try:
                printed, report = printed_in(path), path.read_bytes()
            except NoSeal as error:
                misuse(str(error))
    elif path.suffix:
        misuse(f"There is no file {what!r}.")
    prepare_database()
    verdict = look(_exercise(printed.exercise if printed else what), number, printed, report, on_paper)
    for words in verdict.told:
        typer.echo(words)
    if verdict.wrong:
        stop("\n".join([*verdict.wrong, f"{show.count(len(verdict.wrong), 'fault')} found."]))
    typer.echo("No change found.")


def recompute(
    exercise: Annotated[str, typer.Argument(help="The code of an exercise.", metavar="EXERCISE")],
    number: Annotated[str, typer.Argument(help="A signed version, such as 1.0.", metavar="NUMBER")],
) -> None:
    """Work out every figure of a signed version again from its frozen records, and name what comes out otherwise.

    Example: **wayforward recompute WMP-2012 1.0**
    """
    from wayforward.report.models import SignedVersion
    from wayforward.report.signing.recompute import recompute as again

    prepare_database()
    found = _exercise(exercise)
    versions = SignedVersion.objects.filter(exercise=found, public=False)
    version = versions.filter(number=number).first()
    if version is None:
        known = ", ".join(versions.order_by("sequence").values_list("number", flat=True)) or "none"
        misuse(f"There is no signed version {number!r} of {found.code}; there are: {known}.")
    try:
        result = again(version)
    except Faults as faults:
        tell(faults)
        raise typer.Exit(1) from None
    if result.environment:
        typer.echo("Not the environment of the signature, so numbers are compared to 1e-9 of themselves:")
        for words in result.environment:
            typer.echo(f"  {words}")
    if result.wrong:
        stop("\n".join([*result.wrong, f"{len(result.wrong)} of {result.figures} figures and files differ."]))
    typer.echo(
        f"All {result.figures} figures of version {number} "
        + (
            "are the same."
            if result.environment
            else "and the web page of the report are the same to the byte."
        )
    )


def _exercise(code: str) -> Any:
    found = Exercise.objects.filter(code=code).first()
    if found is None:
        known = ", ".join(Exercise.objects.order_by("code").values_list("code", flat=True)) or "none"
        misuse(f"There is no exercise {code!r} in the workbench; there are: {known}.")
    return found
