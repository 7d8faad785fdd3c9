"""Correction by confidence grade: the weaker the evidence, the more a figure is moved to the worse side.

cost' = cost + |cost| x k(g), benefit' = benefit - |benefit| x k(g), k(g) being the edition's
correction for grade g from 1 (strongest) to 6. An amount below nought (a receipt among costs, a
disbenefit among benefits) so moves to its worse side too. Source: HM Treasury, Public Service
Transformation Network and New Economy, cost benefit analysis guidance for local partnerships (2014),
from memory and to be confirmed; the table is the edition's 'confidence-grades'.

A figure with no grade is corrected as the worst on the ladder: judgement that nothing supports is
what the last rung describes. Left uncorrected, evidence that was never given would be rewarded; left
unknown, no option could be valued until every line is graded, and grades would be made up.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from wayforward.methods._arrays import Amounts, Floats, floats

Side = Literal["cost", "benefit"]


@dataclass(frozen=True, eq=False)
class Corrected:
    """Corrected amounts, the grade and correction (a fraction) applied, and whether the grade was assumed."""

    amounts: Floats
    grade: int
    correction: float
    assumed: bool


def corrections(grades: Mapping[str, Mapping[str, object]]) -> dict[int, float]:
    """Read the correction of each grade from the values 'grades' of the table 'confidence-grades'.

    Raises ValueError where there is none, a correction is no fraction from 0 to 1, or a worse grade
    has a smaller correction than a better one.
    """
    read = {int(grade): _fraction(grade, row.get("correction")) for grade, row in grades.items()}
    if not read:
        raise ValueError("no confidence grades were given")
    ordered = [read[grade] for grade in sorted(read)]
    if ordered != sorted(ordered):
        raise ValueError("a worse confidence grade must not have a smaller correction than a better one")
    return read


def corrected(amounts: Amounts, grade: int | None, table: Mapping[int, float], side: Side) -> Corrected:
    """Return amounts (any shape, pounds) with the correction of their grade; nan stays nan.

    side says whether they are costs (raised) or benefits (cut). Raises ValueError for a grade that
    the table does not hold, or another side.
    """
    if side not in ("cost", "benefit"):
        raise ValueError(f"{side!r} is no side; give 'cost' or 'benefit'")
    if not table:
        raise ValueError("no confidence grades were given")
    used = max(table) if grade is None else grade
    if used not in table:
        raise ValueError(f"grade {used} is off the ladder: grades run from {min(table)} to {max(table)}")
    given, worse = floats(amounts, "amounts"), 1 if side == "cost" else -1
    moved = np.asarray(given + worse * np.abs(given) * table[used])
    return Corrected(moved, used, table[used], grade is None)


def _fraction(grade: str, value: object) -> float:
    number = float(value) if isinstance(value, int | float) and not isinstance(value, bool) else math.nan
    if not 0 <= number <= 1:
        raise ValueError(f"grade {grade}: a correction of {value!r} is no fraction from 0 to 1")
    return number
