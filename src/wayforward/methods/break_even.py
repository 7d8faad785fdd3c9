"""Break-even worth of what has no price: what an effect must be worth a year to change a ranking.

worth a year = (NPSV of the option to be overtaken - own NPSV) / sum of D(t) over the years in which
the effect lasts. The option ranked first is unseated when an effect of a rival is worth that much, or
when an ill effect of its own costs as much. Source: HM Treasury, The Green Book: unmonetised effects
and switching values.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wayforward.methods._arrays import Amounts, floats
from wayforward.methods.ranking import rank


@dataclass(frozen=True)
class Lasting:
    """An effect without a price of an option, and the years it lasts (0 = the first, both included).

    first_year and last_year are None where not known. ill marks an effect that makes the option worse.
    """

    code: str
    option: str
    first_year: int | None
    last_year: int | None
    ill: bool = False


@dataclass(frozen=True)
class MustBeWorth:
    """What an effect must be worth a year, in pounds, to bring option level with against.

    shortfall is the difference in NPSV. For an ill effect of option, a_year is the yearly harm at which
    it falls level with against, below it. a_year is None where the years are not known or none of them
    is appraised; with a shortfall of nought (a tie) any worth decides.
    """

    effect: str
    option: str
    against: str
    shortfall: float
    a_year: float | None


def worth_a_year(
    shortfall: float, discount_factors: Amounts, first_year: int | None, last_year: int | None
) -> float | None:
    """Return the level yearly worth over the years first to last with the present value shortfall.

    Years past the factors are not appraised and carry nothing. Raises ValueError where the years are
    the wrong way round or start before the first.
    """
    if first_year is None or last_year is None:
        return None
    if first_year < 0 or last_year < first_year:
        raise ValueError(
            f"an effect from year {first_year} to year {last_year}: give the first year, 0 or later, and a "
            "last one that is not before it"
        )
    weight = float(floats(discount_factors, "discount factors")[first_year : last_year + 1].sum())
    return shortfall / weight if weight > 0 else None


def to_overtake(
    values: Mapping[str, float | None], effects: Sequence[Lasting], discount_factors: Amounts
) -> tuple[MustBeWorth, ...]:
    """Return, for each good effect of an option below another, its worth to draw level with the next above.

    values is the NPSV by option; options whose NPSV is not known have no place and no row. In order of
    rank, then of effect.
    """
    ranked = [row for row in rank(values) if row.score is not None]
    rows = []
    for at, own in enumerate(ranked):
        above = [row for row in ranked[:at] if row.rank != own.rank]
        # Where two are joint next above, the first by code stands for both: their NPSV is the same.
        target = next((row for row in above if row.rank == above[-1].rank), None) if above else None
        if target is not None:
            rows += _rows(own.code, target.code, values, _of(effects, own.code), discount_factors)
    return tuple(rows)


def to_unseat(
    values: Mapping[str, float | None], effects: Sequence[Lasting], discount_factors: Amounts
) -> tuple[MustBeWorth, ...]:
    """Return what effects must be worth a year for the option ranked first to lose its place.

    A rival's good effect must be worth that much; an ill effect of the first must cost that much,
    against the next below it. Smallest yearly worth first, those without one last.
    Where two options are joint first there is none to unseat, and no row.
    """
    ranked = [row for row in rank(values) if row.score is not None]
    if len(ranked) < 2 or ranked[0].tied:
        return ()
    first, second = ranked[0].code, ranked[1].code
    rows = []
    for rival in ranked[1:]:
        rows += _rows(rival.code, first, values, _of(effects, rival.code), discount_factors)
    rows += _rows(first, second, values, _of(effects, first, ill=True), discount_factors)
    return tuple(sorted(rows, key=_smallest))


def _rows(
    option: str,
    against: str,
    values: Mapping[str, float | None],
    effects: Sequence[Lasting],
    factors: Amounts,
) -> list[MustBeWorth]:
    shortfall = abs((values[against] or 0.0) - (values[option] or 0.0))
    return [
        MustBeWorth(
            effect.code,
            option,
            against,
            shortfall,
            worth_a_year(shortfall, factors, effect.first_year, effect.last_year),
        )
        for effect in effects
    ]


def _of(effects: Sequence[Lasting], option: str, *, ill: bool = False) -> list[Lasting]:
    chosen = [effect for effect in effects if effect.option == option and effect.ill == ill]
    return sorted(chosen, key=lambda effect: effect.code)


def _smallest(row: MustBeWorth) -> tuple[float, str]:
    return (math.inf if row.a_year is None else row.a_year, row.effect)
