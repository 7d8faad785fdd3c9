"""Flows of cost and benefit lines: their range, and an option's change from business as usual.

Incremental flow = option - business as usual, year by year. A line carries its likely profile and
two multipliers of it, low (at most 1) and high (at least 1), and may name what it varies with: lines
of one driver and one range stand at the same place of it, in an option and in business as usual. The
range of a change is therefore that of each driver's change: multiplier x (option - business as usual),
at whichever multiplier makes it lower, or higher.
Source: HM Treasury, The Green Book: options are appraised relative to business as usual; the range of
a driver's change is arithmetic, as the drivers are drawn (docs/decisions/0013).
"""

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from wayforward.methods._arrays import Amounts, Floats, floats
from wayforward.methods.ranking import SAME

Key = tuple[Hashable, float, float]  # a driver and a range: what moves as one


@dataclass(frozen=True, eq=False)
class Lines:
    """Likely amounts of shape (lines, years) with low and high multipliers of shape (lines,).

    drivers say what each line varies with; where there are none, each line varies by itself.
    """

    amounts: Floats
    low: Floats
    high: Floats
    drivers: tuple[Hashable, ...] = ()


@dataclass(frozen=True)
class Range:
    """A low, likely and high figure; None where one is not known."""

    low: float | None
    likely: float | None
    high: float | None


@dataclass(frozen=True, eq=False)
class Change:
    """An option's flows less those of business as usual, each of shape (years,); nan is not known."""

    low: Floats
    likely: Floats
    high: Floats


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
    drivers: Sequence[Hashable] = (),
) -> Lines:
    """Return checked lines. None or nan is not known, in an amount or a multiplier.

    Raises ValueError naming the row where low is not in 0..1 or high is below 1, or where the
    shapes do not fit or some lines have a driver and others none.
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
    if drivers and len(drivers) != len(profile):
        raise ValueError(
            f"{len(drivers)} drivers were given for {len(profile)} lines: give one a line, or none"
        )
    return Lines(profile, least, most, tuple(drivers))


def no_lines(years: int) -> Lines:
    """Return an empty set of lines over a number of years."""
    return lines(np.zeros((0, years)), np.zeros(0), np.zeros(0))


def together(*given: Lines) -> Lines:
    """Return several sets of lines as one; they all name their drivers, or none does.

    Raises ValueError where they do not cover the same years, or only some name their drivers.
    """
    drivers = tuple(driver for each in given for driver in each.drivers)
    amounts = np.vstack([each.amounts for each in given])
    low, high = (np.concatenate([getattr(each, end) for each in given]) for end in ("low", "high"))
    return lines(amounts, low, high, drivers)


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


def change(option: Lines, business_as_usual: Lines) -> Change:
    """Return an option's flows less those of business as usual, likely and at both ends, year by year.

    Lines of one driver and one range, on either side, are joined before the ends are taken; what
    comes to the same in both moves neither end. A range that is not known is like no other: while a
    line has such a range, the ends are not known.

    Raises ValueError where the two do not cover the same years.
    """
    if option.amounts.shape[1] != business_as_usual.amounts.shape[1]:
        incremental(option.amounts.sum(axis=0), business_as_usual.amounts.sum(axis=0))
    signed = np.vstack((option.amounts, -business_as_usual.amounts))
    likely = _net(signed)
    moved = [
        (_net(signed[rows]), low, high) for (_, low, high), rows in _joined(option, business_as_usual).items()
    ]
    below = [np.minimum((low - 1) * net, (high - 1) * net) for net, low, high in moved]
    above = [np.maximum((low - 1) * net, (high - 1) * net) for net, low, high in moved]
    return Change(likely + _added(below, likely.size), likely, likely + _added(above, likely.size))


def _joined(option: Lines, business_as_usual: Lines) -> dict[Key, list[int]]:
    """The rows of both, the option's first, by driver and range."""
    found: dict[Key, list[int]] = {}
    row = 0
    for given in (option, business_as_usual):
        # A line without a driver is like no other: its row stands for one.
        drivers = given.drivers or [("a line by itself", row + place) for place in range(len(given.low))]
        for driver, low, high in zip(drivers, given.low.tolist(), given.high.tolist(), strict=True):
            found.setdefault((driver, low, high), []).append(row)
            row += 1
    return found


def _net(signed: Floats) -> Floats:
    """The sum by year, nought where it is no more than a rounding of what was added up."""
    return less(_added(signed, signed.shape[1]), 0.0, np.abs(signed).sum(axis=0))


def _added(rows: Sequence[Floats] | Floats, years: int) -> Floats:
    # fsum is exact, so the order of the lines can't change the figure.
    return np.array([math.fsum(column) for column in np.array(rows).reshape(-1, years).T.tolist()])


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
