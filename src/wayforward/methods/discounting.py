"""Discounting at a schedule of rates that falls by bands of years.

D(0) = 1 and D(t) = D(t-1) / (1 + r_t): the rate of the band that year t falls in applies to that
year's step only. Effects on life and health have a schedule of their own, and appraisals beyond 50
years a sensitivity at lower rates. The rate itself is r = delta + L + mu x g. Source: HM Treasury, The
Green Book (2003 Annex 6; 2026 chapter 6); the bands as printed on the Department for Transport's TAG
data page.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from wayforward.methods._arrays import Amounts, Floats, floats


@dataclass(frozen=True)
class RateBand:
    """A yearly rate (a fraction) from first_year to last_year; None = without end."""

    first_year: int
    last_year: int | None
    rate: float


def bands(rates: Mapping[str, object]) -> tuple[RateBand, ...]:
    """Read rate bands from years and rates, as {"0-30": 0.035, "31-75": 0.03, "76+": 0.025}.

    Raises ValueError where bands leave a gap or overlap, or a rate is not a number above -1.
    """
    read = tuple(sorted((_band(years, rate) for years, rate in rates.items()), key=_first_year))
    _check(read)
    return read


def factors(schedule: Sequence[RateBand], years: int, *, mid_year: bool = False) -> Floats:
    """Return the discount factors of years 0 to years-1, shape (years,).

    With mid_year a year's flows fall half a year after it starts: D(t) / (1 + r_{t+1}) ** 0.5.
    Raises ValueError if the schedule is faulty or ends before the years asked for.
    """
    _check(schedule)
    if years < 1:
        raise ValueError(f"discount factors need at least one year; {years} asked for")
    rates = np.array([_rate(schedule, t) for t in range(1, years + mid_year)], dtype=np.float64)
    steps = 1.0 / (1.0 + rates)
    whole = np.cumprod(np.concatenate((np.ones(1), steps)))[:years]
    return floats(whole * np.sqrt(steps) if mid_year else whole, "discount factors")


def present_value(flows: Amounts, discount_factors: Amounts) -> Floats:
    """Return the sum of flows x factors over the last axis; flows has shape (..., years).

    A year that is nan (not known) makes its present value nan. Raises ValueError where the number
    of years differs.
    """
    amounts, weights = floats(flows, "flows"), floats(discount_factors, "discount factors")
    if amounts.ndim == 0 or amounts.shape[-1] != weights.shape[0]:
        raise ValueError(
            f"flows of shape {amounts.shape} do not fit {weights.shape[0]} discount factors: "
            "give one amount a year"
        )
    return np.asarray((amounts * weights).sum(axis=-1), dtype=np.float64)


def present_values(
    flows: Amounts, schedules: Sequence[str], discount_factors: Mapping[str, Amounts]
) -> Floats:
    """Return the present value of each line at the factors of its own schedule, shape (lines,).

    flows has shape (lines, years); schedules names each line's, as 'standard' or 'health', and
    discount_factors holds the factors (years,) of each. Raises ValueError where a name is missing.
    """
    amounts = floats(flows, "flows")
    if amounts.ndim != 2 or amounts.shape[0] != len(schedules):
        raise ValueError(f"{len(schedules)} schedules were given for flows of shape {amounts.shape}")
    for name in schedules:
        if name not in discount_factors:
            held = ", ".join(sorted(discount_factors))
            raise ValueError(f"there are no discount factors for {name!r}; there are {held}")
    worth = [present_value(row, discount_factors[name]) for row, name in zip(amounts, schedules, strict=True)]
    return np.array(worth, dtype=np.float64)


def sensitivity_demanded(years: int, beyond: int = 50) -> bool:
    """Say whether an appraisal of so many years must show the lower-rate sensitivity: beyond 50 years."""
    return years > beyond


def time_preference(pure: float, catastrophe: float, elasticity: float, growth: float) -> float:
    """Return the social time preference rate delta + L + mu x g (fractions a year)."""
    return pure + catastrophe + elasticity * growth


def _rate(schedule: Sequence[RateBand], year: int) -> float:
    for band in schedule:
        if band.first_year <= year and (band.last_year is None or year <= band.last_year):
            return band.rate
    raise ValueError(f"the discount rates end before year {year}; give a rate for it")


def _check(schedule: Sequence[RateBand]) -> None:
    if not schedule:
        raise ValueError("no discount rates were given")
    if schedule[0].first_year > 1:
        raise ValueError(f"the discount rates start at year {schedule[0].first_year}, not at 0")
    for earlier, later in pairwise(schedule):
        if earlier.last_year is None or later.first_year != earlier.last_year + 1:
            raise ValueError(
                f"the band from year {later.first_year} must start in the year after the one "
                f"before it ends ({earlier.last_year})"
            )
    for band in schedule:
        if not band.rate > -1:
            raise ValueError(f"the rate {band.rate} from year {band.first_year} is not above -100%")


def _band(years: str, rate: object) -> RateBand:
    match = re.fullmatch(r"([0-9]+)(?:-([0-9]+)|\+)", years)
    if match is None or isinstance(rate, bool) or not isinstance(rate, int | float):
        raise ValueError(f"{years}: {rate!r} is not a rate for a band of years such as 0-30 or 76+")
    if match[2] and int(match[2]) < int(match[1]):
        raise ValueError(f"{years}: a band of years runs from its first to its last, such as 0-30")
    return RateBand(int(match[1]), int(match[2]) if match[2] else None, float(rate))


def _first_year(band: RateBand) -> int:
    return band.first_year
