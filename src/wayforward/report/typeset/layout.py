"""How wide the columns of a table are and how small its type: worked out from its characters."""

from __future__ import annotations

import re
from dataclasses import dataclass

from wayforward.report.typeset.document import Align, Column, Emphasis, Node, Table, as_cell
from wayforward.report.typeset.nodes import clean, outside, plain_blocks, safe_address

# Room in the text column of an A4 page with margins of 25 mm, in points.
PAGE_POINTS = 160 / 25.4 * 72
PADDING_POINTS = 9.0
SMALLEST = 6.5
SIZES = (9.5, 9.0, 8.5, 8.0, 7.5, 7.0, SMALLEST)
LONGEST_WORD = 22
STEPS = 32
ZERO_WIDTH_SPACE = "\u200b"
NO_BREAK_SPACE = "\u00a0"
_RANGE = re.compile(r"\([^()]{1,24}\)")
_NARROW = set("ijlIftr.,;:'’|!()[]- \u00a0")
_WIDE = set("mwMWQ@%&—£")


@dataclass(frozen=True)
class SetCell:
    """A cell ready to be written: its text with places to break, its note letter, its looks."""

    text: str
    note: str
    emphasis: Emphasis
    header: bool
    id: str
    link: str
    align: Align


@dataclass(frozen=True)
class SetColumn:
    """A column ready to be written; ``share`` is its part of the table's width."""

    title: str
    unit: str
    align: Align
    share: float


@dataclass(frozen=True)
class SetTable:
    """A table ready to be written; ``points`` is the size of its type."""

    columns: tuple[SetColumn, ...]
    rows: tuple[tuple[SetCell, ...], ...]
    notes: tuple[tuple[str, str], ...]
    source_note: str
    points: float
    narrowest: float


def lay_out(table: Table, breaks: bool = True) -> SetTable:
    """Work out the columns, type size and notes of a table.

    ``breaks`` puts zero-width spaces into words too long for any column (addresses, codes).
    """
    notes = _Notes()
    rows = tuple(
        tuple(_cell(value, place, table, notes, breaks) for place, value in enumerate(row))
        for row in table.rows
    )
    points, least, shares = _widths(table, rows)
    columns = tuple(
        SetColumn(clean(column.title), clean(column.unit), column.align, share)
        for column, share in zip(table.columns, shares, strict=True)
    )
    told = (*notes.lettered(), *(("", clean(note)) for note in table.notes), *_illustrative(rows))
    return SetTable(columns, rows, told, clean(table.source_note), points, least)


def letter(place: int) -> str:
    """a, b ... z, aa, ab ... for the notes of a table; place counts from 0."""
    text = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        text = chr(ord("a") + rest) + text
    return text


class _Notes:
    """Lettered notes in order of first use; equal texts share a letter."""

    def __init__(self) -> None:
        self.letters: dict[str, str] = {}

    def mark(self, text: str) -> str:
        return self.letters.setdefault(text, letter(len(self.letters))) if text else ""

    def lettered(self) -> tuple[tuple[str, str], ...]:
        return tuple((mark, clean(text)) for text, mark in self.letters.items())


def _illustrative(rows: tuple[tuple[SetCell, ...], ...]) -> tuple[tuple[str, str], ...]:
    marked = any(cell.emphasis == "illustrative" for row in rows for cell in row)
    return (("○", "illustrative figure"),) if marked else ()


def _cell(value: object, place: int, table: Table, notes: _Notes, breaks: bool) -> SetCell:
    cell = as_cell(value)  # type: ignore[arg-type]
    header = table.row_headers and place == 0 if cell.header is None else cell.header
    text = clean(cell.text)
    if table.columns[place].align == "right":
        # A range such as 12.4 (8.1 to 17.0) breaks before its bracket or not at all.
        text = _RANGE.sub(lambda match: match.group().replace(" ", NO_BREAK_SPACE), text)
    return SetCell(
        breakable(text) if breaks else text,
        notes.mark(cell.footnote),
        cell.emphasis,
        header,
        cell.id,
        safe_address(cell.link) if outside(cell.link) else cell.link,
        table.columns[place].align,
    )


def breakable(text: str) -> str:
    """Let words of more than 22 characters break, after a mark if they hold one."""
    if len(text) <= LONGEST_WORD:
        return text
    return re.sub(rf"\S{{{LONGEST_WORD + 1},}}", _broken, text)


def _broken(match: re.Match[str]) -> str:
    marked = re.sub(r"([/_.?&=,:;-])(?=\w)", rf"\1{ZERO_WIDTH_SPACE}", match.group())
    return re.sub(rf"[^\s{ZERO_WIDTH_SPACE}]{{12}}(?=\w)", rf"\g<0>{ZERO_WIDTH_SPACE}", marked)


def ems(text: str) -> float:
    """About how wide a text is in Source Sans, in ems."""
    return sum(0.3 if c in _NARROW else 0.84 if c in _WIDE else 0.58 if c.isupper() else 0.51 for c in text)


def _longest_word(text: str) -> float:
    words = re.split(rf"[ \n\t{ZERO_WIDTH_SPACE}]+", text)
    return max((ems(word) for word in words if word), default=0.0)


def _widths(table: Table, rows: tuple[tuple[SetCell, ...], ...]) -> tuple[float, float, tuple[float, ...]]:
    """The size of type, the narrowest width in ems, and each column's share of the width."""
    least: list[float] = []
    lengths: list[list[float]] = []
    for place, column in enumerate(table.columns):
        cells = [row[place] for row in rows]
        marked = 0.6 if any(cell.note or cell.emphasis == "illustrative" for cell in cells) else 0.0
        head = max(_longest_word(column.title), _longest_word(column.unit)) * 1.08
        words = max((_longest_word(cell.text) for cell in cells), default=0.0) + marked
        least.append(max(head, words, 2.0) * 1.06)
        lengths.append([ems(cell.text) * 1.06 + marked for cell in cells])
    points = _size(len(least), sum(least))
    room = (PAGE_POINTS - PADDING_POINTS * len(least)) / points
    given = _given(table, _shared(least, lengths, room))
    padded = [width * points + PADDING_POINTS for width in given]
    total = sum(padded)
    shares = [round(width / total, 4) for width in padded]
    shares[0] = round(shares[0] + 1 - sum(shares), 4)
    return points, sum(least), tuple(shares)


def _size(columns: int, least: float) -> float:
    start = SIZES[min(max(columns - 5, 0), 3)]
    for points in SIZES:
        if points <= start and least * points + PADDING_POINTS * columns <= PAGE_POINTS:
            return points
    return SMALLEST


def _shared(least: list[float], lengths: list[list[float]], room: float) -> list[float]:
    """Give the room that is left, a step at a time, to the column where it saves most height."""
    spare = room - sum(least)
    if spare <= 0:
        return [width * room / sum(least) for width in least]
    widths = list(least)
    step = spare / STEPS
    now = [_height(one, width) for one, width in zip(lengths, widths, strict=True)]
    then = [_height(one, width + step) for one, width in zip(lengths, widths, strict=True)]
    for _ in range(STEPS):
        best = max(range(len(widths)), key=lambda place: now[place] - then[place])
        if now[best] - then[best] <= 0:
            break
        widths[best] += step
        spare -= step
        now[best] = then[best]
        then[best] = _height(lengths[best], widths[best] + step)
    total = sum(widths)
    return [width + max(spare, 0) * width / total for width in widths]


def _height(lengths: list[float], width: float) -> float:
    """How tall a column stands: the tallest cells count most, for they make their rows tall."""
    total = 0.0
    for length in lengths:
        lines = length / width
        if lines > 1:
            total += lines * lines * lines - 1
    return total


def _given(table: Table, widths: list[float]) -> list[float]:
    """Columns with a width of their own take that share of the room of all such columns."""
    own = [column.width for column in table.columns]
    if all(width is None for width in own):
        return widths
    mean = sum(width for width in own if width) / max(sum(1 for width in own if width), 1)
    relative = [mean if width is None else width for width in own]
    return [sum(widths) * width / sum(relative) for width in relative]


def with_widths(table: Node) -> Node:
    """A table of the narrative, as wide as the page and with widths from its characters."""
    content = table["c"]
    rows = [*content[3][1], *(row for body in content[4] for row in body[3])]
    texts = [[plain_blocks(cell[4]) for cell in row[1]] for row in rows]
    if not texts:
        return table
    plan = Table("", "", tuple(Column(one) for one in texts[0]), tuple(map(tuple, texts[1:])))
    laid = lay_out(plan)
    columns = [
        [{"t": "AlignLeft"} if side["t"] == "AlignDefault" else side, _width(column.share)]
        for (side, _), column in zip(content[2], laid.columns, strict=True)
    ]
    return {"t": "Table", "c": [*content[:2], columns, *content[3:]]}


def _width(share: float) -> Node:
    return {"t": "ColWidth", "c": share}
