"""Distributions of an uncertain input: what may be given, and the figures that follow from it.

Shapes: fixed, uniform, triangular, PERT, normal, lognormal, discrete. low and high are the ends of a
uniform, triangular or PERT input; the 5th and 95th percentiles of a normal or lognormal one; the
least and the greatest outcome of a discrete one. A draw is the inverse of the cumulative
distribution at a uniform number, so that the same numbers can serve every option.

Source: D. Vose, Risk Analysis: A Quantitative Guide, 3rd edition (2008), for the shapes; Malcolm,
Roseboom, Clark and Fazar (1959), Application of a Technique for Research and Development Program
Evaluation, Operations Research 7(5), for PERT: a beta distribution in which likely counts 4.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from wayforward.methods._arrays import Amounts, Floats, floats

SHAPES = ("fixed", "uniform", "triangular", "pert", "normal", "lognormal", "discrete")
# The standard normal's 95th percentile: low and high lie this many standard deviations out.
Z95 = 1.6448536269514722
PERT_WEIGHT = 4.0
PROBABILITY_TOLERANCE = 1e-9
# How far likely may be from the middle of low and high, as a share.
MIDDLE_TOLERANCE = 0.01


@dataclass(frozen=True)
class Distribution:
    """A checked distribution, made by distribution(); outcomes are (value, probability), discrete only."""

    shape: str
    low: float
    likely: float
    high: float
    outcomes: tuple[tuple[float, float], ...] = ()


def distribution(
    shape: str,
    low: float | None = None,
    likely: float | None = None,
    high: float | None = None,
    outcomes: Sequence[tuple[float, float]] = (),
    what: str = "distribution",
) -> Distribution:
    """Return a checked distribution; what names it in messages.

    fixed needs likely; uniform needs low and high (likely may be left out); discrete needs outcomes
    (likely may be left out: it is then the most probable outcome, of several the one nearest the
    mean); the others need all three. Raises ValueError saying what is impossible and how to mend it.
    """
    if shape not in SHAPES:
        raise ValueError(f"{what}: there is no shape {shape!r}; choose one of {', '.join(SHAPES)}")
    for name, value in (("low", low), ("likely", likely), ("high", high)):
        if value is not None and not math.isfinite(value):
            raise ValueError(f"{what}: {name} is {value}; give a number")
    # As float64 from here on: an array made from a whole number would cut its neighbours to whole ones.
    low, likely, high = (None if value is None else float(value) for value in (low, likely, high))
    if shape == "discrete":
        return _discrete(low, likely, high, outcomes, what)
    if outcomes:
        raise ValueError(f"{what}: outcomes belong to a discrete distribution, and this one is {shape}")
    if shape == "fixed":
        return _fixed(low, likely, high, what)
    if shape == "uniform" and likely is None and low is not None and high is not None:
        likely = low + (high - low) / 2
    return _ranged(shape, low, likely, high, what)


def quantile(given: Distribution, u: Amounts) -> Floats:
    """Return the values below which shares u (any shape, from 0 to 1) of the distribution fall.

    A PERT quantile is good to 1e-9 of the way from low to high. Raises ValueError where a share is
    unknown or outside 0 to 1.
    """
    shares = u if isinstance(u, np.ndarray) and u.dtype == np.float64 else floats(u, "shares")
    if shares.size and not (shares.min() >= 0 and shares.max() <= 1):
        raise ValueError("a quantile is asked for at a share from 0 to 1; write 90% as 0.9")
    return _QUANTILES[given.shape](given, shares)


def percentile(given: Distribution, percent: float) -> float:
    """Return one percentile, percent from 0 to 100 (an end of a normal or lognormal is infinite)."""
    return float(quantile(given, np.array([percent / 100]))[0])


def mean(given: Distribution) -> float:
    """Return the mean, in closed form."""
    low, likely, high = given.low, given.likely, given.high
    if given.shape == "uniform":
        return low + (high - low) / 2
    if given.shape == "triangular":
        return (low + likely + high) / 3
    if given.shape == "pert":
        return (low + PERT_WEIGHT * likely + high) / (PERT_WEIGHT + 2)
    if given.shape == "lognormal":
        return likely * math.exp(_log_deviation(given) ** 2 / 2)
    if given.shape == "discrete":
        return math.fsum(value * probability for value, probability in given.outcomes)
    return likely


def variance(given: Distribution) -> float:
    """Return the variance, in closed form and the square of the input's unit."""
    low, likely, high = given.low, given.likely, given.high
    if given.shape == "uniform":
        return (high - low) ** 2 / 12
    if given.shape == "triangular":
        left, right = likely - low, high - likely
        return (left**2 + left * right + right**2) / 18
    if given.shape == "pert":
        middle = mean(given)
        return (middle - low) * (high - middle) / (PERT_WEIGHT + 3)
    if given.shape == "normal":
        return _deviation(given) ** 2
    if given.shape == "lognormal":
        return mean(given) ** 2 * math.expm1(_log_deviation(given) ** 2)
    middle = mean(given)
    return math.fsum(p * (value - middle) ** 2 for value, p in given.outcomes)


def _fixed(low: float | None, likely: float | None, high: float | None, what: str) -> Distribution:
    if likely is None:
        raise ValueError(f"{what}: a fixed input needs its likely value")
    if (low is not None and low != likely) or (high is not None and high != likely):
        raise ValueError(
            f"{what}: it is fixed at {likely:.12g} and yet has a range; "
            "choose another shape, or leave low and high out"
        )
    return Distribution("fixed", likely, likely, likely)


def _ranged(
    shape: str, low: float | None, likely: float | None, high: float | None, what: str
) -> Distribution:
    if low is None or likely is None or high is None:
        missing = [n for n, v in (("low", low), ("likely", likely), ("high", high)) if v is None]
        raise ValueError(f"{what}: a {shape} input needs {' and '.join(missing)}")
    if low > likely:
        raise ValueError(
            f"{what}: low {low:.12g} is above likely {likely:.12g}; lower one or raise the other"
        )
    if likely > high:
        raise ValueError(
            f"{what}: likely {likely:.12g} is above high {high:.12g}; lower one or raise the other"
        )
    if low == high:
        raise ValueError(f"{what}: low and high are both {low:.12g}; widen them, or make the input fixed")
    if shape == "normal":
        middle = low + (high - low) / 2
        if abs(likely - middle) > MIDDLE_TOLERANCE * (high - low):
            raise ValueError(
                f"{what}: a normal input is symmetric, but likely {likely:.12g} is not midway from low "
                f"{low:.12g} to high {high:.12g}; make likely {middle:.12g}, or choose triangular or pert"
            )
    if shape == "lognormal":
        _check_lognormal(low, likely, high, what)
    return Distribution(shape, low, likely, high)


def _check_lognormal(low: float, likely: float, high: float, what: str) -> None:
    if low <= 0:
        raise ValueError(
            f"{what}: a lognormal input is always above 0, but low is {low:.12g}; raise low, or choose another shape"
        )
    middle = math.sqrt(low) * math.sqrt(high)
    if abs(likely - middle) > MIDDLE_TOLERANCE * middle:
        raise ValueError(
            f"{what}: the median of a lognormal input is the geometric mean of low {low:.12g} and high "
            f"{high:.12g}; make likely {middle:.6g} (it is {likely:.12g}), or choose triangular or pert"
        )


def _discrete(
    low: float | None,
    likely: float | None,
    high: float | None,
    outcomes: Sequence[tuple[float, float]],
    what: str,
) -> Distribution:
    ordered = tuple(sorted((float(value), float(probability)) for value, probability in outcomes))
    _check_outcomes(ordered, what)
    possible = [value for value, probability in ordered if probability > 0]
    if likely is None:
        likely = _most_probable(ordered)
    if likely not in possible:
        raise ValueError(f"{what}: likely {likely:.12g} is not among the outcomes that can happen")
    for name, value, end in (("low", low, possible[0]), ("high", high, possible[-1])):
        if value is not None and value != end:
            raise ValueError(
                f"{what}: {name} is {value:.12g}, but the outcomes end at {end:.12g}; leave {name} out"
            )
    return Distribution("discrete", possible[0], likely, possible[-1], ordered)


def _check_outcomes(ordered: tuple[tuple[float, float], ...], what: str) -> None:
    if not ordered:
        raise ValueError(f"{what}: a discrete input needs its outcomes, each a value and a probability")
    for value, probability in ordered:
        if not math.isfinite(value) or not math.isfinite(probability):
            raise ValueError(f"{what}: an outcome of {value} with probability {probability}; give numbers")
        if probability < 0:
            raise ValueError(f"{what}: outcome {value:.12g} has the negative probability {probability:.12g}")
    values = [value for value, _ in ordered]
    twice = sorted({value for value in values if values.count(value) > 1})
    if twice:
        raise ValueError(f"{what}: outcome {twice[0]:.12g} is given twice; add its probabilities up")
    total = math.fsum(probability for _, probability in ordered)
    if abs(total - 1) > PROBABILITY_TOLERANCE:
        raise ValueError(
            f"{what}: the probabilities of the outcomes add up to {total:.12g}, not 1; mend one or add what is missing"
        )


def _most_probable(ordered: tuple[tuple[float, float], ...]) -> float:
    middle = math.fsum(value * probability for value, probability in ordered)
    most = max(probability for _, probability in ordered)
    likeliest = [value for value, p in ordered if math.isclose(p, most, rel_tol=PROBABILITY_TOLERANCE)]
    return min(likeliest, key=lambda value: (abs(value - middle), value))


def _deviation(given: Distribution) -> float:
    return (given.high - given.low) / (2 * Z95)


def _log_deviation(given: Distribution) -> float:
    return math.log(given.high / given.low) / (2 * Z95)


def _fixed_quantile(given: Distribution, u: Floats) -> Floats:
    return np.full(u.shape, given.likely, dtype=np.float64)


def _uniform_quantile(given: Distribution, u: Floats) -> Floats:
    values = u * (given.high - given.low)
    values += given.low
    return values


def _triangular_quantile(given: Distribution, u: Floats) -> Floats:
    # Left of the mode the first term moves and right of it the second; the other stands at likely.
    # Without a choice draw by draw this takes about a fifth less time.
    low, likely, high = given.low, given.likely, given.high
    left = np.sqrt(u * ((high - low) * (likely - low)))
    left += low
    np.minimum(left, likely, out=left)
    right = 1 - u
    right *= (high - low) * (high - likely)
    np.sqrt(right, out=right)
    np.subtract(high, right, out=right)
    np.maximum(right, likely, out=right)
    right -= likely
    left += right
    return left


def _normal_quantile(given: Distribution, u: Floats) -> Floats:
    from scipy.special import ndtri

    return np.asarray(given.likely + _deviation(given) * ndtri(u), dtype=np.float64)


def _lognormal_quantile(given: Distribution, u: Floats) -> Floats:
    from scipy.special import ndtri

    return np.asarray(given.likely * np.exp(_log_deviation(given) * ndtri(u)), dtype=np.float64)


def _discrete_quantile(given: Distribution, u: Floats) -> Floats:
    table = np.array([outcome for outcome in given.outcomes if outcome[1] > 0])
    reached = np.cumsum(table[:, 1])
    place = np.searchsorted(reached, u, side="left")
    # The sum may end a rounding below 1.
    return np.asarray(table[np.minimum(place, len(table) - 1), 0], dtype=np.float64)


def _pert_quantile(given: Distribution, u: Floats) -> Floats:
    width = given.high - given.low
    first = 1 + PERT_WEIGHT * (given.likely - given.low) / width
    share = _beta_quantile(first, PERT_WEIGHT + 2 - first, u)
    return given.low + width * share


# A PERT draw by scipy's inverse takes 1.2 microseconds, some 270 times a triangular one. In the log of the odds
# a beta quantile is smooth, and nearly straight in both tails; quintic steps between these nodes
# (values and two exact derivatives) are good to 1e-10.
_NODES = 321
_ODDS = 40.0


def _beta_quantile(a: float, b: float, u: Floats) -> Floats:
    with np.errstate(divide="ignore"):
        odds = np.log(u) - np.log1p(-u)
    step = 2 * _ODDS / (_NODES - 1)
    place = (np.clip(odds, -_ODDS, _ODDS) + _ODDS) / step
    node = np.minimum(place.astype(np.intp), _NODES - 2)
    s = place - node
    pieces = _pieces(a, b)
    log_odds = pieces[5].take(node)
    for power in (4, 3, 2, 1, 0):
        log_odds *= s
        log_odds += pieces[power].take(node)
    return np.where(u == 0, 0.0, np.where(u == 1, 1.0, 1 / (1 + np.exp(-log_odds))))


@lru_cache(maxsize=1024)
def _pieces(a: float, b: float) -> Floats:
    """Return quintics of the log odds of the beta quantile, (power, step); kept: each chunk needs them."""
    from scipy.special import betaincinv, betaln, expit

    odds = np.linspace(-_ODDS, _ODDS, _NODES)
    step = odds[1] - odds[0]
    below, above = expit(odds), expit(-odds)
    # Each half from its own end, so that neither tail loses digits.
    half = odds < 0
    x, y = np.empty(_NODES), np.empty(_NODES)
    x[half], y[~half] = betaincinv(a, b, below[half]), betaincinv(b, a, above[~half])
    x[~half], y[half] = 1 - y[~half], 1 - x[half]
    log_odds = np.log(x) - np.log(y)
    slope = np.exp(np.log(below) + np.log(above) + betaln(a, b) - a * np.log(x) - b * np.log(y))
    bend = slope * (above - below - (a * y - b * x) * slope)
    return _quintics(log_odds, slope * step, bend * step**2)


def _quintics(value: Floats, slope: Floats, bend: Floats) -> Floats:
    """Return coefficients on 0..1, (6, steps), lowest power first, that meet value, slope and bend at nodes."""
    p, v, w = value[:-1], slope[:-1], bend[:-1]
    rise, turn, twist = value[1:] - p - v - w / 2, slope[1:] - v - w, bend[1:] - w
    return np.stack(
        (
            p,
            v,
            w / 2,
            10 * rise - 4 * turn + twist / 2,
            -15 * rise + 7 * turn - twist,
            6 * rise - 3 * turn + twist / 2,
        )
    )


_QUANTILES: dict[str, Callable[[Distribution, Floats], Floats]] = {
    "fixed": _fixed_quantile,
    "uniform": _uniform_quantile,
    "triangular": _triangular_quantile,
    "pert": _pert_quantile,
    "normal": _normal_quantile,
    "lognormal": _lognormal_quantile,
    "discrete": _discrete_quantile,
}
