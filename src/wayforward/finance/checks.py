"""Rules of finance: one figure for a heading and a year, one rise of prices for a year."""

from collections.abc import Iterator

from wayforward.finance.models import Inflation, PlanLine
from wayforward.records.case import Case
from wayforward.records.checks import Wrong, check, once


@check
def a_heading_is_planned_once_a_year(case: Case) -> Iterator[Wrong]:
    yield from once(case.rows(PlanLine), "plan_kind", "name", "year")


@check
def prices_rise_once_a_year(case: Case) -> Iterator[Wrong]:
    yield from once(case.rows(Inflation), "year")
