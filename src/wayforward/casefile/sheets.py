"""A sheet as it was found, before its cells are read, and how faults in it are told."""

import difflib
from collections.abc import Collection
from dataclasses import dataclass, field

from wayforward.casefile import limits
from wayforward.records.base import Versioned, model_of, record_models
from wayforward.records.faults import Fault
from wayforward.records.fields import CodeField, LongText, RecordField, RecordRef, ShortText

SHOWN = 80
# Suggestions are for people: a case with more faults, or more names, than this gets none.
SUGGESTIONS = 100
COMPARED = 2_000


@dataclass
class Sheet:
    """The rows of a file or sheet as text, each with the number that a spreadsheet shows beside it."""

    place: str
    model: type[Versioned]
    header: list[str]
    rows: list[tuple[int, list[str]]]
    narratives: dict[str, str] | None = None  # by code, where they are files of their own


@dataclass
class Found:
    """What reading a case has found so far."""

    sheets: list[Sheet] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    unread: set[type[Versioned]] = field(default_factory=set)
    rows: int = 0
    suggestions: int = 0
    cells: set[tuple[str, int, str]] = field(default_factory=set)

    def fault(self, place: str, row: int = 0, column: str = "", *, found: str, allowed: str) -> None:
        """Keep a fault: the first in a cell, and no more in all than a person could want."""
        cell = (place, row, column)
        if len(self.faults) < limits.FAULTS and not (column and cell in self.cells):
            self.cells.add(cell)
            self.faults.append(Fault(shown(place), row, shown(column), shown(found), allowed))

    def nearest(self, word: str, words: Collection[str]) -> str:
        """'; did you mean SVC-1?' where one of the words is near, else nothing."""
        self.suggestions += 1
        if self.suggestions > SUGGESTIONS or len(words) > COMPARED or len(word) > SHOWN:
            return ""
        known = {w.casefold(): w for w in words}
        near = difflib.get_close_matches(word.casefold(), known, n=1, cutoff=0.7)
        return f"; did you mean {known[near[0]]}?" if near else ""


def shown(text: str) -> str:
    """Somebody's text as one short line that is safe to print."""
    line = "".join(c if c.isprintable() else "�" for c in text[: SHOWN + 1])
    return line if len(line) <= SHOWN else line[: SHOWN - 3] + "..."


def tables() -> dict[str, type[Versioned]]:
    """Every table of a case by its stem, the exercise first."""
    every = [model_of("exercise"), *record_models()]
    return {model.stem: model for model in every}


def is_prose(model_field: object) -> bool:
    """Whether a cell holds free words, kept to the letter, and not a number, date, code or choice."""
    return isinstance(model_field, ShortText | LongText) and not isinstance(
        model_field, CodeField | RecordRef
    )


def narrative_field(model: type[Versioned]) -> RecordField | None:
    named = {f.name: f for f in model._meta.concrete_fields if isinstance(f, RecordField)}
    return named[model.narrative] if model.narrative else None
