"""How wide the columns of a table are and how small its type: worked out from its characters."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TypeAlias

from wayforward.report.typeset.document import Align, Column, Emphasis, Node, Table, as_cell
from wayforward.report.typeset.nodes import clean, outside, plain_blocks, safe_address

# Room in the text column of an A4 page with margins of 25 mm, in points.
PAGE_POINTS = 160 / 25.4 * 72
PADDING_POINTS = 9.0
# Tables of many columns are set closer, so that their type need not shrink as far.
MANY_COLUMNS, CLOSE_POINTS = 10, 6.0
SMALLEST = 6.5
SIZES = (9.5, 9.0, 8.5, 8.0, 7.5, 7.0, SMALLEST)
# A word longer than this may break; where columns are too many for that, a shorter one too.
LONGEST_WORD = 22
SHORTER_WORDS = (16, 12, 8, 6)
# This many columns of figures of one unit are told it once, beside the caption.
SHARED_UNIT = 4
STEPS = 32
ZERO_WIDTH_SPACE = "\u200b"
NO_BREAK_SPACE = "\u00a0"
LONGEST_PART = 12
_AFTER_MARK = re.compile(r"([/_.?&=,:;-])(?=\w)")
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


Heads: TypeAlias = tuple[Column, ...]
Rows: TypeAlias = tuple[tuple[SetCell, ...], ...]


@dataclass(frozen=True)
class SetColumn:
    """A column ready to be written; ``share`` is its part of the table's width."""

    title: str
    unit: str
    align: Align
    share: float


@dataclass(frozen=True)
class SetTable:
    """A table ready to be written.

    ``points`` is the size of its type, ``unit`` what all its columns of figures are measured in.
    """

    columns: tuple[SetColumn, ...]
    rows: Rows
    notes: tuple[tuple[str, str], ...]
    source_note: str
    points: float
    narrowest: float
    unit: str = ""
    padding: float = PADDING_POINTS


@dataclass(frozen=True)
class Slack:
    """How much wider than in Source Sans a word may turn out: at least, and where there is room."""

    least: float = 1.0
    most: float = 1.0


AS_DRAWN = Slack()


def lay_out(table: Table, breaks: bool = True, slack: Slack = AS_DRAWN) -> SetTable:
    """Work out the columns, type size and notes of a table.

    ``breaks`` puts zero-width spaces into words too long for their column (addresses, codes), in
    heads as in cells. ``slack`` leaves room for a typeface other than Source Sans.
    """
    unit = _shared_unit(table.columns)
    heads = tuple(
        replace(one, title=clean(one.title), unit="" if unit and one.align == "right" else clean(one.unit))
        for one in table.columns
    )
    notes = _Notes()
    rows = tuple(
        tuple(_cell(value, place, table, notes) for place, value in enumerate(row)) for row in table.rows
    )
    if breaks:
        heads, rows = _broken_to_fit(heads, rows)
    points, least, shares = _widths(heads, rows, slack)
    columns = tuple(
        SetColumn(column.title, column.unit, column.align, share)
        for column, share in zip(heads, shares, strict=True)
    )
    told = (*notes.lettered(), *(("", clean(note)) for note in table.notes), *_illustrative(rows))
    source = clean(table.source_note)
    return SetTable(columns, rows, told, source, points, least, unit, _padding(len(columns)))


def _padding(columns: int) -> float:
    return PADDING_POINTS if columns < MANY_COLUMNS else CLOSE_POINTS


def _room(columns: int) -> float:
    """The width of the page without the padding of so many columns, in points."""
    return PAGE_POINTS - _padding(columns) * columns


def _shared_unit(columns: tuple[Column, ...]) -> str:
    """The unit of every column of figures, where there are several and it is the same."""
    units = [clean(column.unit) for column in columns if column.align == "right"]
    return units[0] if len(units) >= SHARED_UNIT and len(set(units)) == 1 else ""


def _broken_to_fit(heads: Heads, rows: Rows) -> tuple[Heads, Rows]:
    """Heads and cells with places to break in long words: shorter ones too, till the table fits."""
    for longest in (LONGEST_WORD, *SHORTER_WORDS):
        heads = tuple(
            replace(one, title=breakable(one.title, longest), unit=breakable(one.unit, longest))
            for one in heads
        )
        rows = tuple(tuple(replace(cell, text=breakable(cell.text, longest)) for cell in row) for row in rows)
        if sum(_least(heads, rows)) * SMALLEST <= _room(len(heads)):
            break
    return heads, rows


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


def _illustrative(rows: Rows) -> tuple[tuple[str, str], ...]:
    marked = any(cell.emphasis == "illustrative" for row in rows for cell in row)
    return (("○", "illustrative figure"),) if marked else ()


def _cell(value: object, place: int, table: Table, notes: _Notes) -> SetCell:
    cell = as_cell(value)  # type: ignore[arg-type]  # a cell or its text
    header = table.row_headers and place == 0 if cell.header is None else cell.header
    text = clean(cell.text)
    if table.columns[place].align == "right":
        # A range such as 12.4 (8.1 to 17.0) breaks before its bracket or not at all.
        text = _RANGE.sub(lambda match: match.group().replace(" ", NO_BREAK_SPACE), text)
    return SetCell(
        text,
        notes.mark(cell.footnote),
        cell.emphasis,
        header,
        cell.id,
        safe_address(cell.link) if outside(cell.link) else cell.link,
        table.columns[place].align,
    )


def breakable(text: str, longest: int = LONGEST_WORD) -> str:
    """Let words of more than ``longest`` characters break, after a mark if they hold one."""
    if len(text) <= longest:
        return text
    part = min(LONGEST_PART, longest)

    def broken(match: re.Match[str]) -> str:
        marked = _AFTER_MARK.sub(rf"\1{ZERO_WIDTH_SPACE}", match.group())
        return re.sub(rf"[^\s{ZERO_WIDTH_SPACE}]{{{part}}}(?=\w)", rf"\g<0>{ZERO_WIDTH_SPACE}", marked)

    return re.sub(rf"[^\s{ZERO_WIDTH_SPACE}]{{{longest + 1},}}", broken, text)


def ems(text: str) -> float:
    """About how wide a text is in Source Sans, in ems."""
    return sum(0.3 if c in _NARROW else 0.84 if c in _WIDE else 0.58 if c.isupper() else 0.51 for c in text)


def _longest_word(text: str) -> float:
    words = re.split(rf"[ \n\t{ZERO_WIDTH_SPACE}]+", text)
    return max((ems(word) for word in words if word), default=0.0)


def _marked(rows: Rows, place: int) -> float:
    """Room in ems for the letters and dots that a column's cells carry."""
    return 0.6 if any(row[place].note or row[place].emphasis == "illustrative" for row in rows) else 0.0


def _least(heads: Heads, rows: Rows) -> list[float]:
    """The narrowest that each column can be, in ems, for no word of it to break."""
    least = []
    for place, column in enumerate(heads):
        head = max(_longest_word(column.title), _longest_word(column.unit)) * 1.08
        words = max((_longest_word(row[place].text) for row in rows), default=0.0)
        least.append(max(head, words + _marked(rows, place), 2.0) * 1.06)
    return least


def _widths(heads: Heads, rows: Rows, slack: Slack) -> tuple[float, float, tuple[float, ...]]:
    """The size of type, the narrowest width in ems, and each column's share of the width."""
    least = _least(heads, rows)
    lengths = []
    for place in range(len(heads)):
        marked = _marked(rows, place)
        head = (
            ems(heads[place].title) * 1.08
        )  # bold, and worth as much room as a cell: no tower of single words
        lengths.append([head, *(ems(row[place].text) * 1.06 + marked for row in rows)])
    points = _size(len(least), sum(least) * slack.least)
    room = _room(len(least)) / points
    # Half of what is left may keep words whole in a wider face; the rest is for long texts.
    left = max(room / sum(least) - slack.least, 0.0)
    wider = min(slack.most, slack.least + left / 2)
    floors = [width * wider for width in least]
    given = _given(heads, _shared(floors, lengths, room), floors)
    padded = [width * points + _padding(len(heads)) for width in given]
    total = sum(padded)
    shares = [round(width / total, 4) for width in padded]
    shares[0] = round(shares[0] + 1 - sum(shares), 4)
    return points, sum(least), tuple(shares)


def _size(columns: int, least: float) -> float:
    start = SIZES[min(max(columns - 5, 0), 3)]
    for points in SIZES:
        if points <= start and least * points <= _room(columns):
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


def _given(heads: Heads, widths: list[float], floors: list[float]) -> list[float]:
    """Columns with a width of their own take that share of the room, but none less than its words need."""
    own = [column.width for column in heads]
    if all(width is None for width in own):
        return widths
    mean = sum(width for width in own if width) / max(sum(1 for width in own if width), 1)
    relative = [mean if width is None else width for width in own]
    wanted = [sum(widths) * width / sum(relative) for width in relative]
    lacking = sum(max(floor - width, 0.0) for floor, width in zip(floors, wanted, strict=True))
    spare = sum(max(width - floor, 0.0) for floor, width in zip(floors, wanted, strict=True))
    kept = max(1 - lacking / spare, 0.0) if spare else 0.0
    return [floor + max(width - floor, 0.0) * kept for floor, width in zip(floors, wanted, strict=True)]


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
