"""Rank order that keeps true ties, and a display that never prints a false one.

Highest score first; equal scores share a rank and the next rank is skipped (1, 2, 2, 4). Scores are
shown with as many decimals as it takes for different scores to read differently.
Source: standard competition ranking; the display rule is this software's own.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

MOST_DECIMALS = 12
# Scores that differ by less than this share of their size are the same score computed twice.
SAME = 1e-12


@dataclass(frozen=True)
class Ranked:
    """A code with its score and rank, both None where the score is not known; tied with others."""

    code: str
    score: float | None
    rank: int | None
    tied: bool


def rank(scores: Mapping[str, float | None], *, lowest_first: bool = False) -> tuple[Ranked, ...]:
    """Return codes in rank order, tied codes in order of code, unknown scores last and unranked."""
    given = {code: score for code, score in scores.items() if not _unknown(score)}
    sign = 1 if lowest_first else -1
    ordered = sorted(given.items(), key=lambda item: (sign * _number(item[1]), item[0]))
    groups: list[list[tuple[str, float]]] = []
    for code, score in ordered:
        number = _number(score)
        if groups and same(groups[-1][0][1], number):
            groups[-1].append((code, number))
        else:
            groups.append([(code, number)])
    rows, place = [], 1
    for group in groups:
        rows += [Ranked(code, score, place, len(group) > 1) for code, score in sorted(group)]
        place += len(group)
    rows += [Ranked(code, None, None, False) for code in sorted(set(scores) - set(given))]
    return tuple(rows)


def display(scores: Sequence[float | None], decimals: int = 1) -> tuple[str, ...]:
    """Return scores as text, all with the same decimals, at least as many as asked for.

    Different scores always read differently (to 12 decimals); an unknown score reads 'not known'.
    """
    ordered = sorted(_number(score) for score in scores if not _unknown(score))
    # Scores of one tie are shown by its first, so that rounding can't part them.
    first: dict[float, float] = {}
    for number in ordered:
        last = next(reversed(first.values()), math.nan)
        first[number] = last if same(last, number) else number
    apart = sorted(set(first.values()))
    places = decimals
    while places < MOST_DECIMALS and len({_text(n, places) for n in apart}) < len(apart):
        places += 1
    return tuple("not known" if _unknown(s) else _text(first[_number(s)], places) for s in scores)


def _text(number: float, places: int) -> str:
    # Half up, as decimals: 0.35 reads 0.4 whatever its binary fraction. No zero is printed with a sign.
    rounded = Decimal(f"{number:.12g}").quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return f"{rounded or abs(rounded):.{places}f}"


def same(left: float, right: float) -> bool:
    """Say whether two scores are one, but for a rounding."""
    return math.isclose(left, right, rel_tol=SAME, abs_tol=SAME)


def _unknown(score: float | None) -> bool:
    return score is None or math.isnan(score)


def _number(score: float | None) -> float:
    return math.nan if score is None else float(score)
