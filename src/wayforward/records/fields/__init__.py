"""The kinds of value a record holds: each says how it is read from a cell, written to one, and described.

A field reads text (a CSV cell, a workbook cell written out) into its value or raises `CellFault` with what was found
and what is allowed. Writing is the exact inverse, so an export of an import is the same bytes.
"""

from wayforward.records.fields.base import CellFault, RecordField
from wayforward.records.fields.figures import (
    Day,
    Fraction,
    Level,
    Money,
    Number,
    Pairs,
    Profile,
    Whole,
    YearField,
    YesNo,
    read_year,
    write_year,
)
from wayforward.records.fields.words import Choice, CodeField, LongText, RecordRef, Reference, ShortText

__all__ = [
    "CellFault",
    "Choice",
    "CodeField",
    "Day",
    "Fraction",
    "Level",
    "LongText",
    "Money",
    "Number",
    "Pairs",
    "Profile",
    "RecordField",
    "RecordRef",
    "Reference",
    "ShortText",
    "Whole",
    "YearField",
    "YesNo",
    "read_year",
    "write_year",
]
