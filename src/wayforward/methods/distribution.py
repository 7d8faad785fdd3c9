"""Distributional weight: what a pound is worth to a group by its income.

weight = (median equivalised income / the group's income) ** eta, eta the elasticity of the marginal
utility of income. The 2003 edition has a range for each fifth of incomes in its place. Weighted values
always stand beside unweighted ones. Source: HM Treasury, The Green Book (2018) A3.12 to A3.22 and
(2003) Annex 5; eta 1.3 from Layard, Mayraz and Nickell (2008).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from wayforward.methods.totals import Total, total


@dataclass(frozen=True)
class Weight:
    """The weight of a pound to a group, from low to high; all three are one where there is no range."""

    low: float
    likely: float
    high: float


@dataclass(frozen=True)
class Weighed:
    """A group's value as it is and weighted (low, likely, high); None where not known."""

    group: str
    unweighted: float | None
    low: float | None
    likely: float | None
    high: float | None


@dataclass(frozen=True)
class Weighted:
    """The groups in order of name with their totals, unweighted beside weighted."""

    rows: tuple[Weighed, ...]
    unweighted: Total
    low: Total
    likely: Total
    high: Total


def weight(income: float, median_income: float, eta: float = 1.3) -> float:
    """Return the welfare weight of a group. Raises ValueError where an income is not above 0."""
    if not (income > 0 and median_income > 0):
        raise ValueError("a distributional weight needs incomes above 0")
    return float((median_income / income) ** eta)


def by_income(
    incomes: Mapping[str, float | None], median_income: float, eta: float = 1.3
) -> dict[str, Weight | None]:
    """Return the weight of each group by its equivalised income; None where that is not known.

    Raises ValueError naming the group whose income is not above 0.
    """
    weights: dict[str, Weight | None] = {}
    for group, income in incomes.items():
        if income is not None and not income > 0:
            raise ValueError(f"{group}: a distributional weight needs an income above 0, not {income:g}")
        found = None if income is None else weight(income, median_income, eta)
        weights[group] = None if found is None else Weight(found, found, found)
    return weights


def by_quintile(quintiles: Mapping[str, Mapping[str, object]]) -> dict[str, Weight | None]:
    """Read the weight of each fifth of incomes from the values 'quintiles' of the edition's table.

    likely is the middle of the range. Raises ValueError where a range is no two numbers above 0 in order.
    """
    weights: dict[str, Weight | None] = {}
    for name, row in quintiles.items():
        low, high = row.get("low"), row.get("high")
        if not isinstance(low, int | float) or not isinstance(high, int | float) or not 0 < low <= high:
            raise ValueError(f"{name}: {low!r} to {high!r} is no range of weights above 0")
        weights[name] = Weight(float(low), (low + high) / 2, float(high))
    return weights


def weighted(values: Mapping[str, float | None], weights: Mapping[str, Weight | None]) -> Weighted:
    """Return the value of each group, such as a present value, beside its weighted value.

    A value below 0 (a cost to the group) is lowest at its high weight. A value or weight that is not
    known makes what needs it not known. Raises ValueError for a group without an entry in weights.
    """
    rows = []
    for group in sorted(values):
        if group not in weights:
            raise ValueError(f"there is no weight for {group!r}; there are {', '.join(sorted(weights))}")
        rows.append(_weighed(group, values[group], weights[group]))
    return Weighted(
        tuple(rows),
        total({row.group: row.unweighted for row in rows}),
        total({row.group: row.low for row in rows}),
        total({row.group: row.likely for row in rows}),
        total({row.group: row.high for row in rows}),
    )


def _weighed(group: str, value: float | None, of: Weight | None) -> Weighed:
    if value is None or of is None:
        return Weighed(group, value, None, None, None)
    ends = sorted((value * of.low, value * of.high))
    return Weighed(group, value, ends[0], value * of.likely, ends[1])
