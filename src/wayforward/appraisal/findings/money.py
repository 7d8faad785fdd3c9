"""What each option costs by phase and by year, and what it brings by kind of benefit."""

from wayforward.appraisal.findings.basis import (
    OPTION,
    discount_factors,
    discounting_parameters,
    rests_on,
    stands_on,
    waits,
)
from wayforward.appraisal.lines import READS, Appraised, OptionLines
from wayforward.appraisal.models import BENEFIT_KINDS, BenefitLine
from wayforward.findings import Column, Result, finding, show
from wayforward.findings.compute import Reading
from wayforward.findings.finding import Row
from wayforward.methods import discounting
from wayforward.options.models import PHASES, OptionPhase
from wayforward.records.fields import write_year


def _phase_costs(
    case: Reading, options: Appraised, item: OptionLines
) -> dict[str, tuple[float, float] | None]:
    """By phase, the real total and present value of an option's costs; None where a phase is not costed."""
    factors = discount_factors(case)
    planned = {p.phase for p in case.rows(OptionPhase) if p.option is item.option}
    found: dict[str, tuple[float, float] | None] = {}
    for phase, _ in PHASES:
        lines = [line for line in item.costs if line.cost_phase == phase]
        if not lines:
            found[phase] = (0.0, 0.0) if planned and phase not in planned else None
            continue
        flows = options.amounts(lines)
        found[phase] = (
            float(flows.sum()),
            float(discounting.present_value(flows, factors).sum()),
        )
    return found


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
    """Cost by phase: real total, present value, and present value less that of business as usual."""
    options = Appraised(case)
    by_option = {item.option.code: _phase_costs(case, options, item) for item in options.options}
    usual = by_option[options.usual.option.code] if options.usual else {}
    rows = []
    for code, phases in by_option.items():
        for phase, amounts in phases.items():
            base = usual.get(phase)
            real, present = amounts or (None, None)
            change = present - base[1] if present is not None and base is not None else None
            rows.append({"option": code, "phase": phase, "real": real, "present": present, "change": change})
    return Result(
        headline=_cost_headline(options, by_option),
        columns=(
            OPTION,
            Column("phase", "Phase"),
            Column("real", "Cost, real", "GBP"),
            Column("present", "Present value", "GBP"),
            Column("change", "Change from business as usual, present value", "GBP"),
        ),
        rows=tuple(rows),
        value_column="present",
        pivot=("option", "phase", "present"),
        used=rests_on(case, options),
        parameters=discounting_parameters(case),
        waiting=waits(options),
        warnings=(*_beyond(options), *stands_on(case, options)),
    )


def _cost_headline(options: Appraised, by_option: dict[str, dict[str, tuple[float, float] | None]]) -> str:
    known = {
        item.option.short_name: sum(part[1] for part in phases if part is not None)
        for item in options.options
        if None not in (phases := list(by_option[item.option.code].values())) and not item.usual and phases
    }
    if len(known) < len(options.others) or not known:
        return "The whole-life cost of the options is not known yet"
    least, most = min(known, key=lambda n: known[n]), max(known, key=lambda n: known[n])
    return (
        f"Whole-life cost runs from {show.money(known[least])} ({least}) to "
        f"{show.money(known[most])} ({most}), present value"
    )


def _beyond(options: Appraised) -> tuple[str, ...]:
    late = {code: amount for code, amount in options.beyond.items() if amount}
    if not late:
        return ()
    total = show.money(sum(late.values()))
    return (f"Late phases move {total} of {show.listed(sorted(late))} past the last year appraised.",)


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
    """Real cost by option and financial year; a year is not known while a phase of the option is not costed."""
    options = Appraised(case)
    rows = []
    peak: tuple[float, str, int] | None = None
    for item in options.options:
        known = not any(words.startswith("the cost") for words in item.waiting) and item.costs
        totals = options.amounts(item.costs).sum(axis=0) if known else [None] * len(case.years)
        for year, amount in zip(case.years, totals, strict=True):
            rows.append({"option": item.option.code, "year": year, "real": amount})
            if amount is not None and (peak is None or amount > peak[0]):
                peak = (float(amount), item.option.short_name, year)
    return Result(
        headline=(
            f"The dearest single year is {write_year(peak[2])} of {peak[1]}, at {show.money(peak[0])}"
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
    """Benefit by kind: real total and present value. Kinds are kept apart; what has no price is counted, not added."""
    options, factors = Appraised(case), discount_factors(case)
    rows: list[Row] = []
    for item in options.options:
        unpriced = [
            line
            for line in case.rows(BenefitLine)
            if line.option is item.option and line.benefit_kind == "unmonetised"
        ]
        for kind, _ in BENEFIT_KINDS:
            lines = [line for line in item.benefits if line.benefit_kind == kind]
            flows = options.amounts(lines)
            priced = kind != "unmonetised" and bool(lines)
            rows.append(
                {
                    "option": item.option.code,
                    "kind": kind,
                    "lines": len(unpriced) if kind == "unmonetised" else len(lines),
                    "real": float(flows.sum()) if priced else None,
                    "present": float(discounting.present_value(flows, factors).sum()) if priced else None,
                }
            )
    cash = [row["present"] for row in rows if row["kind"] == "cash-releasing"]
    releasing = [float(value) for value in cash if value]
    return Result(
        headline=(
            f"{show.count(len(releasing), 'option')} would release cash"
            f" (up to {show.money(max(releasing))}, present value)"
            if releasing
            else "No benefit that releases cash is known yet"
        ),
        columns=(
            OPTION,
            Column("kind", "Kind of benefit"),
            Column("lines", "Lines", "lines"),
            Column("real", "Benefit, real", "GBP"),
            Column("present", "Present value", "GBP"),
        ),
        rows=tuple(rows),
        value_column="present",
        pivot=("option", "kind", "present"),
        used=rests_on(case, options),
        parameters=discounting_parameters(case),
        waiting=waits(options),
        warnings=(
            "Benefits of different kinds are not added: only cash-releasing ones pay bills.",
            *stands_on(case, options),
        ),
    )
