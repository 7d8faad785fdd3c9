"""Swing weights: points for the swing from the worst to the best level of each criterion.

People ask which swing matters most and give it 100, then give each other swing points against that;
w_j = p_j / sum of p. Points with a low and a high give an interval, exact for each weight alone:
low w_j = l_j / (l_j + sum of the others' u), high w_j = u_j / (u_j + sum of the others' l).
Source: von Winterfeldt and Edwards 1986, Decision analysis and behavioral research; Dodgson et al.
2009, Multi-criteria analysis: a manual. The interval is the range of that quotient over the box.
"""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass

MOST = 100.0
# Weights typed with nine decimals may miss one by this much.
SUM_MAY_MISS = 1e-9


@dataclass(frozen=True)
class Interval:
    """The least and the most that points or a weight may be."""

    low: float
    high: float


def weights(points: Mapping[str, float | None], anchored: Collection[str]) -> dict[str, float]:
    """Return the weights by criterion, summing to one, from swing points (greatest swing = 100).

    anchored: the criteria whose worst and best levels are stated. Raises ValueError where a criterion
    has no anchors, points are not known, negative or over 100, all are nought, or none is 100.
    """
    known = {code: _points(code, given) for code, given in points.items()}
    _check_anchors(known, anchored)
    _check_greatest(known.values())
    total = math.fsum(known.values())
    return {code: given / total for code, given in known.items()}


def given(weights: Mapping[str, float | None]) -> dict[str, float]:
    """Return weights that were given as such, unchanged.

    Raises ValueError where one is not known or negative, or the sum is not one (it is never mended
    silently: a weight that was forgotten or mistyped would shift all others).
    """
    checked = {}
    for code, weight in weights.items():
        if weight is None or not math.isfinite(weight) or weight < 0:
            raise ValueError(f"weight of {code} is {_shown(weight)}: give a number from 0 to 1")
        checked[code] = float(weight)
    total = math.fsum(checked.values())
    if abs(total - 1) > SUM_MAY_MISS:
        raise ValueError(f"the weights add up to {total:.12g}, not 1: correct them, or give swing points")
    return checked


def intervals(points: Mapping[str, Interval], anchored: Collection[str]) -> dict[str, Interval]:
    """Return the interval of each weight from the low and high points of each swing.

    The greatest swing is the yardstick, so at least one criterion has 100 for both. Raises ValueError
    as weights does, and where a low is over its high.
    """
    low = {code: _points(code, one.low) for code, one in points.items()}
    high = {code: _points(code, one.high) for code, one in points.items()}
    _check_anchors(points, anchored)
    for code in points:
        if low[code] > high[code]:
            raise ValueError(f"points of {code}: the low {low[code]:g} is over the high {high[code]:g}")
    _check_greatest(low.values())
    found = {}
    for code in points:
        most = math.fsum(u for other, u in high.items() if other != code)
        least = math.fsum(v for other, v in low.items() if other != code)
        found[code] = Interval(_share(low[code], most), _share(high[code], least))
    return found


def ordinal(ranks: Mapping[str, int | None], anchored: Collection[str]) -> tuple[tuple[str, ...], ...]:
    """Return criteria in groups of falling weight from the rank of each swing (1 = greatest).

    Criteria that share a rank stand in one group: either may weigh more. One whose rank is not known
    is in no group: it may weigh anything. Raises ValueError where a ranked criterion has no anchors,
    a rank is under 1, or none is ranked.
    """
    known = {code: rank for code, rank in ranks.items() if rank is not None}
    if not known:
        raise ValueError("no criterion has a rank: give 1 to the swing that matters most")
    _check_anchors(known, anchored)
    for code, rank in known.items():
        if rank < 1:
            raise ValueError(f"rank of {code} is {rank}: ranks begin at 1, the swing that matters most")
    return tuple(
        tuple(code for code, rank in known.items() if rank == place) for place in sorted(set(known.values()))
    )


def _points(code: str, points: float | None) -> float:
    if points is None or not math.isfinite(points) or not 0 <= points <= MOST:
        raise ValueError(f"points of {code} are {_shown(points)}: give a number from 0 to 100")
    return float(points)


def _shown(number: float | None) -> str:
    return "not known" if number is None or math.isnan(number) else f"{number:g}"


def _check_anchors(criteria: Collection[str], anchored: Collection[str]) -> None:
    without = [code for code in criteria if code not in anchored]
    if without:
        raise ValueError(
            f"no anchors for {', '.join(without)}: state the worst and the best level first; "
            "a weight means nothing without the range it is for"
        )


def _check_greatest(points: Collection[float]) -> None:
    if not points:
        raise ValueError("there are no criteria to weigh")
    if not any(points):
        raise ValueError("all points are nought: give 100 to the swing that matters most")
    if MOST not in points:
        raise ValueError(
            f"no criterion has 100 points, the most is {max(points):g}: "
            "give 100 to the swing that matters most, and the others points against it"
        )


def _share(own: float, others: float) -> float:
    # Nought of nothing: a swing that may be worth nothing, beside others that may be too.
    return own / (own + others) if own else 0.0
