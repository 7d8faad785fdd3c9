"""Rules of appraisal, by what they are about; a rule is declared when its module is imported."""

from wayforward.appraisal.checks import (
    bias,
    choices,
    corrections,
    editions,
    lines,
    once,
    posts,
    risks,
    varying,
    weighing,
)

__all__ = [
    "bias",
    "choices",
    "corrections",
    "editions",
    "lines",
    "once",
    "posts",
    "risks",
    "varying",
    "weighing",
]
