"""Residual value: what an asset is still worth when the years appraised end.

Straight line: value = cost x (life - years used) / life, never below 0, for what is spent in each year
by itself; years used run from the start of the year of spending to the end of the last year appraised.
A value that is given (a valuation, or a cost of disposal, below 0) takes its place. It enters the last
year as a benefit. Source: HM Treasury, The Green Book: residual values; straight line as in HM
Treasury, Government Financial Reporting Manual.
"""

import math

import numpy as np

from wayforward.methods._arrays import Amounts, Floats, floats


def straight_line(cost: float, life_years: float, used_years: float) -> float:
    """Return what is left of a cost after some years of use, in the same prices.

    Raises ValueError where the life is not above 0, or cost or use is below 0.
    """
    if not 0 < life_years < math.inf:
        raise ValueError(f"a life of {life_years:g} years was given; a life is above 0 years")
    if cost < 0 or used_years < 0:
        raise ValueError("a residual value needs a cost and years of use of 0 or more")
    return cost * max(life_years - used_years, 0.0) / life_years


def of_spending(spending: Amounts, life_years: float) -> float:
    """Return the residual value at the end of the last year of spending by year (years,), real pounds.

    nan where a year whose asset would still be in use is not known: one that has worn out by then
    leaves nothing, whatever it cost. Raises ValueError as straight_line does.
    """
    amounts = floats(spending, "capital spending")
    if amounts.ndim != 1:
        raise ValueError(f"capital spending of shape {amounts.shape} was given; give one amount a year")
    parts = []
    for year, amount in enumerate(amounts.tolist()):
        used = amounts.size - year
        left = straight_line(1.0, life_years, used)
        if left > 0 and amount < 0:
            raise ValueError(f"capital spending of {amount:g} in year {year}: give 0 or more")
        parts.append(amount * left if left > 0 else 0.0)
    return math.fsum(parts)


def in_last_year(value: float | None, years: int) -> Floats:
    """Return yearly amounts (years,) of 0 with the residual value in the last; None gives nan there."""
    if years < 1:
        raise ValueError(f"a residual value needs at least one year appraised; {years} given")
    amounts = np.zeros(years)
    amounts[-1] = math.nan if value is None else value
    return floats(amounts, "residual value")


def residual(spending: Amounts, life_years: float | None = None, given: float | None = None) -> Floats:
    """Return the residual value as a benefit by year (years,), all of it in the last year.

    given is used where it is stated, else the straight line over life_years; with neither, the value
    is not known and the last year is nan. A spending of nought leaves nought.
    """
    amounts = floats(spending, "capital spending")
    if given is not None:
        return in_last_year(given, amounts.size)
    if life_years is None:
        return in_last_year(None if np.isnan(amounts).any() or amounts.any() else 0.0, amounts.size)
    return in_last_year(of_spending(amounts, life_years), amounts.size)


def replaced_before_end(spending: Amounts, life_years: float) -> tuple[int, ...]:
    """Return the years (0 = the first) whose spending has worn out before the years appraised end.

    Each needs its replacement among the costs, or a reason why there is none.
    """
    amounts = floats(spending, "capital spending")
    straight_line(0.0, life_years, 0.0)
    return tuple(
        year
        for year, amount in enumerate(amounts.tolist())
        if amount != 0 and amounts.size - year > life_years
    )
