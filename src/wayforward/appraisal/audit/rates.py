"""The sheet Other rates: likely NPSV at the edition's rates, all at the standard rate, mid-year, at the lower rates."""

from wayforward.appraisal.audit.book import Book, Cell, Formula
from wayforward.appraisal.audit.factors import (
    FIRST,
    HEALTH_FACTOR,
    HEALTH_MIDDLE,
    LOWER_FACTOR,
    STANDARD_FACTOR,
    STANDARD_MIDDLE,
)
from wayforward.appraisal.audit.facts import Facts
from wayforward.appraisal.audit.parameters import option_name
from wayforward.appraisal.audit.plan import COUNTED, FACTORS, LINES, RATES, RISKS
from wayforward.appraisal.audit.worth import NOT_KNOWN, comparable, if_numbers, lines_of
from wayforward.appraisal.findings.editions import ALL_STANDARD, AS_IT_IS, AT_LOWER, MID_YEAR

Row = dict[str, Cell]
# The factors of lines at the standard rate, and of those of life and health.
AT = {
    AS_IT_IS: (STANDARD_FACTOR, HEALTH_FACTOR),
    ALL_STANDARD: (STANDARD_FACTOR, STANDARD_FACTOR),
    MID_YEAR: (STANDARD_MIDDLE, HEALTH_MIDDLE),
    AT_LOWER: (LOWER_FACTOR, HEALTH_FACTOR),
}


def rates_of(facts: Facts) -> tuple[str, ...]:
    """By which rates the edition lets an option be appraised."""
    there = facts.case.edition.parameters
    needs = {ALL_STANDARD: "discount-rate-health", AT_LOWER: "discount-rate-lower"}
    return tuple(name for name in AT if name not in needs or needs[name] in there)


def write_rates(book: Book, facts: Facts) -> None:
    """A row an option and set of rates, the first of each being that of the edition."""
    names = rates_of(facts)
    rows = [(facts.number(item.option), name) for item in facts.others for name in names]
    book.write(RATES, (_row(book, facts, at, *row) for at, row in enumerate(rows)))


def _row(book: Book, facts: Facts, at: int, number: int, name: str) -> Row:
    table = book[RATES]
    own, npsv = table.here("no", at), table.here("npsv", at)
    base = table.here("npsv", at - at % len(rates_of(facts)))
    years = table.across("y", at).rpartition("!")[2]
    known = comparable(book, own)
    found: Row = {
        "no": number,
        "option": option_name(book, own),
        "rates": name,
        "npsv": Formula(f'=IF(COUNT({years})={len(facts.years)},SUM({years}),"{NOT_KNOWN}")'),
        "change": Formula(f"={if_numbers(f'{npsv}-{base}', npsv, base)}"),
    }
    for place in range(len(facts.years)):
        year = f"y{place}"
        standard, health = (book[FACTORS].fixed(year, row) for row in AT[name])
        parts = [
            f"{_net(book, facts, own, year, 1)}*{standard}",
            f"{_net(book, facts, own, year, 2)}*{health}",
        ]
        found[year] = Formula(f"=IF({known},{'+'.join(parts)},NA())")
    return found


def _net(book: Book, facts: Facts, own: str, year: str, schedule: int) -> str:
    """Benefits less costs and risks of a year against business as usual, of the lines of one schedule."""
    amounts, risks = book[COUNTED].down(year), book[RISKS]
    of_schedule = f",{book[LINES].first('schedule', facts.priced)},{schedule}"
    first = book[FACTORS].fixed(year, FIRST)

    def net(number: str) -> str:
        gains, costs = (
            lines_of(book, facts, amounts, number, side, of_schedule) for side in ("benefit", "cost")
        )
        if schedule != 1:
            return f"({gains}-{costs})"
        of_year = f"{risks.down('no')},{number},{risks.down('year')},{first}"
        return f"({gains}-{costs}-SUMIFS({risks.down('expected')},{of_year}))"

    return f"({net(own)}-{net('Usual')})"
