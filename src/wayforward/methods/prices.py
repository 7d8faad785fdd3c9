"""Prices: an index of the price level, and moving between real and nominal amounts.

real = nominal x I(base) / I(year), nominal = real x I(year) / I(base). Appraise in real prices,
deflated by the GDP deflator at market prices; never discount nominal flows at the real rate.
Source: HM Treasury, The Green Book, inflation; GDP deflators at market prices.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from wayforward.methods._arrays import Amounts, Floats, floats


def index_from_inflation(inflation: Amounts) -> Floats:
    """Return a price index, 1 in the first year, from yearly rises (fractions), shape (years,).

    inflation[t] is the rise from year t-1 to year t, so inflation[0] is not used. A rise that is
    not known makes that year and the later ones nan.
    """
    rises = floats(inflation, "inflation")
    if (rises[1:] <= -1).any():
        raise ValueError("inflation of -100% or less was given; write 2% as 0.02")
    return np.concatenate(([1.0], np.cumprod(1.0 + rises[1:])))


def to_real(nominal: Amounts, index: Amounts, base: int) -> Floats:
    """Return cash amounts (..., years) in prices of the year at position base of the index."""
    levels = _levels(index)
    return np.asarray(floats(nominal, "nominal amounts") * levels[base] / levels)


def to_nominal(real: Amounts, index: Amounts, base: int) -> Floats:
    """Return amounts (..., years) in prices of year base as cash of each year."""
    levels = _levels(index)
    return np.asarray(floats(real, "real amounts") * levels / levels[base])


def reprice(amount: float, index: Mapping[int, float], from_year: int, to_year: int) -> float:
    """Return an amount in prices of from_year as an amount in prices of to_year.

    Raises ValueError where the index holds no level for one of the years.
    """
    return amount * _level(index, to_year) / _level(index, from_year)


def real_in(nominal: Amounts, years: Sequence[int], index: Mapping[int, float], base_year: int) -> Floats:
    """Return cash amounts (..., years) of the years named in prices of base_year.

    index holds the level of each year, calendar or financial by first year as the years are; a year
    without a level gives nan. Raises ValueError where base_year has none or the years do not fit.
    """
    levels, base = _named_levels(nominal, years, index, base_year)
    return np.asarray(floats(nominal, "nominal amounts") * base / levels)


def nominal_in(real: Amounts, years: Sequence[int], index: Mapping[int, float], base_year: int) -> Floats:
    """Return amounts (..., years) in prices of base_year as cash of the years named, as real_in."""
    levels, base = _named_levels(real, years, index, base_year)
    return np.asarray(floats(real, "real amounts") * levels / base)


def extended(index: Mapping[int, float], inflation: Mapping[int, float], last_year: int) -> dict[int, float]:
    """Return the index carried on to last_year by yearly rises (fractions) after its own last year.

    A level that the index holds stays as it is. Where a rise is not given the series stops: what comes
    later is not known. Raises ValueError on an index without a level or a rise of -100% or less.
    """
    if not index:
        raise ValueError("a price index without a level can't be carried on; give at least one year")
    levels = dict(sorted(index.items()))
    for year in range(max(levels) + 1, last_year + 1):
        if year not in inflation:
            break
        if not inflation[year] > -1:
            raise ValueError(f"inflation of {inflation[year]:g} in {year}: write 2% as 0.02")
        levels[year] = levels[year - 1] * (1 + inflation[year])
    return levels


def financial_year_index(calendar: Mapping[int, float], first_share: float = 0.75) -> dict[int, float]:
    """Return the index of financial years (by first year) from a calendar-year series.

    A financial year, April to March, takes first_share (three quarters) of its first calendar
    year and the rest of the next. The last calendar year gives no financial year of its own.
    """
    return {
        year: first_share * calendar[year] + (1 - first_share) * calendar[year + 1]
        for year in sorted(calendar)
        if year + 1 in calendar
    }


def levels_for(index: Mapping[int, float], years: Sequence[int]) -> Floats:
    """Return the index levels of the years asked for, nan where the index holds none."""
    return floats([index.get(year) for year in years], "price index")


def _named_levels(
    amounts: Amounts, years: Sequence[int], index: Mapping[int, float], base_year: int
) -> tuple[Floats, float]:
    levels = _levels(levels_for(index, years))
    shape = floats(amounts, "amounts").shape
    if not shape or shape[-1] != len(years):
        raise ValueError(f"amounts of shape {shape} do not fit {len(years)} years: give one amount a year")
    return levels, _level(index, base_year)


def _level(index: Mapping[int, float], year: int) -> float:
    if year not in index:
        held = f"{min(index)} to {max(index)}" if index else "no years"
        raise ValueError(f"no price level for {year}; the index holds {held}")
    return index[year]


def _levels(index: Amounts) -> Floats:
    levels = floats(index, "price index")
    if (levels <= 0).any():
        raise ValueError("a price index of 0 or less was given; every level must be above 0")
    return levels
