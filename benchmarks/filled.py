"""A case with a row in every register: rows are made up by the fields of their model, for what must try all of them."""

from datetime import date
from decimal import Decimal
from typing import Any

from wayforward.records.base import Record, columns, record_models
from wayforward.records.fields import (
    Choice,
    Day,
    Fraction,
    Level,
    LongText,
    Money,
    Number,
    Pairs,
    Profile,
    RecordRef,
    Reference,
    ShortText,
    Whole,
    YearField,
    YesNo,
)
from wayforward.records.save import save

A_DAY = date(2012, 12, 3)


def fill_every_register(exercise: Any) -> dict[type[Record], list[str]]:
    """Give each register that is empty one row; the codes of every register."""
    codes: dict[type[Record], list[str]] = {}
    for model in record_models():
        first_row(model, exercise)
        codes[model] = sorted(model._default_manager.filter(exercise=exercise).values_list("code", flat=True))
    return codes


def first_row(model: type[Record], exercise: Any) -> Record:
    """The first row of a register; one that is made up where it has none."""
    found = model._default_manager.filter(exercise=exercise).order_by("code").first()
    if found is not None:
        return found
    row = model(exercise=exercise, code="MADE-1")
    for field in columns(model):
        if field.name != "code" and field.required:
            setattr(row, field.name, _value(field, exercise))
    save(row, 0, "maker", "added")
    return row


def _value(field: Any, exercise: Any) -> Any:
    """A value that a required field takes."""
    if isinstance(field, Reference):
        return first_row(field.table, exercise)
    if isinstance(field, Choice):
        return next(iter(field.words()))
    if isinstance(field, RecordRef):
        return "exercise"
    if isinstance(field, ShortText | LongText):
        return "made up"
    simple = {Day: A_DAY, YesNo: True, Level: 3, YearField: 2013, Whole: 1}
    for kind, value in simple.items():
        if isinstance(field, kind):
            return value
    if isinstance(field, Money | Fraction | Number):
        return Decimal("0.5") if isinstance(field, Fraction) else Decimal(1)
    if isinstance(field, Profile):
        return {"2013-14": "1000"}
    if isinstance(field, Pairs):
        return [["1", "1"]]
    raise TypeError(f"no value is known for a {type(field).__name__}")
