"""How cells look: formats, widths and heights by what a column holds, colours by what a sheet is."""

from collections.abc import Iterable
from typing import Any

from wayforward.appraisal.audit.plan import ABOUT, BY_ROW, ENTERED, FOUND, STEP, Column

INPUT, HEAD_FILL, HEAD_TEXT = "#1d70b8", "#0b0c0c", "#ffffff"
COLOURS = {ABOUT: HEAD_FILL, ENTERED: INPUT, STEP: "#b1b4b6", FOUND: "#00703c"}
LINE, MOST_LINES = 15.0, 27  # points a line of words, and what a row can be
RIGHT = {"align": "right", "indent": 1}  # so that words in the next column stand apart
LOOKS: dict[str, dict[str, Any]] = {
    "text": {},
    "words": {"text_wrap": True},
    "year": {"num_format": "0", "align": "left"},
    "flag": {"num_format": "0", "align": "left"},
    "whole": {"num_format": "#,##0;-#,##0", **RIGHT},
    "number": {"num_format": "#,##0.00;-#,##0.00", **RIGHT},
    "exact": {"num_format": "General", **RIGHT},
    BY_ROW: {**RIGHT},
    "money": {"num_format": "£#,##0.00;-£#,##0.00", **RIGHT},
    "percent": {"num_format": "0.00%;-0.00%", **RIGHT},
    "factor": {"num_format": "0.000000;-0.000000", **RIGHT},
}
# A text that somebody edits stays a text; a formula that somebody edits stays a formula.
AS_TEXT = {look: {"num_format": 49} for look in ("text", "words")}  # 49 is "@"
KINDS: dict[str, tuple[dict[str, dict[str, Any]], dict[str, Any]]] = {
    "typed": (AS_TEXT, {"font_color": INPUT}),
    "told": (AS_TEXT, {}),
    "": ({}, {}),
}
TO_THE_RIGHT = frozenset(look for look, how in LOOKS.items() if how.get("align") == "right")
WIDTHS = {
    "text": 18,
    "words": 60,
    "year": 10,
    "flag": 15,
    "whole": 10,
    "number": 14,
    "exact": 14,
    "money": 18,
    BY_ROW: 22,
    "percent": 13,
    "factor": 13,
}
HEAD = {
    "bold": True,
    "bg_color": HEAD_FILL,
    "font_color": HEAD_TEXT,
    "text_wrap": True,
    "valign": "top",
}


def width_of(column: Column) -> int:
    """How wide a column is, in characters."""
    return column.width or WIDTHS[column.look]


def height(cells: Iterable[tuple[object, Column]]) -> float:
    """How tall a row has to be for its words, which not every program works out for itself."""
    lines = 1
    for value, column in cells:
        if isinstance(value, str):
            wraps = column.look == "words" or value == column.title
            lines = max(lines, _lines(value, width_of(column)) if wraps else 1)
    return LINE * min(lines, MOST_LINES)


def _lines(text: str, wide: int) -> int:
    """On how many lines words stand that break between words."""
    lines, left = 1, wide
    for word in text.split():
        if len(word) > left:
            lines, left = lines + 1, wide
        left -= len(word) + 1
    return lines
