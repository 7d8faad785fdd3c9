"""Alignment of capabilities with priorities.

Importance of capability c = sum over priorities p of weight(p) x strength(p, c), and its share of
the sum. A priority is served by the capabilities whose strength for it is above 0. Source: the
relation matrix of quality function deployment (Akao 1990).
"""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Importance:
    """A capability's weighted product and share; None while a strength is not known."""

    capability: str
    absolute: float | None
    share: float | None
    serves: tuple[str, ...]


@dataclass(frozen=True)
class Coverage:
    """How a priority is served: the sum of strengths (None while one is not known), and by what."""

    priority: str
    weight: float
    strength: float | None
    served_by: tuple[str, ...]


@dataclass(frozen=True)
class Alignment:
    """Capabilities and priorities in the order given, and the gaps on both sides.

    A priority or capability with a strength that is not known is in neither list of gaps.
    """

    capabilities: tuple[Importance, ...]
    priorities: tuple[Coverage, ...]
    unserved_priorities: tuple[str, ...]
    idle_capabilities: tuple[str, ...]


def align(
    weights: Mapping[str, float],
    capabilities: Sequence[str],
    strengths: Mapping[tuple[str, str], float | None],
) -> Alignment:
    """Return the alignment of priorities (by weight) with capabilities.

    strengths maps (priority, capability) to a strength of 0 or more, such as 0, 1, 3, 9. A pair
    that is absent has been given no link (0); a pair given as None is not known yet. Raises
    ValueError where a pair names a priority or capability that is not given, or a figure is below
    0.
    """
    _check(weights, capabilities, strengths)
    cell = {(p, c): strengths.get((p, c), 0.0) for p in weights for c in capabilities}
    absolute = {c: _sum([_times(w, cell[p, c]) for p, w in weights.items()]) for c in capabilities}
    whole = _sum(list(absolute.values()))
    columns = []
    for c in capabilities:
        value = absolute[c]
        share = None if value is None or not whole else value / whole
        columns.append(Importance(c, value, share, tuple(p for p in weights if cell[p, c])))
    rows = tuple(
        Coverage(
            p,
            weight,
            _sum([cell[p, c] for c in capabilities]),
            tuple(c for c in capabilities if cell[p, c]),
        )
        for p, weight in weights.items()
    )
    return Alignment(
        tuple(columns),
        rows,
        tuple(row.priority for row in rows if row.strength == 0),
        tuple(c for c in capabilities if all(cell[p, c] == 0 for p in weights)),
    )


def serving_nothing(claims: Mapping[str, Collection[str]], wanted: Collection[str]) -> tuple[str, ...]:
    """Return the investments none of whose claimed outcomes is wanted, in order of code.

    claims maps an investment to the priorities or outcomes it claims to serve.
    """
    return tuple(sorted(code for code, served in claims.items() if not set(served) & set(wanted)))


def _check(
    weights: Mapping[str, float],
    capabilities: Sequence[str],
    strengths: Mapping[tuple[str, str], float | None],
) -> None:
    for priority, weight in weights.items():
        if not weight >= 0:
            raise ValueError(f"priority {priority}: weight {weight:g} is below 0")
    for (priority, capability), strength in strengths.items():
        if priority not in weights or capability not in capabilities:
            raise ValueError(
                f"the strength of {capability} for {priority} names a priority or capability that "
                "is not given"
            )
        if strength is not None and not strength >= 0:
            raise ValueError(f"the strength of {capability} for {priority} is below 0")


def _times(weight: float, strength: float | None) -> float | None:
    # A priority of no weight adds nothing, whatever its strength turns out to be.
    if weight == 0:
        return 0.0
    return None if strength is None else weight * strength


def _sum(values: Sequence[float | None]) -> float | None:
    given = [value for value in values if value is not None]
    return math.fsum(given) if len(given) == len(values) else None
