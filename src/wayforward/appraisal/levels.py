"""Price levels of financial years: the deflator for years gone by, assumed inflation for those to come."""

import numpy as np

from wayforward.finance.models import Inflation
from wayforward.findings.compute import Reading
from wayforward.methods import Floats, prices


def price_levels(case: Reading) -> dict[int, float]:
    """The price level by financial year, 1 in the exercise's price base.

    From the price base on it is inflation as the exercise assumes it; before it, the edition's deflator.
    A year that neither reaches is left out.
    """
    base = case.exercise.price_year
    levels = {base: 1.0}
    rises = {row.year: row.rate for row in case.rows(Inflation)}
    for year in range(base + 1, case.years[-1] + 1):
        rise = rises.get(year)
        if rise is None:
            break
        levels[year] = levels[year - 1] * (1 + float(rise))
    calendar = case.edition.get("deflator").by_year("calendar")
    index = prices.financial_year_index(calendar)
    if base in index:
        levels |= {year: index[year] / index[base] for year in index if year < base}
    return levels


def price_index(case: Reading) -> Floats:
    """Price levels of the years appraised, 1 in the price base; nan is not known."""
    levels = price_levels(case)
    return np.array([levels.get(year, np.nan) for year in case.years])
