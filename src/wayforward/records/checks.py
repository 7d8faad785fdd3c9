"""Checks of a whole case: small named functions, each declared by the stage that knows the rule."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from wayforward.records.base import Versioned
from wayforward.records.case import Case


@dataclass(frozen=True)
class Wrong:
    """What is wrong with one field of one record, and what may stand there."""

    record: Versioned
    field: str
    found: str
    allowed: str


Check = Callable[[Case], Iterable[Wrong]]
CHECKS: list[Check] = []


def check(rule: Check) -> Check:
    """Declare a rule that a whole case must keep. Stages declare theirs in checks.py."""
    CHECKS.append(rule)
    return rule


def run_checks(case: Case) -> Iterator[Wrong]:
    """Everything that any rule finds wrong with a case."""
    for rule in CHECKS:
        yield from rule(case)
