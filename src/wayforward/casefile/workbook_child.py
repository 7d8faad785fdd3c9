"""Reads a workbook from standard input and writes its cells as JSON: a program of its own, under limits.

A workbook is made by somebody else, and a small one can unpack without end. Whatever it does to the memory
or the time of this process, the process that asked goes on. Imports nothing of the package, to start at once.
"""

import io
import json
import re
import resource
import sys
import zipfile
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from xml.etree import ElementTree
from xml.parsers import expat

MEMORY = 512 * 1024 * 1024
SECONDS = 10
ROWS = 200_000
COLUMNS = 200
CHARACTERS = 60_000_000
TOO_LARGE = 3
FAULTY = 5_000  # cells of a sheet that are told; with as many, nothing of the workbook is read
LONGEST_ERROR = 20  # characters
# A sheet without either has no formula and no error, and need not be looked through cell by cell.
FORMULA_OR_ERROR = re.compile(rb"""<(?:[\w.-]+:)?f[\s/>]|\bt\s*=\s*["']e["']""")


def main() -> None:
    limit(resource.RLIMIT_AS, MEMORY)
    limit(resource.RLIMIT_CPU, SECONDS)
    limit(resource.RLIMIT_CORE, 0)
    from python_calamine import CalamineError, CalamineWorkbook  # under the limits from its first line

    content = sys.stdin.buffer.read()
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
    faulty = faulty_cells(content)
    sheets: list[dict[str, object]] = []
    left, total = CHARACTERS, 0
    for index, name in enumerate(workbook.sheet_names):
        rows = []
        try:
            sheet = workbook.get_sheet_by_index(index)
        except CalamineError:  # an error that the reader does not know, such as #SPILL!
            if not faulty.get(name):
                raise
            sheets.append({"name": name, "rows": [], "faulty": faulty[name]})
            continue
        if sheet.total_height > ROWS + 1 or sheet.total_width > COLUMNS:
            sys.exit(TOO_LARGE)
        for number, cells in enumerate(sheet.to_python(skip_empty_area=False), 1):
            texts = [written(cell) for cell in cells]
            left -= sum(map(len, texts)) + len(texts)
            if left < 0:
                sys.exit(TOO_LARGE)
            if any(text.strip() for text in texts):
                rows.append([number, texts])
        total += len(rows)
        if total > ROWS:
            sys.exit(TOO_LARGE)
        sheets.append({"name": name, "rows": rows, "faulty": faulty.get(name, [])})
    json.dump(sheets, sys.stdout)


def limit(what: int, most: int) -> None:
    """Lower a limit of this process; macOS refuses one on memory, and keeps the other two."""
    with suppress(ValueError, OSError):
        resource.setrlimit(what, (most, most))


def written(cell: object) -> str:
    """A cell as the text that a case folder would hold."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        # 15 digits are what a spreadsheet shows of a number: 0.1 + 0.2 is 0.3.
        return format(Decimal(f"{cell:.15g}"), "f")
    if isinstance(cell, datetime):
        midnight = (cell.hour, cell.minute, cell.second, cell.microsecond) == (0, 0, 0, 0)
        return cell.date().isoformat() if midnight else cell.isoformat(" ")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def faulty_cells(content: bytes) -> dict[str, list[tuple[str, str]]]:
    """The cells of each sheet that hold no value, and that the reader takes for blank, each with its error.

    They are errors such as #REF!, and formulas whose result was not kept, which have none.
    """
    found = {}
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        names = {name.lower(): name for name in parts.namelist()}
        targets = {
            relation.get("Id"): relation.get("Target", "")
            for relation in ElementTree.fromstring(parts.read("xl/_rels/workbook.xml.rels"))
        }
        for element in ElementTree.fromstring(parts.read("xl/workbook.xml")).iter():
            if element.tag.endswith("}sheet"):
                relation = next((text for name, text in element.items() if name.endswith("}id")), "")
                target = (targets.get(relation) or "").replace("\\", "/").lstrip("/").lower()
                part = names.get(target if target.startswith("xl/") else f"xl/{target}")
                text = parts.read(part) if part else b""
                if FORMULA_OR_ERROR.search(text):
                    found[element.get("name", "")] = Cells(text).faulty
    return found


class Cells:
    """The cells of one sheet, looked through for those that hold no value."""

    def __init__(self, text: bytes) -> None:
        self.faulty: list[tuple[str, str]] = []
        self.row = self.column = 0
        self.name, self.kind, self.formula = "", "", False
        self.reads, self.value = False, ""
        parser = expat.ParserCreate(namespace_separator="}")
        parser.buffer_text = True
        parser.StartElementHandler = self.begin
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.words
        parser.Parse(text, True)

    def begin(self, tag: str, given: dict[str, str]) -> None:
        """An element begins. A row or a cell that does not say where it is comes after the one before."""
        what = tag.rpartition("}")[2]
        if what == "row":
            said = given.get("r", "")
            self.row = int(said) if said.isdecimal() and len(said) < 8 else self.row + 1
            self.column = 0
        elif what == "c":
            self.name = given.get("r", "") or f"{letters(self.column)}{self.row}"
            self.column = column_of(self.name) + 1
            self.kind, self.formula, self.value = given.get("t", ""), False, ""
        elif what == "f":
            self.formula = True
        elif what == "v":
            self.reads = True

    def words(self, text: str) -> None:
        if self.reads and len(self.value) < LONGEST_ERROR:
            self.value += text

    def end(self, tag: str) -> None:
        """An element ends. A formula whose result is a text may have a blank one."""
        what = tag.rpartition("}")[2]
        if what == "v":
            self.reads = False
        elif what == "c" and len(self.faulty) < FAULTY:
            value = self.value.strip()[:LONGEST_ERROR]
            if self.kind == "e":
                self.faulty.append((self.name, value or "#ERROR"))
            elif self.formula and not value and self.kind not in ("str", "inlineStr"):
                self.faulty.append((self.name, ""))


def letters(at: int) -> str:
    """What a spreadsheet calls the column at a place, the first being 0."""
    name = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def column_of(cell: str) -> int:
    """The place of the column that a cell's name begins with, the first being 0."""
    at = 0
    for letter in cell[:3]:
        if "A" <= letter <= "Z":
            at = at * 26 + ord(letter) - ord("A") + 1
    return max(at - 1, 0)


if __name__ == "__main__":
    main()
