"""What a report is made of: a title page and a sequence of blocks, in plain frozen values.

Text is plain text unless a field is called ``markdown``; each writer escapes it for its own format.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, TypeAlias

Align = Literal["left", "right"]
Emphasis = Literal[
    "",
    "strong",
    "muted",
    "illustrative",
    "shade-1",
    "shade-2",
    "shade-3",
    "shade-4",
    "shade-5",
]
Node: TypeAlias = dict[str, Any]

LONGEST_ANCHOR = 40
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 to 4.

    ``number`` is given for level 1 ("1".."9", "A", "B"...) or None for none. On level 2 None means
    that the number follows its parent ("4.1") and "" that there is none.
    """

    level: int
    text: str
    id: str
    number: str | None = None


@dataclass(frozen=True)
class Narrative:
    """Prose by people, in Markdown: a figure typed by hand in it is a fault."""

    markdown: str
    section: str
    source: str = ""
    heading_level: int = 2


@dataclass(frozen=True)
class Markdown:
    """Prose by the program, in Markdown: read and quoted alike, with no rule on typed figures."""

    markdown: str
    section: str = "report"
    heading_level: int = 2

    @property
    def source(self) -> str:
        """The name that faults give; the program's own prose stands in no file."""
        return ""


@dataclass(frozen=True)
class Prose:
    """Narrative that has been read: pandoc nodes with quotes filled and nothing active left."""

    nodes: tuple[Node, ...]
    section: str = "report"
    source: str = ""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of plain text; a lead paragraph is set larger."""

    text: str
    lead: bool = False


@dataclass(frozen=True)
class Bullets:
    """A list of plain texts."""

    items: tuple[str, ...]
    ordered: bool = False


@dataclass(frozen=True)
class Callout:
    """A gap that the reader must see, such as "Waiting for ..."."""

    text: str


@dataclass(frozen=True)
class PageBreak:
    """A new page in Word and PDF."""


@dataclass(frozen=True)
class Contents:
    """Where the contents list stands in Word and PDF."""


@dataclass(frozen=True)
class Column:
    """A column of a table; ``width`` is relative, None lets the characters decide."""

    title: str
    unit: str = ""
    align: Align = "left"
    width: float | None = None


@dataclass(frozen=True)
class Cell:
    """A cell that needs more than its text.

    ``footnote`` becomes a lettered note under the table. ``id`` makes the cell an anchor. ``link``
    is an id in the document or an http, https or mailto address.
    """

    text: str
    footnote: str = ""
    emphasis: Emphasis = ""
    header: bool | None = None
    id: str = ""
    link: str = ""


@dataclass(frozen=True)
class Table:
    """A table with its caption above and its notes and source below."""

    caption: str
    id: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str | Cell, ...], ...]
    notes: tuple[str, ...] = ()
    source_note: str = ""
    row_headers: bool = True
    numbered: bool = True


@dataclass(frozen=True)
class Figure:
    """A chart as SVG (HTML, PDF) and PNG at twice its size (Word), with its data table."""

    caption: str
    id: str
    alt: str
    svg: str
    png: bytes
    table: Table | None = None
    source_note: str = ""


Block: TypeAlias = (
    Heading
    | Narrative
    | Markdown
    | Prose
    | Paragraph
    | Bullets
    | Callout
    | PageBreak
    | Contents
    | Table
    | Figure
)


@dataclass(frozen=True)
class Document:
    """A whole report. ``notice`` stands on the title page and at the foot of every page; ``keywords`` in a PDF's own
    words about itself. A ``brief`` paper of a few pages, in Word, has no title page, no contents and no page breaks."""

    title: str
    subtitle: str
    version: str
    date: date
    status: str
    marking: str
    blocks: tuple[Block, ...]
    language: str = "en-GB"
    draft: bool = False
    notice: str = ""
    keywords: tuple[str, ...] = ()
    brief: bool = False


class DocumentFault(ValueError):  # a fault of the document, not of the program
    """Everything that is wrong with how a document was put together, in one message."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        self.faults = faults
        super().__init__("The report can't be set:\n" + "\n".join(f"- {one}" for one in faults))


class RenderError(RuntimeError):
    """A format could not be written; the message says which and why."""


class TooMuch(RenderError):  # the text's doing, not the program's
    """A text took longer to read or write, or more memory, than is allowed."""


def anchor(text: str) -> str:
    """Turn any id into one that HTML, Word and PDF all take: a-z, 0-9 and -, 40 at most."""
    safe = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
    if not safe or not safe[0].isalpha():
        safe = f"x-{safe}".rstrip("-")
    if len(safe) > LONGEST_ANCHOR:
        digest = hashlib.sha256(text.encode()).hexdigest()[:8]
        safe = f"{safe[: LONGEST_ANCHOR - 9].rstrip('-')}-{digest}"
    return safe


def as_cell(value: str | Cell) -> Cell:
    """Give a plain string the form of a cell."""
    return value if isinstance(value, Cell) else Cell(value)


def cells(table: Table) -> Iterator[Cell]:
    """Every cell of a table, row by row."""
    for row in table.rows:
        for value in row:
            yield as_cell(value)


def long_date(day: date) -> str:
    """23 January 2013, in English whatever the locale of the machine."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
