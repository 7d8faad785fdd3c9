"""How much of a value rests on which evidence.

share(class) = sum of |present value| of the lines in the class / sum over all lines. A line with
no grade is an assumption, a class of its own, and counts as weak. Weak is grades 5 and 6 and
assumptions; more than half is strictly more than half. Source: this software's rule for its
reports.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from wayforward.methods._arrays import Amounts, floats

ASSUMPTION = "assumption"
WEAK_FROM = 5
# Two sums of the same pounds can differ in the last binary digit: that is still exactly half.
SAME = 1e-9


@dataclass(frozen=True)
class Share:
    """A class of evidence: its absolute value, and its share (None if nothing is valued)."""

    label: str
    value: float
    share: float | None
    lines: int


@dataclass(frozen=True)
class WeakShare:
    """The share that rests on weak evidence.

    more_than_half is None where nothing is valued; unknown_lines counts lines with no value.
    """

    share: float | None
    more_than_half: bool | None
    unknown_lines: int


def by_class(
    values: Amounts,
    labels: Sequence[str | int | None],
    missing: str = ASSUMPTION,
) -> tuple[Share, ...]:
    """Return the share of value by label, in order of label, lines without one as missing.

    values has shape (lines,), usually present values of one kind (costs, or benefits). A value that
    is not known enters no sum; a class of only such lines has value 0 and counts its lines.
    """
    sizes = _sizes(values, labels)
    names = [missing if label is None else str(label) for label in labels]
    whole = math.fsum(size for size in sizes if size is not None)
    rows = []
    for name in sorted(set(names)):
        inside = [size for size, label in zip(sizes, names, strict=True) if label == name]
        value = math.fsum(size for size in inside if size is not None)
        rows.append(Share(name, value, value / whole if whole > 0 else None, len(inside)))
    return tuple(rows)


def weak_share(values: Amounts, grades: Sequence[int | None]) -> WeakShare:
    """Return the share of value on grades 5 and 6 and on assumptions (grade None).

    Raises ValueError where a grade is not 1 to 6.
    """
    for grade in grades:
        if grade is not None and grade not in range(1, 7):
            raise ValueError(f"grade {grade} is off the ladder: grades run from 1 to 6")
    sizes = _sizes(values, grades)
    unknown = sum(size is None for size in sizes)
    whole = math.fsum(size for size in sizes if size is not None)
    if whole <= 0:
        return WeakShare(None, None, unknown)
    weak = math.fsum(
        size
        for size, grade in zip(sizes, grades, strict=True)
        if size is not None and (grade is None or grade >= WEAK_FROM)
    )
    return WeakShare(weak / whole, 2 * weak > whole * (1 + SAME), unknown)


def _sizes(values: Amounts, labels: Sequence[object]) -> list[float | None]:
    amounts = floats(values, "values")
    if amounts.shape != (len(labels),):
        raise ValueError(f"{amounts.size} values were given with {len(labels)} labels")
    return [None if math.isnan(value) else abs(value) for value in amounts.tolist()]
