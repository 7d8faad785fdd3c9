"""Value functions: what a level on a criterion is worth, 0 to 100 between two stated anchors.

v(low) = 0 and v(high) = 100, with straight lines between the anchors and any points given in between.
low is the worse anchor, high the better, whichever is the larger number: for days to answer, low may
be 40 and high 5. The anchors are local (the worst and best of these options) or global (the worst and
best that could be); the method is the same. Source: Dodgson, Spackman, Pearman and Phillips 2009,
Multi-criteria analysis: a manual (Department for Communities and Local Government).

A weight is the worth of the swing between the anchors, so beyond them neither value nor weight means
anything. A level that people recorded is therefore refused outside its anchors: they widen the anchors
and weigh again. The draws of a simulation are held at the anchor and flagged, because a tail always
passes any anchor and one draw must not stop the rest; whoever shows the result says how many were held.
"""

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from wayforward.methods._arrays import Amounts, Floats, floats
from wayforward.methods.ranking import SAME

TOP = 100.0


@dataclass(frozen=True)
class ValueFunction:
    """The worse anchor, the better anchor, and (level, value) points between them in that order.

    Levels are in the criterion's own unit, values from 0 to 100. Raises ValueError where an anchor is
    missing, the anchors are equal, or the points do not run one way from the worse anchor to the better.
    """

    low: float
    high: float
    points: tuple[tuple[float, float], ...] = ()

    def __post_init__(self) -> None:
        if any(anchor is None or not math.isfinite(anchor) for anchor in (self.low, self.high)):
            raise ValueError("an anchor is missing: give the worst and the best level that is weighed")
        if self.low == self.high:
            raise ValueError(
                f"both anchors are {self.low:g}: the worst and the best level must differ, "
                "or the criterion tells the options nothing apart"
            )
        for (level, value), (following, higher) in pairwise(self.knots):
            onward = (following - level) * (self.high - self.low)
            if not (onward > 0 and 0 <= value <= higher <= TOP):
                raise ValueError(
                    f"the points must lead from level {self.low:g} (value 0) to level {self.high:g} "
                    f"(value 100) without turning back: look at levels {level:g} and {following:g} "
                    f"(values {value:g} and {higher:g})"
                )

    @property
    def knots(self) -> tuple[tuple[float, float], ...]:
        """The anchors and the points between them, from value 0 to value 100."""
        return ((self.low, 0.0), *self.points, (self.high, TOP))


@dataclass(frozen=True, eq=False)
class Clamped:
    """Values 0 to 100 in the shape of the levels, and where a level lay outside the anchors."""

    values: Floats
    outside: NDArray[np.bool_]


def values(function: ValueFunction, levels: Amounts) -> Floats:
    """Return the values of recorded levels, in the shape given; a level not known has no known value.

    Raises ValueError naming the first level outside the anchors.
    """
    found = clamped(function, levels)
    if found.outside.any():
        level = floats(levels, "levels")[found.outside][0]
        raise ValueError(
            f"level {level:g} is outside the anchors {function.low:g} and {function.high:g}: "
            "correct the level, or widen the anchors and weigh the criterion again"
        )
    return found.values


def clamped(function: ValueFunction, levels: Amounts) -> Clamped:
    """Return the values of simulated levels; those beyond an anchor are held there and flagged."""
    array = floats(levels, "levels")
    at, worth = zip(*function.knots, strict=True)
    # Interpolation wants rising levels; turning the sign loses no bits.
    sign = 1.0 if function.high > function.low else -1.0
    worths = np.interp(sign * array, sign * np.array(at), np.array(worth))
    slack = SAME * abs(function.high - function.low)
    below, above = sorted((function.low, function.high))
    outside = (array < below - slack) | (array > above + slack)
    return Clamped(floats(worths, "values"), np.asarray(outside))
