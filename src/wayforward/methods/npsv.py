"""Net present social value of an option relative to business as usual.

NPSV = sum over t of D(t) x (B(t) - C(t)), where B and C are the option's benefits and costs less
those of business as usual. Low takes benefits low and costs high; high the reverse. The lines of
business as usual stay at their likely amounts, except that a line which stands unchanged in both
(same amounts, same range) cancels before the range is taken.
Source: HM Treasury, The Green Book.
"""

import math
from collections import Counter
from dataclasses import dataclass

import numpy as np

from wayforward.methods._arrays import Amounts, Floats, floats, known
from wayforward.methods.discounting import present_value
from wayforward.methods.flows import Lines, Range, at_high, at_low, less


@dataclass(frozen=True, eq=False)
class OptionFlows:
    """An option's benefit lines and cost lines, both in real prices with positive amounts."""

    benefits: Lines
    costs: Lines


@dataclass(frozen=True)
class NetPresentValue:
    """NPSV with the present values behind it, all relative to business as usual.

    unknown_lines counts the lines with an amount that is not known: while there is one, the figures
    that it enters are None.
    """

    npsv: Range
    pv_benefits: Range
    pv_costs: Range
    unknown_lines: int


def npsv(option: OptionFlows, business_as_usual: OptionFlows, discount_factors: Amounts) -> NetPresentValue:
    """Return the NPSV of an option and its range, in the prices of the lines.

    Raises ValueError where the years of lines and factors differ.
    """
    weights = floats(discount_factors, "discount factors")
    changed, usual = option, business_as_usual
    benefits = _difference(*_without_twins(changed.benefits, usual.benefits), weights)
    costs = _difference(*_without_twins(changed.costs, usual.costs), weights)
    unknown = sum(
        int(np.isnan(part.amounts).any(axis=1).sum())
        for part in (changed.benefits, changed.costs, usual.benefits, usual.costs)
    )
    net = Range(
        _less(benefits.low, costs.high),
        _less(benefits.likely, costs.likely),
        _less(benefits.high, costs.low),
    )
    return NetPresentValue(net, benefits, costs, unknown)


def _difference(option: Lines, usual: Lines, weights: Floats) -> Range:
    base = _sum(present_value(usual.amounts, weights))
    return Range(
        known(float(less(_sum(present_value(at_low(option), weights)), base))),
        known(float(less(_sum(present_value(option.amounts, weights)), base))),
        known(float(less(_sum(present_value(at_high(option), weights)), base))),
    )


def _sum(values: Floats) -> float:
    # fsum is exact, so the order of the lines can't change the figure.
    return math.fsum(values.tolist())


def _less(left: float | None, right: float | None) -> float | None:
    return None if left is None or right is None else left - right


def _without_twins(option: Lines, usual: Lines) -> tuple[Lines, Lines]:
    twins = Counter(_keys(option)) & Counter(_keys(usual))
    return _drop(option, Counter(twins)), _drop(usual, Counter(twins))


def _keys(given: Lines) -> list[bytes]:
    table = np.column_stack((given.amounts, given.low, given.high))
    return [row.tobytes() for row in table if not np.isnan(row).any()]


def _drop(given: Lines, twins: Counter[bytes]) -> Lines:
    keep = []
    for index, row in enumerate(np.column_stack((given.amounts, given.low, given.high))):
        key = row.tobytes()
        if twins[key] > 0:
            twins[key] -= 1
        else:
            keep.append(index)
    return Lines(given.amounts[keep], given.low[keep], given.high[keep])
