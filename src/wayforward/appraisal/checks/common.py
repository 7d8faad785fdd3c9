"""What the rules of appraisal share: the lines of a case, its edition, its years, and what stands in a cell."""

from collections.abc import Iterator
from itertools import combinations

import numpy as np

from wayforward.appraisal.models import BenefitLine, CostLine, Line
from wayforward.methods import Floats
from wayforward.options.models import Option
from wayforward.parameters import Edition, editions
from wayforward.parameters import load as load_edition
from wayforward.records.base import Versioned
from wayforward.records.case import Case
from wayforward.records.fields import read_year

USUAL = "business as usual"
UNMONETISED = "unmonetised"
SUNK = "sunk"


def lines(case: Case) -> list[Line]:
    """Every cost line, then every benefit line."""
    return [*case.rows(CostLine), *case.rows(BenefitLine)]


def edition_of(case: Case) -> Edition | None:
    """The edition that the case pins, without its overrides; None where there is no such edition."""
    name = case.exercise.edition
    return load_edition(name) if name in editions() else None


def years_of(case: Case) -> list[int]:
    """The financial years appraised, each by its first calendar year; none where they are not known."""
    first, years = case.exercise.first_year, case.exercise.years
    return [] if first is None or years is None else list(range(first, first + years))


def cell(record: Versioned, field: str) -> str:
    """What stands in a cell, as a file has it; 'nothing' where it is blank."""
    column = record._meta.get_field(field)
    return column.write_cell(getattr(record, field)) or "nothing"  # type: ignore[union-attr]  # a record's own field


def counted(line: Line) -> bool:
    """Whether a line is in what its option is worth, or in its budget."""
    if isinstance(line, BenefitLine):
        return line.benefit_kind != UNMONETISED and not line.in_plan
    return not (isinstance(line, CostLine) and line.nature == SUNK)


def yearly(line: Line, years: list[int]) -> Floats | None:
    """The amounts of a line at full effect as it gives them, by year; None where they are not known."""
    if line.amounts:
        given = {read_year(text): float(amount) for text, amount in line.amounts.items()}
        return np.array([given.get(year, 0.0) for year in years])
    if isinstance(line, BenefitLine) and line.units is not None and line.unit_value is not None:
        worth = float(line.units) * float(line.unit_value)
        return np.array([worth if line.starts is None or year >= line.starts else 0.0 for year in years])
    return None


def of_one_option(case: Case) -> Iterator[tuple[Option, list[BenefitLine]]]:
    """Each option that has benefit lines, with them, in the order of its first."""
    groups: dict[str, tuple[Option, list[BenefitLine]]] = {}
    for line in case.rows(BenefitLine):
        groups.setdefault(line.option.code, (line.option, []))[1].append(line)
    yield from groups.values()


def in_pairs(case: Case) -> Iterator[tuple[BenefitLine, BenefitLine]]:
    """Every two benefit lines of one option, in the order of their codes."""
    for _, rows in of_one_option(case):
        yield from combinations(rows, 2)
