"""What the tests of rules share: a case of a few records, and what a rule tells of it."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from wayforward.appraisal.models import BenefitLine, CostLine
from wayforward.exercise.models import Exercise
from wayforward.options.models import Option
from wayforward.records.base import Versioned
from wayforward.records.case import Case
from wayforward.records.checks import Wrong
from wayforward.records.fields import Profile

USUAL = Option(code="A", option_kind="business as usual", order=1)
OTHER = Option(code="B", option_kind="option", order=2)
EVERY_YEAR = "2013-14 to 2017-18"


def case(*rows: Versioned, **exercise: Any) -> Case:
    """Five years from 2013-14 in prices of 2012-13, by the edition of 2003."""
    tables: dict[Any, list[Any]] = {}
    for row in rows:
        tables.setdefault(type(row), []).append(row)
    stands = {"edition": "green-book-2003", "price_year": 2012, "first_year": 2013, "years": 5, "seed": 1}
    return Case(Exercise(code="TOWN", **(stands | exercise)), tables)


def told(wrongs: Iterable[Wrong]) -> list[tuple[str, str]]:
    """The row and field of each fault."""
    return [(wrong.record.code, wrong.field) for wrong in wrongs]


def cost(code: str, amounts: str = "", option: Option = OTHER, **values: Any) -> CostLine:
    return CostLine(code=code, option=option, name=code, **(by_year(amounts) | numbers(values)))


def benefit(code: str, amounts: str = "", option: Option = OTHER, **values: Any) -> BenefitLine:
    return BenefitLine(code=code, option=option, name=code, **(by_year(amounts) | numbers(values)))


def by_year(amounts: str) -> dict[str, Any]:
    return {"amounts": Profile().parse(amounts)} if amounts else {}


def numbers(values: dict[str, Any]) -> dict[str, Any]:
    """Numbers given as text or with a point, as the decimals that a record holds."""
    named = {"low", "high", "share", "posts", "unit_value", "residual"}
    return {
        name: Decimal(str(value))
        if isinstance(value, float) or (name in named and value is not None)
        else value
        for name, value in values.items()
    }
