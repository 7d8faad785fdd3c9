"""Checks of a whole case: small named functions, each declared by the stage that knows the rule."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from wayforward.records.base import Versioned
from wayforward.records.case import Case


@dataclass(frozen=True)
class Wrong:
    """What is wrong with one field of one record, and what may stand there."""

    record: Versioned
    field: str
    found: str
    allowed: str


V = TypeVar("V", bound=Versioned)
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


def repeated(rows: Iterable[V], *fields: str) -> Iterator[tuple[V, V]]:
    """Each row that says of the same things what an earlier one says already, with that earlier one."""
    first: dict[tuple[str, ...], V] = {}
    for row in rows:
        key = tuple(row._meta.get_field(f).write_cell(getattr(row, f)) for f in fields)  # type: ignore[union-attr]  # a record's own field
        earlier = first.setdefault(key, row)
        if earlier is not row:
            yield row, earlier


def once(rows: Iterable[Versioned], *fields: str) -> Iterator[Wrong]:
    """Refuse the second of two rows that are alike in these fields."""
    for row, earlier in repeated(rows, *fields):
        words = " and ".join(f.replace("_", " ") for f in fields)
        allowed = f"one row for each {words}: {earlier.code} has these; keep one of the two"
        yield Wrong(row, fields[-1], f"the same {words} as {earlier.code}", allowed)
