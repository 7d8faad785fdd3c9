"""Expected loss of a risk, in pounds and in weeks.

expected = probability x impact, for each unit on its own: weeks are not turned into pounds. Source:
HM Treasury, The Orange Book; The Green Book, risk costing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from wayforward.methods.ranking import rank
from wayforward.methods.totals import Total, total


@dataclass(frozen=True)
class Risk:
    """A risk: probability (a fraction) and impact in pounds and in weeks; None where not known."""

    code: str
    probability: float | None
    pounds: float | None
    weeks: float | None


@dataclass(frozen=True)
class Exposure:
    """A risk's expected pounds and weeks and its rank by expected pounds (1 = largest)."""

    code: str
    pounds: float | None
    weeks: float | None
    rank: int | None
    tied: bool


@dataclass(frozen=True)
class Exposures:
    """Risks by expected pounds, largest first, unknown last; with the totals."""

    rows: tuple[Exposure, ...]
    pounds: Total
    weeks: Total


def expected(probability: float | None, impact: float | None) -> float | None:
    """Return probability x impact, or None where either is not known.

    Raises ValueError where the probability is outside 0 to 1.
    """
    if probability is not None and not 0 <= probability <= 1:
        raise ValueError(f"probability {probability:g} is outside 0 to 1; write 20% as 0.2")
    return None if probability is None or impact is None else probability * impact


def exposures(risks: Sequence[Risk]) -> Exposures:
    """Return the expected pounds and weeks of risks, ranked by pounds."""
    for risk in risks:
        if risk.probability is not None and not 0 <= risk.probability <= 1:
            raise ValueError(
                f"{risk.code}: probability {risk.probability:g} is outside 0 to 1; write 20% as 0.2"
            )
    pounds = {r.code: expected(r.probability, r.pounds) for r in risks}
    weeks = {r.code: expected(r.probability, r.weeks) for r in risks}
    rows = tuple(Exposure(row.code, row.score, weeks[row.code], row.rank, row.tied) for row in rank(pounds))
    return Exposures(rows, total(pounds), total(weeks))
