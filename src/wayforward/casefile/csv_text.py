"""CSV text: strict reading with the row numbers that a spreadsheet shows, and canonical writing.

A text that a spreadsheet would run as a formula is written with an apostrophe before it. Reading takes
exactly that apostrophe off. So that no text is changed by the two together, a text of apostrophes and then
such a character gets one more apostrophe.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator

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

    Raises CsvFault where quotes don't match.
    """
    number = 0
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), strict=True), 1):
            if any(cell.strip() for cell in cells):
                yield number, cells
    except csv.Error as error:
        raise CsvFault(number + 1, WORDS.get(str(error), str(error))) from error


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
