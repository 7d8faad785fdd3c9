"""Effort and spend against what is available: days of people, pounds of budget.

left = available - used; share = used / available. Source: arithmetic.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from wayforward.methods.totals import Total, total


@dataclass(frozen=True)
class Use:
    """What is used of what is available, in one unit.

    left and share are None while a part of the use, or what is available, is not known. over is
    True as soon as the known part alone passes what is available.
    """

    used: Total
    available: float | None
    left: float | None
    share: float | None
    over: bool | None


def use(used: Mapping[str, float | None], available: float | None) -> Use:
    """Set amounts used, by code, against the amount available.

    Raises ValueError on a negative amount.
    """
    for code, amount in [*used.items(), ("what is available", available)]:
        if amount is not None and amount < 0:
            raise ValueError(f"{code}: {amount:g} is below 0")
    whole = total(used)
    if available is None:
        return Use(whole, None, None, None, None)
    value = whole.value
    over = True if whole.known > available else (None if value is None else False)
    if value is None:
        return Use(whole, available, None, None, over)
    return Use(whole, available, available - value, value / available if available > 0 else None, over)
