"""Satisficing: in what share of futures an option is good enough on every count.

A threshold is met where a measure is at least (or at most) its level. The share over draws has a
standard error of sqrt(p(1 - p) / n). Source: Simon, Quarterly Journal of Economics 69 (1955); as a
measure of robustness, Lempert and Collins, Risk Analysis 27 (2007).
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wayforward.methods._arrays import Amounts, Floats, floats


@dataclass(frozen=True)
class Threshold:
    """A measure is good enough at this level or better: above it, or below it with at_most."""

    measure: str
    level: float
    at_most: bool = False


@dataclass(frozen=True)
class Share:
    """The share of futures in which something holds; None while it is not known for one of them.

    met and unknown count futures. The standard error is None where the share is, and for scenarios,
    which are not a sample.
    """

    share: float | None
    standard_error: float | None
    met: int
    unknown: int


@dataclass(frozen=True)
class GoodEnough:
    """For one option: each threshold on its own, in the order given, and all together."""

    each: tuple[Share, ...]
    together: Share


def good_enough(
    measures: Mapping[str, Amounts], thresholds: Sequence[Threshold], *, sampled: bool = True
) -> tuple[GoodEnough, ...]:
    """Return for each option how often it meets the thresholds.

    measures holds, by name, what came out: (draws or scenarios, options). A future in which one
    threshold is known to be missed is missed, whatever else is not known. sampled is False for
    scenarios. Raises ValueError where there is no threshold, a level is not a number, a measure is
    missing or shapes differ.
    """
    if not thresholds:
        raise ValueError("no threshold was given; give at least one that an option should meet")
    tables = [_measure(measures, threshold) for threshold in thresholds]
    if len({table.shape for table in tables}) > 1:
        shapes = ", ".join(f"{t.measure} {table.shape}" for t, table in zip(thresholds, tables, strict=True))
        raise ValueError(f"the measures do not cover the same draws and options: {shapes}")
    met: NDArray[np.bool_] = np.stack([_met(t, table) for t, table in zip(thresholds, tables, strict=True)])
    unknown = np.stack([np.isnan(table) for table in tables])
    missed = (~met & ~unknown).any(axis=0)
    all_met: NDArray[np.bool_] = np.asarray(met.all(axis=0))
    open_still: NDArray[np.bool_] = np.asarray(unknown.any(axis=0) & ~missed)
    return tuple(
        GoodEnough(
            tuple(_share(m, u, sampled) for m, u in zip(met[:, :, o], unknown[:, :, o], strict=True)),
            _share(all_met[:, o], open_still[:, o], sampled),
        )
        for o in range(met.shape[2])
    )


def _measure(measures: Mapping[str, Amounts], threshold: Threshold) -> Floats:
    if threshold.measure not in measures:
        held = ", ".join(sorted(measures)) or "none"
        raise ValueError(
            f"there is no measure {threshold.measure!r} to hold a threshold against; there is {held}"
        )
    if not math.isfinite(threshold.level):
        raise ValueError(f"{threshold.measure}: {threshold.level} is no level; give a number")
    table = floats(measures[threshold.measure], threshold.measure)
    if table.ndim != 2 or len(table) == 0:
        raise ValueError(
            f"{threshold.measure}: shape {table.shape} is not a table of draws by options with a draw in it"
        )
    return table


def _met(threshold: Threshold, table: Floats) -> NDArray[np.bool_]:
    # A comparison with nan is False: what is not known is not met.
    return np.asarray(table <= threshold.level if threshold.at_most else table >= threshold.level)


def _share(met: NDArray[np.bool_], unknown: NDArray[np.bool_], sampled: bool) -> Share:
    count, waiting, futures = int(met.sum()), int(unknown.sum()), len(met)
    if waiting:
        return Share(None, None, count, waiting)
    share = count / futures
    return Share(share, math.sqrt(share * (1 - share) / futures) if sampled else None, count, 0)
