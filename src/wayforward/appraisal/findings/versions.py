"""One case in three stages: what each business case said, what the figures say now, what moved and why."""

from collections.abc import Mapping, Sequence

from wayforward.appraisal.findings.basis import OPTION
from wayforward.appraisal.models import CASE_STAGES, FIGURES, BusinessCase, CaseFigure
from wayforward.findings import Column, Result, finding, show
from wayforward.findings.compute import Reading
from wayforward.findings.finding import Finding, Row, Scalar
from wayforward.findings.provenance import given
from wayforward.options.models import Option

NOW = "Now"
PENNY = 0.005
Figure = float | str | None


def figures_now(costs: Finding, npsv: Finding, option: str) -> dict[str, Figure]:
    """The figures of an option that a business case keeps, as they are now; '' where there is no such figure."""
    parts = [row["present"] for row in costs.where(option=option)]
    worth: Row = next(iter(npsv.where(option=option)), {})
    names = {"benefits": "benefits", "npsv": "npsv", "npsv low": "low", "npsv high": "high"}
    against_usual = {figure: _figure(worth[name]) if worth else "" for figure, name in names.items()}
    whole = None if not parts or None in parts else sum(float(part or 0) for part in parts)
    return {"cost": whole, **against_usual}


def _figure(value: Scalar) -> float | None:
    return None if value is None else float(value)


@finding(
    "appraisal.progress",
    title="The business case, stage by stage",
    question="What has moved since each stage of the business case, and why?",
    method="npsv",
    unit="GBP",
    prices="real",
    reads=(BusinessCase, CaseFigure, Option),
    needs=("appraisal.costs", "appraisal.npsv"),
)
def progress(case: Reading) -> Result:
    """Each figure of each option as every business case gave it and as it is now, with its move from the one before."""
    order = [stage for stage, _ in CASE_STAGES]
    stages = sorted(case.rows(BusinessCase), key=lambda row: (row.stood, order.index(row.case_stage)))
    kept = {(row.business_case.code, row.option.code, row.figure): row for row in case.rows(CaseFigure)}
    options = sorted(case.rows(Option), key=lambda row: row.order)
    rows = [row for option in options for row in _option_rows(case, option, stages, kept)] if stages else []
    return Result(
        headline=_headline(stages, rows),
        columns=(
            OPTION,
            Column("figure", "Figure"),
            Column("stage", "Business case"),
            Column("stood", "Stood on", "date"),
            Column("value", "Value", "GBP"),
            Column("change", "Moved", "GBP"),
            Column("why", "Why"),
        ),
        rows=tuple(rows),
        value_column="value",
        used=given(kept.values(), "value"),
        warnings=(
            "What has moved since the last business case is explained when the next one is kept. "
            "Each stood in the prices and by the edition of its day.",
        )
        if stages
        else (),
        waiting=_waiting(stages, rows),
    )


def _option_rows(
    case: Reading,
    option: Option,
    stages: Sequence[BusinessCase],
    kept: Mapping[tuple[str, str, str], CaseFigure],
) -> list[Row]:
    now = figures_now(case.need("appraisal.costs"), case.need("appraisal.npsv"), option.code)
    rows: list[Row] = []
    for figure, title in FIGURES:
        told = {
            stage.code: kept[key] for stage in stages if (key := (stage.code, option.code, figure)) in kept
        }
        if not told:
            continue
        before: Figure = ""
        for stage in stages:
            row = told.get(stage.code)
            value: Figure = "" if row is None else None if row.value is None else float(row.value)
            moved = _moved(before, value)
            rows.append(
                {
                    "option": option.code,
                    "figure": title,
                    "stage": stage.get_case_stage_display(),
                    "stood": stage.stood.isoformat(),
                    "value": value,
                    "change": moved,
                    "why": _why(row, moved),
                }
            )
            before = before if value == "" else value
        today = {"option": option.code, "figure": title, "stage": NOW, "stood": case.today.isoformat()}
        rows.append({**today, "value": now[figure], "change": _moved(before, now[figure]), "why": ""})
    return rows


def _moved(before: Figure, value: Figure) -> Figure:
    """What a figure has moved by; '' for the first, None where either is not known."""
    if before == "" or value == "":
        return ""
    if before is None or value is None:
        return None
    moved = float(value) - float(before)
    return 0.0 if abs(moved) < PENNY else moved


def _why(row: CaseFigure | None, moved: Figure) -> str | None:
    """Why a figure moved; None where it moved and nobody says why."""
    if row is None or not isinstance(moved, float) or moved == 0:
        return ""
    return row.moved or None


def _headline(stages: Sequence[BusinessCase], rows: Sequence[Row]) -> str:
    if not stages:
        return "No business case has been kept yet"
    since = [row["change"] for row in rows if row["stage"] == NOW]
    moved = sum(1 for change in since if isinstance(change, float) and change != 0)
    last = stages[-1]
    told = f"{moved} of {show.count(len(since), 'figure')} {'has' if moved == 1 else 'have'} moved since the "
    named = f"{last.get_case_stage_display().lower()} of {show.day(last.stood.isoformat())}"
    unknown = sum(1 for change in since if change is None)
    return told + named + (f"; of {unknown} it is not known" if unknown else "")


def _waiting(stages: Sequence[BusinessCase], rows: Sequence[Row]) -> tuple[str, ...]:
    if not stages:
        return ("a business case kept at its stage",)
    lacking = [row for row in rows if row["why"] is None]
    return tuple(
        f"why {str(row['figure']).lower()} of {row['option']} moved by the {str(row['stage']).lower()}"
        for row in lacking
    )
