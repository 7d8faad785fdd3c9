"""A case: every record of one exercise, in memory, by table and by reference.

Checks and findings read a case and never the database, so they work alike on a folder, a workbook and a server.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from wayforward.records.base import Record, Versioned, record_models, strictest
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
