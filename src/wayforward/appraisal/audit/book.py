"""The workbook as cells: sheets of one table each, formulas without a kept result, the same bytes each time."""

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Protocol

from wayforward.appraisal.audit.looks import (
    COLOURS,
    HEAD,
    INPUT,
    KINDS,
    LINE,
    LOOKS,
    RIGHT,
    TO_THE_RIGHT,
    height,
    width_of,
)
from wayforward.appraisal.audit.plan import BY_ROW, Column, Plan

CREATED = datetime(2000, 1, 1)  # noqa: DTZ001  # fixed, so that the same case is the same file
A3, A4 = 8, 9  # as a workbook numbers sizes of paper
FITS_A4, FITS_A3 = 150, 310  # characters across a page that can still be read
LONGEST = 32_000  # characters: a cell holds few more
TROUBLE = {"bg_color": "#f6d7d2", "font_color": "#942514", "bold": True}


class Formula(str):
    """A formula; any other text is written as text, whatever it looks like."""

    __slots__ = ()


class Leads(str):
    """The name of a sheet, which leads there."""

    __slots__ = ()


Cell = Formula | Leads | str | float | bool | None


@dataclass(frozen=True)
class Table:
    """Where the cells of a sheet's table stand, so that a formula can name them. Rows count from 0.

    A formula names a cell so that it can be copied: down its column, and in the columns of the years across.
    """

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

    @cached_property
    def _yearly(self) -> frozenset[str]:
        return frozenset(column.key for column in self.columns[len(self.plan.columns) :])

    def letter(self, key: str) -> str:
        """The letters of a column."""
        return self._letters[key]

    def at(self, key: str, row: int) -> str:
        """One cell, as another sheet names it."""
        return f"{self.plan.quoted}!{self.here(key, row)}"

    def here(self, key: str, row: int) -> str:
        """One cell, as its own sheet names it."""
        return f"{self._across(key)}{row + 2}"

    def fixed(self, key: str, row: int) -> str:
        """One cell whose row stays when the formula is copied down, as another sheet names it."""
        return f"{self.plan.quoted}!{self._across(key)}${row + 2}"

    def down(self, key: str) -> str:
        """A column, as another sheet names it."""
        return f"{self.plan.quoted}!{self.down_here(key)}"

    def down_here(self, key: str) -> str:
        """A column, as its own sheet names it. A table without rows has one blank one."""
        letter = self._across(key)
        return f"{letter}$2:{letter}${max(self.size, 1) + 1}"

    def down_to(self, key: str, row: int) -> str:
        """A column from its first row to this one, as another sheet names it."""
        return f"{self.plan.quoted}!{self.down_to_here(key, row)}"

    def down_to_here(self, key: str, row: int) -> str:
        """A column from its first row to this one, as its own sheet names it."""
        letter = self._across(key)
        return f"{letter}$2:{letter}{row + 2}"

    def first(self, key: str, size: int) -> str:
        """The first rows of a column, as another sheet names it."""
        letter = self._across(key)
        return f"{self.plan.quoted}!{letter}$2:{letter}${max(size, 1) + 1}"

    def across(self, block: str, row: int, stays: bool = False) -> str:
        """The years of a row, which stays when the formula is copied down or moves with it."""
        first, last = self.letter(f"{block}0"), self.letter(f"{block}{len(self.years) - 1}")
        own = f"${row + 2}" if stays else str(row + 2)
        return f"{self.plan.quoted}!${first}{own}:${last}{own}"

    def _across(self, key: str) -> str:
        return f"{'' if key in self._yearly else '$'}{self.letter(key)}"


class Tables(Protocol):
    """What knows where the table of each sheet stands."""

    def __getitem__(self, sheet: str, /) -> Table: ...


class Book:
    """A workbook that is being written. Where everything stands is known before anything is written."""

    def __init__(self, tables: Mapping[str, Table]) -> None:
        import xlsxwriter  # only where a workbook is written

        from wayforward.appraisal.audit.quick import QuickSheet

        self._content = io.BytesIO()
        options = {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
        }
        self._workbook = xlsxwriter.Workbook(self._content, options)
        self._tables = tables
        self._sheets = {sheet: self._workbook.add_worksheet(sheet, QuickSheet) for sheet in tables}
        self._looks = {
            (look, kind): self._workbook.add_format({"valign": "top", **how, **kinds.get(look, {}), **colour})
            for look, how in LOOKS.items()
            for kind, (kinds, colour) in KINDS.items()
        }
        self._link = self._workbook.add_format({"valign": "top", "underline": 1, "font_color": INPUT})
        self._trouble = self._workbook.add_format(TROUBLE)
        self._heads = {
            right: self._workbook.add_format(HEAD | (RIGHT if right else {})) for right in (False, True)
        }

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
            sheet.set_header(f"&L{_plain(marking)}&R&A")
            sheet.set_footer(f"&L{_plain(code)}&RPage &P of &N")

    def warn(self, sheet: str, key: str, word: str) -> None:
        """Colour the cells of a column that begin with a word."""
        table = self[sheet]
        place = [column.key for column in table.columns].index(key)
        told = {"type": "text", "criteria": "begins with", "value": word, "format": self._trouble}
        self._sheets[sheet].conditional_format(1, place, max(table.size, 1), place, told)

    def write(self, name: str, rows: Iterable[Mapping[str, Cell]]) -> None:
        """The table of a sheet, with all that makes it readable."""
        table, sheet = self[name], self._sheets[name]
        columns = table.columns
        self._set_up(sheet, table)
        written = 0
        for number, row in enumerate(rows, 1):
            written = number
            words = ((value, column) for column in columns if (value := row.get(column.key)))
            tall = height((value, column) for value, column in words if not isinstance(value, Formula))
            if tall > LINE:
                sheet.set_row(number, tall)
            for place, column in enumerate(columns):
                look = str(row[BY_ROW]) if column.look == BY_ROW else column.look
                self._cell((sheet, number, place), row.get(column.key), _kind(column), look)
        if written != table.size:
            raise ValueError(f"{name}: {written} rows were written where {table.size} were planned")

    def _set_up(self, sheet: Any, table: Table) -> None:
        columns = table.columns
        for place, column in enumerate(columns):
            sheet.set_column(place, place, width_of(column), self._looks[column.look, _kind(column)])
            sheet.write_string(0, place, column.title, self._heads[column.look in TO_THE_RIGHT])
        sheet.set_row(0, height((column.title, column) for column in columns))
        if table.size:
            heads = [
                {"header": column.title, "header_format": self._heads[column.look in TO_THE_RIGHT]}
                for column in columns
            ]
            name = f"Table_{table.plan.sheet.replace(' ', '_')}"
            told = {"name": name, "style": None, "columns": heads}
            sheet.add_table(0, 0, table.size, len(columns) - 1, told)
        sheet.set_tab_color(COLOURS[table.plan.group])
        sheet.freeze_panes(1, table.plan.frozen)
        self._print(sheet, table)

    def _print(self, sheet: Any, table: Table) -> None:
        wide = sum(width_of(column) for column in table.columns)
        sheet.set_landscape()
        sheet.set_paper(A4 if wide <= FITS_A4 else A3)
        sheet.set_margins(left=0.4, right=0.4)
        sheet.repeat_rows(0)
        if wide <= FITS_A3:
            sheet.fit_to_pages(1, 0)
        else:
            # One page wide would be too small to read: the first columns stand on every page instead.
            sheet.set_print_scale(60)
            sheet.repeat_columns(0, table.plan.frozen - 1)

    def _cell(self, at: tuple[Any, int, int], value: Cell, kind: str, looks: str) -> None:
        sheet, row, place = at
        look = self._looks[looks, "" if isinstance(value, Formula) else kind]
        if isinstance(value, Formula):
            # No result is kept beside a formula: whatever opens the file must work it out.
            sheet.write_formula(row, place, value, look, "")
        elif value is None or value == "":
            sheet.write_blank(row, place, None, look)
        elif isinstance(value, Leads):
            sheet.write_url(row, place, f"internal:'{value}'!A1", self._link, value)
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


def _kind(column: Column) -> str:
    return "typed" if column.typed else "told" if column.told else ""


def _plain(words: str) -> str:
    """Words of a header or footer, in which an ampersand would begin a command."""
    return words.replace("&", "&&")


def letters(place: int) -> str:
    """The letters of a column by its place: 0 is A, 26 is AA."""
    before, last = divmod(place, 26)
    return (letters(before - 1) if before else "") + chr(ord("A") + last)


def number(value: Any) -> float | None:
    """A figure of a record as a cell holds it; None where it is not known."""
    return None if value is None else float(value)
