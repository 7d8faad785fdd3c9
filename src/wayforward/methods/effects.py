"""From what a change could bring at full effect to what it brings, year by year.

net = gross x reach x take-up x (1 - deadweight) x attribution, then later by the lag, less while it
ramps up and less again as it drops off. Over the ramp the effect grows in a straight line, from
nothing in its first moment to all at its end, so that month k (from 0) of a ramp of m months has
(k + 1/2) / m of it. After the ramp the effect is whole for a year and then loses the same fraction of
what is left at the end of each year.
Amounts are spread evenly over the months of their financial year, as everywhere.
Source: deadweight, attribution and drop-off as in the Cabinet Office and SROI Network, A Guide to
Social Return on Investment (2012); reach and take-up as in HM Treasury and New Economy, cost benefit
analysis guidance for local partnerships (2014); months within years are this software's convention.
"""

from dataclasses import dataclass

import numpy as np

from wayforward.methods._arrays import Amounts, Floats, floats

MONTHS = 12


@dataclass(frozen=True)
class Effect:
    """How a full effect is cut and delayed; None = not applied.

    reach: the fraction of the population that is offered the change; take_up: the fraction of those
    that take it; deadweight: what would have come anyway; attribution: the fraction owed to this
    change; drop_off: the fraction of what is left that is lost at the end of each year of full effect.
    """

    reach: float | None = None
    take_up: float | None = None
    deadweight: float | None = None
    attribution: float | None = None
    lag_months: int | None = None
    ramp_months: int | None = None
    drop_off: float | None = None


@dataclass(frozen=True, eq=False)
class Step:
    """A step from gross to net: its name and what it changes in each year appraised (pounds)."""

    name: str
    change: Floats

    @property
    def total(self) -> float:
        """The change over all the years appraised, nan where a year is not known."""
        return float(self.change.sum())


@dataclass(frozen=True, eq=False)
class Benefit:
    """Yearly net amounts over the years appraised, what falls after them, and the steps to the amounts.

    The changes of the steps add up to the amounts, year by year. beyond has as many years as it needs.
    """

    amounts: Floats
    beyond: Floats
    steps: tuple[Step, ...]


def gross(units: Amounts, unit_value: Amounts) -> Floats:
    """Return yearly amounts at full effect: units (years,) x the value of a unit (one, or one a year).

    Raises ValueError where the number of years differs. A unit or value that is not known gives nan.
    """
    counts, worth = floats(units, "units"), floats(unit_value, "unit value")
    if counts.ndim != 1 or worth.shape not in ((), counts.shape):
        raise ValueError(
            f"units of shape {counts.shape} do not fit unit values of shape {worth.shape}: give units by "
            "year with one unit value, or one for each year"
        )
    return np.asarray(counts * worth)


def benefit(full: Amounts, effect: Effect, years: int) -> Benefit:
    """Return the net yearly benefit over a number of years, with its steps and what falls beyond them.

    full has shape (n,): the amounts at full effect from the first year appraised; the effect starts
    with the first year that is not 0. A year that is not known (nan) stays so wherever it reaches; if
    it is the first, ramp and drop-off have no known start and nothing is known. Raises ValueError
    where a fraction is outside 0 to 1, months are below 0, or no year is appraised.
    """
    _check(effect, years)
    profile = floats(full, "full effect")
    if profile.ndim != 1:
        raise ValueError(f"a full effect of shape {profile.shape} was given; give one amount a year")
    # Months hold yearly rates and are divided last, so that whole pounds stay whole.
    monthly = np.repeat(profile, MONTHS)
    stages = [("gross", monthly)]
    for name, factor in _factors(effect):
        monthly = monthly * factor
        stages.append((name, monthly))
    start = _start(profile)
    ramp_months = effect.ramp_months or 0
    if effect.ramp_months is not None:
        monthly = monthly * _ramp(monthly.size, start, ramp_months)
        stages.append(("ramp", monthly))
    if effect.drop_off is not None:
        monthly = monthly * _drop_off(monthly.size, start, ramp_months, effect.drop_off)
        stages.append(("drop-off", monthly))
    if effect.lag_months is not None:
        monthly = np.concatenate((np.zeros(effect.lag_months), monthly))
        stages.append(("lag", monthly))
    return _told(stages, years)


def _factors(effect: Effect) -> list[tuple[str, float]]:
    kept = None if effect.deadweight is None else 1 - effect.deadweight
    given = (
        ("reach", effect.reach),
        ("take-up", effect.take_up),
        ("deadweight", kept),
        ("attribution", effect.attribution),
    )
    return [(name, factor) for name, factor in given if factor is not None]


def _start(profile: Floats) -> float:
    """The month in which the effect starts; nan where the first year with an amount is not known."""
    begun = np.flatnonzero(profile != 0)  # nan is not 0
    if begun.size == 0:
        return 0.0
    return float("nan") if np.isnan(profile[begun[0]]) else float(begun[0] * MONTHS)


def _ramp(months: int, start: float, ramp_months: int) -> Floats:
    since = np.arange(months) - start
    if ramp_months == 0:
        return np.where(np.isnan(since), np.nan, 1.0)
    return np.asarray(np.clip((since + 0.5) / ramp_months, 0.0, 1.0))


def _drop_off(months: int, start: float, ramp_months: int, drop_off: float) -> Floats:
    since = np.arange(months) - start - ramp_months
    return np.asarray((1 - drop_off) ** np.maximum(np.floor(since / MONTHS), 0.0))


def _told(stages: list[tuple[str, Floats]], years: int) -> Benefit:
    before, steps, yearly = np.zeros(years), [], np.zeros(0)
    for name, monthly in stages:
        yearly = _by_year(monthly, years)
        steps.append(Step(name, yearly[:years] - before))
        before = yearly[:years]
    return Benefit(np.array(yearly[:years]), np.array(yearly[years:]), tuple(steps))


def _by_year(monthly: Floats, years: int) -> Floats:
    whole = max(-(-monthly.size // MONTHS), years)
    padded = np.pad(monthly, (0, whole * MONTHS - monthly.size))
    return np.asarray(padded.reshape(whole, MONTHS).sum(axis=1) / MONTHS)


def _check(effect: Effect, years: int) -> None:
    if years < 1:
        raise ValueError(f"a benefit needs at least one year appraised; {years} given")
    for name in ("reach", "take_up", "deadweight", "attribution", "drop_off"):
        value = getattr(effect, name)
        if value is not None and not 0 <= value <= 1:
            word = name.replace("_", "-")
            raise ValueError(f"a {word} of {value:g} is outside 0 to 1; write 60% as 0.6")
    for name in ("lag_months", "ramp_months"):
        months = getattr(effect, name)
        if months is not None and (months < 0 or months != int(months)):
            word = name.removesuffix("_months")
            raise ValueError(f"a {word} of {months} months was given; give whole months, 0 or more")
