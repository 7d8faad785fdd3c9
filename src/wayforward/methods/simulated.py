"""What is told of simulated figures, each with its standard error.

Mean: s / sqrt(n), and Student's t for the interval. Probability: sqrt(p (1 - p) / n), and the
interval of E. B. Wilson (1927), Journal of the American Statistical Association 22, which stays open
where an event was seen never or always. Percentile p: the order statistics at n p plus and minus
1.96 sqrt(n p (1 - p)) bound it with 95%, and their distance over 2 x 1.96 is its standard error.
Source: R. S. Woodruff (1952), Confidence intervals for medians and other position measures, Journal
of the American Statistical Association 47; H. A. David and H. N. Nagaraja, Order Statistics, 3rd
edition (2003), section 7.1.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from wayforward.methods._arrays import Amounts, Floats, floats
from wayforward.methods.ranking import SAME

PERCENTS = (5.0, 25.0, 50.0, 75.0, 95.0)
# The standard normal's 97.5th percentile, for an interval of 95%.
Z975 = 1.959963984540054


@dataclass(frozen=True)
class Simulated:
    """A simulated figure, its standard error and its 95% interval (low, high).

    value is None where a draw is not known, the others also where there are too few draws to tell.
    """

    value: float | None
    standard_error: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Percentile:
    """A percentile (percent of draws at or below it) of simulated values."""

    percent: float
    figure: Simulated


NOT_KNOWN = Simulated(None, None, None, None)


def mean(values: Amounts) -> Simulated:
    """Return the mean of draws (draws,), in their unit.

    The mean of one option's draws less another's, drawn together, says what parts them far more
    closely than two means do. Raises ValueError where there is no draw.
    """
    drawn = _draws(values)
    if np.isnan(drawn).any():
        return NOT_KNOWN
    middle = float(drawn.mean())
    if len(drawn) < 2:
        return Simulated(middle, None, None, None)
    from scipy.special import stdtrit

    error = float(drawn.std(ddof=1)) / math.sqrt(len(drawn))
    reach = float(stdtrit(len(drawn) - 1, 0.975)) * error
    return Simulated(middle, error, middle - reach, middle + reach)


def percentiles(values: Amounts, percents: Sequence[float] = PERCENTS) -> tuple[Percentile, ...]:
    """Return percentiles of draws (draws,), a straight line between the two nearest draws.

    Raises ValueError where a percent is not between 0 and 100 or there is no draw.
    """
    for percent in percents:
        if not 0 < percent < 100:
            raise ValueError(f"a percentile lies between 0 and 100, and {percent:g} was asked for")
    drawn = _draws(values)
    if np.isnan(drawn).any():
        return tuple(Percentile(percent, NOT_KNOWN) for percent in percents)
    ordered = np.sort(drawn)
    points = np.quantile(ordered, [percent / 100 for percent in percents])
    return tuple(
        Percentile(percent, _between(ordered, percent / 100, float(point)))
        for percent, point in zip(percents, points, strict=True)
    )


def probability(happened: ArrayLike) -> Simulated:
    """Return the probability of what happened or not in each draw, (draws,) true or false.

    Shares from 0 to 1 are taken too, for a tie; the standard error is then at most what is told.
    Raises ValueError where there is no draw or a share is outside 0 to 1.
    """
    drawn = _draws(np.asarray(happened, dtype=np.float64))
    if np.isnan(drawn).any():
        return NOT_KNOWN
    if drawn.min() < 0 or drawn.max() > 1:
        raise ValueError("a probability counts draws that are true or false, or shares from 0 to 1")
    draws, seen = len(drawn), float(drawn.mean())
    scale = 1 + Z975**2 / draws
    centre = (seen + Z975**2 / (2 * draws)) / scale
    reach = Z975 * math.sqrt(seen * (1 - seen) / draws + Z975**2 / (4 * draws**2)) / scale
    # Where it was seen never or always the formula's end is 0 or 1 but for a rounding.
    low, high = (0.0 if seen == 0 else centre - reach), (1.0 if seen == 1 else centre + reach)
    return Simulated(seen, math.sqrt(seen * (1 - seen) / draws), low, high)


def probability_best(values: Amounts, *, lowest: bool = False) -> tuple[Simulated, ...]:
    """Return for each option of values (draws, options) the probability that it is best.

    Best is the highest value, or the lowest. Options that tie in a draw share it equally; values that
    differ by less than a rounding tie, as in ranking. One value that is not known leaves every
    probability not known.
    """
    table = np.asarray(values, dtype=np.float64)
    if table.ndim != 2 or not table.shape[0] or not table.shape[1]:
        raise ValueError(f"values are needed by draw and option, and have shape {table.shape}")
    if np.isnan(table).any():
        return tuple(NOT_KNOWN for _ in range(table.shape[1]))
    best = table.min(axis=1) if lowest else table.max(axis=1)
    reach = SAME * np.maximum(1, np.abs(best))
    first = np.abs(table - best[:, None]) <= reach[:, None]
    sharing = first.sum(axis=1)
    return tuple(probability(column / sharing) for column in first.T)


def probability_below(values: Amounts, threshold: float | None) -> Simulated:
    """Return the probability that draws (draws,) fall below a threshold; at it is not below it."""
    drawn = _draws(values)
    if threshold is None or math.isnan(threshold) or np.isnan(drawn).any():
        return NOT_KNOWN
    return probability(drawn < threshold)


def probability_above(values: Amounts, threshold: float | None) -> Simulated:
    """Return the probability that draws (draws,), say of cost, exceed a threshold, say the budget."""
    drawn = _draws(values)
    if threshold is None or math.isnan(threshold) or np.isnan(drawn).any():
        return NOT_KNOWN
    return probability(drawn > threshold)


def probability_missed(finish: Amounts, due: float | None) -> Simulated:
    """Return the probability that a date is missed: finish (draws,) and due in months or days from one start.

    Finishing on the day is not missing it.
    """
    return probability_above(finish, due)


def _draws(values: Amounts) -> Floats:
    drawn = floats(values, "simulated values")
    if drawn.ndim != 1 or not len(drawn):
        raise ValueError(
            f"simulated values of one figure are needed, a draw each; shape {drawn.shape} was given"
        )
    return drawn


def _between(ordered: Floats, share: float, point: float) -> Simulated:
    draws = len(ordered)
    reach = Z975 * math.sqrt(draws * share * (1 - share))
    below, above = math.floor(draws * share - reach), math.ceil(draws * share + reach)
    # Counted from 1; without a draw that far out the interval is open, and so the error not known.
    if below < 1 or above > draws:
        return Simulated(point, None, None, None)
    low, high = float(ordered[below - 1]), float(ordered[above - 1])
    return Simulated(point, (high - low) / (2 * Z975), low, high)
