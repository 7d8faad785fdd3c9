"""Reading a workbook: first its zip directory is looked at, then a child process under limits reads it."""

import io
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

from wayforward.casefile import limits
from wayforward.casefile.sheets import Found, Sheet, tables
from wayforward.records.base import Versioned, columns
from wayforward.records.fields import YesNo

CHILD = Path(__file__).with_name("workbook_child.py")
SECONDS = 20
GUIDE = "guide"
OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
YES_NO = {"TRUE": "yes", "FALSE": "no"}
CELL_NAME = re.compile(r"([A-Z]+)([0-9]+)")


def read_workbook(path: Path) -> Found:
    """Every table of a workbook as text. A hostile workbook is refused within 20 seconds."""
    found = Found()
    known = tables()
    with path.open("rb") as file:
        content = file.read(limits.WORKBOOK_BYTES + 1)
    for given in cells_of(path.name, content, found):
        name = given["name"]
        if name == GUIDE:
            continue
        if name not in known:
            allowed = "the tables of the data dictionary" + found.nearest(name, known)
            found.fault(name, found="a sheet that is no part of a case", allowed=allowed)
        elif any(sheet.place == name for sheet in found.sheets):
            found.fault(name, found="two sheets of this name", allowed="one")
        elif given["rows"]:
            sheet = read_sheet(name, known[name], given["rows"])
            found.sheets.append(sheet)
            error_cells(sheet, given["errors"], found)
    if found.faults and not found.sheets:
        found.unread.update(known.values())
    return found


def cells_of(name: str, content: bytes, found: Found) -> list[dict[str, Any]]:
    """What the child process read, or nothing and a fault told of the file's name."""
    if wrong := refused(content):
        found.fault(name, found=wrong, allowed="a workbook (.xlsx) of moderate size")
        return []
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(CHILD)],
            input=content,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
        sheets = json.loads(done.stdout) if done.returncode == 0 else []
    except (subprocess.TimeoutExpired, ValueError):
        sheets = []
    if not sheets:
        found.fault(
            name,
            found="a workbook that can't be read, or is too large to read safely",
            allowed=f"a workbook (.xlsx) of at most {limits.ROWS:,} rows in all, and {limits.COLUMNS} "
            "columns a sheet",
        )
    return sheets


def refused(content: bytes) -> str:
    """Why a workbook is not even unpacked, or nothing. Only its zip directory is read."""
    if len(content) > limits.WORKBOOK_BYTES:
        return f"more than {limits.WORKBOOK_BYTES:,} bytes"
    if content.startswith(OLD_WORKBOOK):
        return "an old workbook (.xls), or one with a password"
    try:
        parts = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError):
        return "a file that is not a workbook"
    if len(parts) > limits.WORKBOOK_PARTS:
        return f"a workbook of {len(parts):,} parts"
    unpacked = sum(part.file_size for part in parts)
    if unpacked > limits.WORKBOOK_UNPACKED:
        return f"a workbook that unpacks to {unpacked:,} bytes"
    for part in parts:
        tight = part.file_size > limits.WORKBOOK_RATIO * max(part.compress_size, 1)
        if tight and part.file_size > limits.WORKBOOK_RATIO_FROM:
            return "a workbook packed as tightly as no honest one is"
    return ""


def read_sheet(name: str, model: type[Versioned], rows: list[list[Any]]) -> Sheet:
    header = [cell.strip() for cell in rows[0][1]]
    yes_no = {f.name for f in columns(model) if isinstance(f, YesNo)}
    at = [i for i, column in enumerate(header) if column in yes_no]
    for _, cells in rows[1:]:
        for i in at:
            cells[i] = YES_NO.get(cells[i], cells[i])
    return Sheet(name, model, header, [(number, cells) for number, cells in rows[1:]])


def error_cells(sheet: Sheet, names: list[str], found: Found) -> None:
    for name in names:
        match = CELL_NAME.fullmatch(name)
        if match:
            found.fault(
                sheet.place,
                int(match[2]),
                heading(sheet.header, match[1]),
                found="an error of the spreadsheet, such as #REF!",
                allowed="a value",
            )


def heading(header: list[str], letters: str) -> str:
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - ord("A") + 1
    return header[index - 1] if 0 < index <= len(header) else letters
