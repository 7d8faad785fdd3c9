"""Fields of figures: numbers, money, shares, levels, years, days, and amounts by year."""

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import models

from wayforward.records.fields.base import CellFault, RecordField

NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,6})?\Z")
WHOLE = re.compile(r"-?[0-9]{1,10}\Z")
WHOLE_LIMIT = 2_147_483_647  # what an integer column of either database holds
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
DIGITS = 15  # what SQLite and a workbook keep of a number, to the last digit
YEAR = re.compile(r"([12][0-9]{3})-([0-9]{2})\Z")


def read_year(text: str) -> int:
    """'2012-13' as 2012, the financial year's first calendar year."""
    match = YEAR.match(text)
    if not match or (int(match[1]) + 1) % 100 != int(match[2]):
        raise CellFault(text, "a financial year such as 2012-13")
    return int(match[1])


def write_year(year: int) -> str:
    """2012 as '2012-13'."""
    return f"{year}-{(year + 1) % 100:02d}"


class Number(RecordField, models.DecimalField):
    """A decimal number in a stated unit, between `least` and `most` where these are given."""

    def __init__(
        self,
        *args: Any,
        least: float | None = None,
        most: float | None = None,
        decimal_places: int = 4,
        **kwargs: Any,
    ):
        kwargs.setdefault("max_digits", 18)
        self.least, self.most = least, most
        super().__init__(*args, decimal_places=decimal_places, **kwargs)

    def parse(self, text: str) -> Decimal:
        # Decimal and float accept 'nan', '1_000' and other scripts' digits: the pattern does not.
        if not NUMBER.match(text):
            raise CellFault(text, self.allowed())
        try:
            value = Decimal(text)
        except InvalidOperation as error:
            raise CellFault(text, self.allowed()) from error
        if len(value.as_tuple().digits) > DIGITS:
            raise CellFault(f"{text}, over {DIGITS} digits", self.allowed())
        exponent = value.as_tuple().exponent
        if isinstance(exponent, int) and -exponent > (self.decimal_places or 0):
            raise CellFault(text, self.allowed())
        if (self.least is not None and value < Decimal(str(self.least))) or (
            self.most is not None and value > Decimal(str(self.most))
        ):
            raise CellFault(text, self.allowed())
        return value

    def write_cell(self, value: Any) -> str:
        if value is None:
            return ""
        number = Decimal(str(value))
        plain = format(number, "f") if number else "0"  # and never -0
        return plain.rstrip("0").rstrip(".") if "." in plain else plain

    def bounds(self) -> str:
        if self.least is not None and self.most is not None:
            return f" from {self.least:,} to {self.most:,}"
        if self.least is not None:
            return f", at least {self.least:,}"
        return f", at most {self.most:,}" if self.most is not None else ""

    def allowed(self) -> str:
        unit = f" in {self.unit}" if self.unit else ""
        return (
            f"a plain number{unit}{self.bounds()}, with at most {self.decimal_places} decimals "
            "and no commas or signs of currency"
        )


class Money(Number):
    """Pounds, to the penny; negative only where the field says so."""

    unit = "GBP"

    def __init__(self, *args: Any, **kwargs: Any):
        kwargs.setdefault("decimal_places", 2)
        kwargs.setdefault("max_digits", 14)
        kwargs.setdefault("least", 0)
        super().__init__(*args, **kwargs)

    def allowed(self) -> str:
        return f"an amount in pounds{self.bounds()}, as 1250000 or 1250000.50"


class Fraction(Number):
    """A share or rate stored as a fraction (0.25) and shown as a percentage (25%)."""

    unit = "fraction"

    def __init__(self, *args: Any, **kwargs: Any):
        kwargs.setdefault("decimal_places", 6)
        kwargs.setdefault("max_digits", 9)
        kwargs.setdefault("least", 0)
        kwargs.setdefault("most", 1)
        super().__init__(*args, **kwargs)

    def allowed(self) -> str:
        return f"a fraction{self.bounds()}, as 0.25 for 25%"


class Whole(RecordField, models.IntegerField):
    """A whole number."""

    def __init__(self, *args: Any, least: int | None = 0, most: int | None = None, **kwargs: Any):
        self.least, self.most = least, most
        super().__init__(*args, **kwargs)

    def parse(self, text: str) -> int:
        if not WHOLE.match(text):
            raise CellFault(text, self.allowed())
        value = int(text)
        least = -WHOLE_LIMIT if self.least is None else self.least
        most = WHOLE_LIMIT if self.most is None else self.most
        if not least <= value <= most:
            raise CellFault(text, self.allowed())
        return value

    def allowed(self) -> str:
        unit = f" of {self.unit}" if self.unit else ""
        low = f", at least {self.least:,}" if self.least is not None else ""
        high = f", at most {self.most:,}" if self.most is not None else ""
        return f"a whole number{unit}{low}{high}"


class Level(Whole):
    """A level of maturity or fit, 1 (lowest) to 5."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, least=1, most=5, **kwargs)

    def allowed(self) -> str:
        return "a level from 1 to 5"


class YearField(Whole):
    """A financial year, stored as its first year and written 2012-13."""

    unit = "financial year"

    def parse(self, text: str) -> int:
        return read_year(text)

    def write_cell(self, value: Any) -> str:
        return "" if value is None else write_year(value)

    def allowed(self) -> str:
        return "a financial year such as 2012-13"


class Day(RecordField, models.DateField):
    """A date."""

    def parse(self, text: str) -> date:
        try:
            if not DAY.match(text):  # fromisoformat reads weeks too: 2012-W01-1
                raise ValueError(text)
            return date.fromisoformat(text)
        except ValueError as error:
            raise CellFault(text, self.allowed()) from error

    def write_cell(self, value: Any) -> str:
        return "" if value is None else value.isoformat()

    def allowed(self) -> str:
        return "a date as 2012-12-20"


class YesNo(RecordField, models.BooleanField):
    """Yes, no, or (blank) not known."""

    def parse(self, text: str) -> bool:
        if text not in ("yes", "no"):
            raise CellFault(text, self.allowed())
        return text == "yes"

    def write_cell(self, value: Any) -> str:
        return "" if value is None else ("yes" if value else "no")

    def allowed(self) -> str:
        return "yes or no"


class Profile(RecordField, models.JSONField):
    """Yearly amounts in pounds: '2013-14: 250000; 2014-15 to 2016-17: 400000'. Years not named hold nothing.

    Stored and read back as a mapping from a year's text to the amount's text, both canonical and in order.
    """

    unit = "GBP a year"

    def parse(self, text: str) -> dict[str, str]:
        amounts: dict[int, str] = {}
        money = Money(required=True)
        for part in text.split(";"):
            span, colon, amount = (piece.strip() for piece in part.partition(":"))
            first, _, last = (piece.strip() for piece in span.partition(" to "))
            try:
                start = read_year(first)
                end = read_year(last) if last else start
                value = money.write_cell(money.read_cell(amount))
            except CellFault as error:
                raise CellFault(part.strip(), self.allowed()) from error
            if not colon or not start <= end <= start + 100 or amounts.keys() & range(start, end + 1):
                raise CellFault(part.strip(), self.allowed())
            amounts.update(dict.fromkeys(range(start, end + 1), value))
        return {write_year(year): amounts[year] for year in sorted(amounts)}

    def write_cell(self, value: Any) -> str:
        spans: list[list[Any]] = []
        for text, amount in sorted((value or {}).items()):
            year = read_year(text)
            if spans and spans[-1][1] == year - 1 and spans[-1][2] == amount:
                spans[-1][1] = year
            else:
                spans.append([year, year, amount])
        return "; ".join(
            (write_year(first) if first == last else f"{write_year(first)} to {write_year(last)}")
            + f": {amount}"
            for first, last, amount in spans
        )

    def allowed(self) -> str:
        return "yearly amounts in pounds, as 2013-14: 250000; 2014-15 to 2016-17: 400000, each year once"


class Pairs(RecordField, models.JSONField):
    """Pairs of numbers: '0.8: 0.3; 1: 0.5; 1.6: 0.2', such as values with their probabilities.

    Stored and read back as a list of pairs of texts, canonical and in order of the first.
    """

    def parse(self, text: str) -> list[list[str]]:
        number = Number(required=True, decimal_places=6)
        pairs: dict[Decimal, list[str]] = {}
        for part in text.split(";"):
            first, colon, second = (piece.strip() for piece in part.partition(":"))
            try:
                value, other = number.read_cell(first), number.read_cell(second)
            except CellFault as error:
                raise CellFault(part.strip(), self.allowed()) from error
            if not colon or value in pairs:
                raise CellFault(part.strip(), self.allowed())
            pairs[value] = [number.write_cell(value), number.write_cell(other)]
        return [pairs[value] for value in sorted(pairs)]

    def write_cell(self, value: Any) -> str:
        return "; ".join(f"{first}: {second}" for first, second in value or [])

    def allowed(self) -> str:
        return "pairs of numbers, as 0.8: 0.3; 1: 0.5; 1.6: 0.2, each first number once"
