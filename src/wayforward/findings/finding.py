"""The finding: a value or a table, with all that is needed to follow it back to its evidence."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from decimal import Decimal
from typing import Any

Scalar = str | int | float | bool | None
Row = Mapping[str, Scalar]
NO_NUMBERS = ("", "date", "yes or no", "words")  # units under which no number stands


@dataclass(frozen=True)
class Column:
    """A column of a finding's rows. In a numeric one None is 'not known', and '' says that there is none.

    `refers` names the kind of record whose code stands in it. With `apart`, different values always read
    differently, with as many decimals as that takes: for figures that people will put in an order. A `detail` is
    for programs: it is in JSON and CSV and left out of tables.
    """

    name: str
    title: str
    unit: str = ""
    refers: str = ""
    apart: bool = False
    detail: bool = False

    @property
    def numeric(self) -> bool:
        """Whether numbers stand in it, which are set to the right."""
        return self.unit not in NO_NUMBERS


@dataclass(frozen=True)
class Used:
    """A record that a finding rests on, and the fields that it read (none named: the whole row)."""

    reference: str
    fields: tuple[str, ...] = ()


@dataclass(frozen=True)
class Evidence:
    """A piece of evidence behind a finding. `uses` counts the inputs that rest on it."""

    code: str
    title: str
    kind: str
    grade: int | None
    uses: int


@dataclass(frozen=True)
class Result:
    """What the function of a finding returns.

    `headline` is a sentence that says what is true, built from the result. `value_column` is the column that an
    inline quote of a row shows. `pivot` names three columns (down, across, value) where the rows read best as a grid.
    `waiting` says in words what is lacking, each naming what would fill it.
    """

    headline: str
    columns: tuple[Column, ...] = ()
    rows: tuple[Row, ...] = ()
    value: Scalar = None
    value_column: str = ""
    pivot: tuple[str, str, str] | None = None
    used: tuple[Used, ...] = ()
    parameters: Mapping[str, Scalar] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()


@dataclass(frozen=True)
class Finding:
    """A computed finding. Everything in it is plain text and numbers: it is stored and printed as JSON."""

    key: str
    title: str
    question: str
    headline: str
    unit: str
    value: Scalar
    value_column: str
    pivot: tuple[str, str, str] | None
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    price_base: str
    method: str
    parameters: Mapping[str, Scalar]
    seed: int
    inputs: tuple[str, ...]
    assumptions: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    grade: int | None
    marking: str
    warnings: tuple[str, ...]
    waiting: tuple[str, ...]
    fingerprint: str

    @property
    def stage(self) -> str:
        """The word before the dot of its key."""
        return self.key.partition(".")[0]

    @property
    def illustrative(self) -> bool:
        """Whether any evidence behind it is made up to show how the exercise works."""
        return any(item.kind == "illustrative" for item in self.evidence)

    @property
    def known(self) -> bool:
        """Whether it has a value or any row."""
        return self.value is not None or bool(self.rows)

    def column(self, name: str) -> Column:
        """The column of that name; StopIteration where there is none."""
        return next(column for column in self.columns if column.name == name)

    def where(self, **criteria: Scalar) -> list[Row]:
        """The rows in which each named column holds the given value."""
        return [row for row in self.rows if all(row.get(name) == value for name, value in criteria.items())]

    def to_json(self) -> dict[str, Any]:
        """The public form of a finding (docs/findings-json.md): stable names, plain values."""
        # Not asdict of the whole: it would copy every cell of every row.
        plain = {one.name: getattr(self, one.name) for one in fields(self)}
        plain["columns"] = [asdict(column) for column in self.columns]
        plain["evidence"] = [asdict(item) for item in self.evidence]
        plain["rows"] = [dict(row) for row in self.rows]
        plain["parameters"] = dict(self.parameters)
        plain["illustrative"] = self.illustrative
        return plain

    @classmethod
    def from_json(cls, text: str) -> "Finding":
        """A finding from the JSON text of its public form."""
        plain = json.loads(text)
        del plain["illustrative"]
        for name in ("inputs", "assumptions", "warnings", "waiting", "rows"):
            plain[name] = tuple(plain[name])
        plain["pivot"] = tuple(plain["pivot"]) if plain["pivot"] else None
        plain["columns"] = tuple(Column(**column) for column in plain["columns"])
        plain["evidence"] = tuple(Evidence(**item) for item in plain["evidence"])
        return cls(**plain)


def plain_value(value: object) -> Scalar:
    """A value as a finding holds it: dates as text, numbers to 12 significant digits, NaN as not known."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal | float) or hasattr(value, "__float__"):
        number = float(value)
        if number != number or number in (float("inf"), float("-inf")):
            return None
        return float(f"{number:.12g}") + 0.0  # -0.0 becomes 0.0
    raise TypeError(f"a finding holds plain values, not {type(value).__name__}")


def plain_rows(rows: Sequence[Mapping[str, object]]) -> tuple[Row, ...]:
    """Rows whose every value is as a finding holds it."""
    return tuple({name: plain_value(value) for name, value in row.items()} for row in rows)
