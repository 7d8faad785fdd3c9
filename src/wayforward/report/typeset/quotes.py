"""How narrative quotes findings and records, and what is told when it can't."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from wayforward.report.typeset.document import Block


@dataclass(frozen=True)
class InlineQuote:
    """A quoted value: its text, the id in the report that tells more, and a source footnote."""

    text: str
    anchor: str | None = None
    footnote: str | None = None


class UnknownQuote(LookupError):  # the writer's slip, not the program's
    """A quote that names nothing, or more than one thing; the message says what to write."""


class Quotes(Protocol):
    """Where quotes get their value: targets are as written, such as ``finding:KEY?option=IIP``."""

    def inline(self, target: str) -> InlineQuote:
        """The value to stand in the sentence."""

    def block(self, target: str, caption: str = "") -> Sequence[Block]:
        """The table, figure or other blocks to stand in its place, under the writer's caption if there is one."""


class NoQuotes:
    """For a document that quotes nothing."""

    def inline(self, target: str) -> InlineQuote:
        """Refuse: nothing can be quoted here."""
        raise UnknownQuote("this document has no findings to quote")

    def block(self, target: str, caption: str = "") -> Sequence[Block]:
        """Refuse: nothing can be quoted here."""
        raise UnknownQuote("this document has no findings to quote")


@dataclass(frozen=True)
class NarrativeFault:
    """One thing to mend in the narrative, by section and line."""

    section: str
    source: str
    line: int
    found: str
    allowed: str

    def __str__(self) -> str:
        where = self.source or f"section {self.section}"
        return f"{where}, line {self.line}: found {self.found}; {self.allowed}"


@dataclass(frozen=True)
class Dropped:
    """Something left out of the report without failing it."""

    section: str
    line: int
    what: str


class NarrativeFaults(ValueError):  # several faults, told together
    """Every fault of every narrative, collected in one pass."""

    def __init__(self, faults: Sequence[NarrativeFault]) -> None:
        self.faults = tuple(faults)
        told = "\n".join(f"- {fault}" for fault in self.faults)
        super().__init__(f"The narrative needs mending:\n{told}")
