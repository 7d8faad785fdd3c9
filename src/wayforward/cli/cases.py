"""Commands that read a case and need no database: check, findings, trace, report."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from wayforward.cli.saying import case_path, folder_to_write, misuse, plain_errors, read_case, stop
from wayforward.findings import Findings, UnknownFinding, show
from wayforward.findings.finding import Finding
from wayforward.pages.labels import Labels
from wayforward.pages.present import grid
from wayforward.records.case import Case

CaseArgument = Annotated[
    Path, typer.Argument(help="A case folder or an .xlsx workbook.", metavar="CASE", parser=case_path)
]
EditionOption = Annotated[
    str, typer.Option(help="Use this edition of the parameters in place of the case's own.")
]
FORMATS = ("html", "docx", "pdf")
WIDEST = 8


def add_to(app: typer.Typer) -> None:
    app.command()(check)
    app.command()(findings)
    app.command()(trace)
    app.command()(report)


def check(case: CaseArgument) -> None:
    """Find everything that is wrong with a case, in one pass.

    Example: **wayforward check cases/west-midlands-2012**
    """
    found = read_case(case)
    rows = sum(len(found.rows(model)) for model in found.models())
    typer.echo(f"{found.exercise.title}: {rows:,} records, no fault found.")


def findings(
    case: CaseArgument,
    key: Annotated[str, typer.Option(help="Only the finding of this key.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON array.")] = False,
    edition: EditionOption = "",
) -> None:
    """Compute the findings of a case.

    Example: **wayforward findings cases/west-midlands-2012 --key appraisal.npsv**
    """
    found = compute(read_case(case), edition)
    chosen = [one(found, key)] if key else list(found.all())
    if as_json:
        typer.echo(json.dumps([f.to_json() for f in chosen], ensure_ascii=False, indent=1))
        return
    for finding in chosen:
        typer.echo(f"{finding.key}: {finding.headline}.")
        if key:
            print_rows(finding, Labels(found.case))
        for words in finding.waiting:
            typer.echo(f"  Waiting for {words}.")


def compute(case: Case, edition: str) -> Findings:
    """The findings of a case, by its own edition or another."""
    try:
        return Findings(case, edition)
    except LookupError as error:
        words = str(error)
        misuse(f"{words[:1].upper()}{words[1:]}.")


def one(found: Findings, key: str) -> Finding:
    """The finding of a key that a person typed."""
    try:
        return found[key]
    except UnknownFinding as error:
        misuse(f"{str(error)[0].upper()}{str(error)[1:]}")


def print_rows(finding: Finding, label: Labels) -> None:
    """The rows of a finding as pages and report show them; row by row where a terminal is too narrow."""
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    if not finding.rows:
        if finding.value is not None:
            typer.echo(f"  {show.show(finding.value, finding.unit)}")
        return
    shown = grid(finding, label)
    if len(shown.heads) > WIDEST and not finding.pivot:
        for row in shown.rows:
            typer.echo("")
            for head, cell in zip(shown.heads, row, strict=True):
                typer.echo(f"  {head.title}{f' ({head.unit})' if head.unit else ''}: {cell.text}")
        return
    table = Table(title=None, header_style="bold")
    for head in shown.heads:
        title = f"{head.title}\n{head.unit}" if head.unit else head.title
        table.add_column(escape(title), justify="right" if head.numeric else "left")
    for row in shown.rows:
        table.add_row(*(escape(cell.text) for cell in row))
    Console().print(table)


def trace(
    case: CaseArgument,
    key: Annotated[str, typer.Argument(help="The key of a finding.", metavar="KEY")],
    edition: EditionOption = "",
) -> None:
    """Follow a finding back to its inputs and their evidence.

    Example: **wayforward trace cases/west-midlands-2012 appraisal.npsv**
    """
    loaded = read_case(case)
    finding = one(compute(loaded, edition), key)
    typer.echo(f"{finding.title}: {finding.headline}.")
    typer.echo(f"  method     {finding.method} (docs/methods/)")
    for name, value in finding.parameters.items():
        typer.echo(f"  {name:10} {show.UNKNOWN if value is None else value}")
    if finding.price_base:
        typer.echo(f"  prices     {finding.price_base}")
    typer.echo(f"  seed       {finding.seed}")
    typer.echo(f"  grade      {finding.grade or 'none: no evidence is cited'} (the worst among its evidence)")
    typer.echo(f"Inputs ({len(finding.inputs):,}):")
    for reference in finding.inputs:
        print_input(loaded, reference)
    for words in finding.waiting:
        typer.echo(f"Waiting for {words}.")


def print_input(case: Case, reference: str) -> None:
    """One input with each value cited for it."""
    record = case.get(reference)
    typer.echo(f"  {reference}  {record.label if record else ''}")
    cited = [c for c in case.citations(record) if c.used] if record else []
    for citation in cited:
        evidence = citation.evidence
        grade = f"grade {evidence.grade}" if evidence.grade else "not graded"
        field = citation.field or "whole row"
        typer.echo(f"      {field}: {evidence.code} {evidence.title} ({evidence.evidence_kind}, {grade})")
    if not cited:
        typer.echo("      assumption: no evidence is cited")


def report(
    case: CaseArgument,
    to: Annotated[
        Path,
        typer.Option(
            help="The folder to write to; made if it is not there.", metavar="DIR", parser=folder_to_write
        ),
    ],
    formats: Annotated[
        str, typer.Option("--format", help="Any of html, docx and pdf, with commas between.")
    ] = ",".join(FORMATS),
    edition: EditionOption = "",
) -> None:
    """Write the options report of a case in HTML, Word and PDF.

    Example: **wayforward report cases/west-midlands-2012 --to out/west-midlands-2012**
    """
    from wayforward.report.produce import ReportFaults, produce

    chosen = [word.strip() for word in formats.split(",") if word.strip()]
    if not chosen or set(chosen) - set(FORMATS):
        misuse(f"--format takes any of {', '.join(FORMATS)} with commas between; found {formats!r}.")
    found = compute(read_case(case), edition)
    try:
        # The bar is gone before a message is said, so that the message stands alone.
        with plain_errors(), progress_bar() as advance:
            paths = produce(found, to, chosen, advance)
    except ReportFaults as faults:
        stop(str(faults))
    for path in paths:
        typer.echo(str(path))


@contextmanager
def progress_bar() -> Iterator[Callable[[int, int, str], None]]:
    """A bar on standard error while the report is made, gone when it ends: advance(done, of, what)."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    columns = (
        TextColumn("{task.description:<28}"),
        BarColumn(),
        TextColumn("{task.completed}/{task.total}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Reading the case", total=None)

        def advance(done: int, of: int, what: str) -> None:
            progress.update(task, completed=done, total=of, description=what)

        yield advance
