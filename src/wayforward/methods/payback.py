"""Payback: how long until an option has returned what it took, plain or discounted.

Flows fall evenly within a year. With S(t) the running total at the end of year t, payback lies in
the first year t in which S reaches 0 after being below it, at t + (-S(t-1)) / flow(t) years from
the start of year 0. Source: standard definition; the interpolation is this software's convention.
"""

import math
from dataclasses import dataclass

import numpy as np

from wayforward.methods._arrays import Amounts, floats
from wayforward.methods.flows import less


@dataclass(frozen=True)
class Payback:
    """Years from the start of the first year; None with the reason where there is no payback.

    falls_back is True where the running total goes below 0 again after payback.
    """

    years: float | None
    reason: str = ""
    falls_back: bool = False


def payback(net_flows: Amounts, discount_factors: Amounts | None = None) -> Payback:
    """Return the payback of net flows (years,), benefits less costs against business as usual.

    With discount factors (years,) the discounted payback.
    """
    flows = floats(net_flows, "net flows")
    if discount_factors is not None:
        flows = flows * floats(discount_factors, "discount factors")
    # A total that comes back to nought but for a rounding has come back.
    running = less(np.cumsum(flows), 0.0, np.cumsum(np.abs(flows)))
    below = False
    for year, level in enumerate(running.tolist()):
        if math.isnan(level):
            return Payback(None, f"the flow of year {year} is not known")
        if level < 0:
            below = True
        elif below:
            before = float(running[year - 1])
            later = running[year + 1 :]
            return Payback(year + -before / float(flows[year]), falls_back=bool((later < 0).any()))
    if not below:
        return Payback(None, "there is no net outlay to pay back")
    return Payback(None, f"not paid back within {len(running)} years")
