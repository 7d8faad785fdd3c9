"""Net present social value of an option relative to business as usual.

NPSV = sum over t of D(t) x (B(t) - C(t)), where B and C are the option's benefits and costs less
those of business as usual. Low takes benefits low and costs high; high the reverse: lines of one
driver and one range, in the option and in business as usual, are joined, and what remains of them
over all years stands at the end of the range that makes it lower, or higher. So no draw in which
every multiplier lies in its range falls outside low and high, and what stands unchanged in business
as usual moves neither.
Source: HM Treasury, The Green Book; the range is arithmetic (docs/decisions/0013).
"""

from dataclasses import dataclass, replace

import numpy as np

from wayforward.methods._arrays import Amounts, Floats, floats, known
from wayforward.methods.discounting import present_value
from wayforward.methods.flows import Lines, Range, change


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
    benefits = _change(changed.benefits, usual.benefits, weights)
    costs = _change(changed.costs, usual.costs, weights)
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


def _change(option: Lines, usual: Lines, weights: Floats) -> Range:
    found = change(_in_one(option, weights), _in_one(usual, weights))
    low, likely, high = (known(float(end[0])) for end in (found.low, found.likely, found.high))
    return Range(low, likely, high)


def _in_one(given: Lines, weights: Floats) -> Lines:
    """Each line as one amount, its present value: a driver moves all years of it alike."""
    return replace(given, amounts=present_value(given.amounts, weights)[:, None])


def _less(left: float | None, right: float | None) -> float | None:
    return None if left is None or right is None else left - right
