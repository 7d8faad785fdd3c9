"""Affordability: whether the money is there, year by year, in cash.

headroom(t) = funding(t) - budget as usual(t) - the option's net change in cash(t), all nominal, as
budgeted (with VAT and capital charges where the plan has them). A year below 0 is a gap.
Source: HM Treasury, The Green Book, financial case.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from wayforward.methods._arrays import Amounts, floats, known
from wayforward.methods.flows import less


@dataclass(frozen=True)
class Affordability:
    """Headroom by financial year (None = not known), and the gaps.

    affordable is True with every year known and none short, False with any year short, else None.
    largest_gap is positive pounds; unknown_years are those with no figure.
    """

    years: tuple[int, ...]
    headroom: tuple[float | None, ...]
    affordable: bool | None
    first_gap_year: int | None
    largest_gap: float | None
    largest_gap_year: int | None
    unknown_years: tuple[int, ...]


def affordability(
    years: Sequence[int],
    funding: Amounts,
    budget_as_usual: Amounts,
    net_cash_change: Amounts,
) -> Affordability:
    """Compare nominal funding with budget and change, each of shape (years,).

    net_cash_change is above 0 where the option needs more cash than business as usual.
    Raises ValueError where the arrays do not have one figure a year.
    """
    parts = {
        "funding": floats(funding, "funding"),
        "budget as usual": floats(budget_as_usual, "budget as usual"),
        "net cash change": floats(net_cash_change, "net cash change"),
    }
    for name, part in parts.items():
        if part.shape != (len(years),):
            raise ValueError(f"{name}: {part.size} figures were given for {len(years)} years")
    # What the pounds come to exactly is no gap of a rounding.
    left = less(parts["funding"], parts["budget as usual"] + parts["net cash change"])
    headroom = tuple(known(value) for value in left.tolist())
    unknown = tuple(y for y, value in zip(years, headroom, strict=True) if value is None)
    gaps = [(v, y) for y, v in zip(years, headroom, strict=True) if v is not None and v < 0]
    worst = min(gaps, default=None)
    return Affordability(
        tuple(years),
        headroom,
        False if gaps else (None if unknown or not years else True),
        gaps[0][1] if gaps else None,
        -worst[0] if worst else None,
        worst[1] if worst else None,
        unknown,
    )
