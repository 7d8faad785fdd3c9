"""When sources disagree: a true conflict, or figures that count different things.

Two values conflict when measure, period, basis (required, planned, achieved) and prices are alike
and the values are not. Otherwise they differ in what they count, and the aspects that differ are
named. Source: this software's rule for its evidence.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations

ASPECTS = ("measure", "period", "basis", "prices")


@dataclass(frozen=True)
class Given:
    """A value as a source gives it. An empty aspect is one that the source does not state."""

    source: str
    value: float | str
    measure: str = ""
    period: str = ""
    basis: str = ""
    prices: str = ""
    used: bool = False


@dataclass(frozen=True)
class Pair:
    """Two sources for one figure: 'same', 'conflict' or 'differ' (and in which aspects)."""

    first: str
    second: str
    kind: str
    differ_in: tuple[str, ...] = field(default=())

    @property
    def words(self) -> str:
        """The finding in words."""
        if self.kind == "conflict":
            return "conflict: alike in measure, period, basis and prices, with different values"
        if self.kind == "same":
            return "agree"
        return "differ in " + ", ".join(self.differ_in)


def compare(first: Given, second: Given) -> Pair:
    """Compare two values of one figure; words are compared without regard to case or spacing."""
    differ = tuple(name for name in ASPECTS if _plain(getattr(first, name)) != _plain(getattr(second, name)))
    if differ:
        return Pair(first.source, second.source, "differ", differ)
    kind = "same" if _equal(first.value, second.value) else "conflict"
    return Pair(first.source, second.source, kind)


def pairs(values: Sequence[Given]) -> tuple[Pair, ...]:
    """Compare every two values of one figure, in order of source."""
    return tuple(compare(a, b) for a, b in combinations(sorted(values, key=_order), 2))


def two_used(values: Sequence[Given]) -> tuple[str, ...]:
    """Return the sources marked as used where there is more than one, else ()."""
    used = sorted(value.source for value in values if value.used)
    return tuple(used) if len(used) > 1 else ()


def _order(value: Given) -> tuple[str, ...]:
    aspects = (value.measure, value.period, value.basis, value.prices)
    return (value.source, *aspects, str(value.value))


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _equal(left: float | str, right: float | str) -> bool:
    if isinstance(left, str) or isinstance(right, str):
        return _plain(str(left)) == _plain(str(right))
    return math.isclose(left, right, rel_tol=1e-12, abs_tol=0)
