"""Records in plain values: for a list, a record's page, and their JSON twins."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from wayforward.findings import show
from wayforward.pages.labels import short
from wayforward.pages.people import called
from wayforward.records.base import Versioned, columns
from wayforward.records.case import Case
from wayforward.records.fields import (
    Choice,
    Level,
    LongText,
    Money,
    Number,
    Profile,
    RecordField,
    RecordRef,
    Reference,
    Whole,
    YearField,
)
from wayforward.records.models import Citation, Event, Evidence

MOST_LISTED = 7
LONGEST_CELL = 90
NONE_NAMED = "none named"  # of a link to another record: it need not have one
IDENTIFIERS = ("seed",)  # numbers that nobody counts with

Column = RecordField | Reference


def blank_means(field: Column) -> str:
    """What a blank stands for, where the field says so: 'blank: real'. Elsewhere a blank is not known."""
    said = re.search(r"Blank: ([^.]+)", str(field.help_text))
    return f"blank: {said.group(1)}" if said else ""


def field_text(record: Versioned, field: Column) -> str:
    """A record's field as people read it; unknown is said, never blank."""
    value = getattr(record, field.name)
    if value is None or value == "":
        return blank_means(field) or show.UNKNOWN
    if isinstance(field, Reference):
        return str(value.label or value.code)
    if isinstance(field, Choice):
        return str(dict(field.flatchoices)[value])
    if isinstance(field, Money):
        return show.money(float(value))
    if isinstance(field, YearField):
        return show.financial_year(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if hasattr(value, "isoformat"):
        return show.day(value.isoformat())
    if isinstance(field, Profile):
        return _yearly(field.write_cell(value))
    if field.unit == "fraction":
        return f"{show.fixed(float(value), 1, 0.01).removesuffix('.0')}%"
    return show.number(float(value)) if hasattr(value, "__float__") else str(value)


def _yearly(text: str) -> str:
    """'2013-14: 250000; 2014-15 to 2016-17: 400000' with pounds and commas."""
    parts = (part.rpartition(": ") for part in text.split("; "))
    return "; ".join(f"{span}: £{float(amount):,.0f}" for span, _, amount in parts)


def exact_text(record: Versioned, field: Column) -> str:
    """A field on its record's own page: money to the pound, and other numbers with their unit."""
    value = getattr(record, field.name)
    if value in (None, "") or not isinstance(field, Number | Whole):
        return field_text(record, field)
    if field.name in IDENTIFIERS:
        return str(value)
    if isinstance(field, Money):
        places = 2 if value % 1 else 0
        return show.signed(float(value), f"£{abs(value):,.{places}f}")
    if isinstance(field, YearField) or field.unit in ("", "fraction", "financial year"):
        return field_text(record, field)
    return f"{field_text(record, field)} {field.unit}"


@dataclass(frozen=True)
class ListHead:
    """The head of a column in a list."""

    title: str
    unit: str
    numeric: bool


def listed_columns(model: type[Versioned]) -> list[Column]:
    """The columns that a list shows: not the long texts, and no more than fit."""
    shown = [f for f in columns(model) if not isinstance(f, LongText) and f.name not in ("code", "marking")]
    return shown[:MOST_LISTED]


def head(field: Column) -> ListHead:
    """A column's head, with its unit where the cells don't show it."""
    unit = field.unit if field.unit not in ("GBP", "fraction", "financial year", "GBP a year") else ""
    return ListHead(str(field.verbose_name), unit, _numeric(field))


def cell(record: Versioned, field: Column) -> dict[str, Any]:
    """A cell of a list: short, for the record's own page has it all."""
    text = field_text(record, field)
    if isinstance(field, Reference):
        other = getattr(record, field.name)
        text = _none_named(field) if other is None else short(other)
    if len(text) > LONGEST_CELL:
        text = f"{text[: LONGEST_CELL - 1].rstrip()}…"
    return {"text": text, "numeric": _numeric(field), "known": text not in (show.UNKNOWN, NONE_NAMED)}


def _none_named(field: Column) -> str:
    return blank_means(field) or NONE_NAMED


def _numeric(field: Column) -> bool:
    return isinstance(field, Number | Whole) and not isinstance(field, YearField | Level)


def evidence_plain(item: Evidence) -> dict[str, Any]:
    """A piece of evidence as it stands beside a value."""
    return {
        "code": item.code,
        "title": item.title,
        "grade": item.grade,
        "kind": item.evidence_kind,
        "illustrative": item.illustrative,
        "published": show.day(item.published.isoformat()) if item.published else "",
    }


def fields(case: Case, record: Versioned) -> list[dict[str, Any]]:
    """Every field of a record with the evidence in use for it."""
    return [
        _field(case, record, field)
        for field in columns(type(record))
        if field.name != "code" and (field.name != "marking" or getattr(record, "marking", None))
    ]


def _field(case: Case, record: Versioned, field: Column) -> dict[str, Any]:
    evidence = case.evidence_for(record, field.name)
    known = getattr(record, field.name) not in (None, "")
    figure = not isinstance(field, LongText | Choice | Reference | YearField) and bool(field.unit)
    return {
        "name": field.name,
        "label": str(field.verbose_name),
        "help": str(field.help_text),
        "text": _none_named(field)
        if isinstance(field, Reference) and not known
        else exact_text(record, field),
        "long": isinstance(field, LongText),
        "known": known,
        "refers": _refers(case, record, field),
        "evidence": [evidence_plain(item) for item in evidence] if known else [],
        "assumption": known and figure and not evidence,
    }


def _refers(case: Case, record: Versioned, field: Column) -> dict[str, str] | None:
    value = getattr(record, field.name)
    other = case.get(value) if isinstance(field, RecordRef) and value else value
    return {"stem": other.stem, "code": other.code} if isinstance(other, Versioned) else None


def supports(case: Case, record: Versioned) -> list[dict[str, str]]:
    """On a piece of evidence: the values that cite it, each with what it says and whether that is used."""
    if not isinstance(record, Evidence):
        return []
    cited = [c for c in case.rows(Citation) if c.evidence is record]
    return [_support(case, citation) for citation in cited]


def _support(case: Case, citation: Citation) -> dict[str, str]:
    about = case.get(citation.record)
    words = {f.name: str(f.verbose_name) for f in columns(type(about))} if about else {}
    return {
        "stem": about.stem if about else "",
        "code": about.code if about else "",
        "text": short(about) if about else citation.record,
        "field": words.get(citation.field, citation.field) or "the whole row",
        "value": citation.value,
        "used": "used" if citation.used else "not used",
    }


def history(events: Iterable[Event], exercise: Any) -> list[str]:
    """What happened to a record, newest first, as plain sentences."""
    return [
        f"{event.action.capitalize()} by {called(event.actor, exercise)} on {show.day(event.at.date().isoformat())}"
        f" (version {event.record_version})."
        for event in events
    ]
