"""The rows and the chart of a finding as files, which say what they are wherever they go."""

import json
import re
from xml.sax.saxutils import escape

from wayforward.casefile import csv_text
from wayforward.findings import Findings
from wayforward.findings.finding import Finding, Scalar
from wayforward.pages.marking import in_words
from wayforward.pages.pictures import Picture
from wayforward.pages.present import source_line


def told(findings: Findings, one: Finding) -> dict[str, str]:
    """What must be known of a finding's figures: by name, each a line of text."""
    exercise = findings.case.exercise
    lines = {
        "finding": f"{one.title} ({one.key})",
        "says": one.headline,
        "exercise": f"{exercise.title} ({exercise.code})",
        "marking": in_words(findings.case, [one.marking]),
        "prices": one.price_base,
        "source": source_line(one),
        "notice": exercise.notice,
        "as at": findings.today.isoformat(),
    }
    return {name: " ".join(text.split()) for name, text in lines.items() if text.strip()}


def csv_of(one: Finding, notes: dict[str, str] | None = None) -> str:
    """The rows as CSV, safe to open in a spreadsheet; notes come before them, each with # before its name."""
    lines = [[f"# {name}", csv_text.neutral(text)] for name, text in (notes or {}).items()]
    if notes:
        lines += [[f"# column {c.name}", csv_text.neutral(_with_unit(c.title, c.unit))] for c in one.columns]
    lines.append([column.name for column in one.columns])
    lines += [[_cell(row.get(c.name)) for c in one.columns] for row in one.rows]
    return csv_text.write(lines)


def svg_of(picture: Picture, notes: dict[str, str]) -> str:
    """The chart as an SVG file with a title and a description, which programs show and people can read."""
    title = escape(notes["says"])
    words = escape(" ".join([picture.alt, *(f"{name.capitalize()}: {text}" for name, text in notes.items())]))
    return re.sub(
        r"<svg\b[^>]*>",
        lambda m: f"{m.group()}<title>{title}</title><desc>{words}</desc>",
        picture.svg,
        count=1,
    )


def _with_unit(title: str, unit: str) -> str:
    return f"{title} ({unit})" if unit else title


def _cell(value: Scalar) -> str:
    if value is None:
        return ""
    return csv_text.neutral(value) if isinstance(value, str) else json.dumps(value)
