"""The findings of the options: how they were arrived at, what they are, when, at what risk, and whether they may be."""

from wayforward.options.findings import (
    assessments,
    breaks,
    choices,
    consistent,
    designs,
    fit,
    five_cases,
    market,
    people,
    procuring,
    risks,
    sifted,
    success,
    timing,
)

__all__ = [
    "assessments",
    "breaks",
    "choices",
    "consistent",
    "designs",
    "fit",
    "five_cases",
    "market",
    "people",
    "procuring",
    "risks",
    "sifted",
    "success",
    "timing",
]
