"""What is corrected for bias: every line by what and how far, and the optimism bias left of each project."""

from math import fsum

from wayforward.appraisal.bias import MEASURES, uplifts
from wayforward.appraisal.findings.basis import (
    OPTION,
    before_correction,
    discounting_parameters,
    rests_on,
    stands_on,
    waits,
)
from wayforward.appraisal.lines import READS, Appraised
from wayforward.appraisal.models import BenefitLine, BiasArea, BiasShare, Line, OptimismBias
from wayforward.appraisal.priced import BIAS, GRADE
from wayforward.findings import Column, Result, finding, show
from wayforward.findings.compute import Reading
from wayforward.findings.finding import Row, Scalar, plain_value
from wayforward.findings.provenance import given, used
from wayforward.methods import optimism_bias as method
from wayforward.options.models import OptionPhase

WORKS = "design and build"


@finding(
    "appraisal.corrections",
    title="Lines corrected for bias",
    question="Which costs and benefits are corrected for bias, by what and how far?",
    method="grade_correction",
    unit="GBP",
    prices="real",
    reads=READS,
)
def corrections(case: Reading) -> Result:
    """Each corrected line in present value: before, the correction as a fraction, and after. One correction a line."""
    options = Appraised.of(case)
    every = [(item.option.code, line) for item in options.options for line in item.lines]
    rows = [_row(case, options, code, line) for code, line in every if _corrects(line)]
    return Result(
        headline=_headline(options, rows, len(every)),
        columns=(
            OPTION,
            Column("line", "Line"),
            Column("record", "Record", detail=True),
            Column("side", "Cost or benefit"),
            Column("by", "Corrected by"),
            Column("base", "Before, present value", "GBP"),
            Column("correction", "Correction", "fraction"),
            Column("corrected", "After, present value", "GBP"),
            Column("difference", "Difference", "GBP"),
        ),
        rows=tuple(rows),
        value_column="corrected",
        used=rests_on(case, options),
        parameters={
            **discounting_parameters(case),
            "optimism_bias": case.edition.get("optimism-bias").name,
            "confidence_grades": case.edition.get("confidence-grades").name,
        },
        warnings=(
            "A line without a stated correction is not corrected, and what is left of an asset at the end never is.",
            *stands_on(case, options),
        ),
        waiting=waits(options),
    )


def _corrects(line: Line) -> bool:
    return line.correction == GRADE or (line.correction == BIAS and not isinstance(line, BenefitLine))


def _row(case: Reading, options: Appraised, option: str, line: Line) -> Row:
    base = fsum(before_correction(options, line).tolist())
    after = fsum((options.prices.of(line).paid * options.discount([line])[0]).tolist())
    return {
        "option": option,
        "line": f"{line.name} ({line.code})",
        "record": line.reference,
        "side": "benefit" if isinstance(line, BenefitLine) else "cost",
        "by": _by(case, line),
        "base": plain_value(base),
        "correction": plain_value(options.prices.of(line).factor - 1),
        "corrected": plain_value(after),
        "difference": plain_value(after - base),
    }


def _by(case: Reading, line: Line) -> str:
    if line.correction == GRADE:
        grade = case.grade(line, "amounts")
        return "no graded evidence, so as the worst grade" if grade is None else f"confidence grade {grade}"
    project = getattr(line, "bias", None)
    return f"optimism bias of {project.name}" if project else "optimism bias, of no project"


def _headline(options: Appraised, rows: list[Row], lines: int) -> str:
    if not lines:
        return "There is no cost or benefit line to correct yet"
    if not rows:
        return f"None of {show.count(lines, 'line')} is corrected for bias"
    told = (
        f"{len(rows):,} of {show.count(lines, 'line')} {'is' if len(rows) == 1 else 'are'} corrected for bias"
    )
    if any(row["difference"] is None for row in rows):
        return f"{told}; by how much is not known of all"
    # Options exclude one another, so that a sum over them would be of nothing: the one that moves most.
    moved = {
        item.option.short_name: [_moved(rows, item.option.code, side) for side in ("cost", "benefit")]
        for item in options.options
    }
    most = max(moved, key=lambda name: moved[name][0] - moved[name][1])
    costs, gains = moved[most]
    said = ([f"costs are {show.money(costs)} higher"] if costs else []) + (
        [f"benefits {show.money(-gains)} lower"] if gains else []
    )
    return f"{told}; most in {most}, where {show.listed(said)}, present value" if said else told


def _moved(rows: list[Row], option: str, side: str) -> float:
    own = [row for row in rows if row["option"] == option and row["side"] == side]
    return fsum(float(row["difference"] or 0) for row in own)


@finding(
    "appraisal.optimism_bias",
    title="Optimism bias left of each project",
    question="How far is each project raised for optimism bias, and what has been done against it?",
    method="optimism_bias",
    unit="fraction",
    reads=READS,
)
def optimism_bias(case: Reading) -> Result:
    """By project and measure: the bounds, what is mitigated, what is left; works duration with its bias in months."""
    found, projects = uplifts(case), case.rows(OptimismBias)
    rows = [
        _project_row(case, project, measure, found.get((project.code, measure)))
        for project in projects
        for measure in MEASURES
    ]
    areas = case.rows(BiasArea)
    return Result(
        headline=_project_headline(projects, rows),
        columns=(
            Column("project", "Project", refers=OptimismBias.kind()),
            Column("measure", "Of"),
            Column("upper", "Upper bound", "fraction"),
            Column("lower", "Lower bound", "fraction"),
            Column("mitigated", "Of the upper bound, mitigated", "fraction"),
            Column("uplift", "Left", "fraction"),
            Column("held", "Held at the lower bound", "yes or no"),
            Column("register", "Left to the risk register"),
            Column("unevidenced", "Mitigated without evidence"),
            Column("months", "Works as planned", "months"),
            Column("months_with_bias", "Works with bias", "months"),
        ),
        rows=tuple(rows),
        value_column="uplift",
        used=used(case.rows(BiasShare), "share")
        + given(areas, "contribution", "mitigation")
        + given([p for p in case.rows(OptionPhase) if p.phase == WORKS], "months"),
        parameters={"bounds": case.edition.get("optimism-bias").name, "works": f"the phase {WORKS}"},
        warnings=(
            "Duration is shown, not applied: a phase is late in these figures only where its delay is recorded.",
        )
        if projects
        else (),
        waiting=tuple(_lacking(rows, projects)),
    )


def _project_row(case: Reading, project: OptimismBias, measure: str, bias: method.Bias | None) -> Row:
    start: dict[str, Scalar] = {"project": project.code, "measure": measure}
    if bias is None:  # the checks say what is wrong with it
        names = ("upper", "lower", "mitigated", "uplift", "held", "months", "months_with_bias")
        return {**start, **dict.fromkeys(names), "register": "", "unevidenced": ""}
    none = None if bias.applicable else ""
    planned = _months(case, project) if measure == "duration" and bias.applicable else ""
    months = method.works_months(planned, bias.uplift) if isinstance(planned, float) else planned
    areas = {area.code: area.name for area in case.rows(BiasArea)}
    return {
        **start,
        "upper": bias.upper if bias.applicable else none,
        "lower": bias.lower if bias.applicable else none,
        "mitigated": bias.reduction if bias.applicable else none,
        "uplift": bias.uplift if bias.applicable else none,
        "held": (None if bias.uplift is None else bias.held) if bias.applicable else "",
        "register": show.listed([areas[code] for code in bias.priced]),
        "unevidenced": show.listed([areas[code] for code in bias.unevidenced]),
        "months": planned,
        "months_with_bias": months,
    }


def _months(case: Reading, project: OptimismBias) -> float | str | None:
    """How long the works of a project's option are planned to last; '' where it is of no one option."""
    if project.option is None:
        return ""
    lasts = [p.months for p in case.rows(OptionPhase) if p.option is project.option and p.phase == WORKS]
    if not lasts:
        return ""
    return None if lasts[0] is None else float(lasts[0])


def _project_headline(projects: list[OptimismBias], rows: list[Row]) -> str:
    if not projects:
        return "No project is raised for optimism bias"
    left = [
        float(row["uplift"])
        for row in rows
        if row["measure"] == "capital" and isinstance(row["uplift"], float)
    ]
    if not left:
        of = show.count(len(projects), "project")
        return f"The optimism bias of capital cost of {of} is not known or not applicable"
    held = sum(row["held"] is True for row in rows if row["measure"] == "capital")
    ends = list(dict.fromkeys([show.percent(min(left)), show.percent(max(left))]))
    of = show.count(len(left), "project")
    told = f"Capital cost of {of} is raised by {show.listed(ends, 'to')} for optimism bias"
    return (
        f"{told}; {held} of them by the lower bound, which no mitigation passes without evidence"
        if held
        else told
    )


def _lacking(rows: list[Row], projects: list[OptimismBias]) -> list[str]:
    names = {project.code: project.name for project in projects}
    lacking = [names[str(row["project"])] for row in rows if row["uplift"] is None]
    return [f"the optimism bias of {name}" for name in dict.fromkeys(lacking)]
