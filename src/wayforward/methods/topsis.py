"""TOPSIS: how near an option is to the best of everything, and how far from the worst.

r_ij = x_ij / root of the sum of squares of column j; v_ij = w_j r_ij; the ideal takes the best v of each
column, the anti-ideal the worst; closeness = d- / (d+ + d-), the distances being Euclidean.
Source: Hwang and Yoon 1981, Multiple attribute decision making; Tzeng and Huang 2011, Multiple attribute
decision making: methods and applications.
"""

from dataclasses import dataclass

import numpy as np

from wayforward.methods._arrays import Floats, floats
from wayforward.methods.additive import Table, complete
from wayforward.methods.ranking import Ranked, rank


@dataclass(frozen=True, eq=False)
class Closeness:
    """Closeness to the ideal (options,), 0 to 1, and the order."""

    closeness: Floats
    ranked: tuple[Ranked, ...]


def topsis(compared: Table) -> Closeness:
    """Return closeness and order. Raises ValueError where a level is unknown or an option stands alone.

    Where all options are alike, ideal and anti-ideal are one point: each is as near to the one as to the
    other, its closeness is a half, and all tie.
    """
    levels = complete(compared).levels
    norms = np.sqrt((levels**2).sum(axis=0))
    # A column of noughts tells nothing apart and stays nought.
    weighed = levels / np.where(norms > 0, norms, 1.0) * compared.weights
    most, least = weighed.max(axis=0), weighed.min(axis=0)
    ideal, anti = np.where(compared.lower, least, most), np.where(compared.lower, most, least)
    to_ideal = np.sqrt(((weighed - ideal) ** 2).sum(axis=1))
    to_anti = np.sqrt(((weighed - anti) ** 2).sum(axis=1))
    both = to_ideal + to_anti
    closeness = np.where(both > 0, to_anti / np.where(both > 0, both, 1.0), 0.5)
    return Closeness(
        floats(closeness, "closeness"), rank(dict(zip(compared.options, closeness.tolist(), strict=True)))
    )
