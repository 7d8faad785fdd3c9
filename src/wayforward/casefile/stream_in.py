"""Reading a stream that comes back: a workbook or one CSV, cell by cell, before it is compared with anything.

A cell that can't be read is a fault told by its place on the sheet, and the rest is read all the same.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from wayforward.casefile import csv_text, folder_in, limits, workbook_in
from wayforward.casefile.sheets import Found, Sheet, shown, tables
from wayforward.casefile.streams import CODES, MARKS, OWN, READ_ME, REMOVE, SEAL, VERSION, written_over
from wayforward.casefile.tables import locate, read_row
from wayforward.records.faults import Fault, Faults
from wayforward.records.fields import RecordField

NOT_READ = (READ_ME, workbook_in.GUIDE, CODES)
MOST_ROWS = 20_000  # of all registers of one upload
A_NOTE = "#"
CSV_UNPACKED = 8  # the bytes of a sheet to one of the same rows as CSV
NOTES = 10  # lines before the heads of a CSV at most


@dataclass
class Row:
    """One row as it came: its cells as the register would write them, and what could not be read, by column.

    `over` holds what somebody wrote into its locked cells, over what was worked out.
    """

    number: int
    code: str
    ticket: str
    remove: str
    cells: dict[str, str]
    faults: dict[str, tuple[str, str]] = field(default_factory=dict)
    over: dict[str, str] = field(default_factory=dict)


@dataclass
class Table:
    """One register as it came; `letters` says in which column of the sheet each of its columns stands."""

    stem: str
    letters: dict[str, str]
    rows: list[Row] = field(default_factory=list)

    def place(self, row: Row, column: str) -> str:
        """The cell of a row as a spreadsheet calls it: C14."""
        return f"{self.letters.get(column, '')}{row.number}"


@dataclass
class Upload:
    """What came: its seal, its registers, and what is wrong with a sheet as a whole."""

    name: str
    seal: str
    tables: list[Table]
    faults: list[Fault]

    def as_json(self) -> str:
        return json.dumps(vars(self), default=vars, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "Upload":
        kept = json.loads(text)
        some = [
            Table(
                one["stem"],
                one["letters"],
                [
                    Row(**{**row, "faults": {name: tuple(fault) for name, fault in row["faults"].items()}})
                    for row in one["rows"]
                ],
            )
            for one in kept["tables"]
        ]
        return cls(kept["name"], kept["seal"], some, [Fault(**fault) for fault in kept["faults"]])


def read_stream(name: str, content: bytes) -> Upload:
    """What somebody gave back. Raises Faults where nothing of it can be read, or it is more than is read at once."""
    found = Found()
    if name.lower().endswith(".csv"):
        seal, sheets = _csv(name, content, found)
    else:
        seal, sheets = _workbook(name, content, found)
    if not sheets:
        if not found.faults:
            found.fault(name, found="no register", allowed="a sheet of a register, with its heads and rows")
        raise Faults(found.faults)
    if sum(len(sheet.rows) for sheet in sheets) > MOST_ROWS:
        allowed = f"at most {MOST_ROWS:,} rows at once: upload one register after the other"
        raise Faults([Fault(shown(name), 0, "", f"more than {MOST_ROWS:,} rows", allowed)])
    read = [_table(sheet, found) for sheet in sheets]
    if len(found.faults) >= limits.FAULTS:
        # Past this a fault is no longer kept, and a cell that can't be read would look blank.
        allowed = "a file with fewer: see that it is the one that was downloaded"
        raise Faults([Fault(shown(name), 0, "", f"{limits.FAULTS:,} faults or more", allowed)])
    at_rows = {(table.stem, row.number) for table in read for row in table.rows}
    whole = [one for one in found.faults if (one.place, one.row) not in at_rows]
    return Upload(shown(name), seal, read, whole)


def weight(name: str, content: bytes) -> int:
    """How long a file takes to read, before it is read: the bytes of a workbook once unpacked, a CSV's as it would be.

    Nothing for what its zip directory shows to be no workbook, or a bomb: that is refused at once.
    """
    if name.lower().endswith(".csv"):
        return CSV_UNPACKED * len(content) if len(content) <= limits.FILE_BYTES else 0
    if workbook_in.refused(content):
        return 0
    return sum(part.file_size for part in workbook_in.parts_of(content))


def _workbook(name: str, content: bytes, found: Found) -> tuple[str, list[Sheet]]:
    seal = ""
    sheets: list[Sheet] = []
    known = tables()
    for given in workbook_in.cells_of(shown(name), content, found):
        stem = given["name"]
        if stem == SEAL:
            seal = given["rows"][0][1][0] if given["rows"] and given["rows"][0][1] else ""
        elif stem in NOT_READ:
            continue
        elif stem not in known:
            allowed = "sheets that are registers" + found.nearest(stem, known)
            found.fault(stem, found="a sheet that is no register, and is not read", allowed=allowed)
        elif any(sheet.place == stem for sheet in sheets):
            found.fault(stem, found="two sheets of this name", allowed="one; the first is read")
        elif given["rows"]:
            sheet = workbook_in.read_sheet(stem, known[stem], given["rows"])
            sheets.append(sheet)
            workbook_in.tell_faulty(stem, sheet.header, given["faulty"], found)
        elif given["faulty"]:
            workbook_in.tell_faulty(stem, [], given["faulty"], found)
    return seal, sheets


def _csv(name: str, content: bytes, found: Found) -> tuple[str, list[Sheet]]:
    """A CSV says in its first lines which register it is; without them its file name must."""
    if len(content) > limits.FILE_BYTES:
        over = f"at most {limits.FILE_BYTES:,} bytes"
        raise Faults([Fault(shown(name), 0, "", f"more than {limits.FILE_BYTES:,} bytes", over)])
    text = folder_in.decoded(shown(name), content, found)
    if text is None:
        return "", []
    notes, heads = _notes(text)
    known = tables()
    stem = notes.get("register", "") or name.rpartition("/")[2].rpartition(".")[0]
    if stem not in known:
        allowed = (
            "a line '# register' before the heads, as in the download, or the register as the file's name"
        )
        found.fault(name, found=f"a CSV of no known register ({shown(stem)})", allowed=allowed)
        return "", []
    sheet = folder_in.read_sheet(stem, known[stem], heads, found)
    if sheet:
        sheet.rows = [(number + len(notes), cells) for number, cells in sheet.rows]
    # A CSV with a quotation mark that is never closed has no rows that can be trusted.
    return notes.get("seal", ""), [sheet] if sheet and not found.unread else []


def _notes(text: str) -> tuple[dict[str, str], str]:
    """The lines before the heads that begin with #, by name, and the text after them."""
    notes: dict[str, str] = {}
    while text.startswith((A_NOTE, f'"{A_NOTE}')) and len(notes) < NOTES:
        line, _, text = text.partition("\n")
        try:
            cells = next(iter(csv_text.read(line.rstrip("\r"))), (1, [""]))[1]
        except csv_text.CsvFault:
            cells = [line]
        notes[cells[0].lstrip(A_NOTE).strip() or f"line {len(notes)}"] = cells[1].strip() if cells[1:] else ""
    return notes, text


def _table(sheet: Sheet, found: Found) -> Table:
    """Every row of a sheet. The product's own columns are taken off first, and a column that is missing is left out."""
    own = {name: at for at, name in enumerate(sheet.header) if name.startswith(OWN)}
    beside = [name for name in own if name not in (REMOVE, VERSION, MARKS)] if MARKS in own else []
    letters = {name: letters_of(at) for at, name in reversed(list(enumerate(sheet.header))) if name}
    kept = [at for at, name in enumerate(sheet.header) if name and not name.startswith(OWN)]
    bare = Sheet(sheet.place, sheet.model, [sheet.header[at] for at in kept], [])
    located = locate(bare, found, every=False)
    table = Table(sheet.model.stem, {name: letters[name] for name in (*bare.header, *own)})
    if not any(f.name == "code" for _, f in located):
        found.fault(sheet.place, 1, "code", found="no such column", allowed="the column code, as downloaded")
        return table
    beyond = [at for at, name in enumerate(sheet.header) if not name]
    first: dict[str, int] = {}
    errors = _errors(sheet.place, found)
    for number, cells in sheet.rows:
        given = [cells[at] if at < len(cells) else "" for at in kept]
        own_cells = {name: cells[at].strip() if at < len(cells) else "" for name, at in own.items()}
        if not any(text.strip() for text in given) and not own_cells.get(REMOVE):
            continue
        before = len(found.faults)
        values = read_row(bare, number, given, located, found)
        faults = errors.get(number, {}) | {f.column: (f.found, f.allowed) for f in found.faults[before:]}
        row = _row(sheet, number, values, own_cells, faults)
        row.over = written_over(own_cells.get(MARKS, ""), {name: own_cells[name] for name in beside})
        stray = next(_strays(sheet, cells, beyond), None)
        if stray is not None:
            allowed = "nothing under no head (in a CSV, a text with a comma stands in quotation marks)"
            row.faults["code"] = (f"{shown(cells[stray])} in {letters_of(stray)}{number}", allowed)
        if row.code and (earlier := first.setdefault(row.code.casefold(), number)) != number:
            allowed = f"a code of its own (row {earlier} has this one; capitals make no difference)"
            row.faults["code"] = (row.code, allowed)
        table.rows.append(row)
    return table


def _row(
    sheet: Sheet, number: int, values: dict[str, Any], own: dict[str, str], faults: dict[str, tuple[str, str]]
) -> Row:
    fields = {f.name: f for f in sheet.model._meta.concrete_fields}
    cells: dict[str, str] = {}
    for name, value in values.items():
        one = fields[name]
        cells[name] = one.write_cell(value) if isinstance(one, RecordField) else value or ""
    return Row(number, cells.pop("code"), own.get(VERSION, ""), own.get(REMOVE, ""), cells, faults)


def _errors(place: str, found: Found) -> dict[int, dict[str, tuple[str, str]]]:
    """The cells of a sheet that hold an error of the spreadsheet, by row and column."""
    errors: dict[int, dict[str, tuple[str, str]]] = {}
    for fault in found.faults:
        if fault.place == place and fault.row > 1:
            errors.setdefault(fault.row, {})[fault.column] = (fault.found, fault.allowed)
    return errors


def _strays(sheet: Sheet, cells: list[str], beyond: list[int]) -> Iterator[int]:
    """Words under no head."""
    for at in (*beyond, *range(len(sheet.header), len(cells))):
        if at < len(cells) and cells[at].strip():
            yield at


def letters_of(at: int) -> str:
    """The name that a spreadsheet gives the column at a place, the first being 0: A, Z, AA."""
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
