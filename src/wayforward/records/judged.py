"""The rules judged of a case that has changed a little: only those are asked again that read what changed."""

import operator
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from wayforward.records.base import Record, Versioned
from wayforward.records.case import Case, R
from wayforward.records.checks import CHECKS, Check, Wrong
from wayforward.records.models import Citation


@dataclass
class Read:
    """What a rule has read of a case: whole tables, and records that it asked for by name (None: not there)."""

    tables: set[type[Record]] = field(default_factory=set)
    named: dict[str, Versioned | None] = field(default_factory=dict)
    everything: bool = False

    def is_as_it_was(self, before: Case, after: Case) -> bool:
        """Whether all of it is the very same in another case, so that the rule would find the same.

        A row that was changed is another object, and so is each row that refers to it (Case.changed sees to that).
        """
        return (
            not self.everything
            and before.exercise is after.exercise
            and all(same_rows(before, after, model) for model in self.tables)
            and all(after.get(reference) is row for reference, row in self.named.items())
        )


def same_rows(before: Case, after: Case, model: type[Record]) -> bool:
    """Whether a table holds the very same rows in both cases."""
    ours, theirs = before.rows(model), after.rows(model)
    return ours is theirs or (len(ours) == len(theirs) and all(map(operator.is_, ours, theirs)))


class Watched(Case):
    """A case that notes what is read of it."""

    def __init__(self, case: Case) -> None:
        self.exercise = case.exercise
        self.read = Read()
        self._case = case

    def rows(self, model: type[R]) -> list[R]:
        self.read.tables.add(model)
        return self._case.rows(model)

    def get(self, reference: str) -> Versioned | None:
        self.read.named[reference] = found = self._case.get(reference)
        return found

    def citations(self, record: Versioned, field: str | None = None) -> list[Citation]:
        self.read.tables.add(Citation)
        return self._case.citations(record, field)

    def models(self) -> list[type[Record]]:
        self.read.everything = True
        return self._case.models()

    @cached_property
    def by_reference(self) -> dict[str, Versioned]:
        self.read.everything = True
        return self._case.by_reference


@dataclass(frozen=True)
class Judgement:
    """What each rule finds wrong with a case, and what it read to find it."""

    case: Case
    found: dict[Check, tuple[Read, tuple[Wrong, ...]]]

    def __iter__(self) -> Iterator[tuple[str, Wrong]]:
        """Each wrong, by the name of its rule."""
        for rule, (_, wrongs) in self.found.items():
            for wrong in wrongs:
                yield rule.__name__, wrong


def judge(case: Case, before: Judgement | None = None) -> Judgement:
    """All that rules find wrong with a case; where an earlier judgement is given, of what may have changed alone."""
    found = {}
    for rule in CHECKS:
        known = before.found.get(rule) if before else None
        if known is None or before is None or not known[0].is_as_it_was(before.case, case):
            watched = Watched(case)
            wrongs = tuple(rule(watched))
            known = watched.read, wrongs
        found[rule] = known
    return Judgement(case, found)
