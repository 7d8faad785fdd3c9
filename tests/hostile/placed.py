"""Hostile texts in every field of words of every register, in rotation."""

from itertools import count
from typing import Any

from benchmarks.filled import fill_every_register

from tests.hostile.payloads import PAYLOADS
from wayforward.records.base import Versioned, columns, exercise_model, record_models
from wayforward.records.case import Case, references
from wayforward.records.checks import run_checks
from wayforward.records.fields import CellFault, Choice, CodeField, LongText, RecordRef, ShortText
from wayforward.records.save import Change, save_all


def words(model: type[Versioned]) -> list[Any]:
    """The fields of a table that take free words."""
    return [
        field
        for field in columns(model)
        if isinstance(field, ShortText | LongText) and not isinstance(field, Choice | CodeField | RecordRef)
    ]


def place(exercise: Any, rotation: int = 0) -> int:
    """Put a payload into every field of words of a row of every register and of the exercise; how many stand there.

    Where a field refuses one (several lines in a line, something invisible), the next that it takes is put there.
    Where a rule of a stage refuses it, the field keeps what it held: what a rule reads is no free text.
    """
    fill_every_register(exercise)
    take_away_what_breaks_a_rule(exercise)
    turn = count(rotation)
    rows: list[Versioned] = [exercise_model().objects.get(pk=exercise.pk)]
    for model in record_models():
        rows += list(model._default_manager.filter(exercise=exercise).order_by("code")[:3])
    held: dict[tuple[str, str], str] = {}
    for row in rows:
        for field in words(type(row)):
            if field.name != type(row).narrative:
                held[row.reference, field.name] = getattr(row, field.name)
                setattr(row, field.name, _fitting(field, turn))
    _give_back_what_a_rule_refuses(Case.of(exercise).replacing(rows[1:]), rows, held)
    save_all([Change(row, row.version) for row in rows], "person 1")
    return len(held)


def take_away_what_breaks_a_rule(exercise: Any) -> None:
    """Take away the rows made up that a rule of a stage refuses, with those that name them."""
    case = Case.of(exercise)
    going = {wrong.record.reference: wrong.record for wrong in run_checks(case)}
    grown = -1
    while grown != len(going):
        grown = len(going)
        for model in case.models():
            for row in case.rows(model):
                named = [getattr(row, field.name) for field in references(model)]
                if any(other is not None and other.reference in going for other in named):
                    going[row.reference] = row
    save_all([Change(row, row.version, gone=True) for row in going.values()], "maker", "removed")


def _give_back_what_a_rule_refuses(
    case: Case, rows: list[Versioned], held: dict[tuple[str, str], str]
) -> None:
    named = {row.reference: row for row in rows}
    case.exercise = named["exercise"]
    while wrong := [w for w in run_checks(case) if (w.record.reference, w.field) in held]:
        for one in wrong:
            key = (one.record.reference, one.field)
            if key in held:
                setattr(named[key[0]], one.field, held.pop(key))


def _fitting(field: Any, turn: Any) -> str:
    for place_ in turn:
        text = PAYLOADS[place_ % len(PAYLOADS)]
        if len(text) > field.max_length:
            text = text[: field.max_length]
        try:
            return str(field.read_cell(text))
        except CellFault:
            continue
    raise AssertionError("the turn never ends")
