"""A case as a stream and back, without a database, and workbooks changed as a person with a spreadsheet does."""

import io
from collections.abc import Mapping
from typing import Any

import xlsxwriter
from python_calamine import CalamineWorkbook

from wayforward.casefile.differences import Difference, Now, compare
from wayforward.casefile.folder_out import rows_of
from wayforward.casefile.stream_in import Upload, letters_of
from wayforward.casefile.streams import Register, Stream
from wayforward.records.base import Versioned
from wayforward.records.case import Case

Edits = Mapping[tuple[str, str], str | float]  # sheet and cell (C14) to what is put there


def stream_of(case: Case, models: list[type[Versioned]]) -> Stream:
    registers = tuple(Register(model, tuple(rows_of(case, model))) for model in models)
    codes = {model: tuple(row.code for row in case.rows(model)) for model in case.models()}
    return Stream("A case", "Official", registers, codes, "a seal")  # type: ignore[arg-type]  # of records


def compared(
    case: Case, upload: Upload, earlier: Mapping[tuple[str, int], dict[str, str]] | None = None
) -> list[Difference]:
    from wayforward.casefile.sheets import tables

    models = tables()
    found: list[Difference] = []
    for table in upload.tables:
        rows = {row.code: row for row in rows_of(case, models[table.stem])}
        past = earlier or {}
        found += compare(table, Now(models[table.stem], rows, set(rows)), lambda *at: past.get(at))  # noqa: B023  # used at once
    return found


def cells_of(content: bytes) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def edited(content: bytes, edits: Edits) -> bytes:
    """A workbook saved again by another program with some cells changed: values stay, looks are lost."""
    from datetime import date

    sheets = cells_of(content)
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False})
    days = book.add_format({"num_format": "yyyy-mm-dd"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            for column, value in enumerate(row):
                if (name, f"{letters_of(column)}{at + 1}") in edits:
                    continue
                if isinstance(value, date):
                    sheet.write_datetime(at, column, value, days)
                elif isinstance(value, float | int):
                    sheet.write_number(at, column, value)
                elif value != "":
                    sheet.write_string(at, column, value)
        for (stem, cell), value in edits.items():
            if stem == name and isinstance(value, str):
                sheet.write_string(cell, value)
            elif stem == name:
                sheet.write_number(cell, value)
    book.close()
    return out.getvalue()
