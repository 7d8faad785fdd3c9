"""Peers side by side: a count per 1,000 population, rank and median.

rate = count / population x 1,000; rank 1 is the highest rate; the median is of the peers compared.
A peer may be left out with a reason, and is then shown as left out. A ranking is a pointer to ask
why, never a verdict. Source: HMIC value for money profiles (all-force comparison).
"""

import statistics
from collections.abc import Mapping
from dataclasses import dataclass

from wayforward.methods.ranking import rank


@dataclass(frozen=True)
class PeerRate:
    """A peer's rate and rank, None where its count or population is not known."""

    name: str
    rate: float | None
    rank: int | None
    tied: bool


@dataclass(frozen=True)
class Comparison:
    """Peers by rate, highest first; the median and number compared; who was left out and why."""

    rows: tuple[PeerRate, ...]
    median: float | None
    compared: int
    left_out: tuple[tuple[str, str], ...]


def compare(
    counts: Mapping[str, float | None],
    populations: Mapping[str, float | None],
    *,
    per: float = 1000,
    leave_out: Mapping[str, str] | None = None,
) -> Comparison:
    """Compare peers by count per population.

    leave_out maps a peer to the reason. Raises ValueError where a population is 0 or less, or a
    reason is empty.
    """
    out = leave_out or {}
    for name, reason in out.items():
        if not reason.strip():
            raise ValueError(f"{name} is left out of the comparison without a reason; give one")
    rates = {
        name: _rate(name, count, populations.get(name), per)
        for name, count in counts.items()
        if name not in out
    }
    rows = tuple(PeerRate(r.code, r.score, r.rank, r.tied) for r in rank(rates))
    given = [row.rate for row in rows if row.rate is not None]
    return Comparison(
        rows,
        statistics.median(given) if given else None,
        len(given),
        tuple((name, out[name]) for name in sorted(out) if name in counts),
    )


def _rate(name: str, count: float | None, population: float | None, per: float) -> float | None:
    if population is not None and not population > 0:
        raise ValueError(f"{name}: a population of {population:g} is not above 0")
    return None if count is None or population is None else count / population * per
