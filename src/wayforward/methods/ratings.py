"""Ratings High, Medium or Low by several raters: what they agree on, and where they do not.

The agreed rating is the median. Where the median falls between two classes (a tie of two classes,
or a true split between High and Low) there is none: people must settle it. Spread is the distance
between the lowest and the highest rating in classes. Source: median of ordinal ratings; the rule
for ties is this software's own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """A rating."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Status(StrEnum):
    """How far raters agree."""

    UNRATED = "unrated"
    AGREED = "agreed"
    MAJORITY = "median"
    DISAGREEMENT = "disagreement"
    UNSETTLED = "unsettled"


ORDER = (Level.LOW, Level.MEDIUM, Level.HIGH)


@dataclass(frozen=True)
class Agreement:
    """The agreed level (None if unrated or unsettled), how it came about and the spread in classes.

    status is 'agreed' (all alike), 'median' (one class apart), 'disagreement' (High and Low both
    given, with a median), 'unsettled' (the median falls between classes) or 'unrated'.
    """

    level: Level | None
    status: Status
    spread: int
    low: int
    medium: int
    high: int
    reason: str


def level(text: str) -> Level:
    """Read a rating: H, M, L or the whole word, in any case.

    Raises ValueError on anything else.
    """
    for one in ORDER:
        if text.strip().lower() in (one.value, one.value[0]):
            return one
    raise ValueError(f"{text!r} is not a rating; give High, Medium or Low")


def agree(ratings: Sequence[str]) -> Agreement:
    """Return what several raters' ratings come to; order does not matter."""
    if not ratings:
        return Agreement(None, Status.UNRATED, 0, 0, 0, 0, "no one has rated this yet")
    classes = sorted(ORDER.index(level(rating)) for rating in ratings)
    low, medium, high = (classes.count(c) for c in range(3))
    spread = classes[-1] - classes[0]
    lower, upper = classes[(len(classes) - 1) // 2], classes[len(classes) // 2]
    counts = f"{high} High, {medium} Medium, {low} Low"
    if lower != upper:
        between = f"{ORDER[lower].value} and {ORDER[upper].value}"
        return Agreement(
            None, Status.UNSETTLED, spread, low, medium, high,
            f"raters are evenly split between {between} ({counts}): they must settle it",
        )  # fmt: skip
    agreed = ORDER[lower]
    status = (Status.AGREED, Status.MAJORITY, Status.DISAGREEMENT)[spread]
    words = {
        Status.AGREED: f"all raters say {agreed.value}",
        Status.MAJORITY: f"the median is {agreed.value} ({counts})",
        Status.DISAGREEMENT: f"the median is {agreed.value}, but some said the opposite ({counts})",
    }
    return Agreement(agreed, status, spread, low, medium, high, words[status])


def score(criticality: str | None, benefit: str | None) -> int | None:
    """Return criticality x benefit opportunity, each 1 to 3; None where either is not known."""
    if criticality is None or benefit is None:
        return None
    return (ORDER.index(level(criticality)) + 1) * (ORDER.index(level(benefit)) + 1)


@dataclass(frozen=True)
class Cell:
    """One cell of the criticality x benefit grid with the codes that fall in it."""

    criticality: Level
    benefit: Level
    codes: tuple[str, ...]


def grid(
    rated: Mapping[str, tuple[str | None, str | None]],
) -> tuple[tuple[Cell, ...], tuple[str, ...]]:
    """Place services by (criticality, benefit): nine cells, high criticality and benefit first.

    Also returns the codes that cannot be placed because a rating is missing or unsettled.
    """
    placed: dict[tuple[Level, Level], list[str]] = {(c, b): [] for c in ORDER for b in ORDER}
    unplaced = []
    for code in sorted(rated):
        criticality, benefit = rated[code]
        if criticality is None or benefit is None:
            unplaced.append(code)
        else:
            placed[level(criticality), level(benefit)].append(code)
    cells = tuple(Cell(c, b, tuple(placed[c, b])) for c in reversed(ORDER) for b in reversed(ORDER))
    return cells, tuple(unplaced)
