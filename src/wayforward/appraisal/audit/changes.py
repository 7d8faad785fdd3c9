"""The sheet Changes: what an option changes of business as usual, driver by driver, and the range of that."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from wayforward.appraisal.audit.book import Book, Cell, Formula
from wayforward.appraisal.audit.factors import FIRST
from wayforward.appraisal.audit.facts import Facts
from wayforward.appraisal.audit.parameters import option_name
from wayforward.appraisal.audit.plan import CHANGES, COUNTED, FACTORS, LINES, PRESENT, RISKS
from wayforward.appraisal.models import Line
from wayforward.options.models import OptionRisk

Row = dict[str, Cell]
LINE, RISK = "line", "risk"
GROUP = ("no", "driver", "low", "high")  # what moves as one


@dataclass(frozen=True)
class Changed:
    """A line or risk of an option, or of business as usual, which is taken off: its place on its own sheet, from 1."""

    option: int
    entry: str
    place: int
    sign: int


def changes_of(facts: Facts) -> list[Changed]:
    """What is compared for each option: its own lines and risks, then those of business as usual."""
    usual = [item for item in facts.options if item.usual]
    return [
        Changed(facts.number(item.option), entry, place, 1 if whose is item else -1)
        for item in facts.others
        for whose in (item, *usual)
        for entry, rows in ((LINE, facts.lines[: facts.priced]), (RISK, facts.risks))
        for place in _places(rows, whose.option)
    ]


def _places(rows: Iterable[Line | OptionRisk], option: object) -> Iterator[int]:
    return (place for place, row in enumerate(rows, 1) if row.option is option)


def write_changes(book: Book, facts: Facts) -> None:
    """A row for each; the first of a driver and range holds what all of it comes to, and its range."""
    years = range(len(facts.years))
    book.write(CHANGES, (_row(book, years, at, one) for at, one in enumerate(changes_of(facts))))


def _row(book: Book, years: Iterable[int], at: int, one: Changed) -> Row:
    cell = {column.key: book[CHANGES].here(column.key, at) for column in book[CHANGES].columns}
    found = _entered(book, cell) | {"first": _first(book, at, cell)}
    found |= _ranged(book, cell, ("own", "together", "below", "above"), _present(book, cell))
    for place in years:
        keys = tuple(f"{block}{place}" for block in "ytba")
        found |= _ranged(book, cell, keys, _in_year(book, cell, place))
    return {
        "no": one.option,
        "option": option_name(book, cell["no"]),
        "entry": one.entry,
        "place": one.place,
        "sign": one.sign,
        **{key: Formula(f"={formula}") for key, formula in found.items()},
    }


def _either(book: Book, cell: dict[str, str]) -> Callable[[str, str], str]:
    """A formula of what Lines or else Risks says; neither is looked at where the row is of the other."""

    def of(line: str, risk: str) -> str:
        return f'IF({cell["entry"]}="{RISK}",{risk},{line})'

    return of


def _at(book: Book, cell: dict[str, str], sheet: str, column: str) -> str:
    return f"INDEX({book[sheet].down(column)},{cell['place']})"


def _entered(book: Book, cell: dict[str, str]) -> dict[str, str]:
    either = _either(book, cell)

    def same(key: str) -> str:
        return either(_at(book, cell, LINES, key), _at(book, cell, RISKS, key))

    def multiplier(key: str, of_risk: str) -> str:
        given = _at(book, cell, LINES, key)
        return either(f"IF(ISNUMBER({given}),{given},NA())", of_risk)

    chance = _at(book, cell, RISKS, "probability")
    at_most = f"IF(AND(ISNUMBER({chance}),{chance}>0),1/{chance},NA())"
    return {
        "code": same("code"),
        "name": same("name"),
        "side": either(_at(book, cell, LINES, "side"), '"cost"'),
        "driver": same("driver"),
        "counts": same("counts"),
        "low": multiplier("low", "0"),
        "high": multiplier("high", at_most),
    }


def _first(book: Book, at: int, cell: dict[str, str]) -> str:
    """1 in the first row of a driver and range. A multiplier that is not known is like no other."""
    table = book[CHANGES]
    alike = ",".join(f"{table.down_to_here(key, at)},{cell[key]}" for key in (*GROUP, "counts"))
    ranged = f"COUNT({cell['low']},{cell['high']})=2"
    return f"IF({cell['counts']}=0,0,IF({ranged},IF(COUNTIFS({alike})=1,1,0),1))"


def _present(book: Book, cell: dict[str, str]) -> str:
    worth, risked = (_at(book, cell, sheet, "likely") for sheet in (PRESENT, RISKS))
    return _either(book, cell)(worth, risked)


def _in_year(book: Book, cell: dict[str, str], place: int) -> str:
    year, expected = (_at(book, cell, RISKS, key) for key in ("year", "expected"))
    falls = f"{year}={book[FACTORS].fixed(f'y{place}', FIRST)}"
    return _either(book, cell)(_at(book, cell, COUNTED, f"y{place}"), f"IF({falls},{expected},0)")


def _ranged(book: Book, cell: dict[str, str], keys: tuple[str, ...], amount: str) -> dict[str, str]:
    """An amount with its sign, what its driver and range come to together, and how far that could be off."""
    table, (own, together, below, above) = book[CHANGES], keys
    alike = ",".join(f"{table.down_here(key)},{cell[key]}" for key in (*GROUP, "counts"))
    total = f"SUMIFS({table.down_here(own)},{alike})"
    low, high, is_first = cell["low"], cell["high"], f"{cell['first']}=1"
    ranged = f"COUNT({low},{high})=2"
    moved = f"({low}-1)*{cell[together]},({high}-1)*{cell[together]}"
    return {
        own: f"IF({cell['counts']}=1,{cell['sign']}*{amount},0)",
        together: f"IF({is_first},IF({ranged},{total},{cell[own]}),0)",
        below: f"IF({is_first},MIN({moved}),0)",
        above: f"IF({is_first},MAX({moved}),0)",
    }
