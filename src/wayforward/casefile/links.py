"""From codes to records: every reference joined to the record it names, or told as a fault."""

from collections.abc import Iterator, Mapping
from typing import Any

from wayforward.casefile.sheets import Found
from wayforward.casefile.tables import Row, Table
from wayforward.records.base import Record, Versioned, columns, kinds
from wayforward.records.case import references
from wayforward.records.fields import RecordRef, Reference

Tables = Mapping[type[Versioned], Table]
Records = dict[type[Record], dict[str, Record]]


def build(tables: Tables, exercise: Versioned, found: Found) -> dict[type[Record], list[Record]]:
    """The records of every table, joined. A row that lacks what it must point to is left out."""
    made: Records = {}
    for model, table in tables.items():
        if issubclass(model, Record):
            made[model] = dict(instances(model, table, exercise))
        record_references(model, table, tables, found)
    lost: set[tuple[type[Versioned], str]] = set()
    for model in made:
        pointing = references(model)
        for code, row in tables[model].rows.items():
            if not join(made[model][code], pointing, row, made, tables[model].place, found):
                lost.add((model, code))
    return {model: [row for code, row in made[model].items() if (model, code) not in lost] for model in made}


def instances(model: type[Record], table: Table, exercise: Any) -> Iterator[tuple[str, Record]]:
    pointing = {f.name for f in references(model)}
    for code, row in table.rows.items():
        values = {name: value for name, value in row.values.items() if name not in pointing}
        yield code, model(code=code, exercise=exercise, **values)


def join(
    record: Record, pointing: list[Reference], row: Row, made: Records, place: str, found: Found
) -> bool:
    """Set the references of one record; False where one that is required leads nowhere."""
    whole = True
    for field in pointing:
        code = row.values.get(field.name)
        others = made.get(field.table, {})
        if code in others:
            setattr(record, field.name, others[code])
            continue
        whole = whole and not field.required
        if code is not None and field.table not in found.unread:
            allowed = field.allowed() + found.nearest(code, others)
            found.fault(place, row.number, field.name, found=code, allowed=allowed)
    return whole


def record_references(model: type[Versioned], table: Table, tables: Tables, found: Found) -> None:
    """Every cell that names a record as kind:CODE names one that is there."""
    models = {name: kind for name, kind in kinds().items() if name != "exercise"}
    for field in columns(model):
        if not isinstance(field, RecordRef):
            continue
        for row in table.rows.values():
            text = row.values.get(field.name) or ""
            hint = missing(text, models, tables, found) if text else None
            if hint is not None:
                allowed = field.allowed() + hint
                found.fault(table.place, row.number, field.name, found=text, allowed=allowed)


def missing(text: str, models: Mapping[str, type[Versioned]], tables: Tables, found: Found) -> str | None:
    """None where a record of that name is there; else a hint at what may have been meant, or ''."""
    kind, _, code = text.partition(":")
    if text == "exercise":
        return None
    if kind not in models:
        return found.nearest(kind, models) or "; the data dictionary lists the kinds"
    model = models[kind]
    codes = tables[model].rows if model in tables else {}
    if code in codes or model in found.unread:
        return None
    return found.nearest(code, codes).replace("did you mean ", f"did you mean {kind}:")
