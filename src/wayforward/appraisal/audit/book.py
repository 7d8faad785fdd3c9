"""The workbook as cells: sheets of one table each, formulas without a kept result, the same bytes each time."""

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Protocol

from wayforward.appraisal.audit.plan import Column, Plan

CREATED = datetime(2000, 1, 1)  # noqa: DTZ001  # fixed, so that the same case is the same file
INPUT, HEAD_FILL, HEAD_TEXT = "#1d70b8", "#0b0c0c", "#ffffff"
A4 = 9  # as a workbook numbers sizes of paper
LINE, MOST_LINES = 15.0, 27  # points a line of words, and what a row can be
ROOM = 1.0  # of a column's width is left for words
WIDEST_PAGE = 250  # characters
LONGEST = 32_000  # characters: a cell holds few more
MONEY = "£#,##0.00;-£#,##0.00"
LOOKS: dict[str, dict[str, Any]] = {
    "text": {},
    "words": {"text_wrap": True},
    "year": {"num_format": "0", "align": "left"},
    "whole": {"num_format": "#,##0;-#,##0"},
    "number": {"num_format": "#,##0.00;-#,##0.00"},
    "exact": {"num_format": "General"},
    "figure": {"num_format": "#,##0.00####;-#,##0.00####"},
    "money": {"num_format": MONEY},
    "percent": {"num_format": "0.00%;-0.00%"},
    "factor": {"num_format": "0.000000;-0.000000"},
}
WIDTHS = {
    "text": 18,
    "words": 60,
    "year": 10,
    "whole": 10,
    "number": 12,
    "exact": 14,
    "money": 18,
    "figure": 22,
}
WIDTHS |= {"percent": 10, "factor": 12}


class Formula(str):
    """A formula; any other text is written as text, whatever it looks like."""

    __slots__ = ()


Cell = Formula | str | float | bool | None


@dataclass(frozen=True)
class Table:
    """Where the cells of a sheet's table stand, so that a formula can name them. Rows count from 0."""

    plan: Plan
    years: tuple[str, ...]
    size: int

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The columns of the sheet, those of its years at the end."""
        return self.plan.over(self.years)

    @cached_property
    def _letters(self) -> dict[str, str]:
        return {column.key: letters(place) for place, column in enumerate(self.columns)}

    def letter(self, key: str) -> str:
        """The letters of a column."""
        return self._letters[key]

    def at(self, key: str, row: int) -> str:
        """One cell, as another sheet names it."""
        return f"{self.plan.quoted}!{self.here(key, row)}"

    def here(self, key: str, row: int) -> str:
        """One cell, as its own sheet names it."""
        return f"${self.letter(key)}{row + 2}"

    def down(self, key: str, size: int | None = None) -> str:
        """A column, or its first rows, as another sheet names it."""
        return f"{self.plan.quoted}!{self.down_here(key, size)}"

    def down_here(self, key: str, size: int | None = None) -> str:
        """A column, or its first rows, as its own sheet names it. A table without rows has one blank one."""
        letter = self.letter(key)
        last = max(self.size if size is None else size, 1) + 1
        return f"${letter}$2:${letter}${last}"

    def across(self, block: str, row: int) -> str:
        """The years of a row."""
        first, last = self.letter(f"{block}0"), self.letter(f"{block}{len(self.years) - 1}")
        return f"{self.plan.quoted}!${first}{row + 2}:${last}{row + 2}"


class Tables(Protocol):
    """What knows where the table of each sheet stands."""

    def __getitem__(self, sheet: str, /) -> Table: ...


class Book:
    """A workbook that is being written. Where everything stands is known before anything is written."""

    def __init__(self, tables: Mapping[str, Table]) -> None:
        import xlsxwriter  # only where a workbook is written

        self._content = io.BytesIO()
        options = {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
        }
        self._workbook = xlsxwriter.Workbook(self._content, options)
        self._tables = tables
        self._sheets = {sheet: self._workbook.add_worksheet(sheet) for sheet in tables}
        self._looks = {
            (look, typed): self._workbook.add_format(
                {"valign": "top", **how, **({"font_color": INPUT} if typed else {})}
            )
            for look, how in LOOKS.items()
            for typed in (False, True)
        }
        # A text that somebody edits stays a text.
        for words in ("text", "words"):
            self._looks[words, True].set_num_format("@")
        self._head = self._workbook.add_format(
            {
                "bold": True,
                "bg_color": HEAD_FILL,
                "font_color": HEAD_TEXT,
                "text_wrap": True,
                "valign": "top",
            }
        )

    def __getitem__(self, sheet: str) -> Table:
        return self._tables[sheet]

    def name(self, name: str, sheet: str, key: str, row: int) -> None:
        """Give a cell a name that formulas can use."""
        table = self[sheet]
        self._workbook.define_name(name, f"={table.plan.quoted}!${table.letter(key)}${row + 2}")

    def constant(self, name: str, value: str) -> None:
        """Give a constant a name that formulas can use."""
        self._workbook.define_name(name, f"={value}")

    def about(self, title: str, marking: str, code: str) -> None:
        """The document's own title, and what each printed page carries."""
        self._workbook.set_properties({"title": title, "created": CREATED})
        for sheet in self._sheets.values():
            sheet.set_header(f"&L{marking}&R&A")
            sheet.set_footer(f"&L{code}&RPage &P of &N")

    def write(self, name: str, rows: Iterable[Mapping[str, Cell]]) -> None:
        """The table of a sheet, with all that makes it readable."""
        table, sheet = self[name], self._sheets[name]
        columns = table.columns
        self._set_up(sheet, table)
        written = 0
        for number, row in enumerate(rows, 1):
            written = number
            tall = _height((value, column) for column in columns if (value := row.get(column.key)))
            if tall > LINE:
                sheet.set_row(number, tall)
            for place, column in enumerate(columns):
                self._cell(sheet, number, place, row.get(column.key), column)
        if written != table.size:
            raise ValueError(f"{name}: {written} rows were written where {table.size} were planned")

    def _set_up(self, sheet: Any, table: Table) -> None:
        columns = table.columns
        for place, column in enumerate(columns):
            wide = column.width or WIDTHS[column.look]
            sheet.set_column(place, place, wide, self._looks[column.look, column.typed])
            sheet.write_string(0, place, column.title, self._head)
        sheet.set_row(0, _height((column.title, column) for column in columns))
        if table.size:
            heads = [{"header": column.title, "header_format": self._head} for column in columns]
            name = f"Table_{table.plan.sheet.replace(' ', '_')}"
            told = {"name": name, "style": None, "columns": heads}
            sheet.add_table(0, 0, table.size, len(columns) - 1, told)
        sheet.freeze_panes(1, table.plan.frozen)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.repeat_rows(0)
        if sum(column.width or WIDTHS[column.look] for column in columns) <= WIDEST_PAGE:
            sheet.fit_to_pages(1, 0)
        else:
            # One page wide would be too small to read: the first columns stand on every page instead.
            sheet.set_print_scale(60)
            sheet.repeat_columns(0, table.plan.frozen - 1)

    def _cell(self, sheet: Any, row: int, place: int, value: Cell, column: Column) -> None:
        typed = column.typed and not isinstance(value, Formula)
        look = self._looks[column.look, typed]
        if isinstance(value, Formula):
            # No result is kept beside a formula: whatever opens the file must work it out.
            sheet.write_formula(row, place, value, look, "")
        elif value is None or value == "":
            sheet.write_blank(row, place, None, look)
        elif isinstance(value, bool):
            sheet.write_string(row, place, "yes" if value else "no", look)
        elif isinstance(value, str):
            sheet.write_string(row, place, value[:LONGEST], look)
        else:
            sheet.write_number(row, place, float(value), look)

    def content(self) -> bytes:
        """The finished file."""
        self._workbook.close()
        return self._content.getvalue()


def _height(cells: Iterable[tuple[Cell, Column]]) -> float:
    """How tall a row has to be for its words, which not every program works out for itself."""
    lines = 1
    for value, column in cells:
        if isinstance(value, str) and not isinstance(value, Formula):
            wraps = column.look == "words" or value == column.title
            room = (column.width or WIDTHS[column.look]) * ROOM
            lines = max(lines, -(-len(value) // int(room)) if wraps else 1)
    return LINE * min(lines, MOST_LINES)


def letters(place: int) -> str:
    """The letters of a column by its place: 0 is A, 26 is AA."""
    before, last = divmod(place, 26)
    return (letters(before - 1) if before else "") + chr(ord("A") + last)


def number(value: Any) -> float | None:
    """A figure of a record as a cell holds it; None where it is not known."""
    return None if value is None else float(value)
