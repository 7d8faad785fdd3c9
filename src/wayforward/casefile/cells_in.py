"""From the cells of records, as the event log holds them, to a case: the reading of folders without the files."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from wayforward.casefile.links import build
from wayforward.casefile.sheets import Found
from wayforward.casefile.tables import Row, Table
from wayforward.records.base import Record, Versioned, columns, kinds, model_of, record_models
from wayforward.records.case import Case
from wayforward.records.fields import CellFault
from wayforward.records.history import State


@dataclass(frozen=True)
class Misfit:
    """A cell that does not fit the tables as they are now: a column that came since, a record that is not there."""

    reference: str
    field: str
    found: str
    allowed: str


def case_of(states: Mapping[str, State], exercise_key: int) -> tuple[Case, tuple[Misfit, ...]]:
    """The case of records by reference, joined, and what of them does not fit.

    The exercise has the key of the stored one, by which it is known whose it is; no other record has a key. Raises
    KeyError where the exercise itself is not there; records of a kind that there is none of any more are left out.
    """
    found = Found()
    models = kinds()
    there: list[str] = []
    tables: dict[type[Versioned], Table] = {}
    for reference, state in states.items():
        kind, _, code = reference.partition(":")
        if state.cells is not None and kind in models:
            there.append(reference)
            table = tables.setdefault(models[kind], Table(models[kind], models[kind].stem))
            table.rows[code or kind] = Row(len(there), _values(models[kind], state.cells, len(there), found))
    exercise = _exercise(states["exercise"], tables, exercise_key)
    read: dict[type[Record], list[Record]] = {model: [] for model in record_models()}
    case = Case(exercise, read | build(tables, exercise, found))
    for reference in there:
        if (record := case.get(reference)) is not None:
            record.version = states[reference].version
    return case, tuple(_misfits(there, found))


def _exercise(state: State, tables: Mapping[type[Versioned], Table], key: int) -> Any:
    model = model_of("exercise")
    exercise = model(code=(state.cells or {})["code"], **tables[model].rows["exercise"].values)
    exercise.pk = key
    return exercise


def _values(model: type[Versioned], cells: Mapping[str, str], number: int, found: Found) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for field in columns(model):
        if field.name == "code":
            continue
        try:
            values[field.name] = field.read_cell(cells.get(field.name, ""))
        except CellFault as fault:
            values[field.name] = None
            found.fault(model.stem, number, field.name, found=fault.found, allowed=fault.allowed)
    return values


def _misfits(references: list[str], found: Found) -> Iterator[Misfit]:
    for fault in found.faults:
        yield Misfit(references[fault.row - 1], fault.column, fault.found, fault.allowed)
