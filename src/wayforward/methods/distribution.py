"""Distributional weight: what a pound is worth to a group by its income.

weight = (median equivalised income / the group's income) ** eta, eta the elasticity of the marginal
utility of income. Source: HM Treasury, The Green Book (2018) A3.12 to A3.22; eta 1.3 from Layard,
Mayraz and Nickell (2008).
"""


def weight(income: float, median_income: float, eta: float = 1.3) -> float:
    """Return the welfare weight of a group. Raises ValueError where an income is not above 0."""
    if not (income > 0 and median_income > 0):
        raise ValueError("a distributional weight needs incomes above 0")
    return float((median_income / income) ** eta)
