"""CSV text: strict reading with the row numbers that a spreadsheet shows, and canonical writing.

A text that a spreadsheet would run as a formula is written with an apostrophe before it. Reading takes
exactly that apostrophe off. So that no text is changed by the two together, a text of apostrophes and then
such a character gets one more apostrophe.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator

from wayforward.casefile import limits

FORMULA = re.compile(r"'*[=+\-@\t\r]")
NEUTRAL = re.compile(r"'+[=+\-@\t\r]")
QUOTED = re.compile(r'[,"\r\n]|\A\s|\s\Z')


class CsvFault(ValueError):  # a fault of the file, not of the program
    """What is wrong with the quoting of a file, and the row in which reading stopped."""

    def __init__(self, row: int, found: str) -> None:
        super().__init__(found)
        self.row = row
        self.found = found


def read(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not blank, each with its number (the first row of the file is 1).

    Raises CsvFault where quotes don't match, and where a line or a row is longer than any honest one.
    """
    if max(text.count("\n"), text.count("\r")) > limits.LINES:
        raise CsvFault(limits.LINES, f"more than {limits.LINES:,} lines")
    number = 0
    try:
        for number, cells in enumerate(csv.reader(_lines(text), strict=True), 1):
            if any(cell.strip() for cell in cells):
                yield number, cells if len(cells) <= limits.COLUMNS else _within(number, cells)
    except csv.Error as error:
        raise CsvFault(number + 1, WORDS.get(str(error), str(error))) from error


def _lines(text: str) -> Iterator[str]:
    for line in io.StringIO(text, newline=""):
        if len(line) > limits.LINE_CHARACTERS:
            raise csv.Error(TOO_LONG)
        yield line


def _within(number: int, cells: list[str]) -> list[str]:
    """The cells of a row without the blank ones at its end, of which a spreadsheet may write thousands."""
    while cells and not cells[-1].strip():
        cells.pop()
    if len(cells) > limits.COLUMNS:
        raise CsvFault(
            number, f"a row of {len(cells):,} cells, where a table has at most {limits.COLUMNS} columns"
        )
    return cells


TOO_LONG = f"a line of over {limits.LINE_CHARACTERS:,} characters"
WORDS = {
    "unexpected end of data": "a quotation mark that is never closed",
    "',' expected after '\"'": "words after a closing quotation mark",
    "field larger than field limit (131072)": "a cell of over 131,072 characters",
}


def write(rows: Iterable[Iterable[str]]) -> str:
    """Rows as canonical CSV: LF at the end of each, quotation marks only where they are needed."""
    return "".join(",".join(map(quoted, row)) + "\n" for row in rows)


def quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if QUOTED.search(cell) else cell


def neutral(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return "'" + text if FORMULA.match(text) else text


def plain(text: str) -> str:
    """The text that `neutral` was given."""
    return text[1:] if NEUTRAL.match(text) else text
