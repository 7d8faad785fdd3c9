"""A case: every record of one exercise, in memory, by table and by reference.

Checks and findings read a case and never the database, so they work alike on a folder, a workbook and a server.
"""

import copy
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from wayforward.records.base import Record, Versioned, kinds, record_models, strictest
from wayforward.records.fields import Reference
from wayforward.records.models import Citation, Evidence

if TYPE_CHECKING:
    from wayforward.exercise.models import Exercise

R = TypeVar("R", bound=Record)


class Case:
    """The exercise and its tables, each in the order of its codes."""

    def __init__(self, exercise: "Exercise", tables: Mapping[type[Record], Sequence[Record]]) -> None:
        self.exercise = exercise
        self._tables = {model: sorted(rows, key=lambda row: row.code) for model, rows in tables.items()}

    @classmethod
    def of(cls, exercise: "Exercise") -> "Case":
        """Read every table of an exercise from the database: one query a table, references joined here."""
        tables: dict[type[Record], list[Record]] = {}
        by_key: dict[type[Record], dict[int, Record]] = {}
        for model in record_models():
            rows = list(model._default_manager.filter(exercise=exercise))
            tables[model] = rows
            by_key[model] = {row.pk: row for row in rows}
        for model, rows in tables.items():
            for field in references(model):
                others = by_key[field.table]
                for row in rows:
                    key = getattr(row, field.attname)
                    field.set_cached_value(row, others[key] if key is not None else None)
        return cls(exercise, tables)

    def rows(self, model: type[R]) -> list[R]:
        """The rows of a table in the order of their codes."""
        return self._tables.get(model, [])  # type: ignore[return-value]  # a table holds its own kind

    def replacing(self, instead: Iterable[Record]) -> "Case":
        """The same case with these rows in place of those of their kind and code; it is itself unchanged."""
        swapped: dict[type[Record], dict[str, Record]] = defaultdict(dict)
        for row in instead:
            swapped[type(row)][row.code] = row
        tables = {
            model: [swapped[model].get(row.code, row) for row in rows] if model in swapped else rows
            for model, rows in self._tables.items()
        }
        other = Case(self.exercise, tables)
        if Citation not in swapped:
            other._citations = self._citations
        return other

    def changed(self, put: Iterable[Versioned] = (), gone: Iterable[Versioned] = ()) -> "Case":
        """The case as it would be with these rows stored, in place of those of their kind and code or as new ones.

        Rows that refer to a row which was replaced are there as copies that refer to the new one, so that no row leads
        back to what was; this case and its rows are unchanged. Rows that are put come to refer to one another. No row
        that is left may refer to one that is gone.
        """
        exercise, swapped = self.exercise, {}
        for row in put:
            if isinstance(row, Record):
                swapped[row.reference] = row
            else:
                exercise = row  # type: ignore[assignment]  # the one kind of row that is no part of an exercise
        swapped = self._with_those_that_refer(swapped)
        left_out = {row.reference for row in gone}
        tables: dict[type[Record], list[Record]] = {
            model: [row for row in rows if row.reference not in swapped and row.reference not in left_out]
            for model, rows in self._tables.items()
        }
        for row in swapped.values():
            tables.setdefault(type(row), []).append(row)
        return Case(exercise, tables)

    def _with_those_that_refer(self, put: Mapping[str, Record]) -> dict[str, Record]:
        """Rows by reference, and a copy of each row that refers to one of them, or to such a copy."""
        swapped = dict(put)
        for row in put.values():
            for field in references(type(row)):
                named: Any = field.get_cached_value(row, default=None)
                if named is not None and named.reference in put:
                    setattr(row, field.name, put[named.reference])
        waiting = list(put.values())
        while waiting:
            new = waiting.pop()
            old = self.get(new.reference)
            for row, field in self.referring.get(id(old), ()):
                other = swapped.get(row.reference)
                if other is None:
                    other = swapped[row.reference] = copy.copy(row)
                    waiting.append(other)
                if field.get_cached_value(other, default=None) is old:
                    setattr(other, field.name, new)
        return swapped

    @cached_property
    def referring(self) -> dict[int, list[tuple[Record, Reference]]]:
        """The rows that refer to a row, each with the field by which it does; by id() of the row referred to."""
        found: dict[int, list[tuple[Record, Reference]]] = defaultdict(list)
        for model, rows in self._tables.items():
            for field in references(model):
                for row in rows:
                    other = field.get_cached_value(row, default=None)
                    if other is not None:
                        found[id(other)].append((row, field))
        return found

    def models(self) -> list[type[Record]]:
        """The tables that this case holds."""
        return list(self._tables)

    @cached_property
    def marking(self) -> str:
        """The strictest handling marking in the case: what shows all of it carries."""
        marked = (row.marking for rows in self._tables.values() for row in rows if row.marking)
        return strictest([self.exercise.handling, *marked])

    @cached_property
    def by_reference(self) -> dict[str, Versioned]:
        found: dict[str, Versioned] = {"exercise": self.exercise}
        for rows in self._tables.values():
            found.update({row.reference: row for row in rows})
        return found

    def get(self, reference: str) -> Versioned | None:
        """The record behind kind:CODE, or None."""
        return self.by_reference.get(reference)

    @cached_property
    def _citations(self) -> dict[str, list[Citation]]:
        found: dict[str, list[Citation]] = defaultdict(list)
        for citation in self.rows(Citation):
            found[citation.record].append(citation)
        return found

    def citations(self, record: Versioned, field: str | None = None) -> list[Citation]:
        """What is cited for a record: for one field, the citations of that field or of the whole row."""
        cited = self._citations.get(record.reference, [])
        return [c for c in cited if field is None or c.field in ("", field)]

    def evidence_for(self, record: Versioned, field: str | None = None) -> list[Evidence]:
        """The evidence in use for a record, or for one field of it. Empty: the value is an assumption."""
        return [c.evidence for c in self.citations(record, field) if c.used]


def references(model: type[Versioned]) -> list[Reference]:
    """The fields of a table that point to another record."""
    return [field for field in model._meta.concrete_fields if isinstance(field, Reference)]


def changed_rows(
    case: Case, exercise: "Exercise", named: Iterable[str]
) -> tuple[list[Versioned], list[Versioned]]:
    """The records of these references as they are stored now, joined to the case, and those that are gone from it."""
    put: list[Versioned] = []
    gone: list[Versioned] = []
    codes: dict[str, set[str]] = defaultdict(set)
    for reference in named:
        kind, _, code = reference.partition(":")
        codes[kind].add(code)
    if codes.pop("exercise", None) is not None:
        put.append(exercise)
    models = kinds()
    for kind, some in codes.items():
        model: Any = models[kind]
        rows = {row.code: row for row in model._default_manager.filter(exercise=exercise, code__in=some)}
        put += rows.values()
        left = (case.get(f"{kind}:{code}") for code in some - rows.keys())
        gone += [row for row in left if row is not None]
    _join(case, put)
    return put, gone


def _join(case: Case, put: list[Versioned]) -> None:
    """Let rows just read name the records of a case, or one another, by the keys that they hold."""
    for field in {field for row in put for field in references(type(row))}:
        by_key = {row.pk: row for row in case.rows(field.table)}
        by_key |= {row.pk: row for row in put if isinstance(row, field.table)}
        for row in put:
            if field.model is type(row):
                key = getattr(row, field.attname)
                field.set_cached_value(row, by_key[key] if key is not None else None)
