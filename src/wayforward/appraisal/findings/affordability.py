"""Whether the money is there: each option's change in cash against the financial plan, year by year."""

import numpy as np

from wayforward.appraisal.findings.basis import OPTION, rests_on, stands_on, waits
from wayforward.appraisal.lines import READS, Appraised, OptionLines
from wayforward.finance.models import Inflation
from wayforward.findings import Column, Result, finding, show
from wayforward.findings.compute import Reading
from wayforward.findings.provenance import used
from wayforward.methods import Floats, prices
from wayforward.methods import affordability as method
from wayforward.records.fields import write_year


def price_index(case: Reading) -> Floats:
    """Price levels of the years appraised, 1 in the price base, from the inflation assumed; nan is not known."""
    rises = {row.year: row.rate for row in case.rows(Inflation)}
    base = case.exercise.price_year
    span = range(base, case.years[-1] + 1)
    yearly = [None if rises.get(year) is None else float(rises[year] or 0) for year in span]
    levels = prices.index_from_inflation(yearly)
    return levels[case.years[0] - base :]


def cash_change(case: Reading, options: Appraised, item: OptionLines) -> Floats:
    """An option's net cash need above business as usual: cash costs less cash released, at prices of each year."""
    usual = options.usual
    if usual is None or item.waiting or usual.waiting:
        return np.full(len(case.years), np.nan)
    real = _cash(options, item) - _cash(options, usual)
    return np.asarray(real * price_index(case))


def _cash(options: Appraised, item: OptionLines) -> Floats:
    paid = [line for line in item.costs if line.cash]
    released = [line for line in item.benefits if line.benefit_kind == "cash-releasing"]
    return np.asarray(options.amounts(paid).sum(axis=0) - options.amounts(released).sum(axis=0))


@finding(
    "appraisal.affordability",
    title="Affordability of each option by year",
    question="In which years is the money there?",
    method="affordability",
    unit="GBP",
    prices="cash",
    reads=(*READS, Inflation),
    needs=("finance.headroom",),
)
def affordability(case: Reading) -> Result:
    """Funding less spending as planned less each option's change in cash, all in cash of the year."""
    options = Appraised(case)
    plan = {row["year"]: row for row in case.need("finance.headroom").rows}
    rows = []
    for item in options.options:
        answer, change = _answer(case, options, item, plan)
        for place, year in enumerate(case.years):
            known = plan.get(year, {})
            rows.append(
                {
                    "option": item.option.code,
                    "year": year,
                    "funding": known.get("funding"),
                    "budget": known.get("budget"),
                    "change": change[place],
                    "headroom": answer.headroom[place],
                }
            )
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
        warnings=("Capital and revenue are set against the same funding.", *stands_on(case, options)),
        waiting=waits(options)
        + ((f"the financial plan for {show.listed(lacking)}",) if lacking else ())
        + (("inflation in every year",) if bool(np.isnan(price_index(case)).any()) else ()),
    )


def _answer(case: Reading, options: Appraised, item: OptionLines, plan):  # type: ignore[no-untyped-def]
    change = (
        np.zeros(len(case.years)) if item.usual and not item.waiting else cash_change(case, options, item)
    )
    return (
        method.affordability(
            case.years,
            [plan.get(year, {}).get("funding") for year in case.years],
            [plan.get(year, {}).get("budget") for year in case.years],
            change,
        ),
        change,
    )


def _headline(options: Appraised, rows: list[dict[str, object]]) -> str:
    short = {row["option"] for row in rows if isinstance(row["headroom"], float) and row["headroom"] < 0}
    unknown = {row["option"] for row in rows if row["headroom"] is None}
    if len(unknown) == len(options.options):
        return "Whether any option can be afforded is not known yet"
    if not short:
        return "Every option that is known fits the financial plan in every year"
    total = len(options.options) - len(unknown)
    return f"{len(short)} of {show.count(total, 'option')} would outrun the financial plan in some year"


@finding(
    "appraisal.gap",
    title="The gap that each option leaves in the financial plan",
    question="When does the money run out, and by how much?",
    method="affordability",
    unit="GBP",
    prices="cash",
    reads=(*READS, Inflation),
    needs=("finance.headroom",),
)
def gap(case: Reading) -> Result:
    """The first year and the largest gap of each option; none where the plan is never short."""
    options = Appraised(case)
    plan = {row["year"]: row for row in case.need("finance.headroom").rows}
    rows = []
    for item in options.options:
        answer, change = _answer(case, options, item, plan)
        known = not np.isnan(change).any()
        rows.append(
            {
                "option": item.option.code,
                "affordable": answer.affordable,
                "first_year": answer.first_gap_year,
                "largest": answer.largest_gap if answer.largest_gap is not None or not known else 0.0,
                "largest_year": answer.largest_gap_year,
                "total_change": float(change.sum()) if known else None,
            }
        )
    gaps = [row for row in rows if row["largest"]]
    worst = max(gaps, key=lambda row: row["largest"], default=None)
    return Result(
        headline=_gap_headline(options, rows, worst),
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
        warnings=stands_on(case, options),
        waiting=waits(options),
    )


def _gap_headline(options: Appraised, rows, worst) -> str:  # type: ignore[no-untyped-def]
    names = {item.option.code: item.option.short_name for item in options.options}
    if all(row["affordable"] is None for row in rows):
        return "The gap that each option leaves is not known yet"
    if worst is None:
        return "No option that is known leaves a gap"
    return (
        f"The largest gap in one year is {show.money(worst['largest'])}, "
        f"with {names[worst['option']]} in {write_year(worst['largest_year'])}"
    )
