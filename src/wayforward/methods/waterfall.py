"""Waterfall: the steps by which named parts lead from one total to another.

Each step begins where the one before it ended: end = start + sum of parts, to the pound.
Source: arithmetic.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

# Half a pound: totals that round apart by no more than this are the same pound.
TOLERANCE = 0.5


@dataclass(frozen=True)
class Step:
    """One bar: a total (it stands on nought) or a part, with where it begins and ends, in pounds."""

    name: str
    amount: float
    begins: float
    ends: float
    total: bool


def waterfall(
    start: tuple[str, float | None], parts: Mapping[str, float | None], end: tuple[str, float | None]
) -> tuple[Step, ...]:
    """Return the steps from start to end, both (name, pounds), by parts in the order given.

    Raises ValueError where an amount is not known, two steps have one name, or the parts don't add up
    to the pound; it says what is missing.
    """
    first, last = _known(*start), _known(*end)
    if start[0] == end[0] or {start[0], end[0]} & set(parts):
        raise ValueError("two steps of a waterfall have one name; give each its own")
    amounts = {name: _known(name, amount) for name, amount in parts.items()}
    reached = math.fsum([first, *amounts.values()])
    if abs(reached - last) > TOLERANCE:
        raise ValueError(
            f"the parts lead from {start[0]} £{first:,.2f} to £{reached:,.2f}, but {end[0]} is £{last:,.2f}: "
            f"£{last - reached:,.2f} is missing; add the part that is left out or mend one"
        )
    steps, passed = [Step(start[0], first, 0.0, first, True)], [first]
    for name, amount in amounts.items():
        begins = math.fsum(passed)
        passed.append(amount)
        steps.append(Step(name, amount, begins, math.fsum(passed), False))
    return (*steps, Step(end[0], last, 0.0, last, True))


def _known(name: str, amount: float | None) -> float:
    if amount is None or not math.isfinite(amount):
        raise ValueError(f"{name} is not known, so the steps can't be drawn; give its amount")
    return float(amount)
