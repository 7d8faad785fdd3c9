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
CELL_NAME = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
MEND = "a value: mend the formula, or write the value in its place"
UNKEPT = "a formula whose result was not kept"
SAVE_IT = "a value: open the file in Excel or LibreOffice and save it there, or write the value in place of the formula"


def read_workbook(path: Path) -> Found:
    """Every table of a workbook as text. A hostile workbook is refused within 20 seconds."""
    with path.open("rb") as file:
        return tables_of(path.name, file.read(limits.WORKBOOK_BYTES + 1))


def tables_of(called: str, content: bytes) -> Found:
    """Every table of a workbook of that name as text."""
    found = Found()
    known = tables()
    for given in cells_of(called, content, found):
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
            tell_faulty(name, sheet.header, given["faulty"], found)
        elif given["faulty"]:
            tell_faulty(name, [], given["faulty"], found)
            found.unread.add(known[name])
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
    parts = parts_of(content)
    if not parts:
        return "a file that is not a workbook"
    if len(parts) > limits.WORKBOOK_PARTS:
        return f"a workbook of {len(parts):,} parts"
    if len({part.filename.lower() for part in parts}) < len(parts):
        return "a workbook with two parts of one name"
    unpacked = sum(part.file_size for part in parts)
    if unpacked > limits.WORKBOOK_UNPACKED:
        return f"a workbook that unpacks to {unpacked:,} bytes"
    for part in parts:
        tight = part.file_size > limits.WORKBOOK_RATIO * max(part.compress_size, 1)
        if tight and part.file_size > limits.WORKBOOK_RATIO_FROM:
            return "a workbook packed as tightly as no honest one is"
    return ""


def parts_of(content: bytes) -> list[zipfile.ZipInfo]:
    """The parts of a workbook, as its zip directory lists them; none where it is no zip."""
    try:
        return zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError):
        return []


def read_sheet(name: str, model: type[Versioned], rows: list[list[Any]]) -> Sheet:
    header = [cell.strip() for cell in rows[0][1]]
    yes_no = {f.name for f in columns(model) if isinstance(f, YesNo)}
    at = [i for i, column in enumerate(header) if column in yes_no]
    for _, cells in rows[1:]:
        for i in at:
            cells[i] = YES_NO.get(cells[i], cells[i])
    return Sheet(name, model, header, [(number, cells) for number, cells in rows[1:]])


def tell_faulty(place: str, header: list[str], cells: list[tuple[str, str]], found: Found) -> None:
    """Tell each cell that holds no value: an error of the spreadsheet, or a formula without its result."""
    for name, error in cells:
        if match := CELL_NAME.fullmatch(name):
            what, allowed = (f"{error}, an error of the spreadsheet", MEND) if error else (UNKEPT, SAVE_IT)
            found.fault(place, int(match[2]), heading(header, match[1]), found=what, allowed=allowed)


def heading(header: list[str], letters: str) -> str:
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - ord("A") + 1
    return header[index - 1] if 0 < index <= len(header) else letters
