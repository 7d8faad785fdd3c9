"""The sheet Factors: year numbers, rates, discount factors and price levels of the years appraised."""

from wayforward.appraisal.audit.book import Book, Cell, Formula
from wayforward.appraisal.audit.facts import Facts
from wayforward.appraisal.audit.parameters import HEALTH, LOWER, STANDARD, Parameters
from wayforward.appraisal.audit.plan import FACTORS, PRICES

Row = dict[str, Cell]
ALWAYS = (
    "First calendar year",
    "Year number, t",
    "Discount rate, standard",
    "Discount factor, standard",
    "Discount rate, life and health",
    "Discount factor, life and health",
    "Price level",
    "Discount factor, standard, mid-year",
    "Discount factor, life and health, mid-year",
)
AT_LOWER = ("Discount rate, lower", "Discount factor, lower")
# Where each stands.
FIRST, NUMBER, STANDARD_RATE, STANDARD_FACTOR, HEALTH_RATE, HEALTH_FACTOR, LEVEL = range(7)
STANDARD_MIDDLE, HEALTH_MIDDLE, LOWER_RATE, LOWER_FACTOR = range(7, 11)


def factor_rows(has_lower: bool) -> tuple[str, ...]:
    """What each row holds; lower rates only where the edition has them."""
    return (*ALWAYS, *AT_LOWER) if has_lower else ALWAYS


def write_factors(book: Book, facts: Facts, known: Parameters) -> None:
    """A row a factor, a column a year."""
    without = "" if known.has(HEALTH) else " (this edition has none: the standard)"
    rows: list[Row] = [
        {"factor": name + (without if "life" in name else "")} for name in factor_rows(known.has(LOWER))
    ]
    for place in range(len(facts.years)):
        for row, formula in zip(rows, _year(book, known, place), strict=True):
            row[f"y{place}"] = Formula(f"={formula}")
    book.write(FACTORS, rows)


def _year(book: Book, known: Parameters, place: int) -> list[str]:
    """The formulas of one year, in the order of the rows."""
    table, prices = book[FACTORS], book[PRICES]
    year, before = f"y{place}", f"y{place - 1}"
    t = table.here(year, NUMBER)
    health = HEALTH if known.has(HEALTH) else STANDARD

    def band(group: str, number: str) -> str:
        return f"LOOKUP({number},{known.down('start', group)},{known.down('value', group)})"

    def rate(group: str) -> str:
        return f"IF({t}=0,0,{band(group, t)})"

    def factor(row: int) -> str:
        return f"{table.here(before, row)}/(1+{table.here(year, row - 1)})" if place else "1"

    def middle(row: int, group: str) -> str:
        return f"{table.here(year, row)}/SQRT(1+{band(group, f'{t}+1')})"

    level = f"INDEX({prices.down('level')},MATCH({table.here(year, FIRST)},{prices.down('first')},0))"
    found = [
        f"{table.here(before, FIRST)}+1" if place else "First_year",
        f"{table.here(year, FIRST)}-First_year",
        rate(STANDARD),
        factor(STANDARD_FACTOR),
        rate(health),
        factor(HEALTH_FACTOR),
        level,
        middle(STANDARD_FACTOR, STANDARD),
        middle(HEALTH_FACTOR, health),
    ]
    return [*found, rate(LOWER), factor(LOWER_FACTOR)] if known.has(LOWER) else found
