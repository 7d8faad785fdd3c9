"""Equivalent annual value: a present value spread evenly over the years of the appraisal.

EANC = NPV / sum of D(t). It lets options of different lives be put side by side.
Source: HM Treasury, The Green Book (annuity factor).
"""

from wayforward.methods._arrays import Amounts, floats


def equivalent_annual(present_value: float, discount_factors: Amounts) -> float:
    """Return the level yearly amount with this present value over the years of the factors."""
    weights = floats(discount_factors, "discount factors")
    if weights.size == 0 or not weights.sum() > 0:
        raise ValueError("an equivalent annual value needs at least one discount factor above 0")
    return present_value / float(weights.sum())
