"""Weighted product: levels raised to their weights and multiplied, so that units cancel in ratios.

P_i = product over criteria j of x_ij ^ w_j, the exponent being -w_j where less is better. Option i is
better than k where P_i / P_k is over one, whatever the units of the levels.
Source: Bridgman 1922, Dimensional analysis; Miller and Starr 1969, Executive decisions and operations
research.
"""

from dataclasses import dataclass

import numpy as np

from wayforward.methods._arrays import Floats, floats
from wayforward.methods.additive import Table, positive
from wayforward.methods.ranking import Ranked, rank


@dataclass(frozen=True, eq=False)
class Products:
    """Products (options,), the ratio of each to each other (options, options), and the order."""

    products: Floats
    ratios: Floats
    ranked: tuple[Ranked, ...]


def weighted_product(compared: Table) -> Products:
    """Return products, ratios and order. Raises ValueError where a level is unknown or not above nought."""
    positive(compared)
    exponents = np.where(compared.lower, -compared.weights, compared.weights)
    logs = (np.log(compared.levels) * exponents).sum(axis=1)
    products = np.exp(logs)
    return Products(
        floats(products, "products"),
        floats(np.exp(logs[:, None] - logs[None, :]), "ratios"),
        rank(dict(zip(compared.options, products.tolist(), strict=True))),
    )
