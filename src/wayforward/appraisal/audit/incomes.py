"""The sheets of who gains by income: what a pound counts for to each group, and NPSV weighed by it."""

from wayforward.appraisal.audit.book import Book, Cell, Formula, number
from wayforward.appraisal.audit.facts import Facts
from wayforward.appraisal.audit.parameters import (
    ELASTICITY,
    FIFTHS_HIGH,
    FIFTHS_LOW,
    Parameters,
    option_name,
)
from wayforward.appraisal.audit.parts import count_of
from wayforward.appraisal.audit.plan import GAINS, INCOMES, LINES, OPTIONS, PRESENT, WEIGHED
from wayforward.appraisal.audit.worth import NONE, NOT_KNOWN, comparable, if_known, lines_of
from wayforward.finance.models import IncomeGroup

Row = dict[str, Cell]
WEIGHTS = ("low", "likely", "high")


def write_incomes(book: Book, facts: Facts, known: Parameters) -> None:
    """The groups, the gains of each under each option, and the options with their gains weighed."""
    book.write(INCOMES, (_group(book, facts, known, at) for at in range(len(facts.incomes))))
    pairs = [
        (facts.number(item.option), group)
        for item in facts.others
        for group in range(1, len(facts.incomes) + 1)
    ]
    book.write(GAINS, (_gain(book, facts, at, *pair) for at, pair in enumerate(pairs)))
    book.write(WEIGHED, (_weighed(book, facts, at) for at in range(len(facts.others))))


def _group(book: Book, facts: Facts, known: Parameters, at: int) -> Row:
    table, group = book[INCOMES], facts.incomes[at]
    income, median, fifth = (table.here(key, at) for key in ("income", "median", "fifth"))
    found: Row = {
        "no": at + 1,
        "code": group.code,
        "name": group.name,
        "income": number(group.income),
        "median": number(group.median),
        "fifth": None,
    }
    if known.has(ELASTICITY):
        power = known.cell("value", ELASTICITY)
        there = f"AND(ISNUMBER({income}),ISNUMBER({median}))"
        weight = if_known(there, f"IF(AND({income}>0,{median}>0),({median}/{income})^{power},NA())")
        return found | dict.fromkeys(WEIGHTS, weight)
    found["fifth"] = fifth_of(group, known.items(FIFTHS_LOW))
    low, high = (
        f"INDEX({known.down('value', name)},MATCH({fifth},{known.down('item', name)},0))"
        for name in (FIFTHS_LOW, FIFTHS_HIGH)
    )
    named = f"LEN({fifth})>0"
    return found | {
        "low": if_known(named, low),
        "likely": if_known(named, f"({low}+{high})/2"),
        "high": if_known(named, high),
    }


def fifth_of(group: IncomeGroup, fifths: list[str]) -> str:
    """The fifth of incomes that a group names; nothing where it names none."""
    words = group.name.lower().split()
    return next((name for name in fifths if name in words), "")


def _gain(book: Book, facts: Facts, at: int, option: int, group: int) -> Row:
    table, lines, groups = book[GAINS], book[LINES], book[INCOMES]
    own, whose, named, gain = (table.here(key, at) for key in ("no", "group", "named", "gain"))
    mine = f",{lines.first('income', facts.priced)},{whose}"
    present, known = book[PRESENT].down("likely"), comparable(book, own)
    theirs, usual = (lines_of(book, facts, present, who, "benefit", mine) for who in (own, "Usual"))
    many = "+".join(count_of(book, facts, who, "benefit", mine) for who in (own, "Usual"))
    weights = [f"{gain}*INDEX({groups.down(key)},{whose})" for key in WEIGHTS]

    def weighed(formula: str) -> Formula:
        weight = f"ISNUMBER(INDEX({groups.down('likely')},{whose}))"
        return if_known(known, f"IF({named}=0,0,IF({weight},{formula},NA()))")

    return {
        "no": option,
        "option": option_name(book, own),
        "group": group,
        "name": Formula(f"=INDEX({groups.down('name')},{whose})"),
        "named": Formula(f"=IF({known},IF({many}>0,1,0),0)"),
        "gain": if_known(known, f"{theirs}-{usual}"),
        # A loss weighs least at its high weight.
        "low": weighed(f"MIN({weights[0]},{weights[2]})"),
        "likely": weighed(weights[1]),
        "high": weighed(f"MAX({weights[0]},{weights[2]})"),
    }


def _weighed(book: Book, facts: Facts, at: int) -> Row:
    table, gains = book[WEIGHED], book[GAINS]
    own, npsv = (table.here(key, at) for key in ("no", "npsv"))
    mine = f"{gains.down('no')},{own},{gains.down('named')},1"
    many, total = f"COUNTIFS({mine})", f"SUMIFS({gains.down('gain')},{mine})"

    def weighed(key: str) -> Formula:
        # A weight that is not known is a word, which no sum would miss.
        whole = f"SUMPRODUCT(({gains.down('no')}={own})*({gains.down('named')}=1)*ISNUMBER({gains.down(key)}))={many}"
        rest = f"{npsv}-{total}"
        return if_known(f"AND(ISNUMBER({npsv}),{whole})", f"{rest}+SUMIFS({gains.down(key)},{mine})")

    return {
        "no": facts.number(facts.others[at].option),
        "option": option_name(book, own),
        "npsv": Formula(f"=INDEX({book[OPTIONS].down('npsv')},{own})"),
        "grouped": Formula(f'=IF({comparable(book, own)},IF({many}>0,{total},"{NONE}"),"{NOT_KNOWN}")'),
        "weighted": weighed("likely"),
        "weighted_low": weighed("low"),
        "weighted_high": weighed("high"),
    }
