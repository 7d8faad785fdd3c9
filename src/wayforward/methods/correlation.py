"""Inputs that move together: rank correlations by a Gaussian copula.

A Spearman correlation rho between two inputs is had from normal scores that correlate at
r = 2 sin(pi rho / 6); each input keeps its own distribution. Source: R. L. Iman and W. J. Conover
(1982), A distribution-free approach to inducing rank correlation among input variables,
Communications in Statistics B11; the relation of r to rho is K. Pearson's (1907).
"""

import math
from collections.abc import Mapping, Sequence

import numpy as np

from wayforward.methods._arrays import Amounts, Floats, floats

# An eigenvalue below nought by less than this is a rounding, not a contradiction.
TOLERANCE = 1e-9
# The share of the contradiction that an input must carry to be named.
INVOLVED = 0.1
# The ends of what is drawn: at 0 and at 1 a normal input has no value.
LEAST, MOST = 2.0**-54, 1 - 2.0**-53


def normal_correlation(rank_correlation: Amounts) -> Floats:
    """Return the correlation r of normal scores that gives a rank correlation: 2 sin(pi rho / 6)."""
    rho = floats(rank_correlation, "rank correlation")
    # At 1 and -1 the sine rounds to one digit short of a half.
    return np.where(np.abs(rho) == 1, rho, 2 * np.sin(math.pi * rho / 6))


def matrix(names: Sequence[str], pairs: Mapping[tuple[str, str], float]) -> Floats:
    """Return the rank correlations of names, (names, names); a pair that is not given is unrelated.

    Raises ValueError, naming the pair, where one is not an input, is an input with itself, is given
    twice, or lies outside -1 to 1; and where the pairs contradict each other.
    """
    place = {name: index for index, name in enumerate(names)}
    found = np.eye(len(names))
    for (left, right), rho in pairs.items():
        _check(place, pairs, left, right, rho)
        found[place[left], place[right]] = found[place[right], place[left]] = rho
    values, vectors = np.linalg.eigh(normal_correlation(found))
    if names and values[0] < -TOLERANCE:
        raise ValueError(_contradiction(names, pairs, vectors[:, 0]))
    return found


def correlate(uniforms: Amounts, rank_correlations: Amounts) -> Floats:
    """Return uniforms (draws, k), strictly between 0 and 1, made to move together as (k, k) says.

    An input that moves with none before it keeps its draws to the bit. Raises ValueError where the
    shapes don't fit or the correlations contradict each other; matrix() says which.
    """
    from scipy.special import ndtr, ndtri

    given = uniforms if isinstance(uniforms, np.ndarray) else floats(uniforms, "uniforms")
    wanted = floats(rank_correlations, "rank correlations")
    if given.ndim != 2 or wanted.shape != (given.shape[1],) * 2:
        raise ValueError(f"uniforms of shape {given.shape} don't fit correlations of shape {wanted.shape}")
    factor = _factor(normal_correlation(wanted))
    # A column at a time and no matrix product: a product's bits can depend on the machine's threads.
    scores = [ndtri(column) for column in given.T]
    moved = np.empty(given.shape[::-1])
    for row, weights in enumerate(factor):
        used = np.flatnonzero(weights)
        if used.tolist() == [row]:
            moved[row] = given[:, row]
        else:
            moved[row] = np.clip(ndtr(sum(weights[i] * scores[i] for i in used)), LEAST, MOST)
    return moved.T


def _check(
    place: Mapping[str, int], pairs: Mapping[tuple[str, str], float], left: str, right: str, rho: float
) -> None:
    pair = f"the correlation of {left} with {right}"
    for name in (left, right):
        if name not in place:
            raise ValueError(f"{pair}: {name} is not an input; mend its name or leave the pair out")
    if left == right:
        raise ValueError(f"{pair}: an input moves with itself already; leave the pair out")
    if (right, left) in pairs:
        raise ValueError(f"{pair} is given twice, once each way; keep one")
    if not -1 <= rho <= 1:
        raise ValueError(f"{pair} is {rho:g}; a correlation lies from -1 to 1")


def _contradiction(names: Sequence[str], pairs: Mapping[tuple[str, str], float], direction: Floats) -> str:
    most = np.abs(direction).max()
    involved = {name for name, part in zip(names, direction, strict=True) if abs(part) > INVOLVED * most}
    told = [f"{a} with {b} ({rho:g})" for (a, b), rho in pairs.items() if {a, b} <= involved and rho]
    return (
        f"these correlations can't all hold at once: {'; '.join(told)}. A pair that is not given counts as "
        "unrelated: bring these nearer to 0, or give the pairs that are missing"
    )


def _factor(correlations: Floats) -> Floats:
    """Return lower L with L L' = correlations, which may be singular (two inputs that move as one)."""
    size = len(correlations)
    lower = np.zeros((size, size))
    for column in range(size):
        explained = (lower[column:, :column] * lower[column, :column]).sum(axis=1)
        rest = correlations[column:, column] - explained
        if rest[0] < -TOLERANCE or (rest[0] <= TOLERANCE and np.abs(rest).max() > math.sqrt(TOLERANCE)):
            raise ValueError("these correlations can't all hold at once; bring some nearer to 0")
        if rest[0] > TOLERANCE:
            lower[column:, column] = rest / math.sqrt(rest[0])
    return lower
