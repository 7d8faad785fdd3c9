"""Expected value of partial perfect information: what it is worth to know one uncertain input.

EVPPI(x) = E_x[max over d of E(V_d | x)] - max over d of E[V_d], for every input at once, from one
set of draws. The conditional means come from sorting and binning: draws in order of the input in
equal bins (an input of few values: a group a value), the bin means smoothed in a cosine basis,
block by block of frequencies. A block that stands no higher than chance is left out; another is
shrunk by (1 - noise / found), after Stein. What noise is left lifts the maximum; the lift is
measured by adding the same noise once more (seeded) and taken off. Shown in the note: this corrects
both strong and weak inputs, where subtracting the value of a shuffled input corrects useless ones
only. Source: Strong, Oakley and Brennan, Medical Decision Making 34 (2014), the regression view;
Brennan, Kharroubi, O'Hagan and Chilcott, Medical Decision Making 27 (2007), the bias; Cai, Annals of
Statistics 27 (1999), blockwise Stein shrinkage; Cook and Stefanski, JASA 89 (1994), noise added again.
"""

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from wayforward.methods._arrays import Amounts, Floats, floats

BINS = 128
FEWEST = 100  # draws below which nothing is estimated
DRAWS_A_BIN = 8
# An input of no more values than this is grouped by value.
FEW_VALUES = 20
# A block of frequencies counts where it stands this many standard deviations above chance.
ABOVE_CHANCE = 3.0
# The added noise: pairs of opposite sign.
PAIRS = 10
# A value within two standard errors of nought is not told apart from it.
ERRORS_APART = 2.0
# A worth of no more than this share of the largest value is what rounding makes of nought.
ROUNDING = 1e-12

Counts = NDArray[np.int64]


@dataclass(frozen=True)
class PartialInformation:
    """What it is worth to know one input, in the unit of the values; None where not known.

    told_apart is False where the value is not different from nought by two standard errors. The
    error is never below what one pattern of pure chance would seem to be worth.
    """

    value: float | None
    standard_error: float | None
    told_apart: bool


@dataclass(frozen=True, eq=False)
class _Draws:
    """Values less their mean over the options, best option first, with what all inputs share.

    most is the EVPI of the draws; chance is what a single pattern of noise seems to be worth; least
    is the worth at or below which there is nothing but rounding.
    """

    values: Floats  # (draws, options)
    means: Floats  # (options,)
    covariance: Floats  # (options, options)
    whiten: Floats  # (options, rank)
    most: float
    chance: float
    least: float
    noise: Floats  # (PAIRS, bins, options): standard normal
    cosines: "_Basis"


@dataclass(frozen=True, eq=False)
class _Basis:
    """Orthonormal functions over the groups (as weighted by them), in blocks."""

    functions: Floats  # (groups, functions)
    blocks: tuple[slice, ...]


def evppi(x: Amounts, values: Amounts, *, seed: int = 0) -> tuple[PartialInformation, ...]:
    """Return what it is worth to know each input exactly before the choice.

    x is (draws, inputs), values (draws, options), more being better. Each answer lies from 0 to the
    EVPI of the draws, and is 0 where it is no more than what rounding makes of the values. nan in an
    input leaves that input's answer not known, nan in a value all. Adding one amount to all options
    of a draw, or changing the order of options, changes nothing. Raises ValueError where shapes
    differ or there are fewer than 100 draws.
    """
    inputs, worths = floats(x, "inputs"), floats(values, "values")
    if inputs.ndim != 2 or worths.ndim != 2 or len(inputs) != len(worths):
        raise ValueError(
            f"inputs of shape {inputs.shape} and values of shape {worths.shape} do not fit: give both "
            "one row a draw"
        )
    if len(worths) < FEWEST:
        raise ValueError(
            f"{len(worths)} draws are too few to say what an input is worth; give {FEWEST} or more"
        )
    columns = np.ascontiguousarray(inputs.T)
    unknown = PartialInformation(None, None, False)
    if np.isnan(worths).any() or not worths.shape[1]:
        return (unknown,) * len(columns)
    draws = _prepare(worths, seed)
    return tuple(unknown if np.isnan(column).any() else _one(column, draws) for column in columns)


def _prepare(worths: Floats, seed: int) -> _Draws:
    # In order of mean, so that neither the order of options nor what they share touches a figure.
    centred = worths - worths.mean(axis=1, keepdims=True)
    order = np.argsort(-centred.mean(axis=0), kind="stable")
    values = np.ascontiguousarray(centred[:, order])
    means = values.mean(axis=0)
    apart = values - means
    covariance = apart.T @ apart / len(values)
    size, direction = np.linalg.eigh(covariance)
    kept = size > size[-1] * 1e-9
    whiten = direction[:, kept] / np.sqrt(size[kept])
    most = float(values.max(axis=1).mean() - means.max())
    noise = np.random.default_rng(seed).standard_normal((PAIRS, BINS, values.shape[1]))
    cosines = _cosines(min(BINS, len(values) // DRAWS_A_BIN))
    wave = cosines.functions[:, :1] * math.sqrt(len(cosines.functions) / len(values))
    patterns = means + wave * (noise[:, :1] @ _root(covariance).T)
    chance = float(patterns.max(axis=-1).mean() - means.max())
    least = ROUNDING * float(np.abs(worths).max())
    most, chance = (worth if worth > least else 0.0 for worth in (most, chance))
    return _Draws(values, means, covariance, whiten, most, chance, least, noise, cosines)


def _one(column: Floats, draws: _Draws) -> PartialInformation:
    # The options differ by the same amount in every draw, or the input is the same in all.
    if draws.whiten.shape[1] == 0 or column.min() == column.max():
        return PartialInformation(0.0, 0.0, False)
    order = np.argsort(column, kind="stable")
    starts, basis = _groups(column[order], draws.cosines)
    rows = draws.values[order]
    counts = np.diff(np.append(starts, len(rows)))
    shares = counts / len(rows)
    found = np.add.reduceat(rows, starts, axis=0) / counts[:, None] - draws.means
    parts = basis.functions.T @ (found * np.sqrt(shares)[:, None])
    factors = _shrink(parts, basis, draws, len(rows))
    if not factors.any():
        return PartialInformation(0.0, draws.chance, False)
    smooth = _spread(parts * factors[:, None], basis, shares) + draws.means
    gain = _worth(smooth, shares, draws)
    lifted = _lifted(smooth, shares, factors, basis, draws, len(rows))
    value = min(2 * gain - lifted, draws.most)
    value = value if value > draws.least else 0.0
    error = max(_error(rows, counts, smooth), draws.chance)
    return PartialInformation(value, error, value > ERRORS_APART * error)


def _groups(ordered: Floats, cosines: _Basis) -> tuple[Counts, _Basis]:
    """Where each group of the ordered draws starts, and the functions over the groups."""
    steps = np.flatnonzero(ordered[1:] != ordered[:-1]) + 1
    if len(steps) < FEW_VALUES:
        starts = np.concatenate(([0], steps)).astype(np.int64)
        shares = np.diff(np.append(starts, len(ordered))) / len(ordered)
        return starts, _categories(shares)
    bins = len(cosines.functions)
    return np.arange(bins, dtype=np.int64) * len(ordered) // bins, cosines


def _categories(shares: Floats) -> _Basis:
    # All that is orthogonal to the square roots of the shares, that is, to the overall mean.
    root = np.sqrt(shares)[:, None]
    whole = np.linalg.qr(np.hstack((root, np.eye(len(shares))[:, 1:])))[0]
    return _Basis(whole[:, 1:], (slice(0, len(shares) - 1),))


def _cosines(bins: int) -> _Basis:
    places = (np.arange(bins) + 0.5) / bins
    functions = np.sqrt(2 / bins) * np.cos(np.pi * np.outer(places, np.arange(1, bins)))
    edges = [0, 1, 2]
    while edges[-1] < bins - 1:
        edges.append(min(2 * edges[-1], bins - 1))
    return _Basis(functions, tuple(slice(a, b) for a, b in pairwise(edges)))


def _shrink(parts: Floats, basis: _Basis, draws: _Draws, count: int) -> Floats:
    """The factor of each function: 0 where its block is no more than chance."""
    energy = count * ((parts @ draws.whiten) ** 2).sum(axis=1)
    # Chance is told by all variation; only what the input leaves unexplained is noise in a true block.
    unexplained = max(1 - energy.sum() / (count * draws.whiten.shape[1]), 0.0)
    factors = np.zeros(len(parts))
    for block in basis.blocks:
        chance = (block.stop - block.start) * draws.whiten.shape[1]
        found = energy[block].sum()
        if found > chance + ABOVE_CHANCE * math.sqrt(2 * chance):
            factors[block] = 1 - chance * unexplained / found
    return factors


def _spread(parts: Floats, basis: _Basis, shares: Floats) -> Floats:
    """Values over the groups, whose weighted mean is exactly nought; parts is (..., functions, options)."""
    over = (basis.functions @ parts) / np.sqrt(shares)[:, None]
    return np.asarray(over - (shares @ over)[..., None, :])


def _worth(smooth: Floats, shares: Floats, draws: _Draws) -> float:
    return float((smooth.max(axis=-1) @ shares).mean() - draws.means.max())


def _lifted(
    smooth: Floats, shares: Floats, factors: Floats, basis: _Basis, draws: _Draws, count: int
) -> float:
    """What the gain comes to with the noise that is left in the smoothed means added once more."""
    apart = smooth - draws.means
    within = draws.covariance - (apart * shares[:, None]).T @ apart
    noise = draws.noise[:, : len(factors)] @ _root(within / count).T * factors[:, None]
    added = _spread(noise, basis, shares)
    return (_worth(smooth + added, shares, draws) + _worth(smooth - added, shares, draws)) / 2


def _root(covariance: Floats) -> Floats:
    size, direction = np.linalg.eigh(covariance)
    return np.asarray(direction * np.sqrt(np.maximum(size, 0)))


def _error(rows: Floats, counts: Counts, smooth: Floats) -> float:
    """Standard error of the mean gain of choosing by group; the choice itself moves it by less."""
    chosen = np.repeat(smooth.argmax(axis=1), counts)
    gains = np.take_along_axis(rows, chosen[:, None], axis=1)[:, 0] - rows[:, 0]
    return float(gains.std() / math.sqrt(len(rows)))
