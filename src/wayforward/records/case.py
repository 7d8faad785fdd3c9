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
COMMERCIAL = "commercial"


class Case:
    """The exercise and its tables, each in the order of its codes."""

    def __init__(self, exercise: "Exercise", tables: Mapping[type[Record], Sequence[Record]]) -> None:
        self.exercise = exercise
        self._tables = {model: sorted(rows, key=lambda row: row.code) for model, rows in tables.items()}
        self._by_code: dict[type[Record], dict[str, Record]] = {}
        self._referring: dict[type[Record], dict[int, list[tuple[Record, Reference]]]] = {}

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
        tables: dict[type[Record], Sequence[Record]] = {
            model: [some.get(row.code, row) for row in self._tables[model]]
            for model, some in swapped.items()
            if model in self._tables
        }
        return self._with(self.exercise, tables)

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
        by_table: dict[type[Record], dict[str, Record]] = defaultdict(dict)
        for row in swapped.values():
            by_table[type(row)][row.code] = row
        left_out: dict[Any, set[str]] = defaultdict(set)
        for row in gone:
            left_out[type(row)].add(row.code)
        tables: dict[type[Record], Sequence[Record]] = {}
        for model in (*by_table, *(model for model in left_out if model not in by_table)):
            others = by_table[model].keys() | left_out[model]
            kept = [row for row in self.rows(model) if row.code not in others]
            tables[model] = kept + list(by_table[model].values())
        return self._with(exercise, tables)

    def _with(self, exercise: "Exercise", tables: Mapping[type[Record], Sequence[Record]]) -> "Case":
        """The same case with these tables in place of its own; what it knows of the others it need not find again."""
        other = Case(exercise, tables)
        other._tables = {**self._tables, **other._tables}
        other._by_code = {model: rows for model, rows in self._by_code.items() if model not in tables}
        if Citation not in tables:
            other._citations = self._citations
        return other

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
            for row, field in self.referring(old) if old is not None else ():
                other = swapped.get(row.reference)
                if other is None:
                    other = swapped[row.reference] = copy.copy(row)
                    waiting.append(other)
                if field.get_cached_value(other, default=None) is old:
                    setattr(other, field.name, new)
        return swapped

    def referring(self, row: Versioned) -> list[tuple[Record, Reference]]:
        """The rows that refer to a row of this case, each with the field by which it does."""
        model: Any = type(row)
        if model not in self._referring:
            self._referring[model] = self._those_that_refer(model)
        return self._referring[model].get(id(row), [])

    def _those_that_refer(self, named: type[Record]) -> dict[int, list[tuple[Record, Reference]]]:
        """Of one table, by id() of the row referred to."""
        found: dict[int, list[tuple[Record, Reference]]] = defaultdict(list)
        for model, rows in self._tables.items():
            for field in references(model):
                for row in rows if field.table is named else ():
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
    def commercial(self) -> frozenset[str]:
        """The records that are marked commercial, or that evidence so marked is in use for."""
        rest = {one.record for one in self.rows(Citation) if one.used and one.evidence.marking == COMMERCIAL}
        marked = {
            row.reference for rows in self._tables.values() for row in rows if row.marking == COMMERCIAL
        }
        return frozenset(marked | rest)

    @cached_property
    def by_reference(self) -> dict[str, Versioned]:
        found: dict[str, Versioned] = {"exercise": self.exercise}
        for rows in self._tables.values():
            found.update({row.reference: row for row in rows})
        return found

    def get(self, reference: str) -> Versioned | None:
        """The record behind kind:CODE, or None."""
        if reference == "exercise":
            return self.exercise
        kind, _, code = reference.partition(":")
        model = self._kinds.get(kind)
        if model is None:
            return None
        if model not in self._by_code:
            self._by_code[model] = {row.code: row for row in self._tables[model]}
        return self._by_code[model].get(code)

    @cached_property
    def _kinds(self) -> dict[str, type[Record]]:
        return {model.kind(): model for model in self._tables}

    def lacking_in(self, other: "Case") -> bool:
        """Whether another case lacks a record that this one has."""
        for model, rows in self._tables.items():
            theirs = other.rows(model)
            if theirs is not rows and {row.code for row in rows} - {row.code for row in theirs}:
                return True
        return False

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
