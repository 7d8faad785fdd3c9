"""Benefit-cost ratio.

BCR = present value of benefits / present value of net cost, both relative to business as usual.
Savings in the body's own costs are counted where the caller puts them, in the benefits or off the
cost, and the figure must say which. Source: HM Treasury, The Green Book.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Ratio:
    """A ratio, or None with the reason why there is none."""

    value: float | None
    reason: str = ""


def benefit_cost_ratio(pv_benefits: float | None, pv_net_cost: float | None) -> Ratio:
    """Return benefits / net cost; None where one is unknown or the net cost is not above 0."""
    if pv_benefits is None or pv_net_cost is None:
        which = "benefits" if pv_benefits is None else "net cost"
        return Ratio(None, f"the present value of {which} is not known")
    if pv_net_cost <= 0:
        return Ratio(
            None,
            "the option costs no more than business as usual, so there is no cost to divide by",
        )
    return Ratio(pv_benefits / pv_net_cost)
