"""Rules of finance: one figure for a heading, a rise or a leaver and a year, and incomes that can be weighed."""

from collections.abc import Iterator

from wayforward.finance.models import IncomeGroup, Inflation, PlanLine, Turnover
from wayforward.records.case import Case
from wayforward.records.checks import Wrong, check, once


@check
def a_heading_is_planned_once_a_year(case: Case) -> Iterator[Wrong]:
    yield from once(case.rows(PlanLine), "plan_kind", "name", "year")


@check
def prices_rise_once_a_year(case: Case) -> Iterator[Wrong]:
    yield from once(case.rows(Inflation), "year")


@check
def people_leave_once_a_year(case: Case) -> Iterator[Wrong]:
    yield from once(case.rows(Turnover), "post_kind", "year")


@check
def officers_are_not_released_at_a_cost(case: Case) -> Iterator[Wrong]:
    for row in case.rows(Turnover):
        if row.post_kind == "officer" and row.exit_cost:
            allowed = "blank for officers: they hold an office and can't be made redundant"
            yield Wrong(row, "exit_cost", f"{row.exit_cost:f}", allowed)


@check
def incomes_can_be_weighed(case: Case) -> Iterator[Wrong]:
    """A group is weighed by the median over its income: no income is nought, and the median is everybody's."""
    rows = case.rows(IncomeGroup)
    for row in rows:
        for field in ("income", "median"):
            if getattr(row, field) == 0:
                yield Wrong(row, field, "0", "an income above 0, or blank where it is not known")
    known = [row for row in rows if row.median]
    for row in known[1:]:
        if row.median != known[0].median:
            allowed = f"{known[0].median:f} as {known[0].code} has it: the median of everybody is one"
            yield Wrong(row, "median", f"{row.median:f}", allowed)
