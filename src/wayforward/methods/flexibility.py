"""What a break point is worth: the right to stop once a signal is seen.

worth = E[max(E[C | S], -X)] - E[C], with C what continuing is worth from the break on, S what is
known by then and X what it costs to stop. The choice is made on the signal only: E[C | S] is
estimated on one half of the draws and the choice made, and paid for, on the other, so that no draw
helps to decide its own fate. What is found is what a rule that can be followed would give.
Source: Dixit and Pindyck, Investment under Uncertainty, 1994; the conditional mean by regression,
Longstaff and Schwartz, Review of Financial Studies 14 (2001).
"""

import math
from dataclasses import dataclass
from itertools import combinations_with_replacement

import numpy as np
from numpy.typing import NDArray

from wayforward.methods._arrays import Amounts, Floats, floats

FEWEST = 100  # draws below which nothing is estimated
DRAWS_A_BIN = 100
MOST_BINS = 50


@dataclass(frozen=True)
class BreakPoint:
    """Worth of a right to stop, in the unit of the values; every figure None where not known.

    committed is the expected worth of continuing whatever is seen, with_right that of continuing or
    stopping; worth is the difference, with its standard error. stopped is the share of draws in which
    the signal says stop.
    """

    committed: float | None
    with_right: float | None
    worth: float | None
    standard_error: float | None
    stopped: float | None


def break_point(continue_value: Amounts, signal: Amounts, exit_cost: Amounts) -> BreakPoint:
    """Return what it is worth to be able to stop at a break point.

    continue_value is (draws,), more being better; signal (draws,) or (draws, signals), what is known
    at the break; exit_cost one positive amount, or (draws,). One that varies by draw is paid as it
    turns out, and foreseen from the signal. The worth may fall below nought by chance, within its
    error. Raises ValueError where shapes differ, an exit cost is below 0, or there are fewer than
    100 draws.
    """
    value, seen = floats(continue_value, "the value of continuing"), floats(signal, "signal")
    cost = floats(exit_cost, "exit cost")
    seen = seen[:, None] if seen.ndim == 1 else seen
    if value.ndim != 1 or seen.ndim != 2 or len(seen) != len(value) or cost.shape not in ((), value.shape):
        raise ValueError(
            f"values of shape {value.shape}, signals of shape {seen.shape} and exit costs of shape "
            f"{cost.shape} do not fit: give one row a draw, and one exit cost or one a draw"
        )
    if len(value) < FEWEST:
        raise ValueError(f"{len(value)} draws are too few to value a break point; give {FEWEST} or more")
    if (cost < 0).any():
        raise ValueError(f"an exit cost of {np.nanmin(cost):g} was given; a cost of stopping is 0 or more")
    if np.isnan(value).any() or np.isnan(seen).any() or np.isnan(cost).any():
        return BreakPoint(None, None, None, None, None)
    return _valued(value, seen, np.broadcast_to(cost, value.shape))


def _valued(value: Floats, seen: Floats, cost: Floats) -> BreakPoint:
    gain = -cost - value  # what stopping would bring in this draw
    stop = np.empty(len(value), dtype=bool)
    even = np.arange(len(value)) % 2 == 0
    for own in (even, ~even):
        stop[own] = _foreseen(seen[~own], gain[~own], seen[own]) > 0
    gained = np.where(stop, gain, 0.0)
    committed, worth = float(value.mean()), float(gained.mean())
    error = float(gained.std(ddof=1) / math.sqrt(len(gained)))
    return BreakPoint(committed, committed + worth, worth, error, float(stop.mean()))


def _foreseen(seen: Floats, gain: Floats, at: Floats) -> Floats:
    """The mean gain that a signal foretells, estimated from one set of draws, at another's signals."""
    if seen.shape[1] == 1:
        return _by_bins(seen[:, 0], gain, at[:, 0])
    centre, spread = seen.mean(axis=0), seen.std(axis=0)
    spread = np.where(spread > 0, spread, 1.0)
    terms = _terms((seen - centre) / spread)
    weights = np.linalg.lstsq(terms, gain, rcond=None)[0]
    return np.asarray(_terms((at - centre) / spread) @ weights)


def _by_bins(seen: Floats, gain: Floats, at: Floats) -> Floats:
    """Means by equal bins of one signal, or by its values where they are few."""
    edges = _edges(np.sort(seen))
    places = _places(edges, seen)
    counts = np.bincount(places, minlength=len(edges) + 1)
    sums = np.bincount(places, weights=gain, minlength=len(edges) + 1)
    # A bin that no draw taught goes on as the average of all.
    means = np.where(counts > 0, sums / np.maximum(counts, 1), gain.mean())
    return np.asarray(means[_places(edges, at)])


def _edges(ordered: Floats) -> Floats:
    """Where each bin but the first begins."""
    values = np.unique(ordered)
    if len(values) <= MOST_BINS:
        return values[1:]
    bins = max(2, min(MOST_BINS, len(ordered) // DRAWS_A_BIN))
    edges, times = np.unique(ordered[np.arange(1, bins) * len(ordered) // bins], return_counts=True)
    # A signal so common that it fills bins has one to itself, which ends right after it.
    return np.unique(np.concatenate((edges, np.nextafter(edges[times > 1], np.inf))))


def _places(edges: Floats, signals: Floats) -> NDArray[np.int64]:
    return np.searchsorted(edges, signals, side="right").astype(np.int64)


def _terms(signals: Floats) -> Floats:
    """A constant, each signal, and each product of two."""
    columns = [np.ones(len(signals)), *signals.T]
    pairs = combinations_with_replacement(range(signals.shape[1]), 2)
    return np.column_stack([*columns, *(signals[:, a] * signals[:, b] for a, b in pairs)])
