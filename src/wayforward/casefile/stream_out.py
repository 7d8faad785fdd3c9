"""Writing a stream: a workbook that is filled in with drop-downs and locked where nobody is to write, or one CSV."""

import io
from collections.abc import Mapping
from typing import Any

from wayforward.casefile import csv_text, limits
from wayforward.casefile.sheets import is_prose
from wayforward.casefile.streams import (
    CODES,
    MARKS,
    READ_ME,
    REMOVE,
    SEAL,
    VERSION,
    YES,
    Beside,
    Register,
    Stream,
    marks,
    ticket,
)
from wayforward.casefile.workbook_in import GUIDE
from wayforward.casefile.workbook_out import (
    FORMATS,
    MESSAGE,
    SPARE_ROWS,
    TITLE,
    code_cells,
    format_of,
    new_workbook,
    too_long,
    validation,
    width,
    write_cell,
    write_guide,
)
from wayforward.records.base import Versioned, columns
from wayforward.records.faults import Faults
from wayforward.records.fields import Reference

LOCKED = {"bg_color": "#eceff3", "font_color": "#383f43"}
NOTE = {**FORMATS["words"], **LOCKED, "italic": True}
HEAD_OF_OWN = {**FORMATS["head"], "bg_color": "#505a5f"}
REMOVE_SAYS = f"Write {YES} to take the row away. A row that is missing from the sheet is left as it is."
WIDE = 45
# What may be done on a locked sheet besides filling in its open cells.
ALLOWED = {"format_columns": True, "format_rows": True, "autofilter": True, "sort": True}
HOW_TO = (
    "Change white cells. Grey cells are locked: codes of rows that are there, and what is worked out for you.",
    "Add a row below the last: give it a code of its own that no row of the register has or ever had.",
    f"To take a row away, write {YES} in the column {REMOVE}. A row that you leave out stays as it is.",
    "A blank cell means that the value is not known. It never means nought, and never no.",
    "Save as a workbook (.xlsx) and upload it on the page Round trip. You see every change before it is kept.",
)


def workbook(stream: Stream) -> bytes:
    """A stream as a workbook: the same bytes for the same stream.

    Raises Faults where a text is longer than a workbook cell may be.
    """
    rows = {one.model: one.rows for one in stream.registers}
    if faults := too_long(rows):
        raise Faults(faults)
    content = io.BytesIO()
    book = new_workbook(content, stream.title)
    plain = {name: book.add_format(looks) for name, looks in FORMATS.items()}
    _write_read_me(book.add_worksheet(READ_ME), stream, plain)
    write_guide(book.add_worksheet(GUIDE), rows, plain)
    formats = _formats(book)
    places = {model: code_cells(model, len(some)) for model, some in rows.items()}
    places |= _code_places(stream)
    for one in stream.registers:
        sheet = book.add_worksheet(one.model.stem)
        sheet.set_footer(f"&L{_for_print(stream.marking)}&R&A, page &P of &N")
        _write_register(sheet, one, formats, places)
    _write_codes(book.add_worksheet(CODES), stream)
    _write_seal(book.add_worksheet(SEAL), stream)
    book.close()
    return content.getvalue()


def csv_of(register: Register, stream: Stream) -> str:
    """One register as CSV, safe to open in a spreadsheet; lines that begin with # say what it is."""
    fields = columns(register.model)
    prose = [is_prose(f) for f in fields]
    lines = [
        ["# marking", csv_text.neutral(stream.marking)],
        ["# register", register.model.stem],
        ["# seal", stream.seal],
        [*(f.name for f in fields), REMOVE, VERSION],
    ]
    for row in register.rows:
        cells = [f.write_cell(getattr(row, f.name)) for f in fields]
        safe = [csv_text.neutral(cell) if free else cell for cell, free in zip(cells, prose, strict=True)]
        lines.append([*safe, "", ticket(row)])
    return csv_text.write(lines)


def _formats(book: Any) -> dict[str, Any]:
    """Each look twice, open to entry and locked; heads are always locked, as a cell is unless told otherwise."""
    found = {name: book.add_format({**looks, "locked": False}) for name, looks in FORMATS.items()}
    found |= {f"locked {name}": book.add_format({**looks, **LOCKED}) for name, looks in FORMATS.items()}
    always = {"head": FORMATS["head"], "own head": HEAD_OF_OWN, "note": NOTE}
    return found | {name: book.add_format(looks) for name, looks in always.items()}


def _write_register(
    sheet: Any, register: Register, formats: Mapping[str, Any], places: Mapping[type[Versioned], str]
) -> None:
    fields, rows = columns(register.model), register.rows
    way = "locked " if register.locked else ""
    sheet.freeze_panes(1, 1)
    if not rows:
        sheet.set_tab_color("#b1b4b6")
    for at, field in enumerate(fields):
        look = format_of(field, register.model)
        sheet.set_column(at, at, width(field, rows), formats[way + look])
        sheet.write_string(0, at, field.name, formats["head"])
        sheet.data_validation(1, at, len(rows) + SPARE_ROWS, at, validation(field, places))
        # The code of a row that is there is its name for ever; below it new codes may be written.
        looks = formats["locked text" if field.name == "code" else way + look]
        for number, row in enumerate(rows, 1):
            write_cell(sheet, number, at, field, getattr(row, field.name), looks)
    _write_own(sheet, register, formats, len(fields))
    # All of a row is sorted together, what is hidden of it too.
    sheet.autofilter(0, 0, max(len(rows), 1), len(fields) + 2 + len(register.beside))
    sheet.protect("", ALLOWED)


def _write_own(sheet: Any, register: Register, formats: Mapping[str, Any], at: int) -> None:
    """The columns to the right: whether to remove, hidden version and marks, and what is worked out beside each row."""
    rows = register.rows
    sheet.set_column(at, at, 10, formats["locked text" if register.locked else "text"])
    sheet.write_string(0, at, REMOVE, formats["own head"])
    asks = {"validate": "list", "source": [YES], "ignore_blank": True, **_message(REMOVE, REMOVE_SAYS)}
    sheet.data_validation(1, at, len(rows) + SPARE_ROWS, at, asks)
    sheet.set_column(at + 1, at + 2, 12, formats["locked text"], {"hidden": True})
    for place, name in ((at + 1, VERSION), (at + 2, MARKS)):
        sheet.write_string(0, place, name, formats["own head"])
    for number, row in enumerate(rows, 1):
        sheet.write_string(number, at + 1, ticket(row), formats["locked text"])
        beside = {one.name: _cell(one, row) for one in register.beside}
        sheet.write_string(number, at + 2, marks(beside), formats["locked text"])
    for place, one in enumerate(register.beside, at + 3):
        sheet.set_column(place, place, WIDE, formats["locked words"])
        sheet.write_string(0, place, one.name, formats["own head"])
        says = (
            f"{one.says} Worked out when this was downloaded, not entered: what is written here is refused."
        )
        told = {"validate": "any", **_message(one.name, says)}
        sheet.data_validation(1, place, max(len(rows), 1), place, told)
        for number, row in enumerate(rows, 1):
            if text := _cell(one, row):
                sheet.write_string(number, place, text, formats["note"])


def _cell(one: Beside, row: Versioned) -> str:
    return one.cells.get(row.code, "")[: limits.CELL_CHARACTERS]


def _message(title: str, says: str) -> dict[str, str]:
    return {"input_title": title[:TITLE], "input_message": says[:MESSAGE]}


def _write_read_me(sheet: Any, stream: Stream, formats: Mapping[str, Any]) -> None:
    sheet.set_column(0, 0, 110, formats["words"])
    locked = [f"{one.model.stem}: locked. {one.locked}" for one in stream.registers if one.locked]
    lines = [stream.title, f"Marking: {stream.marking}", *stream.told, *HOW_TO, *locked]
    for number, line in enumerate(lines):
        sheet.write_string(number, 0, line, formats["head" if number == 0 else "words"])
    sheet.protect("")


def _named(stream: Stream) -> list[type[Versioned]]:
    """The tables that cells of the stream name and that are no sheet of it."""
    own = {one.model for one in stream.registers}
    fields = (field for one in stream.registers for field in columns(one.model))
    named: dict[type[Versioned], None] = {
        field.table: None for field in fields if isinstance(field, Reference) and field.table not in own
    }
    return list(named)


def _code_places(stream: Stream) -> dict[type[Versioned], str]:
    """Where on the hidden sheet the codes of other tables stand."""
    from xlsxwriter.utility import xl_col_to_name

    return {
        model: f"={CODES}!${xl_col_to_name(at)}$2:${xl_col_to_name(at)}${max(len(stream.codes[model]), 1) + 1}"
        for at, model in enumerate(_named(stream))
    }


def _write_codes(sheet: Any, stream: Stream) -> None:
    for at, model in enumerate(_named(stream)):
        for number, text in enumerate((model.stem, *stream.codes[model])):
            sheet.write_string(number, at, text)
    sheet.protect("")
    sheet.hide()


def _write_seal(sheet: Any, stream: Stream) -> None:
    sheet.write_string(0, 0, stream.seal)
    sheet.protect("")
    sheet.very_hidden()


def _for_print(text: str) -> str:
    """A text in the foot of a printed page, where & begins a command."""
    return text.replace("&", "&&")
