"""VIKOR: a compromise between the good of most criteria and the worst complaint of any.

With f* the best and f- the worst level of a criterion: S_i = sum of w_j (f*_j - x_ij) / (f*_j - f-_j),
R_i the greatest of these terms, Q_i = v (S_i - S*) / (S- - S*) + (1 - v) (R_i - R*) / (R- - R*), least
best. The least Q stands alone only if it leads the second by 1 / (options - 1) or more and is also best
by S or by R; else the compromise set says which options can't be told apart.
Source: Opricovic and Tzeng 2004, European Journal of Operational Research 156.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from wayforward.methods._arrays import Floats, floats
from wayforward.methods.additive import Table, complete
from wayforward.methods.ranking import SAME, Ranked, rank


@dataclass(frozen=True, eq=False)
class Compromise:
    """S, R and Q (options,), least best; the order by Q; and the compromise set in order of options."""

    group: Floats
    regret: Floats
    score: Floats
    ranked: tuple[Ranked, ...]
    compromise: tuple[str, ...]


def vikor(compared: Table, v: float = 0.5) -> Compromise:
    """Return S, R, Q, the order and the compromise set; v weighs the good of most against one complaint.

    A criterion on which all options are alike adds nothing. Raises ValueError where a level is unknown,
    an option stands alone, or v is not from 0 to 1.
    """
    if not 0 <= v <= 1:
        raise ValueError(f"v is {v:g}: give a number from 0 (the worst complaint) to 1 (the good of most)")
    levels = np.where(compared.lower, -1.0, 1.0) * complete(compared).levels
    short = compared.weights * _distance(levels.max(axis=0) - levels, np.abs(levels).max(axis=0))
    group, regret = short.sum(axis=1), short.max(axis=1)
    score = v * _distance(group - group.min(), 1.0) + (1 - v) * _distance(regret - regret.min(), 1.0)
    return Compromise(
        floats(group, "S"),
        floats(regret, "R"),
        floats(score, "Q"),
        rank(dict(zip(compared.options, score.tolist(), strict=True)), lowest_first=True),
        _compromise(compared.options, group, regret, score),
    )


def _distance(short: Floats, size: ArrayLike) -> Floats:
    """Distances (options, ...) as shares of the longest of their column; nought where all are nought."""
    longest = short.max(axis=0)
    # A range of rounding error is no range: it would be blown up to a whole one.
    real = longest > SAME * np.asarray(size)
    return np.asarray(np.where(real, short / np.where(real, longest, 1.0), 0.0), dtype=np.float64)


def _compromise(options: tuple[str, ...], group: Floats, regret: Floats, score: Floats) -> tuple[str, ...]:
    order = np.argsort(score, kind="stable")
    best, second = order[0], order[1]
    lead = 1 / (len(options) - 1)
    if score[second] - score[best] < lead - SAME:
        chosen = score - score[best] < lead - SAME
    else:
        chosen = np.arange(len(options)) == best
        if group[best] > group.min() + SAME and regret[best] > regret.min() + SAME:
            # Unstable: the leader is best by neither measure, so the second stays with it, ties and all.
            chosen |= score <= score[second] + SAME
    return tuple(option for option, one in zip(options, chosen, strict=True) if one)
