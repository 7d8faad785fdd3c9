"""Whether the money is there: each option's change in cash against the financial plan, year by year."""

from dataclasses import dataclass

import numpy as np

from wayforward.appraisal.findings.basis import OPTION, rests_on, stands_on, waits
from wayforward.appraisal.levels import price_index
from wayforward.appraisal.lines import READS, Appraised, OptionLines
from wayforward.finance.models import Inflation
from wayforward.findings import Column, Result, finding, show
from wayforward.findings.compute import Reading
from wayforward.findings.finding import Row, Scalar, plain_value
from wayforward.findings.provenance import used
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
    lacking = [write_year(year) for year in case.years if plan.get(year, {}).get("headroom") is None]
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
        used=rests_on(case, options) + used(case.rows(Inflation), "rate"),
        parameters={"price_base_of_lines": write_year(case.exercise.price_year)},
        warnings=(LIKELY, OWN_CASH, CAPITAL, *stands_on(case, options)),
        waiting=waits(options)
        + ((f"the financial plan for {show.listed(lacking)}",) if lacking else ())
        + (("inflation in every year",) if bool(np.isnan(price_index(case)).any()) else ()),
    )


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
        used=rests_on(case, options) + used(case.rows(Inflation), "rate"),
        warnings=(LIKELY, OWN_CASH, CAPITAL, *stands_on(case, options)),
        waiting=waits(options),
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
