"""The kinds of value a record holds: each says how it is read from a cell, written to one, and described.

A field reads text (a CSV cell, a workbook cell written out) into its value or raises `CellFault` with what was found
and what is allowed. Writing is the exact inverse, so an export of an import is the same bytes.
"""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import models

NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,6})?\Z")
WHOLE = re.compile(r"-?[0-9]{1,10}\Z")
WHOLE_LIMIT = 2_147_483_647  # what an integer column of either database holds
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
DIGITS = 15  # what SQLite and a workbook keep of a number, to the last digit
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,39}\Z")
YEAR = re.compile(r"([12][0-9]{3})-([0-9]{2})\Z")
# With the byte order mark and what XML can't hold: nobody sees them, and a workbook loses them.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")


class CellFault(ValueError):
    """A cell that can't be read: `found` is what stood there, `allowed` says what may."""

    def __init__(self, found: str, allowed: str) -> None:
        super().__init__(f"found {found!r}; allowed: {allowed}")
        self.found = found
        self.allowed = allowed


def read_year(text: str) -> int:
    """'2012-13' as 2012, the financial year's first calendar year."""
    match = YEAR.match(text)
    if not match or (int(match[1]) + 1) % 100 != int(match[2]):
        raise CellFault(text, "a financial year such as 2012-13")
    return int(match[1])


def write_year(year: int) -> str:
    """2012 as '2012-13'."""
    return f"{year}-{(year + 1) % 100:02d}"


def for_migration(field: Any, parts: Any) -> Any:
    """A field's parts with `required` in place of what follows from it, and without its words."""
    name, path, args, kwargs = parts
    implied = ("blank", "null", "default", "verbose_name", "help_text", "choices", "related_name")
    kept = {key: value for key, value in kwargs.items() if key not in implied}
    return name, path, args, kept | ({"required": True} if field.required else {})


class RecordField(models.Field):
    """What every field of a record shares: required or not, a unit, and cell reading and writing."""

    unit = ""
    is_text = False

    def __init__(self, label: str | None = None, *, required: bool = False, unit: str = "", **kwargs: Any):
        kwargs.setdefault("verbose_name", label)
        if not required:
            kwargs.setdefault("blank", True)
            if self.is_text:
                kwargs.setdefault("default", "")
            else:
                kwargs.setdefault("null", True)
        self.unit = unit or self.unit
        super().__init__(**kwargs)

    @property
    def required(self) -> bool:
        return not self.blank

    def deconstruct(self) -> Any:
        """What a migration needs to know: not the words, so that a change of wording is no migration."""
        return for_migration(self, super().deconstruct())

    def allowed(self) -> str:
        raise NotImplementedError

    def parse(self, text: str) -> Any:
        return text

    def write_cell(self, value: Any) -> str:
        return "" if value is None else str(value)

    def read_cell(self, text: str) -> Any:
        """The value of a cell; blank is unknown (None, or '' for text) unless the field is required."""
        if text == "":
            if self.required:
                raise CellFault("nothing", self.allowed())
            return "" if self.is_text else None
        return self.parse(text)


class _Text(RecordField):
    is_text = True

    def parse(self, text: str) -> str:
        if CONTROL.search(text):
            raise CellFault("a control character", self.allowed())
        if self.max_length and len(text) > self.max_length:
            raise CellFault(f"{len(text):,} characters", self.allowed())
        return text


class ShortText(_Text, models.CharField):
    """One line of words."""

    def __init__(self, *args: Any, **kwargs: Any):
        kwargs.setdefault("max_length", 300)
        super().__init__(*args, **kwargs)

    def parse(self, text: str) -> str:
        if "\n" in text or "\r" in text:
            raise CellFault("several lines", self.allowed())
        return super().parse(text)

    def allowed(self) -> str:
        return f"one line of text, at most {self.max_length} characters"


class LongText(_Text, models.TextField):
    """Paragraphs, at most 30,000 characters (a workbook cell holds no more)."""

    def __init__(self, *args: Any, **kwargs: Any):
        kwargs.setdefault("max_length", 30_000)
        super().__init__(*args, **kwargs)

    def parse(self, text: str) -> str:
        return super().parse(text.replace("\r\n", "\n").replace("\r", "\n"))

    def allowed(self) -> str:
        return f"text, at most {self.max_length:,} characters"


class CodeField(ShortText):
    """The code of a record: letters, digits and hyphens."""

    def __init__(self, *args: Any, **kwargs: Any):
        kwargs.setdefault("max_length", 40)
        kwargs.setdefault("required", True)
        super().__init__(*args, **kwargs)

    def parse(self, text: str) -> str:
        if not CODE.match(text):
            raise CellFault(text, self.allowed())
        return text

    def allowed(self) -> str:
        return "a code of letters, digits and hyphens, at most 40 characters, such as SVC-012"


class RecordRef(ShortText):
    """Any record of the exercise as kind:CODE, for example option:IIP ('exercise' alone for the exercise)."""

    def parse(self, text: str) -> str:
        kind, _, code = text.partition(":")
        if text != "exercise" and not (kind.isidentifier() and CODE.match(code)):
            raise CellFault(text, self.allowed())
        return text

    def allowed(self) -> str:
        return "a record of this case as kind:CODE, such as service:SVC-012"


class Choice(_Text, models.CharField):
    """One of a stated list. Cells hold the stored word; pages show the label."""

    def __init__(self, *args: Any, **kwargs: Any):
        kwargs.setdefault("max_length", 40)
        super().__init__(*args, **kwargs)

    def words(self) -> Iterable[str]:
        return [value for value, _ in self.flatchoices]

    def parse(self, text: str) -> str:
        if text not in self.words():
            raise CellFault(text, self.allowed())
        return text

    def allowed(self) -> str:
        return "one of " + ", ".join(self.words())


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


class Reference(models.ForeignKey):
    """Another record of the same exercise. A cell holds its code."""

    unit = ""

    def __init__(self, to: Any, label: str | None = None, *, required: bool = False, **kwargs: Any):
        kwargs.setdefault("verbose_name", label)
        kwargs.setdefault("on_delete", models.PROTECT)
        kwargs.setdefault("related_name", "+")
        if not required:
            kwargs.setdefault("null", True)
            kwargs.setdefault("blank", True)
        super().__init__(to, **kwargs)

    @property
    def required(self) -> bool:
        return not self.blank

    def deconstruct(self) -> Any:
        return for_migration(self, super().deconstruct())

    @property
    def table(self) -> Any:
        """The model that this field points to."""
        return self.related_model

    def allowed(self) -> str:
        return f"the code of a row of {self.table.stem}"

    def read_cell(self, text: str) -> str | None:
        """The code as given: looking it up needs the other table, so whoever loads the case does that."""
        if text == "" and self.required:
            raise CellFault("nothing", self.allowed())
        return text or None

    def write_cell(self, value: Any) -> str:
        return "" if value is None else value.code
