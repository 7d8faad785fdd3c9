"""The cut-off: which ranked services can be analysed within the days available.

Strict: down the ranking until the first that does not fit, and stop. Fill: go on past it and take
each later one that still fits. Among equal scores the fewer days go first, then the code; every
service that shares its score with one treated differently is named, so that a person can choose
between them. Source: ranking under a budget; neither rule promises the best total (that is a
knapsack problem).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from wayforward.methods.ranking import rank


@dataclass(frozen=True)
class Candidate:
    """A service with its score and the days its analysis needs; None where not known."""

    code: str
    score: float | None
    days: float | None


@dataclass(frozen=True)
class CutOff:
    """The services above the line, what they use, and what the line leaves open.

    tied holds every code whose score is shared across the line; unknown those that lack a score or
    days, which are never placed.
    """

    chosen: tuple[str, ...]
    left_out: tuple[str, ...]
    days: float
    score: float
    days_left: float
    tied: tuple[str, ...]
    unknown: tuple[str, ...]


class _Placed(NamedTuple):
    rank: int
    days: float
    code: str
    score: float


def strict(services: Sequence[Candidate], capacity: float) -> CutOff:
    """Return the ranked list cut at the first service that does not fit in capacity days."""
    return _cut(services, capacity, stop=True)


def fill(services: Sequence[Candidate], capacity: float) -> CutOff:
    """Return the ranked list with later services that fit in the days the cut leaves."""
    return _cut(services, capacity, stop=False)


def _cut(services: Sequence[Candidate], capacity: float, *, stop: bool) -> CutOff:
    _check(services, capacity)
    ranked, unknown = _ranked(services)
    chosen: list[_Placed] = []
    left_out: list[_Placed] = []
    left, stopped = capacity, False
    for service in ranked:
        if service.days <= left and not stopped:
            chosen.append(service)
            left = capacity - math.fsum(s.days for s in chosen)
        else:
            left_out.append(service)
            stopped = stop
    both = {s.rank for s in chosen} & {s.rank for s in left_out}
    return CutOff(
        tuple(s.code for s in chosen),
        tuple(s.code for s in left_out),
        math.fsum(s.days for s in chosen),
        math.fsum(s.score for s in chosen),
        left,
        tuple(sorted(s.code for s in ranked if s.rank in both)),
        unknown,
    )


def _ranked(services: Sequence[Candidate]) -> tuple[list[_Placed], tuple[str, ...]]:
    days = {s.code: s.days for s in services}
    placed = [
        _Placed(row.rank, needed, row.code, row.score)
        for row in rank({s.code: s.score for s in services})
        if row.rank is not None and row.score is not None
        if (needed := days[row.code]) is not None
    ]
    unknown = {s.code for s in services} - {s.code for s in placed}
    return sorted(placed), tuple(sorted(unknown))


def _check(services: Sequence[Candidate], capacity: float) -> None:
    if not capacity >= 0:
        raise ValueError(f"the days available are {capacity}; give a number from 0")
    if len({service.code for service in services}) != len(services):
        raise ValueError("a service is listed twice; give each code once")
    for service in services:
        if service.days is not None and not service.days >= 0:
            raise ValueError(f"{service.code}: {service.days} days; give a number from 0, or None")
