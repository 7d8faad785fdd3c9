"""SMAA-2: how the order stands when neither the weights nor the scores are settled.

Over many draws of weights and scores: b_i^r = share of draws in which option i is at rank r; central
weight = mean of the weights with which i is first; confidence factor = share of the draws of scores in
which i is first with its central weight. Options whose totals are exactly equal share the ranks they span
in equal parts. Standard error of a share p over n draws: root of p (1 - p) / n.
Weights are uniform on the simplex (exponentials over their sum); within an order of criteria they are
sorted into it; within intervals they are drawn until they fit or, where few do, by a walk that shifts
weight between two criteria at a time (hit-and-run along pairs).
Source: Lahdelma and Salminen 2001, Operations Research 49(3); for the walk Smith 1984, Operations
Research 32(6), and its use for weights Tervonen, van Valkenhoef, Baştürk and Postmus 2013, European
Journal of Operational Research 224(3).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wayforward.methods._arrays import Amounts, Floats, floats
from wayforward.methods.ranking import SAME
from wayforward.methods.swing_weights import SUM_MAY_MISS, Interval

# Each chunk has its own stream, so that more draws begin with the same draws.
CHUNK = 10_000
# Drawing until it fits stays quick while this share of the first chunk fits.
ENOUGH_FIT = 0.02
# The walk passes over all pairs this often before its first draw.
SETTLE = 50


@dataclass(frozen=True, eq=False)
class Acceptability:
    """What the draws say of each option, in the order of the scores' options.

    ranks: rank acceptabilities (options, ranks), rows and columns summing to one; errors: their standard
    errors; central: the central weight (criteria,) of each option, None for one that is never first;
    confidence: its confidence factor, None where there is no central weight; draws: how many.
    """

    ranks: Floats
    errors: Floats
    central: tuple[Floats | None, ...]
    confidence: tuple[float | None, ...]
    draws: int


def smaa(scores: Amounts, weights: Amounts) -> Acceptability:
    """Return acceptabilities, central weights and confidence factors.

    scores: values, more being better, (options, criteria), or (draws, options, criteria) where they are
    uncertain; weights: (draws, criteria), or (criteria,) where they are settled. Both uncertain: draw d of
    the scores meets draw d of the weights. Raises ValueError where shapes do not match, a score or weight
    is not known, or weights are negative or do not sum to one.
    """
    worth, weighing = _checked(floats(scores, "scores"), floats(weights, "weights"))
    draws = max(len(worth), len(weighing))
    shares, first = _compiled(_tally)(worth, weighing, draws, SAME)
    acceptable = shares / draws
    ever = [bool(share > 0) for share in shares[:, 0]]
    central = np.zeros_like(first)
    central[ever] = first[ever] / shares[ever, :1]
    # Criteria by options: the loop then runs over options side by side.
    sure = _compiled(_confident)(worth, np.ascontiguousarray(central.T), SAME) / len(worth)
    return Acceptability(
        floats(acceptable, "acceptabilities"),
        # Rounding can leave a share a hair over one.
        floats(np.sqrt(np.maximum(acceptable * (1 - acceptable), 0) / draws), "standard errors"),
        tuple(
            floats(row, "central weights") if one else None for row, one in zip(central, ever, strict=True)
        ),
        tuple(float(share) if one else None for share, one in zip(sure, ever, strict=True)),
        draws,
    )


def beside(scores: Amounts, draws: Amounts) -> Floats:
    """Return scores with one more criterion, last: its values (draws, options), the money's for instance.

    scores: (options, criteria) or (draws, options, criteria). Raises ValueError where shapes do not match.
    """
    fixed, more = floats(scores, "scores"), floats(draws, "draws of one more criterion")
    if fixed.ndim not in (2, 3) or more.ndim != 2 or fixed.shape[-2] != more.shape[1]:
        raise ValueError(f"scores are {fixed.shape}, the draws {more.shape}: the options do not match")
    if fixed.ndim == 3 and len(fixed) != len(more):
        raise ValueError(f"{len(fixed)} draws of scores, {len(more)} of one more criterion: give as many")
    wide = np.broadcast_to(fixed, (len(more), *fixed.shape[-2:]))
    return np.concatenate((wide, more[:, :, None]), axis=2)


def draw_weights(
    criteria: Sequence[str],
    draws: int,
    seed: int | Sequence[int],
    *,
    order: Sequence[Sequence[str]] = (),
    within: Mapping[str, Interval] | None = None,
) -> Floats:
    """Return weights (draws, criteria), each draw summing to one, uniform among those allowed.

    order: groups of criteria from the heaviest down (see swing_weights.ordinal); within a group any may
    weigh more, and a criterion in no group is free. within: the interval of a weight, 0 to 1 where none is
    given. The same seed gives the same bits. Raises ValueError where a name is no criterion or stands
    twice, there is nothing to draw, or no weights meet the intervals and the order.
    """
    if draws < 1 or not criteria:
        raise ValueError("there is nothing to draw: give at least one draw and one criterion")
    room = _room(list(criteria), order, within or {})
    stream = tuple(np.atleast_1d(seed).tolist())
    walks = room.bounded and _fitting(_proposed(_generator(stream, 0), room), room).mean() < ENOUGH_FIT
    chunks = [
        _chunk(_generator(stream, number), room, min(CHUNK, draws - begun), walks)
        for number, begun in enumerate(range(0, draws, CHUNK))
    ]
    return floats(np.concatenate(chunks), "weights")


@dataclass(frozen=True, eq=False)
class _Room:
    """Where weights may be: lowest and highest (criteria,), groups of columns from the heaviest down."""

    low: Floats
    high: Floats
    groups: tuple[tuple[int, ...], ...]
    bounded: bool


def _room(criteria: list[str], order: Sequence[Sequence[str]], within: Mapping[str, Interval]) -> _Room:
    named = [code for group in order for code in group]
    strangers = sorted({*named, *within} - set(criteria))
    if strangers:
        raise ValueError(f"{', '.join(strangers)}: no such criterion among {', '.join(criteria)}")
    if len(set(named)) < len(named) or len(set(criteria)) < len(criteria):
        raise ValueError("a criterion stands twice: name each once")
    low = np.array([within[code].low if code in within else 0.0 for code in criteria])
    high = np.array([within[code].high if code in within else 1.0 for code in criteria])
    for code, least, most in zip(criteria, low, high, strict=True):
        if not 0 <= least <= most <= 1:
            raise ValueError(f"weight of {code} from {least:g} to {most:g}: give 0 <= low <= high <= 1")
    groups = tuple(tuple(criteria.index(code) for code in group) for group in order)
    # A criterion weighs no less than the least of those below it, no more than the most of those above.
    for one in range(len(groups) - 1):
        lower, upper = list(groups[-1 - one]), list(groups[-2 - one])
        low[upper] = np.maximum(low[upper], low[lower].max())
        upper, lower = list(groups[one]), list(groups[one + 1])
        high[lower] = np.minimum(high[lower], high[upper].min())
    if low.sum() > 1 + SUM_MAY_MISS or high.sum() < 1 - SUM_MAY_MISS or (low > high + SAME).any():
        raise ValueError(
            f"no weights meet the intervals{' and the order' if groups else ''}: the least come to "
            f"{low.sum():.6g} and the most to {high.sum():.6g}, and they must be able to sum to one"
        )
    return _Room(low, np.maximum(low, high), groups, bool(within))


def _generator(stream: tuple[int, ...], chunk: int) -> np.random.Generator:
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([*stream, chunk])))


def _chunk(generator: np.random.Generator, room: _Room, size: int, walks: bool) -> Floats:
    if not room.bounded:
        return _proposed(generator, room, size)
    if walks:
        return _walked(generator, room, size)
    found: list[Floats] = []
    while sum(map(len, found)) < size:
        proposed = _proposed(generator, room)
        found.append(proposed[_fitting(proposed, room)])
    return np.concatenate(found)[:size]


def _proposed(generator: np.random.Generator, room: _Room, size: int = CHUNK) -> Floats:
    weights = generator.standard_exponential((size, len(room.low)))
    weights /= weights.sum(axis=1, keepdims=True)
    if not room.groups:
        # What is left above the least weights is itself uniform on a smaller simplex.
        return room.low + (1 - room.low.sum()) * weights if room.bounded else weights
    columns = [column for group in room.groups for column in group]
    falling = -np.sort(-weights[:, columns], axis=1)
    begun = 0
    for group in room.groups:
        block = falling[:, begun : begun + len(group)]
        own = np.argsort(-weights[:, group], axis=1, kind="stable")
        placed = np.empty_like(block)
        np.put_along_axis(placed, own, block, axis=1)
        weights[:, group] = placed
        begun += len(group)
    return weights


def _fitting(weights: Floats, room: _Room) -> NDArray[np.bool_]:
    return np.asarray(((weights >= room.low) & (weights <= room.high)).all(axis=1))


def _walked(generator: np.random.Generator, room: _Room, size: int) -> Floats:
    # The bounds keep the order, so every point of the line between them does; one of them sums to one.
    wide = float((room.high - room.low).sum())
    start = room.low + (1 - room.low.sum()) / wide * (room.high - room.low) if wide > SAME else room.low
    free = np.flatnonzero(room.high - room.low > SAME)
    pairs = np.array(list(combinations(free.tolist(), 2)), dtype=np.int64).reshape(-1, 2)
    over = np.zeros((len(start), len(start)), dtype=bool)
    for upper, lower in combinations(room.groups, 2):
        over[np.ix_(upper, lower)] = True
    # As many passes over all pairs as there are free weights leave draws nearly independent.
    walked: Floats = _compiled(_walk)(
        generator, start, room.low, room.high, over, pairs, size, len(free), SETTLE
    )
    return walked


def _checked(scores: Floats, weights: Floats) -> tuple[Floats, Floats]:
    worth = scores[None] if scores.ndim == 2 else scores
    weighing = weights[None] if weights.ndim == 1 else weights
    if worth.ndim != 3 or weighing.ndim != 2 or worth.shape[2] != weighing.shape[1] or 0 in worth.shape:
        raise ValueError(f"scores are {scores.shape}, weights {weights.shape}: the criteria do not match")
    if len(worth) != len(weighing) and 1 not in (len(worth), len(weighing)):
        raise ValueError(f"{len(worth)} draws of scores, {len(weighing)} of weights: give as many of each")
    if np.isnan(worth).any():
        option, criterion = np.argwhere(np.isnan(worth))[0, 1:] + 1
        raise ValueError(
            f"option {option} has no known score on criterion {criterion}: give draws over all it may be"
        )
    if not (weighing >= 0).all() or not (abs(weighing.sum(axis=1) - 1) <= SUM_MAY_MISS).all():
        raise ValueError("weights must be known, nought or more, and sum to one in every draw")
    return worth, weighing


@cache
def _compiled(loop: Callable[..., Any]) -> Callable[..., Any]:
    """The loop as machine code; the compiler is loaded when first needed, and its work kept on disk."""
    from numba import njit

    compiled: Callable[..., Any] = njit(cache=True)(loop)
    return compiled


def _tally(scores: Floats, weights: Floats, draws: int, same: float) -> tuple[Floats, Floats]:
    """Draws in which each option is at each rank, and the sum of the weights with which it is first."""
    options, criteria = scores.shape[1], scores.shape[2]
    shares, first = np.zeros((options, options)), np.zeros((options, criteria))
    totals, order = np.empty(options), np.empty(options, dtype=np.int64)
    for draw in range(draws):
        worth, weighing = scores[draw % len(scores)], weights[draw % len(weights)]
        for option in range(options):
            total = 0.0
            for criterion in range(criteria):
                total += weighing[criterion] * worth[option, criterion]
            totals[option] = total
        # Counting who is ahead beats sorting: it has no branches to guess. Equals stand in their own order.
        for option in range(options):
            place = 0
            for rival in range(option):
                place += totals[rival] >= totals[option]
            for rival in range(option + 1, options):
                place += totals[rival] > totals[option]
            order[place] = option
        begun = 0
        while begun < options:
            best, ended = totals[order[begun]], begun + 1
            while ended < options and best - totals[order[ended]] <= same * max(
                1.0, abs(best), abs(totals[order[ended]])
            ):
                ended += 1
            share = 1.0 / (ended - begun)
            for place in range(begun, ended):
                for at in range(begun, ended):
                    shares[order[place], at] += share
                if begun == 0:
                    for criterion in range(criteria):
                        first[order[place], criterion] += share * weighing[criterion]
            begun = ended
    return shares, first


def _confident(scores: Floats, central: Floats, same: float) -> Floats:
    """Draws of scores in which each option is first with its own column of central (criteria, options)."""
    options, criteria = scores.shape[1], scores.shape[2]
    sure, totals = np.zeros(options), np.empty((options, options))
    for draw in range(len(scores)):
        for rival in range(options):
            for option in range(options):
                totals[rival, option] = 0.0
            for criterion in range(criteria):
                score = scores[draw, rival, criterion]
                for option in range(options):
                    totals[rival, option] += central[criterion, option] * score
        for option in range(options):
            own, level, beaten = totals[option, option], 0, False
            for rival in range(options):
                other = totals[rival, option]
                if abs(other - own) <= same * max(1.0, abs(own), abs(other)):
                    level += 1
                elif other > own:
                    beaten = True
            if not beaten:
                sure[option] += 1.0 / level
    return sure


def _walk(
    generator: np.random.Generator,
    start: Floats,
    low: Floats,
    high: Floats,
    over: NDArray[np.bool_],
    pairs: NDArray[np.int64],
    size: int,
    passes: int,
    settle: int,
) -> Floats:
    """Weights (size, criteria), each after so many passes over all pairs; over[i, j]: i weighs no less than j."""
    found, weights = np.empty((size, len(start))), start.copy()
    for draw in range(size):
        for _ in range(passes + settle if draw == 0 else passes):
            for pair in range(len(pairs)):
                one, other = pairs[pair]
                # The shift from other to one is uniform between least and most.
                least = max(low[one] - weights[one], weights[other] - high[other])
                most = min(high[one] - weights[one], weights[other] - low[other])
                for third in range(len(weights)):
                    if third != other and over[third, one]:
                        most = min(most, weights[third] - weights[one])
                    if third != other and over[one, third]:
                        least = max(least, weights[third] - weights[one])
                    if third != one and over[third, other]:
                        least = max(least, weights[other] - weights[third])
                    if third != one and over[other, third]:
                        most = min(most, weights[other] - weights[third])
                if over[one, other]:
                    least = max(least, (weights[other] - weights[one]) / 2)
                if over[other, one]:
                    most = min(most, (weights[other] - weights[one]) / 2)
                if most > least:
                    shift = least + generator.random() * (most - least)
                    weights[one] += shift
                    weights[other] -= shift
        found[draw] = weights
    return found
