"""From text to values: the columns of a sheet, then each cell by its field, then each code once."""

from dataclasses import dataclass, field
from typing import Any

from wayforward.casefile import limits
from wayforward.casefile.sheets import Found, Sheet, is_prose, narrative_field
from wayforward.records.base import Versioned, columns
from wayforward.records.fields import CellFault, RecordField, Reference

Field = RecordField | Reference


@dataclass
class Row:
    """One row read: its values by field, a reference still as the code that stood there."""

    number: int
    values: dict[str, Any]


@dataclass
class Table:
    """A sheet read. `rows` are by code; `places` says where a column stands that has its own file."""

    model: type[Versioned]
    place: str
    rows: dict[str, Row] = field(default_factory=dict)


def read_table(sheet: Sheet, found: Found) -> Table:
    """Every row of a sheet that has a code of its own; what is wrong goes to `found`."""
    table = Table(sheet.model, sheet.place)
    located = locate(sheet, found)
    if not any(f.name == "code" for _, f in located):
        found.unread.add(sheet.model)
        return table
    beyond = [i for i, name in enumerate(sheet.header) if not name]
    first: dict[str, int] = {}
    for number, cells in sheet.rows:
        values = read_row(sheet, number, cells, located, found)
        strays(sheet, number, cells, beyond, found)
        code = values.pop("code")
        if code is None:
            continue
        if (earlier := first.setdefault(code.casefold(), number)) != number:
            allowed = f"a code of its own (row {earlier} has this one; capitals make no difference)"
            found.fault(sheet.place, number, "code", found=code, allowed=allowed)
            continue
        table.rows[code] = Row(number, values)
    if sheet.narratives is not None:
        read_narratives(sheet, table, found)
    return table


def locate(sheet: Sheet, found: Found, *, every: bool = True) -> list[tuple[int, Field]]:
    """Which cell belongs to which field; unknown and repeated columns are faults, and missing ones unless told."""
    fields = {f.name: f for f in columns(sheet.model)}
    if sheet.narratives is not None:
        fields.pop(sheet.model.narrative)
    located: dict[str, int] = {}
    for i, name in enumerate(sheet.header[: limits.COLUMNS]):
        if name in located:
            found.fault(sheet.place, 1, name, found="the column twice", allowed="each column once")
        elif name in fields:
            located[name] = i
        elif name:
            allowed = "a column of the data dictionary" + found.nearest(name, fields)
            found.fault(sheet.place, 1, name, found="an unknown column", allowed=allowed)
    for name, missing in fields.items():
        if every and name not in located:
            blank = "" if missing.required else " (its cells may be blank)"
            allowed = f"the column {name}{blank}: {missing.allowed()}"
            found.fault(sheet.place, 1, name, found="no such column", allowed=allowed)
    return [(i, fields[name]) for name, i in located.items()]


def read_row(
    sheet: Sheet, number: int, cells: list[str], located: list[tuple[int, Field]], found: Found
) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for i, column in located:
        text = cells[i] if i < len(cells) else ""
        if len(text) > limits.CELL_CHARACTERS and not text.isspace():
            found.fault(
                sheet.place,
                number,
                column.name,
                found=f"{len(text):,} characters",
                allowed=f"{column.allowed()} (no cell is over {limits.CELL_CHARACTERS:,} characters)",
            )
            values[column.name] = None
            continue
        if text and (not is_prose(column) or (column.required and text.isspace())):
            text = text.strip()
        try:
            values[column.name] = column.read_cell(text)
        except CellFault as fault:
            values[column.name] = None
            found.fault(sheet.place, number, column.name, found=fault.found, allowed=fault.allowed)
    return values


def strays(sheet: Sheet, number: int, cells: list[str], beyond: list[int], found: Found) -> None:
    """Words under no heading: most often a comma that should have been in quotation marks."""
    for i in (*beyond, *range(len(sheet.header), len(cells))):
        if i < len(cells) and cells[i].strip():
            found.fault(
                sheet.place,
                number,
                f"cell {i + 1}",
                found=cells[i],
                allowed="nothing under no heading (a text with a comma stands in quotation marks)",
            )
            return


def read_narratives(sheet: Sheet, table: Table, found: Found) -> None:
    """Give each row the text of its Markdown file, one newline at the end taken off."""
    narrative = narrative_field(sheet.model)
    assert narrative is not None
    for row in table.rows.values():
        row.values[narrative.name] = ""
    for code, text in (sheet.narratives or {}).items():
        place = f"{sheet.model.stem}/{code}.md"
        if code not in table.rows:
            if sheet.model not in found.unread:
                allowed = f"the code of a row of {sheet.place}" + found.nearest(code, table.rows)
                found.fault(place, found=f"no row with the code {code}", allowed=allowed)
            continue
        try:
            table.rows[code].values[narrative.name] = narrative.read_cell(
                text.replace("\r\n", "\n").removesuffix("\n")
            )
        except CellFault as fault:
            found.fault(place, 0, narrative.name, found=fault.found, allowed=fault.allowed)
