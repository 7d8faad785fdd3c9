"""Totals that say what is not in them.

The sum of the known amounts is kept apart from the codes whose amount is not known; the total has a
value only when every amount is known. Source: arithmetic; an unknown is never a zero.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Total:
    """The sum of what is known, and the codes of what is not."""

    known: float
    unknown: tuple[str, ...]

    @property
    def value(self) -> float | None:
        """The total, or None while any part of it is not known."""
        return None if self.unknown else self.known


def total(amounts: Mapping[str, float | None]) -> Total:
    """Add the amounts given by code; None or nan is not known."""
    unknown = tuple(sorted(code for code, value in amounts.items() if value is None or math.isnan(value)))
    return Total(
        math.fsum(v for code, v in amounts.items() if v is not None and code not in unknown),
        unknown,
    )
