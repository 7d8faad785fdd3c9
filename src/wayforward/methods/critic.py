"""CRITIC: weights that the table itself gives, from contrast and conflict between criteria.

Levels are scaled 0 to 1 from worst to best; C_j = standard deviation of column j x sum over k of
(1 - correlation of j and k); w_j = C_j / sum of C. These are no one's opinion of what matters: they only
show whether the order would differ if the data alone did the weighing.
Source: Diakoulaki, Mavrotas and Papayannakis 1995, Computers and Operations Research 22(7).
"""

from dataclasses import dataclass

import numpy as np

from wayforward.methods._arrays import Floats, floats
from wayforward.methods.additive import Table, complete
from wayforward.methods.ranking import SAME, Ranked, rank


@dataclass(frozen=True, eq=False)
class Contrast:
    """Weights (criteria,) summing to one, the scaled levels weighed by them (options,), and the order."""

    weights: Floats
    scores: Floats
    ranked: tuple[Ranked, ...]


def critic(compared: Table) -> Contrast:
    """Return the weights that the levels give, and the order by them; the table's own weights play no part.

    A criterion on which all options are alike weighs nothing. Raises ValueError where a level is unknown,
    an option stands alone, or the criteria that differ all say the same.
    """
    levels = np.where(compared.lower, -1.0, 1.0) * complete(compared).levels
    least, most = levels.min(axis=0), levels.max(axis=0)
    differs = most - least > SAME * np.maximum(1, np.maximum(abs(least), abs(most)))
    scaled = (levels - least)[:, differs] / (most - least)[differs]
    away = scaled - scaled.mean(axis=0)
    spread = np.sqrt((away**2).mean(axis=0))
    correlation = (away.T @ away) / len(levels) / np.outer(spread, spread)
    contrast = spread * (1 - correlation).sum(axis=0)
    if not contrast.sum() > SAME:
        raise ValueError(
            "no two criteria differ in how they order the options: the table gives no weights of its own"
        )
    weights = np.zeros(len(compared.criteria))
    weights[differs] = contrast / contrast.sum()
    scores = (scaled * weights[differs]).sum(axis=1)
    return Contrast(
        floats(weights, "weights"),
        floats(scores, "scores"),
        rank(dict(zip(compared.options, scores.tolist(), strict=True))),
    )
