"""Flows of cost and benefit lines: their range, and an option's change from business as usual.

Incremental flow = option - business as usual, year by year. A line carries its likely profile and
two multipliers of it, low (at most 1) and high (at least 1).
Source: HM Treasury, The Green Book: options are appraised relative to business as usual.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from wayforward.methods._arrays import Amounts, Floats, floats
from wayforward.methods.ranking import SAME


@dataclass(frozen=True, eq=False)
class Lines:
    """Likely amounts of shape (lines, years) with low and high multipliers of shape (lines,)."""

    amounts: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True)
class Range:
    """A low, likely and high figure; None where one is not known."""

    low: float | None
    likely: float | None
    high: float | None


@dataclass(frozen=True, eq=False)
class GroupTotal:
    """The yearly sum of a group of lines.

    total is nan in a year in which a line is not known; known is the sum of the rest, and
    unknown_lines counts the lines with such a year.
    """

    group: str
    total: Floats
    known: Floats
    unknown_lines: int


def lines(
    amounts: Amounts,
    low: Amounts,
    high: Amounts,
) -> Lines:
    """Return checked lines. None or nan is not known, in an amount or a multiplier.

    Raises ValueError naming the row where low is not in 0..1 or high is below 1, or where the
    shapes do not fit.
    """
    profile = floats(amounts, "line amounts")
    least, most = floats(low, "low multipliers"), floats(high, "high multipliers")
    if profile.ndim != 2 or least.shape != profile.shape[:1] or most.shape != least.shape:
        raise ValueError(
            f"line amounts of shape {profile.shape} need one low and one high multiplier a line "
            f"(given {least.shape} and {most.shape})"
        )
    for row, (down, up) in enumerate(zip(least, most, strict=True)):
        if down < 0 or down > 1 or up < 1:
            raise ValueError(
                f"line {row}: low {down:g} and high {up:g} multiply the likely profile, so low is "
                "from 0 to 1 and high at least 1"
            )
    return Lines(profile, least, most)


def no_lines(years: int) -> Lines:
    """Return an empty set of lines over a number of years."""
    return lines(np.zeros((0, years)), np.zeros(0), np.zeros(0))


def at_low(given: Lines) -> Floats:
    """Return the amounts at their low end; a negative amount is lowest at its high multiplier."""
    low, high = given.low[:, None], given.high[:, None]
    return np.where(given.amounts < 0, given.amounts * high, given.amounts * low)


def at_high(given: Lines) -> Floats:
    """Return the amounts at their high end; a negative amount is highest at its low multiplier."""
    low, high = given.low[:, None], given.high[:, None]
    return np.where(given.amounts < 0, given.amounts * low, given.amounts * high)


def incremental(option: Amounts, business_as_usual: Amounts) -> Floats:
    """Return option - business as usual, both of shape (..., years).

    Raises ValueError where the two do not cover the same years.
    """
    changed = floats(option, "the option's flows")
    usual = floats(business_as_usual, "business as usual")
    if changed.shape[-1] != usual.shape[-1]:
        raise ValueError(
            f"the option covers {changed.shape[-1]} years and business as usual "
            f"{usual.shape[-1]}: give both over the same years"
        )
    return np.asarray(changed - usual)


def less(left: ArrayLike, right: ArrayLike, size: ArrayLike | None = None) -> Floats:
    """Return left - right, nought where the two are one sum that was added up in two ways.

    size is what the two were added up from (else the two themselves): less than a rounding of it is no
    difference.
    """
    one, other = np.asarray(left, dtype=np.float64), np.asarray(right, dtype=np.float64)
    scale = np.abs(one) + np.abs(other) if size is None else np.asarray(size, dtype=np.float64)
    apart = one - other
    return np.asarray(np.where(np.abs(apart) <= SAME * scale, 0.0, apart))


def by_group(amounts: Amounts, groups: Sequence[str]) -> tuple[GroupTotal, ...]:
    """Sum line amounts (lines, years) by the group of each line; groups in alphabetical order."""
    profile = floats(amounts, "line amounts")
    if profile.ndim != 2 or len(groups) != profile.shape[0]:
        raise ValueError(f"{len(groups)} groups were given for amounts of shape {profile.shape}")
    totals = []
    for group in sorted(set(groups)):
        rows = profile[[i for i, name in enumerate(groups) if name == group]]
        missing = int(np.isnan(rows).any(axis=1).sum())
        # Sorted first, so that the sum does not depend on the order of the lines.
        ordered = np.sort(rows, axis=0)
        totals.append(GroupTotal(group, ordered.sum(axis=0), np.nansum(ordered, axis=0), missing))
    return tuple(totals)
