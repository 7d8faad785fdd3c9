"""PROMETHEE II with the usual criterion: each option set against each other, criterion by criterion.

pi(a, b) = sum of the weights of the criteria on which a is better than b, by however little. Net flow
phi(a) = (sum over b of pi(a, b) - pi(b, a)) / (options - 1), from -1 to 1, adding up to nought.
Source: Brans and Vincke 1985, Management Science 31; Brans, Vincke and Mareschal 1986.
"""

from dataclasses import dataclass

from wayforward.methods._arrays import Floats, floats
from wayforward.methods.additive import Table, margins
from wayforward.methods.ranking import Ranked, rank


@dataclass(frozen=True, eq=False)
class Flows:
    """Flows (options,): what speaks for an option, what speaks against it, the net, and the order."""

    leaving: Floats
    entering: Floats
    net: Floats
    ranked: tuple[Ranked, ...]


def promethee(compared: Table) -> Flows:
    """Return flows and order. Raises ValueError where a level is unknown or an option stands alone."""
    preferred = ((margins(compared) > 0) * compared.weights).sum(axis=2)
    others = len(compared.options) - 1
    leaving, entering = preferred.sum(axis=1) / others, preferred.sum(axis=0) / others
    net = leaving - entering
    return Flows(
        floats(leaving, "leaving flows"),
        floats(entering, "entering flows"),
        floats(net, "net flows"),
        rank(dict(zip(compared.options, net.tolist(), strict=True))),
    )
