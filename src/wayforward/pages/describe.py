"""Records in plain values: for a list, a record's page, and their JSON twins."""

from collections.abc import Iterable
from typing import Any

from wayforward.findings import show
from wayforward.records.base import Record, Versioned, columns
from wayforward.records.case import Case
from wayforward.records.fields import Choice, LongText, Money, RecordField, Reference, YearField
from wayforward.records.models import Evidence, Event

MOST_LISTED = 7


def field_text(record: Versioned, field: RecordField | Reference) -> str:
    """A record's field as people read it; unknown is said, never blank."""
    value = getattr(record, field.name)
    if value is None or value == "":
        return show.UNKNOWN
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
    if isinstance(value, dict):
        return field.write_cell(value)
    if field.unit == "fraction":
        return show.percent(float(value))
    return show.number(float(value)) if hasattr(value, "__float__") else str(value)


def listed_columns(model: type[Record]) -> list[RecordField | Reference]:
    """The columns that a list shows: not the long texts, and no more than fit."""
    shown = [f for f in columns(model) if not isinstance(f, LongText) and f.name not in ("code", "marking")]
    return shown[:MOST_LISTED]


def evidence_plain(item: Evidence) -> dict[str, Any]:
    """A piece of evidence as it stands beside a value."""
    return {
        "code": item.code,
        "title": item.title,
        "grade": item.grade,
        "kind": item.evidence_kind,
        "illustrative": item.illustrative,
        "published": item.published,
    }


def fields(case: Case, record: Versioned) -> list[dict[str, Any]]:
    """Every field of a record with the evidence in use for it."""
    return [
        {
            "name": field.name,
            "label": str(field.verbose_name),
            "help": str(field.help_text),
            "text": field_text(record, field),
            "known": getattr(record, field.name) not in (None, ""),
            "refers": _refers(record, field),
            "evidence": [evidence_plain(item) for item in case.evidence_for(record, field.name)],
            "figure": not isinstance(field, LongText | Choice | Reference) and bool(field.unit),
        }
        for field in columns(type(record))
        if field.name != "code"
    ]


def _refers(record: Versioned, field: RecordField | Reference) -> dict[str, str] | None:
    other = getattr(record, field.name) if isinstance(field, Reference) else None
    return {"stem": other.stem, "code": other.code} if other is not None else None


def history(events: Iterable[Event]) -> list[str]:
    """What happened to a record, newest first, as plain sentences."""
    return [
        f"{event.action.capitalize()} by {event.actor} on {show.day(event.at.date().isoformat())}"
        f" (version {event.record_version})."
        for event in events
    ]
