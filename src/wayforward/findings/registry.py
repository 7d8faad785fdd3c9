"""The findings there are: each declared where its stage is, by a decorator on the function that computes it."""

import difflib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wayforward.findings.finding import Result
from wayforward.records.base import Record

if TYPE_CHECKING:
    from wayforward.findings.compute import Reading

Compute = Callable[["Reading"], Result]

PRICES = {
    "": "",
    "real": "real",
    "cash": "cash of the year",
}


@dataclass(frozen=True)
class Declared:
    """A finding as its stage declares it."""

    key: str
    title: str
    question: str
    unit: str
    method: str
    reads: tuple[type[Record], ...]
    needs: tuple[str, ...]
    prices: str
    compute: Compute


class UnknownFinding(LookupError):
    """There is no finding of that key; the message names the nearest ones."""

    def __init__(self, key: str) -> None:
        near = difflib.get_close_matches(key, _DECLARED, n=3, cutoff=0.5)
        hint = f"; did you mean {' or '.join(near)}?" if near else ""
        super().__init__(f"there is no finding {key!r}{hint}")
        self.key = key


_DECLARED: dict[str, Declared] = {}


def finding(
    key: str,
    *,
    title: str,
    question: str,
    method: str,
    reads: tuple[type[Record], ...],
    needs: tuple[str, ...] = (),
    unit: str = "",
    prices: str = "",
) -> Callable[[Compute], Compute]:
    """Declare a finding. `reads` names every table that it touches; a table not named can't be read.

    key: 'stage.noun'. question: what it answers, as a person would ask. method: a module of wayforward.methods, or
    'listing' where rows are only gathered. prices: 'real', 'cash' or '' where there is no money.
    """
    if prices not in PRICES:
        raise ValueError(f"prices of {key}: {prices!r} is none of {sorted(PRICES)}")

    def declare(compute: Compute) -> Compute:
        if key in _DECLARED:
            raise ValueError(f"two findings are called {key}")
        _DECLARED[key] = Declared(key, title, question, unit, method, reads, needs, prices, compute)
        return compute

    return declare


def registered() -> dict[str, Declared]:
    """Every finding by key, in the order of the stages."""
    return dict(_DECLARED)


def declared(key: str) -> Declared:
    """The finding of that key; raises UnknownFinding."""
    try:
        return _DECLARED[key]
    except KeyError:
        raise UnknownFinding(key) from None
