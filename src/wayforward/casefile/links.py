"""From codes to records: every reference joined to the record it names, or told as a fault."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from wayforward.casefile.sheets import Found, nearest
from wayforward.casefile.tables import Row, Table
from wayforward.records.base import Record, Versioned, columns, kinds
from wayforward.records.case import references
from wayforward.records.fields import RecordRef

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
        for code, row in tables[model].rows.items():
            if not join(made[model][code], row, made, tables[model].place, found):
                lost.add((model, code))
    return {model: [row for code, row in made[model].items() if (model, code) not in lost] for model in made}


def instances(model: type[Record], table: Table, exercise: Versioned) -> Iterator[tuple[str, Record]]:
    pointing = {f.name for f in references(model)}
    for code, row in table.rows.items():
        values = {name: value for name, value in row.values.items() if name not in pointing}
        yield code, model(code=code, exercise=exercise, **values)


def join(record: Record, row: Row, made: Records, place: str, found: Found) -> bool:
    """Set the references of one record; False where one that is required leads nowhere."""
    whole = True
    for field in references(type(record)):
        code = row.values.get(field.name)
        others = made.get(field.table, {})
        if code in others:
            setattr(record, field.name, others[code])
            continue
        whole = whole and not field.required
        if code is not None and field.table not in found.unread:
            allowed = field.allowed() + nearest(code, others)
            found.fault(place, row.number, field.name, found=code, allowed=allowed)
    return whole


def record_references(model: type[Versioned], table: Table, tables: Tables, found: Found) -> None:
    """Every cell that names a record as kind:CODE names one that is there."""
    for field in columns(model):
        if not isinstance(field, RecordRef):
            continue
        for row in table.rows.values():
            if text := row.values.get(field.name):
                missing(text, tables, found, teller(found, table.place, row, field))


def teller(found: Found, place: str, row: Row, field: RecordRef) -> Callable[[str, str], None]:
    def tell(text: str, hint: str) -> None:
        found.fault(place, row.number, field.name, found=text, allowed=field.allowed() + hint)

    return tell


def missing(text: str, tables: Tables, found: Found, tell: Callable[[str, str], Any]) -> None:
    kind, _, code = text.partition(":")
    if text == "exercise":
        return
    models = {name: model for name, model in kinds().items() if name != "exercise"}
    if kind not in models:
        tell(text, nearest(kind, models) or "; the data dictionary lists the kinds")
        return
    model = models[kind]
    codes = tables[model].rows if model in tables else {}
    if code not in codes and model not in found.unread:
        near = nearest(code, codes)
        tell(text, near.replace("did you mean ", f"did you mean {kind}:") if near else "")
