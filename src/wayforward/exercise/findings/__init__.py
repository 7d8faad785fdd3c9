"""The findings of the exercise: its plan, what it keeps watch over, and what its evidence is worth."""

from wayforward.exercise.findings import (  # noqa: I001  in the order to read: so they are registered and shown
    plan,
    in_time,
    slips,
    ended,
    forecast,
    capacity,
    effort,
    readiness,
    watch,
    chasing,
    to_do,
    information,
    registers,
    evidence,
    first_steps,
)

__all__ = [
    "capacity",
    "chasing",
    "effort",
    "ended",
    "evidence",
    "first_steps",
    "forecast",
    "in_time",
    "information",
    "plan",
    "readiness",
    "registers",
    "slips",
    "to_do",
    "watch",
]
