"""What a narrative may hold so that reading it is soon over: told before it is read, with the line.

The reader of Markdown tries every mark of emphasis and every bracket of a paragraph with those before it, and looks on
every line at each quotation and list that is open: both grow with the square of their number. The limits are far from
what people write (a paragraph of the worked case has at most 53 marks), and keep the worst text that a
section has room for at a second or two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

MOST_MARKS = 800  # of emphasis and brackets in one paragraph
MOST_OPENED = 30  # quotations and lists on one line
WIDEST_INDENT = 200  # columns: what stands so far in is inside a hundred lists at most
MOST_CELLS = 4_000  # of a table: each is set and measured by itself
MOST_COLUMNS = 60
TAB = 4

_MARK = re.compile(r"[*_\[\]]")
_OPENING = re.compile(r"(?:[ \t]|>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t]))*")
_OPENED = re.compile(r"[>*+.)-]")
TOO_LONG = "a text that takes too long to read, or too much memory"
SHORTER = "write shorter paragraphs, with a blank line between them, and fewer *, _, [, ] and lists inside one another"


@dataclass(frozen=True)
class Excess:
    """More than can be read in time: where it begins, what was found and what is allowed."""

    line: int
    found: str
    allowed: str


def excesses(text: str) -> list[Excess]:
    """All that would make a text slow to read; nothing for what people write."""
    lines = text.split("\n")
    return sorted([*_deep(lines), *_crowded(lines)], key=lambda one: one.line)


def _deep(lines: list[str]) -> Iterator[Excess]:
    for number, line in enumerate(lines, start=1):
        before = _OPENING.match(line)
        opening = before.group() if before else ""
        if len(_OPENED.findall(opening)) > MOST_OPENED:
            yield Excess(
                number,
                "too many quotations or lists begun on one line",
                f"at most {MOST_OPENED} inside one another",
            )
        elif len(opening) + (TAB - 1) * opening.count("\t") > WIDEST_INDENT:
            yield Excess(number, "a line that begins too far in", f"at most {WIDEST_INDENT} columns")


def _crowded(lines: list[str]) -> Iterator[Excess]:
    """Paragraphs with too many marks, and tables with too many cells: a blank line ends either."""
    for start, part in _paragraphs(lines):
        marks = sum(len(_MARK.findall(line)) for line in part)
        if marks > MOST_MARKS:
            yield Excess(
                start,
                f"{marks:,} marks (*, _, [ and ]) in one paragraph",
                f"at most {MOST_MARKS}: make several of it, with a blank line between",
            )
        columns = max(line.count("|") for line in part)
        if columns > MOST_COLUMNS or columns * len(part) > MOST_CELLS:
            yield Excess(
                start,
                "a table too large to set" if columns <= MOST_COLUMNS else f"a line of {columns:,} signs |",
                f"at most {MOST_COLUMNS} columns and {MOST_CELLS:,} cells in a table",
            )


def _paragraphs(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Lines that follow one another without a blank one, with the number of the first."""
    part: list[str] = []
    for number, line in enumerate([*lines, ""], start=1):
        if line.strip(" \t"):
            part.append(line)
        elif part:
            yield number - len(part), part
            part = []
