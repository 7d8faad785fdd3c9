"""Whether the exercise is on plan, slipping or late, in one word, with what makes it so."""

from collections.abc import Mapping
from dataclasses import dataclass

from wayforward.findings import Finding

DATES, SLIPS = "exercise.dates", "exercise.slips"
WITHHELD = "Withheld: commercial"
ON_PLAN, SLIPPING, LATE, UNKNOWN = "On plan", "Slipping", "Late", "Not known"


@dataclass(frozen=True)
class Standing:
    """One of four words, and the sentence behind it."""

    word: str
    why: str


def standing(found: Mapping[str, Finding]) -> Standing:
    """The standing by the findings that a person may see.

    Late: a day due has passed unmet. Slipping: work is behind, or a day due can't be kept as things stand.
    """
    if DATES not in found or SLIPS not in found:
        return Standing(UNKNOWN, WITHHELD)
    dates, slips = found[DATES], found[SLIPS]
    if not dates.rows:
        return Standing(UNKNOWN, dates.headline)
    marks = {str(row["standing"]) for row in dates.rows}
    if "late" in marks:
        return Standing(LATE, dates.headline)
    if "slipping" in marks:
        return Standing(SLIPPING, dates.headline)
    return Standing(SLIPPING, slips.headline) if slips.rows else Standing(ON_PLAN, dates.headline)
