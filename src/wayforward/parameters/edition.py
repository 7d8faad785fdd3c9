"""Editions: a named edition pins one dated table for each parameter, so that a case can too."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property

from wayforward.parameters.table import (
    Table,
    Value,
    freeze,
    mapping,
    names,
    read_file,
    read_table,
    text,
    thaw,
)


@dataclass(frozen=True)
class Edition:
    """A pinned set of parameter tables, by parameter, with the overrides of a case applied."""

    name: str
    title: str
    dated: str
    source: str
    note: str
    tables: Mapping[str, Table]

    @property
    def parameters(self) -> tuple[str, ...]:
        """The parameters that this edition has a table for."""
        return tuple(sorted(self.tables))

    def get(self, name: str) -> Table:
        """Return a table by parameter ('discount-rate') or by its own name ('stpr-standard').

        Raises LookupError naming the parameters that the edition has.
        """
        parameter = self._parameter(name)
        if parameter is None:
            raise LookupError(
                f"the edition {self.name} has no parameter {name!r}; it has {', '.join(self.parameters)}"
            )
        return self.tables[parameter]

    def _parameter(self, name: str) -> str | None:
        own = {table.name: parameter for parameter, table in self.tables.items()}
        return name if name in self.tables else own.get(name)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the canonical content, overrides included."""
        content = {
            "name": self.name,
            "title": self.title,
            "dated": self.dated,
            "source": self.source,
            "note": self.note,
            "tables": {name: _content(table) for name, table in self.tables.items()},
        }
        line = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(line.encode()).hexdigest()


def editions() -> tuple[str, ...]:
    """Return the names of the editions there are."""
    return names("editions")


def load(edition_name: str, overrides: Mapping[str, object] | None = None) -> Edition:
    """Return an edition, with single values replaced.

    overrides maps 'parameter/path' to a value, as in 'deflator/calendar/2012'. The value replaced
    must exist and be of the same kind. Raises LookupError for an unknown edition, parameter or path and
    ValueError for a value of the wrong kind, in words for the person who set it.
    """
    edition = _pinned(edition_name)
    for path in sorted(overrides or {}):
        edition = _override(edition, path, (overrides or {})[path])
    return edition


@cache
def _pinned(edition_name: str) -> Edition:
    """An edition as its file gives it, read once: nothing changes what is in it."""
    if edition_name not in editions():
        raise LookupError(f"there is no edition {edition_name!r}; there are {', '.join(editions())}")
    data = read_file("editions", edition_name)
    pinned = mapping(data["tables"])
    return Edition(
        name=text(data, "name"),
        title=text(data, "title"),
        dated=text(data, "dated"),
        source=text(data, "source"),
        note=text(data, "note"),
        tables={parameter: read_table(str(table)) for parameter, table in pinned.items()},
    )


def _override(edition: Edition, path: str, value: object) -> Edition:
    parameter, _, inside = path.partition("/")
    table = edition.get(parameter)
    if not inside:
        raise LookupError(f"{path!r} names a whole table; name one value, as in {parameter}/...")
    new = _like(table.value(inside), value, path)
    values = _replaced(table.values, inside.split("/"), new)
    changed = replace(table, values=mapping(values), overridden=(*table.overridden, inside))
    tables = {
        name: changed if table.name == changed.name else table for name, table in edition.tables.items()
    }
    return replace(edition, tables=tables)


def _like(old: Value, new: object, path: str) -> Value:
    frozen = freeze(new)
    number = isinstance(old, int | float) and not isinstance(old, bool)
    if number and isinstance(frozen, int | float) and not isinstance(frozen, bool):
        return float(frozen) if isinstance(old, float) else frozen
    if type(old) is type(frozen) and isinstance(old, str | bool):
        return frozen
    wanted = "a number" if number else "one value of the same kind"
    raise ValueError(f"{path}: {new!r} can't replace {old!r}; give {wanted}")


def _replaced(values: Value, steps: list[str], new: Value) -> Value:
    if not steps:
        return new
    if isinstance(values, tuple):
        at = int(steps[0])
        return (*values[:at], _replaced(values[at], steps[1:], new), *values[at + 1 :])
    if isinstance(values, Mapping):
        return {**values, steps[0]: _replaced(values[steps[0]], steps[1:], new)}
    raise LookupError("/".join(steps))


def _content(table: Table) -> dict[str, object]:
    return {
        "name": table.name,
        "title": table.title,
        "unit": table.unit,
        "dated": table.dated,
        "source": table.source,
        "confirm": table.confirm,
        "note": table.note,
        "values": thaw(table.values),
    }
