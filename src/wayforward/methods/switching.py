"""Switching value: the value of one input at which a result turns to nothing.

For a result that is linear in the input, v* = v x (1 - NPV / PV), PV being the present value of the
flows that scale with v. Source: HM Treasury, The Green Book, switching values.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Switch:
    """The switching value and the change from now (a fraction); None if there is none."""

    value: float | None
    change: float | None


def switching_value(value: float, net_present_value: float, present_value: float) -> Switch:
    """Return the input value at which the net present value is 0.

    present_value is that of the flows proportional to value, signed as they enter the net figure
    (a cost below 0). There is none where those flows come to 0.
    """
    if present_value == 0:
        return Switch(None, None)
    change = -net_present_value / present_value
    return Switch(value * (1 + change), change)
