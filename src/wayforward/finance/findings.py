"""The financial plan, and the room that it leaves before any option is chosen."""

from wayforward.finance.models import PLAN_KINDS, PlanLine
from wayforward.findings import Column, Result, finding, show
from wayforward.findings.compute import Reading
from wayforward.findings.provenance import used
from wayforward.methods.totals import total
from wayforward.records.fields import write_year

FUNDING = ("grant", "precept", "other income", "reserves")
YEAR = Column("year", "Year", "financial year")


@finding(
    "finance.plan",
    title="The financial plan",
    question="What money does the plan have, by heading and year?",
    method="listing",
    unit="GBP",
    prices="cash",
    reads=(PlanLine,),
)
def plan(case: Reading) -> Result:
    """Every line of the plan by kind, heading and year, in cash."""
    order = {kind: place for place, (kind, _) in enumerate(PLAN_KINDS)}
    lines = sorted(case.rows(PlanLine), key=lambda line: (order[line.plan_kind], line.name, line.year))
    years = sorted({line.year for line in lines})
    span = f"{write_year(years[0])} to {write_year(years[-1])}" if years else ""
    return Result(
        headline=f"The plan covers {span}" if years else "No line of the financial plan is known yet",
        columns=(
            Column("plan_kind", "Kind"),
            Column("heading", "Heading"),
            YEAR,
            Column("amount", "Amount", "GBP"),
        ),
        rows=tuple(
            {
                "plan_kind": line.plan_kind,
                "heading": line.name,
                "year": line.year,
                "amount": None if line.amount is None else float(line.amount),
            }
            for line in lines
        ),
        value_column="amount",
        pivot=("heading", "year", "amount"),
        used=used(lines, "amount"),
        waiting=() if lines else ("the financial plan",),
    )


@finding(
    "finance.headroom",
    title="Funding against spending as planned",
    question="What would be left, or lacking, if nothing else changed?",
    method="totals",
    unit="GBP",
    prices="cash",
    reads=(PlanLine,),
)
def headroom(case: Reading) -> Result:
    """By year: grant, precept, other income and reserves, less the budget after the savings already planned."""
    lines = case.rows(PlanLine)
    rows = []
    for year in sorted({line.year for line in lines}):
        of_year = [line for line in lines if line.year == year]
        funding = _sum([line for line in of_year if line.plan_kind in FUNDING])
        budget = _sum([line for line in of_year if line.plan_kind == "budget"])
        savings = _sum([line for line in of_year if line.plan_kind == "savings planned"]) or 0.0
        spending = None if budget is None else budget - savings
        left = None if funding is None or spending is None else funding - spending
        rows.append({"year": year, "funding": funding, "budget": spending, "headroom": left})
    short = [row for row in rows if row["headroom"] is not None and row["headroom"] < 0]
    unknown = [row for row in rows if row["headroom"] is None]
    return Result(
        headline=_headline(rows, short),
        columns=(
            YEAR,
            Column("funding", "Funding", "GBP"),
            Column("budget", "Spending as planned", "GBP"),
            Column("headroom", "Left over", "GBP"),
        ),
        rows=tuple(rows),
        value_column="headroom",
        used=used(
            [line for line in lines if line.plan_kind in (*FUNDING, "budget", "savings planned")], "amount"
        ),
        waiting=tuple(f"the budget and funding of {write_year(int(row['year'] or 0))}" for row in unknown)
        or (() if rows else ("the financial plan",)),
    )


def _sum(lines: list[PlanLine]) -> float | None:
    """The total of the lines; None where there is none or an amount is not known."""
    if not lines:
        return None
    return total({line.code: None if line.amount is None else float(line.amount) for line in lines}).value


def _headline(rows: list[dict[str, float | None]], short: list[dict[str, float | None]]) -> str:
    if not rows or all(row["headroom"] is None for row in rows):
        return "Whether the plan balances is not known yet"
    if not short:
        return "The plan balances in every year that is known"
    worst = min(short, key=lambda row: row["headroom"] or 0.0)
    return (
        f"The plan falls short from {write_year(int(short[0]['year'] or 0))}, most in "
        f"{write_year(int(worst['year'] or 0))} by {show.money(abs(worst['headroom'] or 0.0))}"
    )
