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

MEMORY = 512 * 1024 * 1024
SECONDS = 10
ROWS = 200_000
COLUMNS = 200
CHARACTERS = 60_000_000
TOO_LARGE = 3
ERROR_CELL = re.compile(rb'<c\b(?=[^>]*\bt="e")[^>]*\br="([A-Z]{1,3}[0-9]{1,7})"')
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def main() -> None:
    limit(resource.RLIMIT_AS, MEMORY)
    limit(resource.RLIMIT_CPU, SECONDS)
    limit(resource.RLIMIT_CORE, 0)
    from python_calamine import CalamineWorkbook  # under the limits from its first line

    content = sys.stdin.buffer.read()
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
    errors = error_cells(content)
    sheets = []
    left, total = CHARACTERS, 0
    for index, name in enumerate(workbook.sheet_names):
        rows = []
        sheet = workbook.get_sheet_by_index(index)
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
        sheets.append({"name": name, "rows": rows, "errors": errors.get(name, [])})
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


def error_cells(content: bytes) -> dict[str, list[str]]:
    """The cells of each sheet that hold an error such as #REF!, which the reader takes for blank."""
    found = {}
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        targets = {
            relation.get("Id"): relation.get("Target", "")
            for relation in ElementTree.fromstring(parts.read("xl/_rels/workbook.xml.rels"))
        }
        for element in ElementTree.fromstring(parts.read("xl/workbook.xml")).iter():
            if element.tag.endswith("}sheet"):
                target = (targets.get(element.get(RELATION)) or "").lstrip("/")
                part = target if target.startswith("xl/") else f"xl/{target}"
                if part in parts.namelist():
                    cells = ERROR_CELL.findall(parts.read(part))
                    found[element.get("name", "")] = [cell.decode() for cell in cells[:100]]
    return found


if __name__ == "__main__":
    main()
