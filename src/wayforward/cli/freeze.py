"""The command that keeps a business case as it stands: strategic outline, outline and full are versions of one case."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

import typer

from wayforward.casefile import write_folder
from wayforward.cli.saying import MISUSE, plain_errors, read_case, stop, tell
from wayforward.findings import Findings, show
from wayforward.findings.finding import Scalar
from wayforward.records.base import Record
from wayforward.records.case import Case
from wayforward.records.checks import run_checks
from wayforward.records.faults import Faults
from wayforward.records.fields.base import CellFault

CODES = {"strategic outline": "SOC", "outline": "OBC", "full": "FBC"}
PENNY = Decimal("0.01")


def add_to(app: typer.Typer) -> None:
    app.command()(freeze)


def freeze(
    case_folder: Annotated[Path, typer.Argument(help="A case folder.", metavar="CASE_FOLDER")],
    stage: Annotated[
        str,
        typer.Argument(
            help="'strategic outline', outline or full; SOC, OBC or FBC for short.", metavar="STAGE"
        ),
    ],
    note: Annotated[str, typer.Option(help="What there is to say of this stage.")] = "",
) -> None:
    """Keep the figures of every option as the business case of a stage, in the case folder.

    Example: **wayforward freeze cases/west-midlands-2012 outline --note "As put to the board"**
    """
    chosen = _stage(stage)
    if case_folder.exists() and not case_folder.is_dir():
        stop(f"A business case is kept in a case folder; {case_folder} is a file.", MISUSE)
    case = read_case(case_folder)
    _refuse(case, chosen)
    figures = list(_figures(case, Findings(case)))
    if not figures:
        stop("There is nothing to keep: the case has no option to give a figure for.")
    rows = _rows(case, chosen, _note(note), figures)
    kept = _with(case, rows)
    wrongs = [
        f"{w.record.reference}, {w.field}: found {w.found}; allowed: {w.allowed}" for w in run_checks(kept)
    ]
    if wrongs:
        stop("\n".join([*wrongs, "Nothing was changed."]))
    with plain_errors():
        try:
            write_folder(kept, case_folder)
        except Faults as faults:
            tell(faults)
            raise typer.Exit(1) from None
    _tell(case, chosen, rows, case_folder)


def _stage(text: str) -> str:
    """The stage that a person typed: in full or by its three letters."""
    words = " ".join(text.split()).lower()
    short = {code.lower(): stage for stage, code in CODES.items()}
    found = short.get(words, words.removesuffix(" case").removesuffix(" business"))
    if found not in CODES:
        stop(
            f"There is no stage {text!r}; a business case is {show.listed(list(CODES), 'or')} "
            f"({show.listed(list(CODES.values()), 'or')}).",
            MISUSE,
        )
    return found


def _refuse(case: Case, chosen: str) -> None:
    """Refuse a stage that stands already, that comes before one that stands, or on a day before that one's."""
    from wayforward.appraisal.models import CASE_STAGES, BusinessCase

    today = Findings(case).today
    order, titles = [stage for stage, _ in CASE_STAGES], dict(CASE_STAGES)
    for standing in case.rows(BusinessCase):
        day = show.day(standing.stood.isoformat())
        if standing.case_stage == chosen:
            stop(
                f"The {titles[chosen].lower()} stands already ({standing.code}, {day}): what stood is not changed. "
                "Nothing was changed."
            )
        if order.index(standing.case_stage) > order.index(chosen):
            stop(
                f"The {titles[chosen].lower()} comes before the {titles[standing.case_stage].lower()}, "
                f"which stands already ({standing.code}, {day}). Nothing was changed."
            )
        if standing.stood > today:
            stop(
                f"The case stands at {show.day(today.isoformat())}, before the {titles[standing.case_stage].lower()} "
                f"({standing.code}, {day}): set a later status date. Nothing was changed."
            )


def _note(text: str) -> str:
    """A note as the record takes it."""
    from wayforward.appraisal.models import BusinessCase

    try:
        return str(BusinessCase._meta.get_field("note").read_cell(text))
    except CellFault as fault:
        stop(f"The note can't be kept: found {fault.found}; allowed: {fault.allowed}.", MISUSE)


Figure = tuple[str, str, Scalar]


def _figures(case: Case, found: Findings) -> Iterator[Figure]:
    """(option, figure, value) as the findings give them; None is not known, and what there is none of is left out."""
    from wayforward.appraisal.findings.versions import figures_now
    from wayforward.options.models import Option

    costs, npsv = found["appraisal.costs"], found["appraisal.npsv"]
    for option in sorted(case.rows(Option), key=lambda one: (one.order, one.code)):
        for figure, value in figures_now(costs, npsv, option.code).items():
            if value != "":
                yield option.code, figure, value


def _rows(case: Case, chosen: str, note: str, figures: Sequence[Figure]) -> list[Record]:
    from wayforward.appraisal.models import BusinessCase, CaseFigure
    from wayforward.options.models import Option

    exercise, findings = case.exercise, Findings(case)
    options = {option.code: option for option in case.rows(Option)}
    taken = {row.code for row in case.rows(BusinessCase)}
    code = next(c for c in _codes(CODES[chosen]) if c not in taken)
    whole = BusinessCase(
        exercise=exercise,
        code=code,
        case_stage=chosen,
        stood=findings.today,
        edition=findings.edition.name,
        note=note,
    )
    used = {row.code for row in case.rows(CaseFigure)}
    free = (f"{code}-{number:03d}" for number in range(1, 10**6))
    made = [
        CaseFigure(
            exercise=exercise,
            code=next(one for one in free if one not in used),
            business_case=whole,
            option=options[option],
            figure=figure,
            value=_pounds(value),
        )
        for option, figure, value in figures
    ]
    return [whole, *made]


def _pounds(value: Scalar) -> Any:
    """A figure to the penny; None is not known."""
    return None if value is None else Decimal(str(value)).quantize(PENNY)


def _codes(code: str) -> Iterator[str]:
    """A code and, where it is taken, the same with a number."""
    yield code
    yield from (f"{code}-{number}" for number in range(2, 10**6))


def _with(case: Case, rows: Sequence[Record]) -> Case:
    """The case with some rows more."""
    tables = {model: list(case.rows(model)) for model in case.models()}
    for row in rows:
        tables.setdefault(type(row), []).append(row)
    return Case(case.exercise, tables)


def _tell(case: Case, chosen: str, rows: Sequence[Record], folder: Path) -> None:
    """Say what was written, and what is not known in it."""
    from wayforward.appraisal.models import CASE_STAGES, CaseFigure

    whole, figures = rows[0], [row for row in rows if isinstance(row, CaseFigure)]
    options = {row.option.code for row in figures}
    unknown = [row for row in figures if row.value is None]
    day = show.day(Findings(case).today.isoformat())
    typer.echo(
        f"{dict(CASE_STAGES)[chosen]} {whole.code} written to {folder} as it stood on {day}: "
        f"{show.count(len(figures), 'figure')} of {show.count(len(options), 'option')}."
    )
    if unknown:
        verb = "is" if len(unknown) == 1 else "are"
        typer.echo(f"{len(unknown):,} of them {verb} not known and stand{'s' if verb == 'is' else ''} blank.")
    typer.echo("Say in case_figures.csv, column moved, why a figure moved since the business case before.")
