"""Rules of alignment: no investment without an outcome, and strengths on one scale."""

from collections.abc import Iterator

from wayforward.alignment.models import Investment, InvestmentOutcome, Strength
from wayforward.records.case import Case
from wayforward.records.checks import Wrong, check, once

SCALE = (0, 1, 3, 9)


@check
def an_investment_has_an_outcome(case: Case) -> Iterator[Wrong]:
    named = {row.investment.code for row in case.rows(InvestmentOutcome)}
    for investment in case.rows(Investment):
        if investment.code not in named:
            allowed = "an outcome named for it: a row of investment_outcomes with this code in investment"
            yield Wrong(investment, "code", f"{investment.code}, an investment without an outcome", allowed)


@check
def strengths_are_on_the_scale(case: Case) -> Iterator[Wrong]:
    for row in case.rows(Strength):
        if row.strength is not None and row.strength not in SCALE:
            allowed = "0 (no link), 1 (weakly), 3 (moderately) or 9 (strongly)"
            yield Wrong(row, "strength", str(row.strength), allowed)


@check
def each_link_once(case: Case) -> Iterator[Wrong]:
    yield from once(case.rows(Strength), "priority", "capability")
    yield from once(case.rows(InvestmentOutcome), "investment", "outcome")
