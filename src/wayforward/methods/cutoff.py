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


def strict(services: Sequence[Candidate], capacity: float) -> CutOff:
    """Return the ranked list cut at the first service that does not fit in capacity days."""
    return _cut(services, capacity, stop=True)


def fill(services: Sequence[Candidate], capacity: float) -> CutOff:
    """Return the ranked list with later services that fit in the days the cut leaves."""
    return _cut(services, capacity, stop=False)


def _cut(services: Sequence[Candidate], capacity: float, *, stop: bool) -> CutOff:
    _check(services, capacity)
    ranked, unknown = _ranked(services)
    chosen: list[tuple[str, float, float]] = []
    left_out: list[tuple[str, float]] = []
    left, stopped = capacity, False
    for code, score, days in ranked:
        if days <= left and not stopped:
            chosen.append((code, score, days))
            left = capacity - math.fsum(d for _, _, d in chosen)
        else:
            left_out.append((code, score))
            stopped = stop
    both = {score for _, score, _ in chosen} & {score for _, score in left_out}
    return CutOff(
        tuple(code for code, _, _ in chosen),
        tuple(code for code, _ in left_out),
        math.fsum(days for _, _, days in chosen),
        math.fsum(score for _, score, _ in chosen),
        left,
        tuple(sorted(code for code, score, _ in ranked if score in both)),
        unknown,
    )


def _ranked(
    services: Sequence[Candidate],
) -> tuple[list[tuple[str, float, float]], tuple[str, ...]]:
    rows = [(s.code, s.score, s.days) for s in services if s.score is not None and s.days is not None]
    placed = {code for code, _, _ in rows}
    unknown = tuple(sorted(s.code for s in services if s.code not in placed))
    return sorted(rows, key=lambda row: (-row[1], row[2], row[0])), unknown


def _check(services: Sequence[Candidate], capacity: float) -> None:
    if not capacity >= 0:
        raise ValueError(f"the days available are {capacity}; give a number from 0")
    for service in services:
        if service.days is not None and not service.days >= 0:
            raise ValueError(f"{service.code}: {service.days} days; give a number from 0, or None")
