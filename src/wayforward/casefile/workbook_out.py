"""Writing a workbook: a guide, then a sheet for every table, with drop-downs; the same bytes each time."""

import io
import os
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from wayforward.casefile import limits
from wayforward.casefile.folder_out import rows_of
from wayforward.casefile.guide import column_rows
from wayforward.casefile.sheets import tables
from wayforward.casefile.tables import Field
from wayforward.casefile.workbook_in import GUIDE
from wayforward.records.base import Versioned, columns
from wayforward.records.case import Case
from wayforward.records.faults import Fault, Faults
from wayforward.records.fields import (
    Choice,
    Day,
    LongText,
    Money,
    Number,
    Profile,
    Reference,
    Whole,
    YearField,
    YesNo,
)

CREATED = datetime(2000, 1, 1)  # noqa: DTZ001  # fixed, so that the same case is the same file
FIRST_DAY = date(1900, 3, 1)  # before it a spreadsheet counts a day that never was
SPARE_ROWS = 1_000
EXCEL_LIST = 255
MESSAGE = 255
TITLE = 32
FORMATS: dict[str, dict[str, Any]] = {
    "head": {"bold": True, "bg_color": "#0b0c0c", "font_color": "#ffffff", "valign": "top"},
    "text": {"num_format": "@", "valign": "top"},
    "words": {"num_format": "@", "valign": "top", "text_wrap": True},
    "day": {"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"},
    "money": {"num_format": "#,##0.00", "valign": "top"},
    "number": {"num_format": "General", "valign": "top"},
}


def write_workbook(case: Case, path: Path) -> None:
    """Write a case as a workbook, replacing the file in one step.

    Raises Faults where a text is longer than a workbook cell may be.
    """
    rows = {model: rows_of(case, model) for model in tables().values()}
    faults = too_long(rows)
    if faults:
        raise Faults(faults)
    content = io.BytesIO()
    workbook = new_workbook(content, case.exercise.title)
    formats = {name: workbook.add_format(looks) for name, looks in FORMATS.items()}
    write_guide(workbook.add_worksheet(GUIDE), rows, formats)
    places = {model: code_cells(model, len(some)) for model, some in rows.items()}
    for stem, model in tables().items():
        write_sheet(workbook.add_worksheet(stem), model, rows[model], formats, places)
    workbook.close()
    temporary = path.with_name(f".{path.name}.new")
    try:
        temporary.write_bytes(content.getvalue())
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def new_workbook(content: io.BytesIO, title: str) -> Any:
    """An empty workbook in which a text stays a text, whatever it begins with."""
    import xlsxwriter  # used where a workbook is written, and nowhere else

    workbook = xlsxwriter.Workbook(
        content,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
        },
    )
    workbook.set_properties({"title": title, "created": CREATED})
    return workbook


def too_long(tables: Mapping[type[Versioned], Sequence[Versioned]]) -> list[Fault]:
    """A fault for each text that is longer than a workbook cell may be."""
    faults = []
    for model, rows in tables.items():
        for number, row in enumerate(rows, 2):
            for field in columns(model):
                # A spreadsheet counts a character outside the first plane as two.
                text = field.write_cell(getattr(row, field.name))
                length = len(text.encode("utf-16-le")) // 2 if not text.isascii() else len(text)
                if length > limits.CELL_CHARACTERS:
                    allowed = f"at most {limits.CELL_CHARACTERS:,} in a workbook; use a folder"
                    faults.append(Fault(model.stem, number, field.name, f"{length:,} characters", allowed))
    return faults


def write_sheet(
    sheet: Any,
    model: type[Versioned],
    rows: Sequence[Versioned],
    formats: Mapping[str, Any],
    places: Mapping[type[Versioned], str],
) -> None:
    fields = columns(model)
    sheet.freeze_panes(1, 1)
    if not rows:
        sheet.set_tab_color("#b1b4b6")
    for at, field in enumerate(fields):
        looks = formats[format_of(field, model)]
        sheet.set_column(at, at, width(field, rows), looks)
        sheet.write_string(0, at, field.name, formats["head"])
        sheet.data_validation(1, at, len(rows) + SPARE_ROWS, at, validation(field, places))
        for number, row in enumerate(rows, 1):
            write_cell(sheet, number, at, field, getattr(row, field.name), looks)
    if rows:
        sheet.autofilter(0, 0, len(rows), len(fields) - 1)


def write_cell(sheet: Any, row: int, column: int, field: Field, value: Any, looks: Any) -> None:
    """A number or a day as such, where a spreadsheet keeps it exactly; anything else as text."""
    text = field.write_cell(value)
    if text == "":
        return
    if isinstance(field, Day) and value >= FIRST_DAY:
        sheet.write_datetime(row, column, value, looks)
    elif is_number(field) and Decimal(f"{float(text):.15g}") == Decimal(text):
        sheet.write_number(row, column, float(text), looks)
    else:
        sheet.write_string(row, column, text, looks)


def is_number(field: Field) -> bool:
    return isinstance(field, Number | Whole) and not isinstance(field, YearField)


def format_of(field: Field, model: type[Versioned]) -> str:
    if isinstance(field, Day):
        return "day"
    if isinstance(field, Money):
        return "money"
    if is_number(field):
        return "number"
    # A long narrative wrapped would fill the screen with one row.
    wraps = isinstance(field, LongText) and field.name != model.narrative
    return "words" if wraps else "text"


def width(field: Field, rows: Sequence[Versioned]) -> int:
    if isinstance(field, LongText | Profile):
        return 50
    longest = max((len(field.write_cell(getattr(row, field.name))) for row in rows), default=0)
    return min(max(len(field.name) + 4, longest + 2, 12), 40)


def code_cells(model: type[Versioned], rows: int) -> str:
    """Where the codes of a table stand on its sheet, those of rows still to be written with them."""
    return f"={model.stem}!$A$2:$A${rows + SPARE_ROWS}"


def validation(field: Field, places: Mapping[type[Versioned], str]) -> dict[str, Any]:
    """What a spreadsheet shows when a cell is entered, and the drop-down where there is one.

    `places` says for each table in which cells its codes stand.
    """
    message = " ".join(filter(None, [str(field.help_text), f"Allowed: {field.allowed()}."]))
    shown = {
        "input_title": str(field.verbose_name)[:TITLE],
        "input_message": message if len(message) <= MESSAGE else message[: MESSAGE - 3] + "...",
        "ignore_blank": True,
    }
    if isinstance(field, Reference):
        source: Any = places[field.table]
    else:
        words = ["yes", "no"] if isinstance(field, YesNo) else []
        words = list(field.words()) if isinstance(field, Choice) else words
        if not words or len(",".join(words)) > EXCEL_LIST:
            return {"validate": "any", **shown}
        source = words
    refusal = {"error_title": "Not in the list", "error_message": "Choose one from the list."}
    return {"validate": "list", "source": source, **shown, **refusal}


def write_guide(
    sheet: Any, tables: Mapping[type[Versioned], Sequence[Versioned]], formats: Mapping[str, Any]
) -> None:
    """What each table and column is. It is not read back."""
    heads = ["Sheet", "Column", "Label", "What may stand there", "Unit", "Required", "Help"]
    lines = [heads]
    for model, rows in tables.items():
        lines.append([model.stem, "", "", model.meaning(), "", "", f"{len(rows)}"])
        lines += [[model.stem, *line] for line in column_rows(model)]
    sheet.freeze_panes(1, 2)
    for at, wide in enumerate([24, 20, 30, 60, 18, 10, 60]):
        sheet.set_column(at, at, wide, formats["words"])
    for number, line in enumerate(lines):
        for at, text in enumerate(line):
            if text:
                sheet.write_string(number, at, text, formats["words" if number else "head"])
