"""Additive value: options scored 0 to 100 on each criterion, weighed and added, with the parts visible.

V_i = sum over criteria j of w_j x v_ij. It holds only where what a level on one criterion is worth does
not depend on the levels of others. Here too is the table of options by criteria that every other way of
ordering takes, so that one table can be put to all of them.
Source: Keeney and Raiffa 1976, Decisions with multiple objectives; Dodgson et al. 2009,
Multi-criteria analysis: a manual.
"""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wayforward.methods._arrays import Floats, floats
from wayforward.methods.ranking import SAME, Ranked, rank
from wayforward.methods.swing_weights import given


@dataclass(frozen=True, eq=False)
class Table:
    """Levels (options, criteria), weights (criteria,) that sum to one, and where less is better.

    nan is a level that is not known. Make one with `table`, which checks it.
    """

    options: tuple[str, ...]
    criteria: tuple[str, ...]
    levels: Floats
    weights: Floats
    lower: NDArray[np.bool_]


@dataclass(frozen=True)
class Part:
    """What one criterion adds to an option's total; value and worth are None where not known."""

    criterion: str
    value: float | None
    weight: float
    worth: float | None


@dataclass(frozen=True)
class Total:
    """An option's total, None where a part is not known, and the parts in order of criteria."""

    option: str
    total: float | None
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Additive:
    """The totals in order of options, and the options in rank order."""

    totals: tuple[Total, ...]
    ranked: tuple[Ranked, ...]


def table(
    rows: Mapping[str, Sequence[float | None]], weights: Mapping[str, float], lower: Collection[str] = ()
) -> Table:
    """Return the table of options (rows) by criteria, in the order of the weights.

    lower: the criteria on which less is better. Raises ValueError where a row is too long or short,
    the weights do not sum to one, or lower names no criterion.
    """
    checked = given(weights)
    if not rows:
        raise ValueError("there are no options: give at least one row")
    for option, row in rows.items():
        if len(row) != len(checked):
            raise ValueError(f"{option} has {len(row)} levels for {len(checked)} criteria: give one for each")
    unknown = sorted(set(lower) - set(checked))
    if unknown:
        raise ValueError(f"less is better on {', '.join(unknown)}, but no such criterion has a weight")
    falling = np.array([code in lower for code in checked])
    levels = floats(list(rows.values()), "levels").reshape(len(rows), len(checked))
    return Table(tuple(rows), tuple(checked), levels, floats(list(checked.values()), "weights"), falling)


def additive(scored: Table) -> Additive:
    """Return each option's total, its parts and its rank; equal totals share a rank.

    The levels are values in which more is better (0 to 100). A total with an unknown part is not known
    and has no rank; a criterion that weighs nothing adds nothing whatever its level. Raises ValueError
    where less is better on a criterion: that is for its value function to turn.
    """
    if scored.lower.any():
        turned = ", ".join(c for c, low in zip(scored.criteria, scored.lower, strict=True) if low)
        raise ValueError(f"less is better on {turned}: turn its levels into values 0 to 100 first")
    totals = []
    for option, row in zip(scored.options, scored.levels.tolist(), strict=True):
        parts = tuple(
            _part(criterion, value, weight)
            for criterion, value, weight in zip(scored.criteria, row, scored.weights.tolist(), strict=True)
        )
        known = [part.worth for part in parts if part.worth is not None]
        totals.append(Total(option, math.fsum(known) if len(known) == len(parts) else None, parts))
    return Additive(tuple(totals), rank({one.option: one.total for one in totals}))


def _part(criterion: str, value: float, weight: float) -> Part:
    if math.isnan(value):
        return Part(criterion, None, weight, None if weight else 0.0)
    return Part(criterion, value, weight, weight * value)


def complete(compared: Table) -> Table:
    """Return the table where it can be compared whole: two options or more, every level known.

    Ways of ordering that set each option against all others can't leave a level out: the order of the
    rest would shift. Raises ValueError naming the first level that is not known.
    """
    if len(compared.options) < 2:
        raise ValueError(f"{compared.options[0]} stands alone: give at least two options to compare")
    missing = np.argwhere(np.isnan(compared.levels))
    if missing.size:
        option, criterion = compared.options[missing[0, 0]], compared.criteria[missing[0, 1]]
        raise ValueError(
            f"{option} has no known level on {criterion}: give one, or leave the option or the criterion out"
        )
    return compared


def positive(compared: Table) -> Table:
    """Return a complete table whose levels are all above nought, as ratios need; else ValueError."""
    wrong = np.argwhere(complete(compared).levels <= 0)
    if wrong.size:
        row, column = wrong[0]
        raise ValueError(
            f"{compared.options[row]} has {compared.levels[row, column]:g} on {compared.criteria[column]}: "
            "this method works with ratios, so every level must be above nought"
        )
    return compared


def margins(compared: Table) -> Floats:
    """Return by how much each option is better than each other, by criterion (options, options, criteria).

    Negative where it is worse. Levels that are the same number computed twice differ by nought.
    """
    levels = complete(compared).levels
    left, right = levels[:, None, :], levels[None, :, :]
    same = np.isclose(left, right, rtol=0, atol=SAME * np.maximum(1, np.maximum(abs(left), abs(right))))
    return floats(np.where(same, 0.0, np.where(compared.lower, right - left, left - right)), "margins")
