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
    rates: dict[str, float | None] = {}
    for name in counts:
        if name in out:
            continue
        count, population = counts[name], populations.get(name)
        if population is not None and not population > 0:
            raise ValueError(f"{name}: a population of {population:g} is not above 0")
        known = count is not None and population is not None
        rates[name] = (count or 0.0) / (population or 1.0) * per if known else None
    rows = tuple(PeerRate(r.code, r.score, r.rank, r.tied) for r in rank(rates))
    given = [row.rate for row in rows if row.rate is not None]
    return Comparison(
        rows,
        statistics.median(given) if given else None,
        len(given),
        tuple((name, out[name]) for name in sorted(out) if name in counts),
    )
