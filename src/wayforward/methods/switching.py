"""Switching value: the value of one input at which a result turns to nothing, or two options tie.

For a result that is linear in the input, v* = v x (1 - NPV / PV), PV being the present value of the
flows that scale with v. For two options take the difference of their values and of their flows. Where
the result is no straight line in the input, v* is found by halving a stated range until it is known to
the precision asked for. Source: HM Treasury, The Green Book, switching values.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

# Halvings after which a range is as narrow as numbers of 53 binary digits allow.
MOST_HALVINGS = 200


@dataclass(frozen=True)
class Switch:
    """The switching value and the change from now (a fraction); None if there is none.

    inside says whether the value lies in the plausible range of the input, ends included; None where
    there is no value or no range. reason says why there is no value.
    """

    value: float | None
    change: float | None
    inside: bool | None = None
    reason: str = ""


def switching_value(
    value: float,
    net_present_value: float,
    present_value: float,
    plausible: tuple[float, float] | None = None,
) -> Switch:
    """Return the input value at which the net present value is 0.

    present_value is that of the flows proportional to value, signed as they enter the net figure
    (a cost below 0). There is none where those flows come to 0. plausible is the range (low, high)
    that the input may have; ValueError where it is the wrong way round.
    """
    _check_range(plausible, "plausible range")
    if present_value == 0:
        return Switch(None, None, reason="nothing in the result moves with this input")
    change = -net_present_value / present_value
    found = value * (1 + change)
    return Switch(found, change, _inside(found, plausible))


def tie_value(
    value: float,
    net_present_values: tuple[float, float],
    present_values: tuple[float, float],
    plausible: tuple[float, float] | None = None,
) -> Switch:
    """Return the input value at which two options are worth the same.

    net_present_values are those of the two options, present_values those of their flows that are
    proportional to value, signed as they enter. There is none where the input moves both alike.
    """
    gap = net_present_values[0] - net_present_values[1]
    moving = present_values[0] - present_values[1]
    largest = max(abs(present_values[0]), abs(present_values[1]))
    # A difference in the last binary digits of two equal sums is no difference.
    if abs(moving) <= 1e-12 * largest:
        _check_range(plausible, "plausible range")
        return Switch(None, None, reason="this input moves both options alike")
    return switching_value(value, gap, moving, plausible)


def crossing(
    result: Callable[[float], float],
    now: float,
    search: tuple[float, float],
    plausible: tuple[float, float] | None = None,
    precision: float = 1e-9,
) -> Switch:
    """Return the input value within search at which result(value) is 0, for a result of any shape.

    result is an NPSV, or the difference of two. It must be of opposite signs at the ends of search;
    where it crosses 0 more than once there, one crossing is found. precision is relative to the width
    of search. change is None where the input is 0 now: there is no percentage of nothing.
    Raises ValueError where a range is the wrong way round or the result is not known.
    """
    _check_range(search, "range to search")
    _check_range(plausible, "plausible range")
    low, high = search
    at_low, at_high = _known(result, low), _known(result, high)
    if at_low == 0 or at_high == 0:
        found = low if at_low == 0 else high
    elif (at_low > 0) == (at_high > 0):
        side = "above" if at_low > 0 else "below"
        return Switch(None, None, reason=f"the result is {side} 0 at both ends, {low:g} and {high:g}")
    else:
        found = _halved(result, low, high, at_low > 0, precision * (high - low))
    change = (found - now) / abs(now) if now else None
    return Switch(found, change, _inside(found, plausible))


def _halved(result: Callable[[float], float], low: float, high: float, falls: bool, width: float) -> float:
    for _ in range(MOST_HALVINGS):
        middle = low + (high - low) / 2
        level = _known(result, middle)
        if level == 0 or high - low <= width or middle in (low, high):
            return middle
        if (level > 0) == falls:
            low = middle
        else:
            high = middle
    return low + (high - low) / 2


def _known(result: Callable[[float], float], value: float) -> float:
    level = result(value)
    if math.isnan(level):
        raise ValueError(f"the result is not known at an input of {value:g}; there is no switching value yet")
    return level


def _inside(value: float, plausible: tuple[float, float] | None) -> bool | None:
    return None if plausible is None else plausible[0] <= value <= plausible[1]


def _check_range(given: tuple[float, float] | None, what: str) -> None:
    if given is not None and not given[0] <= given[1]:
        raise ValueError(f"the {what} runs from {given[0]:g} to {given[1]:g}; give the lower end first")
