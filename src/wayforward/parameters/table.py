"""A parameter table: dated values with their source, read from a data file and never changed."""

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from types import MappingProxyType
from typing import TypeAlias

Value: TypeAlias = "str | int | float | bool | tuple[Value, ...] | Mapping[str, Value]"


@dataclass(frozen=True)
class Table:
    """One parameter's values with title, unit, date, source and note.

    confirm is True while a figure was not confirmed at its source; overridden lists the paths that a
    case replaced. A path names a value inside the table, as in 'calendar/2012' or 'bands/0/rate'.
    """

    name: str
    title: str
    unit: str
    dated: str
    source: str
    confirm: bool
    note: str
    values: Mapping[str, Value]
    overridden: tuple[str, ...] = field(default=())

    def value(self, path: str) -> Value:
        """Return the value at a path. Raises LookupError saying what the table holds."""
        found: Value = self.values
        for step in path.split("/"):
            found = _step(found, step, f"{self.name}: no value {path!r}")
        return found

    def number(self, path: str) -> float:
        """Return the number at a path. Raises TypeError where it is no number."""
        found = self.value(path)
        if isinstance(found, bool) or not isinstance(found, int | float):
            raise TypeError(f"{self.name}: {path} is {found!r}, not a number")
        return float(found)

    def by_year(self, path: str) -> dict[int, float]:
        """Return the series of numbers at a path by year."""
        found = self.value(path)
        if not isinstance(found, Mapping):
            raise TypeError(f"{self.name}: {path} is not a series by year")
        return {int(year): self.number(f"{path}/{year}") for year in sorted(found)}

    def rows(self, path: str) -> tuple[Mapping[str, Value], ...]:
        """Return the list of rows at a path."""
        found = self.value(path)
        if not isinstance(found, tuple):
            raise TypeError(f"{self.name}: {path} is not a list of rows")
        return tuple(row for row in found if isinstance(row, Mapping))


def read_table(name: str) -> Table:
    """Read the table of that name from the data files."""
    data = read_file("tables", name)
    return Table(
        name=text(data, "name"),
        title=text(data, "title"),
        unit=text(data, "unit"),
        dated=text(data, "dated"),
        source=text(data, "source"),
        confirm=data["confirm"] is True,
        note=text(data, "note"),
        values=mapping(data["values"]),
    )


def read_file(folder: str, name: str) -> dict[str, object]:
    """Read one data file of this package. Raises LookupError naming those there are."""
    if name not in names(folder):
        raise LookupError(f"there is no {name!r} in {folder}; there are {', '.join(names(folder))}")
    path = files("wayforward.parameters") / folder / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def names(folder: str) -> tuple[str, ...]:
    """Return the names of the data files in a folder of this package, in order."""
    found = (files("wayforward.parameters") / folder).iterdir()
    return tuple(sorted(path.name.removesuffix(".toml") for path in found if path.name.endswith(".toml")))


def text(data: Mapping[str, object], key: str) -> str:
    """Return a text of a data file. Raises TypeError where it is absent or no text."""
    value = data.get(key)
    if not isinstance(value, str):
        raise TypeError(f"{data.get('name')}: {key} must be a text, not {value!r}")
    return value


def mapping(value: object) -> Mapping[str, Value]:
    """Return a data file's table as a mapping that can't be changed."""
    frozen = freeze(value)
    if not isinstance(frozen, Mapping):
        raise TypeError(f"{value!r} is not a table of values")
    return frozen


def freeze(value: object) -> Value:
    """Return a value in which every list is a tuple and every mapping is read-only.

    Raises ValueError on nan, infinity or a type that a data file can't hold.
    """
    if isinstance(value, Mapping):
        return MappingProxyType({str(key): freeze(inner) for key, inner in value.items()})
    if isinstance(value, list | tuple):
        return tuple(freeze(inner) for inner in value)
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError(f"{value} is not a figure; give a number")
    if isinstance(value, str | int | float):
        return value
    raise ValueError(f"{value!r} can't be a parameter; give a number or a text")


def thaw(value: Value) -> object:
    """Return a value as plain dicts and lists, as canonical JSON wants it."""
    if isinstance(value, Mapping):
        return {key: thaw(inner) for key, inner in value.items()}
    if isinstance(value, tuple):
        return [thaw(inner) for inner in value]
    return value


def _step(found: Value, step: str, wrong: str) -> Value:
    if isinstance(found, Mapping):
        if step in found:
            return found[step]
        raise LookupError(f"{wrong}; there are {', '.join(found)}")
    if isinstance(found, tuple):
        if step.isdecimal() and int(step) < len(found):
            return found[int(step)]
        raise LookupError(f"{wrong}; there are rows 0 to {len(found) - 1}")
    raise LookupError(f"{wrong}; {found!r} is a single value")
