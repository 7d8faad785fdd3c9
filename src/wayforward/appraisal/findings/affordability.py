"""Whether the money is there: each option's change in cash against the financial plan, year by year."""

from dataclasses import dataclass

import numpy as np

from wayforward.appraisal.findings.basis import OPTION, rests_on, stands_on, waits
from wayforward.appraisal.levels import price_index
from wayforward.appraisal.lines import READS, Appraised, OptionLines
from wayforward.finance.models import Inflation
from wayforward.findings import Column, Result, finding, show
from wayforward.findings.compute import Reading
from wayforward.findings.finding import Row, Scalar, Used, plain_value
from wayforward.findings.provenance import given, used
from wayforward.methods import Floats
from wayforward.methods import affordability as method
from wayforward.records.fields import write_year

LIKELY = "Worked out on likely amounts."
OWN_CASH = "Only the organisation's own cash counts: what partners would pay or gain is theirs."
CAPITAL = "Capital and revenue are set against the same funding; the plan's capital programme is taken as committed."


def cash_change(case: Reading, options: Appraised, item: OptionLines) -> Floats:
    """An option's net cash need above business as usual: cash costs less cash released, at prices of each year."""
    usual = options.usual
    if usual is None or item.waiting or usual.waiting:
        return np.full(len(case.years), np.nan)
    if item.usual:
        return np.zeros(len(case.years))  # business as usual changes nothing, whatever inflation may be
    real = _cash(case, options, item) - _cash(case, options, usual)
    return np.asarray(real * price_index(case))


def _cash(case: Reading, options: Appraised, item: OptionLines) -> Floats:
    """Cash paid less cash released, real, of the organisation itself: what partners pay or gain is theirs."""
    own = ("", case.exercise.organisation)
    paid = [line for line in (*item.costs, *item.budgeted) if line.cash and line.organisation in own]
    released = [
        line for line in item.benefits if line.benefit_kind == "cash-releasing" and line.organisation in own
    ]
    return np.asarray(options.paid(paid).sum(axis=0) - options.paid(released).sum(axis=0))


def _cash_rests_on(case: Reading, options: Appraised) -> tuple[Used, ...]:
    budgeted = [line for item in options.options for line in item.budgeted]
    return rests_on(case, options) + given(budgeted, "amounts") + used(case.rows(Inflation), "rate")


def _in_the_budget(case: Reading, options: Appraised) -> tuple[str, ...]:
    """What a budget pays that is no cost to society: told by option, for the NPSV leaves it out."""
    own = ("", case.exercise.organisation)
    told, natures = [], set()
    for item in options.options:
        lines = [line for line in item.budgeted if line.cash and line.organisation in own]
        if lines:
            cash = float((options.paid(lines).sum(axis=0) * price_index(case)).sum())
            told.append(f"{show.money(plain_value(cash))} in {item.option.short_name}")
            natures |= {f"{line.nature}s" if line.nature == "transfer" else line.nature for line in lines}
    if not told:
        return ()
    return (
        f"In the budget and not in what an option is worth ({show.listed(sorted(natures))}), in cash over all years: "
        f"{show.listed(told)}.",
    )


def _budgeted_waits(options: Appraised) -> tuple[str, ...]:
    lines = [line for item in options.options for line in item.budgeted]
    unknown = [line for line in lines if np.isnan(options.paid([line])).any()]
    return tuple(f"amounts for {line.name} ({line.code})" for line in unknown)


@dataclass(frozen=True)
class Answer:
    """An option set against the plan: its change in cash by year, and what is left over."""

    item: OptionLines
    change: Floats
    money: method.Affordability


def _answers(case: Reading, options: Appraised) -> list[Answer]:
    plan = {row["year"]: row for row in case.need("finance.headroom").rows}
    funding = [_amount(plan.get(year, {}).get("funding")) for year in case.years]
    budget = [_amount(plan.get(year, {}).get("budget")) for year in case.years]
    answers = []
    for item in options.options:
        change = cash_change(case, options, item)
        answers.append(Answer(item, change, method.affordability(case.years, funding, budget, change)))
    return answers


def _amount(value: Scalar) -> float | None:
    return None if value is None else float(value)


@finding(
    "appraisal.affordability",
    title="Affordability of each option by year",
    question="In which years is the money there?",
    method="affordability",
    unit="GBP",
    prices="cash",
    reads=READS,
    needs=("finance.headroom",),
)
def affordability(case: Reading) -> Result:
    """Funding less spending as planned less each option's change in cash, all in cash of the year."""
    options = Appraised.of(case)
    plan = {row["year"]: row for row in case.need("finance.headroom").rows}
    rows: list[Row] = [
        {
            "option": answer.item.option.code,
            "year": year,
            "funding": plan.get(year, {}).get("funding"),
            "budget": plan.get(year, {}).get("budget"),
            "change": plain_value(answer.change[place]),
            "headroom": answer.money.headroom[place],
        }
        for answer in _answers(case, options)
        for place, year in enumerate(case.years)
    ]
    return Result(
        headline=_headline(options, rows),
        columns=(
            OPTION,
            Column("year", "Year", "financial year"),
            Column("funding", "Funding", "GBP"),
            Column("budget", "Spending as planned", "GBP"),
            Column("change", "Change with the option", "GBP"),
            Column("headroom", "Left over", "GBP"),
        ),
        rows=tuple(rows),
        value_column="headroom",
        pivot=("option", "year", "headroom"),
        used=_cash_rests_on(case, options),
        parameters={"price_base_of_lines": write_year(case.exercise.price_year)},
        warnings=(LIKELY, OWN_CASH, CAPITAL, *_in_the_budget(case, options), *stands_on(case, options)),
        waiting=waits(options) + _budgeted_waits(options) + _money_waits(case),
    )


def _money_waits(case: Reading) -> tuple[str, ...]:
    """The years that the financial plan lacks, and inflation."""
    left = {row["year"]: row["headroom"] for row in case.need("finance.headroom").rows}
    lacking = [write_year(year) for year in case.years if left.get(year) is None]
    plan = (f"the financial plan for {show.listed(lacking)}",) if lacking else ()
    return plan + (("inflation in every year",) if bool(np.isnan(price_index(case)).any()) else ())


def _headline(options: Appraised, rows: list[Row]) -> str:
    short = {row["option"] for row in rows if isinstance(row["headroom"], float) and row["headroom"] < 0}
    unknown = {row["option"] for row in rows if row["headroom"] is None}
    if len(unknown) == len(options.options):
        return "Whether any option can be afforded is not known yet"
    if not short:
        return "Every option that is known fits the financial plan in every year"
    usual = options.usual.option.code if options.usual else ""
    known = len(options.options) - len(unknown)
    said = f"{len(short)} of {show.count(known, 'option')} would outrun the financial plan in some year"
    return f"{said}, business as usual among them" if usual in short and len(short) > 1 else said


@finding(
    "appraisal.gap",
    title="The gap that each option leaves in the financial plan",
    question="When does the money run out, and by how much?",
    method="affordability",
    unit="GBP",
    prices="cash",
    reads=READS,
    needs=("finance.headroom",),
)
def gap(case: Reading) -> Result:
    """The first year and the largest gap of each option; '' where the plan is never short."""
    options = Appraised.of(case)
    answers = _answers(case, options)
    rows = [_gap_row(answer) for answer in answers]
    return Result(
        headline=_gap_headline(answers),
        columns=(
            OPTION,
            Column("affordable", "Affordable in every year", "yes or no"),
            Column("first_year", "First year short", "financial year"),
            Column("largest", "Largest gap", "GBP"),
            Column("largest_year", "In", "financial year"),
            Column("total_change", "Change over all years", "GBP"),
        ),
        rows=tuple(rows),
        value_column="largest",
        used=_cash_rests_on(case, options),
        warnings=(LIKELY, OWN_CASH, CAPITAL, *_in_the_budget(case, options), *stands_on(case, options)),
        waiting=waits(options) + _budgeted_waits(options) + _money_waits(case),
    )


def _gap_row(answer: Answer) -> Row:
    money = answer.money
    none = "" if money.affordable else None  # known not to exist, or not known
    return {
        "option": answer.item.option.code,
        "affordable": money.affordable,
        "first_year": money.first_gap_year if money.first_gap_year is not None else none,
        "largest": money.largest_gap if money.largest_gap is not None else none,
        "largest_year": money.largest_gap_year if money.largest_gap_year is not None else none,
        "total_change": plain_value(float(answer.change.sum())),
    }


def _gap_headline(answers: list[Answer]) -> str:
    if all(answer.money.affordable is None for answer in answers):
        return "The gap that each option leaves is not known yet"
    gaps = [answer for answer in answers if answer.money.largest_gap]
    if not gaps:
        return "No option that is known leaves a gap"
    worst = max(gaps, key=lambda answer: answer.money.largest_gap or 0.0)
    return (
        f"The largest gap in one year is {show.money(worst.money.largest_gap)}, "
        f"with {worst.item.option.short_name} in {write_year(worst.money.largest_gap_year or 0)}"
    )


@finding(
    "appraisal.price_bases",
    title="Costs and benefits, real and in cash",
    question="What do the real figures come to in the pounds of each year?",
    method="prices",
    unit="GBP",
    prices="cash",
    reads=READS,
)
def price_bases(case: Reading) -> Result:
    """By option and year: real cost and benefit, the price level, and both in cash of the year. All organisations."""
    options = Appraised.of(case)
    index = price_index(case)
    rows = [row for item in options.options for row in _base_rows(case, options, item, index)]
    rise = float(index[-1]) - 1 if len(index) else float("nan")
    base = write_year(case.exercise.price_year)
    return Result(
        headline=(
            f"Prices in {write_year(case.years[-1])} are taken as {show.percent(rise)} above those of {base}"
            if rise == rise
            else f"How prices move from {base} on is not known in every year"
        ),
        columns=(
            OPTION,
            Column("year", "Year", "financial year"),
            Column("level", f"Price level, {base} = 100%", "fraction"),
            Column("source", "From"),
            Column("cost", f"Cost, {base} prices", "GBP"),
            Column("cost_cash", "Cost, cash", "GBP"),
            Column("benefit", f"Benefit, {base} prices", "GBP"),
            Column("benefit_cash", "Benefit, cash", "GBP"),
        ),
        rows=tuple(rows),
        value_column="cost_cash",
        used=rests_on(case, options) + used(case.rows(Inflation), "rate"),
        parameters={"deflator": case.edition.get("deflator").name, "price_base": base},
        warnings=(
            "Only real figures are discounted. Transfers and tax are in neither; what risks are expected to cost is "
            "in no year here.",
            *stands_on(case, options),
        ),
        waiting=waits(options) + (("inflation in every year",) if bool(np.isnan(index).any()) else ()),
    )


def _base_rows(case: Reading, options: Appraised, item: OptionLines, index: Floats) -> list[Row]:
    unknown = bool(item.waiting)
    cost, benefit = (options.paid(lines).sum(axis=0) for lines in (item.costs, item.benefits))
    rows: list[Row] = []
    for place, year in enumerate(case.years):
        figures = {
            "cost": cost[place],
            "cost_cash": cost[place] * index[place],
            "benefit": benefit[place],
            "benefit_cash": benefit[place] * index[place],
        }
        rows.append(
            {
                "option": item.option.code,
                "year": year,
                "level": plain_value(float(index[place])),
                "source": _level_source(case, year),
                **{name: None if unknown else plain_value(float(amount)) for name, amount in figures.items()},
            }
        )
    return rows


def _level_source(case: Reading, year: int) -> str:
    """Where a year's price level comes from: the deflator for years before the price base, assumption after."""
    if year == case.exercise.price_year:
        return "the price base"
    return "the deflator" if year < case.exercise.price_year else "inflation assumed"
