"""What was typed into a form, read by the fields of the record as a cell of a CSV file would be."""

import copy
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from wayforward.casefile.sheets import is_prose
from wayforward.pages.describe import Column
from wayforward.pages.register.place import Place
from wayforward.records.base import Versioned, columns
from wayforward.records.fields import CellFault, RecordRef, Reference
from wayforward.records.rows import cells

PREFIX = "f-"  # before a field's name in a form, so that no field is taken for the form's own
SHOWN = 60


@dataclass(frozen=True)
class Fault:
    """What is wrong with one entry, or with the whole form where `name` is blank, in words for whoever typed it."""

    name: str
    words: str
    link: str = ""  # to the record that it is about, where that is another


@dataclass
class Read:
    """The values of a form's entries by field, and what is wrong with those that have none."""

    values: dict[str, Any] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def asked_of(model: type[Versioned], without: Collection[str] = ("code",)) -> list[Column]:
    """The fields that a form asks for."""
    return [one for one in columns(model) if one.name not in without]


def stored(record: Versioned) -> dict[str, str]:
    """The entries of a form as the record has them; blank for one that is new."""
    if record.pk is None:
        return {one.name: "" for one in asked_of(type(record))}
    return {name: text for name, text in cells(record).items() if name != "code"}


def given(post: QueryDict, fields: Collection[Column], prefix: str = PREFIX) -> dict[str, str]:
    """The entries of a form as they were typed; nothing is refused, so that nothing typed is lost."""
    return {one.name: post.get(f"{prefix}{one.name}", "").replace("\r\n", "\n") for one in fields}


def read(place: Place, fields: Collection[Column], texts: Mapping[str, str]) -> Read:
    """The values of entries. A reference is joined to the record of the case that it names."""
    found = Read()
    for one in fields:
        try:
            found.values[one.name] = _value(place, one, texts.get(one.name, ""))
        except CellFault as fault:
            found.faults.append(Fault(one.name, _sentence(one, fault)))
    return found


def _value(place: Place, column: Column, text: str) -> Any:
    if text and (not is_prose(column) or text.isspace()):
        text = text.strip()
    value = column.read_cell(text)
    if isinstance(column, Reference) and value is not None:
        return _named(place, column, value)
    if isinstance(column, RecordRef) and value and place.named(value) is None:
        raise CellFault(value, column.allowed())
    return value


def _named(place: Place, column: Reference, code: str) -> Versioned:
    rows = {row.code: row for row in place.seen(column.table)}
    if code not in rows:
        alike = next((one for one in rows if one.casefold() == code.casefold()), "")
        raise CellFault(code, column.allowed() + (f"; did you mean {alike}?" if alike else ""))
    return rows[code]


def _sentence(column: Column, fault: CellFault) -> str:
    label = str(column.verbose_name)
    if fault.found == "nothing":
        return f"{label}: give {fault.allowed}"
    found = fault.found if len(fault.found) <= SHOWN else f"{fault.found[: SHOWN - 1]}…"
    return f"{label}: found “{found}”; give {fault.allowed}"


def with_values(record: Versioned, values: Mapping[str, Any]) -> Versioned:
    """A copy of a record that has these values; the record itself, which others may be reading, is unchanged."""
    other = copy.copy(record)
    for name, value in values.items():
        setattr(other, name, value)
    return other


def canonical(fields: Collection[Column], read_: Read, texts: Mapping[str, str]) -> dict[str, str]:
    """Entries as the record would hold them; as they were typed where they could not be read."""
    return {
        one.name: one.write_cell(read_.values[one.name]) if one.name in read_.values else texts[one.name]
        for one in fields
    }
