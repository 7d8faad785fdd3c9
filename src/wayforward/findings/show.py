"""How values are written for people: one way everywhere, in sentences, tables, charts and pages."""

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from wayforward.findings.finding import NO_NUMBERS, Scalar

MINUS = "\N{MINUS SIGN}"
UNKNOWN = "not known"
NONE = "none"  # known not to exist, as the payback of what never pays back
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def signed(number: float, text: str) -> str:
    """Text of an absolute value with a real minus sign where the number is below zero."""
    return f"{MINUS}{text}" if number < 0 and any(c in "123456789" for c in text) else text


def fixed(value: Scalar, places: int = 0, unit: float = 1) -> str:
    """A number in units of `unit`, rounded half up to the given places: 350,000 in millions reads 0.4.

    Rounded as decimals from 12 significant digits, so that no binary fraction tips a half.
    """
    amount = Decimal(f"{float(value or 0):.12g}") / Decimal(f"{unit:g}")
    text = f"{abs(amount).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):,.{places}f}"
    return signed(float(amount), text)


def lacking(value: Scalar) -> str:
    """What stands in place of a number that is not known (None) or is known not to exist (''); else ''."""
    if value is None:
        return UNKNOWN
    return NONE if value == "" else ""


def money(value: Scalar) -> str:
    """£ millions to one decimal; below a million in whole pounds to the thousand, below ten thousand as is."""
    if words := lacking(value):
        return words
    number = float(value or 0)
    size = abs(number)
    if size >= 999_500:
        return signed(number, f"£{fixed(size, 1, 1e6)}m")
    if size >= 10_000:
        return signed(number, f"£{fixed(size, 0, 1e3)},000")
    return signed(number, f"£{fixed(size)}")


def millions(value: Scalar) -> str:
    """£ millions to one decimal without sign of currency: for columns headed '£ million'."""
    return lacking(value) or fixed(value, 1, 1e6)


def percent(value: Scalar) -> str:
    """A fraction as a whole percentage; 'under 1%' and 'over 99%' rather than a false nought or whole."""
    if words := lacking(value):
        return words
    number = float(value or 0)
    if 0 < abs(number) < 0.005:
        return "under 1%"
    if 0.995 <= number < 1:
        return "over 99%"
    return f"{fixed(value, 0, 0.01)}%"


def number(value: Scalar, places: int = 1) -> str:
    """A plain number: whole where it is whole, else to the given places."""
    if words := lacking(value):
        return words
    size = abs(float(value or 0))
    return fixed(value, 0 if size == int(size) or size >= 1000 else places)


def day(value: Scalar) -> str:
    """'2013-01-23' as '23 January 2013'."""
    if value is None or value == "":
        return UNKNOWN
    when = date.fromisoformat(str(value))
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}"


def financial_year(value: Scalar) -> str:
    """2012 as '2012-13'."""
    return lacking(value) or f"{int(value or 0)}-{(int(value or 0) + 1) % 100:02d}"


def listed(words: list[str], last: str = "and") -> str:
    """'a, b and c'."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def some(words: Sequence[str], most: int = 6) -> str:
    """'a, b and c', or 'a, b, c and 12 others' where there are many."""
    if len(words) <= most:
        return listed(list(words))
    return listed([*words[: most - 1], count(len(words) - most + 1, "other")])


def count(how_many: int, one: str, many: str = "") -> str:
    """'1 service', '2 services', 'no services'."""
    word = one if how_many == 1 else many or f"{one}s"
    return f"{'no' if how_many == 0 else f'{how_many:,}'} {word}"


def show(value: Scalar, unit: str) -> str:
    """A value of a finding as people read it, by its unit. Unknown is 'not known', never nought or blank.

    An empty text in place of a number says that there is none: 'none'.
    """
    if value is None:
        return UNKNOWN
    if value == "" and unit not in NO_NUMBERS:
        return NONE
    if unit in ("", "words"):
        return str(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if unit == "GBP":
        return money(value)
    if unit == "GBP million":
        return millions(value)
    if unit == "fraction":
        return percent(value)
    if unit == "financial year":
        return financial_year(value)
    if unit == "date":
        return day(value)
    return number(value)
