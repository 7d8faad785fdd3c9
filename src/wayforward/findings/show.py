"""How values are written for people: one way everywhere, in sentences, tables, charts and pages."""

from collections.abc import Sequence
from datetime import date

from wayforward.findings.finding import Scalar

MINUS = "\N{MINUS SIGN}"
UNKNOWN = "not known"
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def signed(number: float, text: str) -> str:
    """Text of an absolute value with a real minus sign where the number is below zero."""
    return f"{MINUS}{text}" if number < 0 and any(c in "123456789" for c in text) else text


def money(value: Scalar) -> str:
    """£ millions to one decimal; below a million in whole pounds to the thousand, below ten thousand as is."""
    if value is None:
        return UNKNOWN
    number = float(value)
    size = abs(number)
    if size >= 999_500:
        return signed(number, f"£{size / 1e6:,.1f}m")
    if size >= 10_000:
        return signed(number, f"£{round(size, -3):,.0f}")
    return signed(number, f"£{size:,.0f}")


def millions(value: Scalar) -> str:
    """£ millions to one decimal without sign of currency: for columns headed '£ million'."""
    if value is None:
        return UNKNOWN
    number = float(value)
    return signed(number, f"{abs(number) / 1e6:,.1f}")


def percent(value: Scalar) -> str:
    """A fraction as a whole percentage; 'under 1%' and 'over 99%' rather than a false nought or whole."""
    if value is None:
        return UNKNOWN
    number = float(value)
    if 0 < abs(number) < 0.005:
        return "under 1%"
    if 0.995 <= number < 1:
        return "over 99%"
    return signed(number, f"{abs(number) * 100:,.0f}%")


def number(value: Scalar, places: int = 1) -> str:
    """A plain number: whole where it is whole, else to the given places."""
    if value is None:
        return UNKNOWN
    amount = float(value)
    size = abs(amount)
    text = f"{size:,.0f}" if size == int(size) or size >= 1000 else f"{size:,.{places}f}"
    return signed(amount, text)


def day(value: Scalar) -> str:
    """'2013-01-23' as '23 January 2013'."""
    if value is None or value == "":
        return UNKNOWN
    when = date.fromisoformat(str(value))
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}"


def financial_year(value: Scalar) -> str:
    """2012 as '2012-13'."""
    return UNKNOWN if value is None else f"{int(value)}-{(int(value) + 1) % 100:02d}"


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
    """A value of a finding as people read it, by its unit. Unknown is 'not known', never nought or blank."""
    if value is None:
        return UNKNOWN
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
