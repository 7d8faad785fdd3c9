"""The sheets of what a figure is made of: by phase and kind, by year, by value, and step by step to the NPSV."""

from wayforward.appraisal.audit.book import Book, Cell, Formula
from wayforward.appraisal.audit.factors import FIRST, LEVEL
from wayforward.appraisal.audit.facts import Facts
from wayforward.appraisal.audit.parameters import option_name
from wayforward.appraisal.audit.plan import (
    BY_YEAR,
    COUNTED,
    FACTORS,
    LINES,
    OPTIONS,
    PAID,
    PARTS,
    PHASES,
    PRESENT,
    RISKS,
    VALUES,
)
from wayforward.appraisal.audit.worth import NONE, NOT_KNOWN, comparable, if_known, if_numbers, lines_of
from wayforward.appraisal.findings.money import RISK
from wayforward.appraisal.findings.values import KINDS
from wayforward.appraisal.models import VALUES as WHOSE
from wayforward.options.models import PHASES as ALL_PHASES

Row = dict[str, Cell]
COST_PARTS = (*(phase for phase, _ in ALL_PHASES), RISK)
OF_OPTION = (*(("cost", part) for part in COST_PARTS), *(("benefit", kind) for kind in KINDS))
WHOSE_VALUE = tuple(value for value, _ in WHOSE)
# What is added up of a line by itself, and of a risk.
SUMS = {
    "real": (COUNTED, "", "expected"),
    "present": (PRESENT, "likely", "likely"),
    "low": (PRESENT, "low", ""),
    "high": (PRESENT, "high", "high"),
}


def write_parts(book: Book, facts: Facts) -> None:
    """Every phase, the risks and every kind of benefit, of each option by itself."""
    rows = [(number, *part) for number in range(1, len(facts.options) + 1) for part in OF_OPTION]
    book.write(PARTS, (_part(book, facts, at, *row) for at, row in enumerate(rows)))


def _part(book: Book, facts: Facts, at: int, number: int, side: str, part: str) -> Row:
    table = book[PARTS]
    cell = {column.key: table.here(column.key, at) for column in table.columns}
    found: Row = {"no": number, "option": option_name(book, cell["no"]), "side": side, "part": part}
    for key, (sheet, column, of_risk) in SUMS.items():
        if part == RISK:
            risks = book[RISKS]
            total = f"SUMIFS({risks.down(of_risk)},{risks.down('no')},{cell['no']})" if of_risk else "0"
            found[key] = Formula(f"={total}")
        else:
            found[key] = _of_part(book, facts, cell, side, book[sheet].down(column or "total"))
    if side == "cost":
        usual = f"INDEX({table.down_here('present')},(Usual-1)*{len(OF_OPTION)}+{OF_OPTION.index((side, part)) + 1})"
        change = if_numbers(f"{cell['present']}-{usual}", cell["present"], usual)
        found["change"] = Formula(f'=_xlfn.IFNA({change},"{NOT_KNOWN}")')
    else:
        found["change"] = Formula(f'="{NONE}"')
    return found


def _of_part(book: Book, facts: Facts, cell: dict[str, str], side: str, column: str) -> Formula:
    """A phase that the option does not have costs nothing; one without a line is not known. Of no line, no benefit."""
    lines, phases = book[LINES], book[PHASES]
    kind = lines.first("cost_phase" if side == "cost" else "kind", facts.priced)
    mine = f",{kind},{cell['part']}"
    total = f'_xlfn.IFNA({lines_of(book, facts, column, cell["no"], side, mine)},"{NOT_KNOWN}")'
    many = count_of(book, facts, cell["no"], side, mine)
    if side == "benefit":
        return Formula(f'=IF({many}>0,{total},"{NONE}")')
    own = f"{phases.down('no')},{cell['no']}"
    no_such = f"COUNTIFS({own},{phases.down('phase')},{cell['part']})=0"
    without = f"AND({count_of(book, facts, cell['no'], side)}>0,COUNTIFS({own})>0,{no_such})"
    return Formula(f'=IF({many}>0,{total},IF({without},0,"{NOT_KNOWN}"))')


def count_of(book: Book, facts: Facts, number: str, side: str, more: str = "") -> str:
    """How many lines of an option count in NPSV, on one side."""
    lines = book[LINES]
    own = f'{lines.first("no", facts.priced)},{number},{lines.first("side", facts.priced)},"{side}"'
    return f"COUNTIFS({own},{lines.first('counts', facts.priced)},1{more})"


def write_by_year(book: Book, facts: Facts) -> None:
    """Every year of each option by itself."""
    years = range(len(facts.years))
    rows = [(number, place) for number in range(1, len(facts.options) + 1) for place in years]
    book.write(BY_YEAR, (_year(book, facts, at, *row) for at, row in enumerate(rows)))


def _year(book: Book, facts: Facts, at: int, number: int, place: int) -> Row:
    table, factors, risks, phases = book[BY_YEAR], book[FACTORS], book[RISKS], book[PHASES]
    cell = {column.key: table.here(column.key, at) for column in table.columns}
    own, year = cell["no"], f"y{place}"

    def total(sheet: str, side: str) -> str:
        return lines_of(book, facts, book[sheet].down(year), own, side)

    of_option = f"{phases.down('no')},{own}"
    costed = f"SUMIFS({phases.down('costed')},{of_option})=COUNTIFS({of_option})"
    there = f"AND({count_of(book, facts, own, 'cost')}>0,{costed})"
    whole = f"INDEX({book[OPTIONS].down('whole')},{own})=1"
    first = factors.fixed(year, FIRST)
    risked = f"SUMIFS({risks.down('likely')},{risks.down('no')},{own},{risks.down('year')},{first})"
    return {
        "no": number,
        "option": option_name(book, own),
        "year": facts.years[place],
        "cost": if_known(there, total(COUNTED, "cost")),
        "benefit": if_known(whole, total(COUNTED, "benefit")),
        "paid": if_known(whole, total(PAID, "cost")),
        "gained": if_known(whole, total(PAID, "benefit")),
        "level": Formula(f'=_xlfn.IFNA({factors.fixed(year, LEVEL)},"{NOT_KNOWN}")'),
        "paid_cash": _product(cell["paid"], cell["level"]),
        "gained_cash": _product(cell["gained"], cell["level"]),
        "cost_present": if_known(whole, total(PRESENT, "cost")),
        "benefit_present": if_known(whole, total(PRESENT, "benefit")),
        "risk_present": Formula(f"={risked}"),
    }


def _product(amount: str, level: str) -> Formula:
    return Formula(f"={if_numbers(f'{amount}*{level}', amount, level)}")


def write_values(book: Book, facts: Facts) -> None:
    """Every value of each option against business as usual."""
    rows = [(facts.number(item.option), value) for item in facts.others for value in WHOSE_VALUE]
    book.write(VALUES, (_value(book, facts, at, *row) for at, row in enumerate(rows)))


def _value(book: Book, facts: Facts, at: int, number: int, value: str) -> Row:
    table, lines, present = book[VALUES], book[LINES], book[PRESENT].down("likely")
    cell = {column.key: table.here(column.key, at) for column in table.columns}
    own, known = cell["no"], comparable(book, cell["no"])
    found: Row = {"no": number, "option": option_name(book, own), "value": value}
    for kind in KINDS:
        mine = f',{lines.first("value_of", facts.priced)},{cell["value"]},{lines.first("kind", facts.priced)},"{kind}"'
        gain, usual = (lines_of(book, facts, present, who, "benefit", mine) for who in (own, "Usual"))
        many, theirs = (count_of(book, facts, who, "benefit", mine) for who in (own, "Usual"))
        none = f"AND({many}=0,IF({known},{theirs},0)=0)"
        amount = f'_xlfn.IFNA(IF({known},{gain}-{usual},NA()),"{NOT_KNOWN}")'
        found[kind] = Formula(f'=IF({none},"{NONE}",{amount})')
    kinds = f"{cell[KINDS[0]]}:{cell[KINDS[-1]]}"
    found["present"] = Formula(f'=IF({known},SUM({kinds}),"{NOT_KNOWN}")')
    return found
