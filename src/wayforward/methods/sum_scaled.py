"""Weighted sum of shares: each level as a share of its column's sum, weighed and added.

Where less is better the level is inverted first (1/x). s_i = sum over j of w_j x x_ij / sum over k of x_kj.
Source: Kracka, Brauers and Zavadskas 2010 (ranking of heating losses in a building).
"""

from dataclasses import dataclass

import numpy as np

from wayforward.methods._arrays import Floats, floats
from wayforward.methods.additive import Table, positive
from wayforward.methods.ranking import Ranked, rank


@dataclass(frozen=True, eq=False)
class Shares:
    """Scores (options,) that add up to one, and the order."""

    scores: Floats
    ranked: tuple[Ranked, ...]


def sum_scaled(compared: Table) -> Shares:
    """Return scores and order. Raises ValueError where a level is unknown or not above nought."""
    levels = positive(compared).levels
    turned = np.where(compared.lower, 1 / levels, levels)
    scores = (turned / turned.sum(axis=0) * compared.weights).sum(axis=1)
    return Shares(floats(scores, "scores"), rank(dict(zip(compared.options, scores.tolist(), strict=True))))
