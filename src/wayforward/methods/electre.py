"""ELECTRE I: which options are outranked, and the kernel that is left to choose from.

Concordance c(a, b) = sum of the weights of the criteria on which a is at least as good as b. Discordance
d(a, b) = the greatest margin by which b beats a on any criterion, over the widest range of any criterion,
levels being taken as shares of their column's sum so that units can be compared.
a outranks b where c >= agreement and d <= veto. The kernel: no member outranks another, and each option
outside it is outranked by a member; options that outrank each other in a ring count as one.
Source: Roy 1968, Revue française d'informatique et de recherche opérationnelle 2(8); the shares as in
Cebrián and Porcar 2009, Revista de métodos cuantitativos para la economía y la empresa 7.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wayforward.methods._arrays import Floats, floats
from wayforward.methods.additive import Table, margins
from wayforward.methods.ranking import SAME, Ranked, rank

Relation = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Outranking:
    """Concordance and discordance (options, options), nan on the diagonal; who outranks whom; the kernel.

    The method chooses, it does not order: in ranked, the kernel shares first place and the rest the next.
    """

    concordance: Floats
    discordance: Floats
    outranks: Relation
    kernel: tuple[str, ...]
    ranked: tuple[Ranked, ...]


def electre(compared: Table, agreement: float = 0.65, veto: float = 0.35) -> Outranking:
    """Return who outranks whom, by row over column, and the kernel.

    Raises ValueError where a level is unknown, an option stands alone, or a threshold is not from 0 to 1.
    """
    for name, threshold in (("agreement", agreement), ("veto", veto)):
        if not 0 <= threshold <= 1:
            raise ValueError(f"{name} is {threshold:g}: give a number from 0 to 1")
    ahead = margins(compared)
    concordance = ((ahead >= 0) * compared.weights).sum(axis=2)
    sums = np.abs(compared.levels).sum(axis=0)
    behind = np.maximum(-ahead, 0) / np.where(sums > 0, sums, 1.0)
    discordance = behind.max(axis=2) / (behind.max() if behind.any() else 1.0)
    outranks = (concordance >= agreement - SAME) & (discordance <= veto + SAME)
    for square, none in ((concordance, np.nan), (discordance, np.nan), (outranks, False)):
        np.fill_diagonal(square, none)
    inside = _kernel(outranks)
    return Outranking(
        floats(concordance, "concordance"),
        floats(discordance, "discordance"),
        outranks,
        tuple(option for option, one in zip(compared.options, inside, strict=True) if one),
        rank({option: float(one) for option, one in zip(compared.options, inside, strict=True)}),
    )


def _kernel(outranks: Relation) -> list[bool]:
    reach = outranks | np.eye(len(outranks), dtype=bool)
    for through in range(len(outranks)):
        reach |= reach[:, through, None] & reach[None, through, :]
    ring = reach & reach.T
    # Whoever outranks an option directly or in steps is settled before it.
    order = np.argsort(reach.sum(axis=0), kind="stable")
    inside = np.zeros(len(outranks), dtype=bool)
    for one in order:
        beaten = inside[:, None] & outranks & ~ring
        inside[one] = not beaten[:, ring[one]].any()
    return [bool(one) for one in inside]
