"""Maturity: from levels by dimension to one level, and the gap to the target.

The weakest link is the lowest level of any dimension: a body is no more mature than that. The mean
is shown beside it because it hides the weakest dimension. A staged level L holds only if every area
of levels up to L is satisfied. Source: P3M3 (an overall level is capped by the lowest perspective)
and staged models of the CMMI kind; names only, no licensed text.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

LOWEST, HIGHEST = 1, 5


@dataclass(frozen=True)
class Dimension:
    """A dimension's level, target and gap (target - level, not below 0); None where not known."""

    name: str
    level: float | None
    target: float | None
    gap: float | None


@dataclass(frozen=True)
class Maturity:
    """The overall level by the weakest link, and what it hides.

    level is None while a dimension is not assessed; at_most is then the lowest level seen so far.
    """

    level: float | None
    at_most: float | None
    weakest: tuple[str, ...]
    mean: float | None
    dimensions: tuple[Dimension, ...]
    missing: tuple[str, ...]


def maturity(
    levels: Mapping[str, float | None], targets: Mapping[str, float | None] | None = None
) -> Maturity:
    """Return the overall maturity of levels (1 to 5) by dimension, in the order given.

    The mean is of the dimensions assessed. Raises ValueError where a level is off the scale.
    """
    wanted = targets or {}
    for name, level in [*levels.items(), *wanted.items()]:
        if level is not None and not LOWEST <= level <= HIGHEST:
            raise ValueError(f"{name}: level {level} is off the scale of {LOWEST} to {HIGHEST}")
    assessed = {name: level for name, level in levels.items() if level is not None}
    missing = tuple(name for name in levels if name not in assessed)
    lowest = min(assessed.values(), default=None)
    return Maturity(
        None if missing else lowest,
        lowest,
        tuple(name for name, level in assessed.items() if level == lowest),
        math.fsum(assessed.values()) / len(assessed) if assessed else None,
        tuple(_dimension(name, level, wanted.get(name)) for name, level in levels.items()),
        missing,
    )


def staged(areas: Sequence[tuple[int, bool | None]]) -> int | None:
    """Return the staged level of areas given as (level the area belongs to, satisfied).

    The highest level below the first that has an unsatisfied area, at least 1. None where an area
    that is not assessed decides it.
    """
    reached = LOWEST
    for level in sorted({level for level, _ in areas}):
        results = [satisfied for own, satisfied in areas if own == level]
        if False in results:
            return reached
        if None in results:
            return None
        reached = max(reached, level)
    return reached


def _dimension(name: str, level: float | None, target: float | None) -> Dimension:
    gap = None if level is None or target is None else max(target - level, 0.0)
    return Dimension(name, level, target, gap)
