"""What each option costs by phase and by year, and what it brings by kind of benefit."""

from collections.abc import Sequence
from dataclasses import dataclass

from wayforward.appraisal.findings.basis import (
    OPTION,
    corrected,
    discounting_parameters,
    in_no_sum,
    present_range,
    rests_on,
    risked,
    stands_on,
    summed,
    waits,
)
from wayforward.appraisal.lines import READS, Appraised, OptionLines
from wayforward.appraisal.models import BENEFIT_KINDS, BenefitLine
from wayforward.findings import Column, Result, finding, show
from wayforward.findings.compute import Reading
from wayforward.findings.finding import Row
from wayforward.methods.flows import Range
from wayforward.options.models import PHASES, OptionPhase
from wayforward.records.fields import write_year

RISK = "expected risk"
NO_COST = Range(0.0, 0.0, 0.0)
NOT_KNOWN = Range(None, None, None)


@dataclass(frozen=True)
class PhaseCost:
    """The cost of a phase of an option, or of its risks: real, and present value with its range; None if not costed."""

    phase: str
    real: float | None
    present: Range


def phase_costs(case: Reading, options: Appraised, item: OptionLines) -> list[PhaseCost]:
    """The cost of each phase, then of risks where any option has some in its sum.

    A phase that the option does not have costs nothing; one without a line is not known.
    """
    planned = {p.phase for p in case.rows(OptionPhase) if p.option is item.option}
    found = []
    for phase, _ in PHASES:
        lines = [line for line in item.costs if line.cost_phase == phase]
        if lines:
            real = present_or_none(float(options.amounts(lines).sum()))
            found.append(PhaseCost(phase, real, present_range(options, lines)))
        elif item.costs and planned and phase not in planned:
            found.append(PhaseCost(phase, 0.0, NO_COST))
        else:
            found.append(PhaseCost(phase, None, NOT_KNOWN))
    if any(one.risks for one in options.options):
        found.append(_risk_cost(options, item))
    return found


def _risk_cost(options: Appraised, item: OptionLines) -> PhaseCost:
    """What risks of the register are expected to cost: a part of the cost like any phase, from none to all of them."""
    real = float(options.risked(item).amounts.sum())
    return PhaseCost(RISK, real, summed(options.risked(item, discounted=True)))


def present_or_none(value: float) -> float | None:
    """A sum, or None where a part of it is not known (nan)."""
    return None if value != value else value


@finding(
    "appraisal.costs",
    title="Cost of each option by phase",
    question="What does each option cost to start, design and build, implement and own?",
    method="discounting",
    unit="GBP",
    prices="real",
    reads=READS,
)
def costs(case: Reading) -> Result:
    """Cost by phase, and of risks: real, present value with its range, and less that of business as usual.

    Over the phases and risks the change adds up to the net cost in what the option is worth.
    """
    options = Appraised.of(case)
    by_option = {item.option.code: phase_costs(case, options, item) for item in options.options}
    usual = by_option[options.usual.option.code] if options.usual else []
    base = {one.phase: one.present.likely for one in usual}
    rows = [
        _phase_row(code, one, base.get(one.phase)) for code, phases in by_option.items() for one in phases
    ]
    return Result(
        headline=_cost_headline(options, by_option),
        columns=(
            OPTION,
            Column("phase", "Phase"),
            Column("real", "Cost, real", "GBP"),
            Column("present", "Present value", "GBP"),
            Column("low", "Low", "GBP"),
            Column("high", "High", "GBP"),
            Column("change", "Change from business as usual, present value", "GBP"),
        ),
        rows=tuple(rows),
        value_column="present",
        pivot=("option", "phase", "present"),
        used=rests_on(case, options),
        parameters=discounting_parameters(case),
        waiting=waits(options),
        warnings=(
            corrected(options),
            risked(options),
            *in_no_sum(options),
            *_beyond(options),
            *stands_on(case, options),
        ),
    )


def _phase_row(code: str, one: PhaseCost, base: float | None) -> Row:
    """A phase of an option, and its change from the same phase of business as usual."""
    likely = one.present.likely
    return {
        "option": code,
        "phase": one.phase,
        "real": one.real,
        "present": likely,
        "low": one.present.low,
        "high": one.present.high,
        "change": None if likely is None or base is None else likely - base,
    }


def _cost_headline(options: Appraised, by_option: dict[str, list[PhaseCost]]) -> str:
    known: dict[str, float] = {}
    for item in options.others:
        parts = [one.present.likely for one in by_option[item.option.code]]
        if None not in parts:
            known[item.option.short_name] = sum(part for part in parts if part is not None)
    if not known or len(known) < len(options.others):
        return "The whole-life cost of the options is not known yet"
    least, most = min(known, key=known.__getitem__), max(known, key=known.__getitem__)
    if least == most:
        return f"{least} would cost {show.money(known[least])} over its whole life, present value"
    return (
        f"Whole-life cost runs from {show.money(known[least])} ({least}) to "
        f"{show.money(known[most])} ({most}), present value, likely"
    )


def _beyond(options: Appraised) -> tuple[str, ...]:
    late = options.beyond()
    if not late:
        return ()
    total = show.money(sum(late.values()))
    lines = [line for item in options.options for line in item.lines if line.code in late]
    names = list(dict.fromkeys(f"{line.name} ({line.option.short_name})" for line in lines))
    return (f"Late phases move {total} of {show.some(names)} past the last year appraised.",)


@finding(
    "appraisal.cost_by_year",
    title="Cost of each option by year",
    question="When does each option cost what it costs?",
    method="flows",
    unit="GBP",
    prices="real",
    reads=READS,
)
def cost_by_year(case: Reading) -> Result:
    """Real cost by option and financial year; not known while a phase of the option is not costed."""
    options = Appraised.of(case)
    rows: list[Row] = []
    peak: tuple[float, str, int] | None = None
    for item in options.options:
        known = item.costs and not any(words.startswith("the cost") for words in item.waiting)
        totals = options.amounts(item.costs).sum(axis=0).tolist() if known else [None] * len(case.years)
        for year, total in zip(case.years, totals, strict=True):
            amount = None if total is None else present_or_none(total)
            rows.append({"option": item.option.code, "year": year, "real": amount})
            if amount is not None and (peak is None or amount > peak[0]):
                peak = (amount, item.option.short_name, year)
    return Result(
        headline=(
            f"The dearest single year is {write_year(peak[2])} of {peak[1]}, at {show.money(peak[0])}, likely"
            if peak
            else "Cost by year is not known yet"
        ),
        columns=(OPTION, Column("year", "Year", "financial year"), Column("real", "Cost, real", "GBP")),
        rows=tuple(rows),
        value_column="real",
        pivot=("option", "year", "real"),
        used=rests_on(case, options),
        warnings=stands_on(case, options),
        waiting=waits(options),
    )


@finding(
    "appraisal.benefits",
    title="Benefits of each option by kind",
    question="What does each option bring, and of which kind?",
    method="discounting",
    unit="GBP",
    prices="real",
    reads=READS,
)
def benefits(case: Reading) -> Result:
    """Benefit by kind, with its range. Kinds are kept apart; a kind of which an option has no line has no row."""
    options = Appraised.of(case)
    rows = [
        _kind_row(options, item, kind, lines)
        for item in options.options
        for kind, _ in BENEFIT_KINDS
        if (lines := [line for line in item.benefits if line.benefit_kind == kind])
    ]
    return Result(
        headline=_benefit_headline(rows),
        columns=(
            OPTION,
            Column("kind", "Kind of benefit"),
            Column("lines", "Lines", "lines"),
            Column("real", "Benefit, real", "GBP"),
            Column("present", "Present value, likely", "GBP"),
            Column("low", "Low", "GBP"),
            Column("high", "High", "GBP"),
        ),
        rows=tuple(rows),
        value_column="present",
        used=rests_on(case, options),
        parameters=discounting_parameters(case),
        waiting=waits(options),
        warnings=(
            "Benefits of different kinds are not added: only cash-releasing ones pay bills.",
            *stands_on(case, options),
        ),
    )


def _kind_row(options: Appraised, item: OptionLines, kind: str, lines: Sequence[BenefitLine]) -> Row:
    present = present_range(options, lines)
    return {
        "option": item.option.code,
        "kind": kind,
        "lines": len(lines),
        "real": present_or_none(float(options.amounts(lines).sum())),
        "present": present.likely,
        "low": present.low,
        "high": present.high,
    }


def _benefit_headline(rows: list[Row]) -> str:
    releasing = [
        row
        for row in rows
        if row["kind"] == "cash-releasing" and isinstance(row["present"], float) and row["present"] > 0
    ]
    if not releasing:
        return "No benefit that releases cash is known yet"
    lows = min(float(row["low"] or 0.0) for row in releasing)
    highs = max(float(row["high"] or 0.0) for row in releasing)
    return (
        f"{show.count(len(releasing), 'option')} would release cash, between {show.money(lows)} and "
        f"{show.money(highs)} in present value"
    )
