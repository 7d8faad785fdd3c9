"""From business as usual to what each option is worth, step by step; and each benefit from gross to net."""

from collections import defaultdict
from dataclasses import replace
from math import fsum

from wayforward.appraisal.findings.basis import (
    OPTION,
    before_correction,
    compared_with,
    discounting_parameters,
    present_risk,
    rests_on,
    stands_on,
    waits,
)
from wayforward.appraisal.findings.worth import Worth, worths
from wayforward.appraisal.lines import READS, Appraised, OptionLines
from wayforward.appraisal.models import BENEFIT_KINDS, BenefitLine, CostLine, Line
from wayforward.findings import Column, Result, finding, show
from wayforward.findings.compute import Reading
from wayforward.findings.finding import Row
from wayforward.methods import waterfall
from wayforward.options.models import PHASES

START, END = "Business as usual", "Net present social value"
BENEFITS_CORRECTED, COSTS_CORRECTED = "Correction of benefits", "Correction of costs"
RISKS, LEFT = "Expected cost of risks", "Left of assets at the end"
BENEFITS = {kind: f"{name} benefits" for kind, name in BENEFIT_KINDS if kind != "unmonetised"}
COSTS = {phase: f"Cost of {phase}" for phase, _ in PHASES}
ORDER = (*BENEFITS.values(), BENEFITS_CORRECTED, *COSTS.values(), COSTS_CORRECTED, RISKS, LEFT)


def parts(options: Appraised, item: OptionLines, usual: OptionLines) -> dict[str, float]:
    """What leads from business as usual to an option's worth, in present value; steps of neither are left out."""
    own, theirs = _signed(options, item), _signed(options, usual)
    return {
        name: own.get(name, 0.0) - theirs.get(name, 0.0) for name in ORDER if name in own or name in theirs
    }


def _signed(options: Appraised, item: OptionLines) -> dict[str, float]:
    """The parts of one option by itself: what it brings above nought, what it costs below."""
    found: dict[str, list[float]] = defaultdict(list)
    for line in item.lines:
        benefit = isinstance(line, BenefitLine)
        sign = 1 if benefit else -1
        name = _name(line)
        given = before_correction(options, line)
        weights = options.discount([line])[0]
        priced = options.prices.of(line)
        found[name] += (sign * given).tolist()
        if priced.factor != 1:
            by = BENEFITS_CORRECTED if benefit else COSTS_CORRECTED
            found[by] += (sign * (priced.paid * weights - given)).tolist()
        if priced.residual:
            found[LEFT].append(priced.residual * float(weights[-1]))
    if item.risks:
        found[RISKS].append(-present_risk(options, item))
    return {name: fsum(amounts) for name, amounts in found.items()}


def _name(line: Line) -> str:
    if isinstance(line, BenefitLine):
        return BENEFITS[line.benefit_kind]
    return COSTS[line.cost_phase] if isinstance(line, CostLine) else ""


@finding(
    "appraisal.steps",
    title="From business as usual to the worth of each option",
    question="What is an option's worth made of?",
    method="waterfall",
    unit="GBP",
    prices="real",
    reads=READS,
)
def steps(case: Reading) -> Result:
    """Benefits by kind, costs by phase, corrections, risks and residual values, in present value, up to the NPSV."""
    options = Appraised.of(case)
    found = worths(options)
    steps_of = {one.item.option.code: _steps(options, one) for one in found}
    there = {step.name for told in steps_of.values() for step in told}
    names = [name for name in (START, *ORDER, END) if name in there]
    rows = [row for code, told in steps_of.items() for row in _rows(code, told, names)]
    return Result(
        headline=_headline(options, rows),
        columns=(
            OPTION,
            Column("step", "Step"),
            Column("amount", "Present value", "GBP"),
            Column("begins", "From", "GBP", detail=True),
            Column("ends", "To", "GBP", detail=True),
            Column("total", "Stands on nought", "yes or no", detail=True),
        ),
        rows=tuple(rows),
        value_column="amount",
        pivot=("step", "option", "amount"),
        used=rests_on(case, options),
        parameters=discounting_parameters(case),
        warnings=(STEPS_ARE, *stands_on(case, options)),
        waiting=waits(options),
    )


STEPS_ARE = (
    "Each step is the option less business as usual: costs before their correction and before what is left of assets "
    "at the end, benefits before their correction, then each of these by itself. A cost above nought is a cost saved."
)


def _steps(options: Appraised, one: Worth) -> tuple[waterfall.Step, ...]:
    """The steps of an option; none while it waits for anything."""
    usual = compared_with(options, one.item)
    if usual is None:
        return ()
    return waterfall.waterfall((START, 0.0), parts(options, one.item, usual), (END, one.value.npsv.likely))


def _rows(code: str, told: tuple[waterfall.Step, ...], names: list[str]) -> list[Row]:
    """A row a step that any option has: '' where this one has none of it, None where it is not known."""
    by_name = {step.name: step for step in told}
    lacking = dict.fromkeys(("amount", "begins", "ends"), "" if told else None)
    rows: list[Row] = []
    for name in names or [END]:
        step = by_name.get(name)
        figures = {"amount": step.amount, "begins": step.begins, "ends": step.ends} if step else lacking
        rows.append({"option": code, "step": name, **figures, "total": name in (START, END)})
    return rows


def _headline(options: Appraised, rows: list[Row]) -> str:
    names = {item.option.code: item.option.short_name for item in options.options}
    moved = [row for row in rows if not row["total"] and row["amount"]]
    if not moved:
        return "What leads to the worth of the options is not known yet"
    largest = max(moved, key=lambda row: abs(float(row["amount"] or 0)))
    sign = "+" if float(largest["amount"] or 0) > 0 else ""
    return (
        f"The largest step from business as usual is {str(largest['step']).lower()} of "
        f"{names[str(largest['option'])]}: {sign}{show.money(largest['amount'])}"
    )


@finding(
    "appraisal.benefit_steps",
    title="Benefits from gross to net",
    question="How much of what a change could bring is counted, and why no more?",
    method="effects",
    unit="GBP",
    prices="real",
    reads=READS,
)
def benefit_steps(case: Reading) -> Result:
    """Real pounds over the years appraised, for each benefit line that is cut, delayed or corrected."""
    options = Appraised.of(case)
    cut = [
        (item.option.code, line)
        for item in options.options
        for line in item.benefits
        if _is_cut(options, line)
    ]
    return Result(
        headline=_cut_headline(options, cut),
        columns=(
            OPTION,
            Column("line", "Benefit", refers="benefit_line"),
            Column("step", "Step"),
            Column("real", "Over the years appraised, real", "GBP"),
        ),
        rows=tuple(
            {"option": code, "line": line.code, "step": name, "real": _known(amount)}
            for code, line in cut
            for name, amount in gross_to_net(options, line)
        ),
        value_column="real",
        pivot=("line", "step", "real"),
        used=rests_on(case, options),
        warnings=(
            "What a lag, a ramp or a late phase takes away would come after the last year appraised, or never.",
            *stands_on(case, options),
        ),
        waiting=waits(options),
    )


def gross_to_net(options: Appraised, line: BenefitLine) -> list[tuple[str, float]]:
    """The steps of a line from gross to what counts; those between are what each changes."""
    priced = options.prices.of(line)
    planned, moved = float(priced.planned.sum()), float(replace(priced, factor=1.0).paid.sum())
    found = [(step.name, step.total) for step in priced.effect_steps]
    if priced.months:
        found.append(("late phase", moved - planned))
    if priced.factor != 1:
        found.append(("correction", float(priced.paid.sum()) - moved))
    return [*found, ("net", float(priced.amounts.sum()))]


def _is_cut(options: Appraised, line: BenefitLine) -> bool:
    priced = options.prices.of(line)
    return len(priced.effect_steps) > 1 or priced.factor != 1


def _known(amount: float) -> float | None:
    return None if amount != amount else amount


def _cut_headline(options: Appraised, cut: list[tuple[str, BenefitLine]]) -> str:
    """Of the option whose lines could bring most: options exclude one another, so that a sum would be of nothing."""
    if not cut:
        return "No benefit is cut to its effect or corrected: each counts as it was given"
    ends: dict[str, list[float]] = {item.option.short_name: [0.0, 0.0] for item in options.options}
    names = {item.option.code: item.option.short_name for item in options.options}
    for code, line in cut:
        steps = gross_to_net(options, line)
        ends[names[code]][0] += steps[0][1]
        ends[names[code]][1] += steps[-1][1]
    if any(gross + net != gross + net for gross, net in ends.values()):
        return f"What is left of {show.count(len(cut), 'benefit')} is not known yet"
    most = max(ends, key=lambda name: ends[name][0])
    gross, net = ends[most]
    if not gross:
        return f"{show.count(len(cut), 'benefit')} would bring nothing at full effect"
    return f"Of {show.money(gross)} that {most} could bring at full effect, {show.percent(net / gross)} is counted"
