"""What if: copies of records with one field each set otherwise. The records themselves are unchanged.

The findings of the case answer when they are asked of it with the copies in place (`Case.replacing`,
`Reading.supposing`): nothing is stored and no page computes.
"""

import copy
import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol, TypeVar

from wayforward.appraisal.models import BenefitLine, CostLine, SwingWeight, Uncertainty
from wayforward.options.models import OptionPhase, OptionRisk
from wayforward.records.base import Record

AMOUNTS = "amounts"
PRICED_BY_UNITS = ("units", "unit_value")
MOVABLE: dict[type[Record], tuple[str, ...]] = {
    CostLine: (AMOUNTS,),
    BenefitLine: (AMOUNTS, *PRICED_BY_UNITS, "reach", "take_up", "deadweight", "attribution"),
    OptionPhase: ("delay_months",),
    OptionRisk: ("probability", "impact"),
    SwingWeight: ("points",),
}
WHAT_IF_READS: tuple[type[Record], ...] = (*MOVABLE, Uncertainty)
MOST = 1e9  # a multiplier of amounts beyond this is a slip of the hand

R = TypeVar("R", bound=Record)


class Rows(Protocol):
    """What holds the rows of tables: a case, or what a finding may see of it."""

    def rows(self, model: type[R]) -> list[R]:
        """The rows of a table."""
        ...


@dataclass(frozen=True)
class Change:
    """One thing that is otherwise: `about` as kind:CODE, the field, and its value (of amounts: their multiplier)."""

    about: str
    field: str
    value: float


def changed(case: Rows, changes: Sequence[Change]) -> list[Record]:
    """Copies of the records that the changes are about, with the changes made.

    An effect or a duration that varies is held at the value asked for: what varied about it is among the copies.
    Raises ValueError, naming the record, for what can't be moved or a value that can't stand there.
    """
    seen: set[tuple[str, str]] = set()
    copies: dict[str, Record] = {}
    for change in changes:
        if (change.about, change.field) in seen:
            raise ValueError(f"{change.about}/{change.field} is changed twice; keep one of the two")
        seen.add((change.about, change.field))
        record = copies.get(change.about) or copy.copy(_record(case, change))
        _make(record, change)
        copies[change.about] = record
    held = {(row.about, row.field): row for row in case.rows(Uncertainty)} if changes else {}
    fixed = [_held(held[change.about, change.field], change) for change in changes if _varies(held, change)]
    return [*copies.values(), *fixed]


def _record(case: Rows, change: Change) -> Record:
    kind, _, code = change.about.partition(":")
    model = next((model for model in MOVABLE if model.kind() == kind), None)
    if model is None:
        kinds = ", ".join(sorted(one.kind() for one in MOVABLE))
        raise ValueError(f"{change.about}: a record of this kind can't be moved; one of {kinds} can")
    if change.field not in MOVABLE[model]:
        fields = ", ".join(MOVABLE[model])
        raise ValueError(f"{change.about}: its {change.field!r} can't be moved; its {fields} can")
    record = next((row for row in case.rows(model) if row.code == code), None)
    if record is None:
        raise ValueError(f"{change.about}: there is no such record in the case; mend its code")
    return record


def _make(record: Record, change: Change) -> None:
    if not math.isfinite(change.value):
        raise ValueError(f"{change.about}/{change.field}: {change.value} is no number; give one")
    if change.field == AMOUNTS:
        _multiply(record, change)
        return
    if change.field in PRICED_BY_UNITS and getattr(record, AMOUNTS) is not None:
        raise ValueError(
            f"{change.about}: it is priced by its amounts, which its {change.field} would not move; change amounts"
        )
    value = _cell(record, change)
    setattr(record, change.field, value)
    if isinstance(record, SwingWeight):
        # A weight that is asked about is held: its range would still draw it elsewhere.
        record.low = record.high = value


def _multiply(record: Record, change: Change) -> None:
    """Yearly amounts times a multiplier; a line priced by units has more or fewer of them."""
    if not 0 <= change.value <= MOST:
        raise ValueError(
            f"{change.about}: its amounts can't be multiplied by {change.value:g}; give 0 or more"
        )
    times = Decimal(f"{change.value:.12g}")
    amounts, units = getattr(record, AMOUNTS), getattr(record, "units", None)
    if amounts is not None:
        record.amounts = {year: format(Decimal(amount) * times, "f") for year, amount in amounts.items()}  # type: ignore[attr-defined]  # a line
    elif units is not None:
        record.units = units * times  # type: ignore[attr-defined]  # a benefit line
    else:
        raise ValueError(f"{change.about}: its amounts are not known yet, so they can't be moved")
    if getattr(record, "residual", None):
        record.residual *= times  # type: ignore[attr-defined]  # a cost line: what is left is a share of what was paid


def _cell(record: Record, change: Change) -> Any:
    """The value as its field holds it; ValueError where it can't stand there."""
    field = record._meta.get_field(change.field)
    text = format(Decimal(f"{change.value:.12g}"), "f")
    try:
        return field.parse(text)  # type: ignore[union-attr]  # a record's own field
    except ValueError as error:  # a CellFault: what was found, and what is allowed
        raise ValueError(f"{change.about}/{change.field}: {error}") from error


def _varies(held: dict[tuple[str, str], Uncertainty], change: Change) -> bool:
    return (change.about, change.field) in held


def _held(row: Uncertainty, change: Change) -> Uncertainty:
    """What varied, held at one value."""
    fixed = copy.copy(row)
    fixed.distribution, fixed.outcomes = "fixed", None
    fixed.low = fixed.high = fixed.likely = Decimal(f"{change.value:.12g}")
    return fixed
