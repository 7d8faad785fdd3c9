"""The sheets of cash: the financial plan, and what each option leaves of it year by year."""

from collections.abc import Iterator

from wayforward.appraisal.audit.book import Book, Cell, Formula
from wayforward.appraisal.audit.factors import FIRST, LEVEL
from wayforward.appraisal.audit.facts import Facts
from wayforward.appraisal.audit.parameters import option_name
from wayforward.appraisal.audit.plan import AFFORDABILITY, FACTORS, LINES, PAID, PLAN
from wayforward.appraisal.audit.worth import NOT_KNOWN, NOUGHT, comparable

Row = dict[str, Cell]
FUNDING, BUDGET, SAVINGS = "funding", "budget", "savings planned"


def write_plan(book: Book, facts: Facts) -> None:
    """The lines of the plan that are funding, budget or savings already planned."""
    table = book[PLAN]

    def rows() -> Iterator[Row]:
        for at, line in enumerate(facts.plan):
            kind = table.here("kind", at)
            yield {
                "code": line.code,
                "kind": line.plan_kind,
                "name": line.name,
                "year": line.year,
                "amount": None if line.amount is None else float(line.amount),
                "role": Formula(f'=IF(OR({kind}="{BUDGET}",{kind}="{SAVINGS}"),{kind},"{FUNDING}")'),
                "known": Formula(f"=IF(ISNUMBER({table.here('amount', at)}),1,0)"),
            }

    book.write(PLAN, rows())


def write_affordability(book: Book, facts: Facts) -> None:
    """A row an option and year: its change in cash against business as usual, then what is left over."""
    pairs = [
        (number, place) for number in range(1, len(facts.options) + 1) for place in range(len(facts.years))
    ]
    book.write(AFFORDABILITY, (_row(book, facts, at, *pair) for at, pair in enumerate(pairs)))


def _row(book: Book, facts: Facts, at: int, number: int, place: int) -> Row:
    table, factors = book[AFFORDABILITY], book[FACTORS]
    cell = {column.key: table.here(column.key, at) for column in table.plan.columns}
    known = comparable(book, cell["no"])
    numbers = f"AND({','.join(f'ISNUMBER({cell[key]})' for key in ('own', 'usual', 'level'))})"
    moved = f'IF({numbers},({cell["own"]}-{cell["usual"]})*{cell["level"]},"{NOT_KNOWN}")'
    all_known = ",".join(f"ISNUMBER({cell[key]})" for key in ("change", "funding", "budget"))
    left = f"{cell['funding']}-{cell['budget']}-{cell['change']}"
    return {
        "no": number,
        "option": option_name(book, cell["no"]),
        "year": facts.years[place],
        "first": Formula(f"={factors.fixed(f'y{place}', FIRST)}"),
        "own": _cash(book, facts, cell["no"], place),
        "usual": _cash(book, facts, "Usual", place),
        "level": Formula(f'=_xlfn.IFNA({factors.fixed(f"y{place}", LEVEL)},"{NOT_KNOWN}")'),
        # Business as usual changes nothing, whatever inflation may be.
        "change": Formula(
            f'=_xlfn.IFNA(IF({known},IF({cell["no"]}=Usual,0,{moved}),"{NOT_KNOWN}"),"{NOT_KNOWN}")'
        ),
        "funding": Formula(f"={_planned(book, FUNDING, cell['first'], needed=True)}"),
        "budget": Formula(f"={_budget(book, cell['first'])}"),
        "short": Formula(
            f'=IF(ISNUMBER({cell["headroom"]}),IF(ROUND({cell["headroom"]},{NOUGHT})<0,{cell["first"]},""),"")'
        ),
        "headroom": Formula(f'=IF(AND({all_known}),{left},"{NOT_KNOWN}")'),
    }


def _cash(book: Book, facts: Facts, number: str, place: int) -> Formula:
    """Cash paid less cash released of our own, in real prices."""
    lines, paid = book[LINES], book[PAID].down(f"y{place}")
    own = f"{lines.first('no', facts.priced)},{number},{lines.first('own_cash', facts.priced)},1"
    spent, released = (
        f'SUMIFS({paid},{own},{lines.first("side", facts.priced)},"{side}")' for side in ("cost", "benefit")
    )
    return Formula(f'=_xlfn.IFNA({spent}-{released},"{NOT_KNOWN}")')


def _planned(book: Book, role: str, year: str, *, needed: bool) -> str:
    """The plan's amounts of a role in a year. Not known while one of them is not, or where there has to be one."""
    table = book[PLAN]
    own = f'{table.down("role")},"{role}",{table.down("year")},{year}'
    known, lines = f"SUMIFS({table.down('known')},{own})", f"COUNTIFS({own})"
    there = f"{known}={lines}" + (f",{lines}>0" if needed else "")
    return f'IF(AND({there}),SUMIFS({table.down("amount")},{own}),"{NOT_KNOWN}")'


def _budget(book: Book, year: str) -> str:
    """Spending as planned: the budget less the savings already planned, if there are any."""
    budget, savings = _planned(book, BUDGET, year, needed=True), _planned(book, SAVINGS, year, needed=False)
    return f'IF(AND(ISNUMBER({budget}),ISNUMBER({savings})),{budget}-{savings},"{NOT_KNOWN}")'
