"""The sheets of what options are worth: risks, options against business as usual, payback."""

from wayforward.appraisal.audit.book import Book, Cell, Formula, Table, Tables
from wayforward.appraisal.audit.factors import FIRST, STANDARD_FACTOR
from wayforward.appraisal.audit.facts import Facts
from wayforward.appraisal.audit.parameters import option_name
from wayforward.appraisal.audit.plan import (
    AFFORDABILITY,
    CHANGES,
    COUNTED,
    FACTORS,
    LINES,
    OPTIONS,
    PAYBACK,
    PHASES,
    PRESENT,
    RISKS,
)
from wayforward.appraisal.lines import USUAL

Row = dict[str, Cell]
NOT_KNOWN, NONE = "not known", "none"
MEASURES = ("likely", "at the low end", "at the high end", "discounted, likely")
ENDS = ("", "_low", "_high")
NOUGHT = 6  # decimals of a pound: less than that is what computers can't add exactly


def lines_of(book: Tables, facts: Facts, column: str, number: str, side: str, more: str = "") -> str:
    """The sum of a column over the lines of an option that count in NPSV, on one side."""
    lines = book[LINES]
    own = f'{lines.first("no", facts.priced)},{number},{lines.first("side", facts.priced)},"{side}"'
    return f"SUMIFS({column},{own},{lines.first('counts', facts.priced)},1{more})"


def write_risks(book: Book, facts: Facts) -> None:
    """Every risk of every option; those with a price and a year that nothing else counts are in the sums."""
    book.write(RISKS, (_risk(book, facts, at) for at in range(len(facts.risks))))


def _risk(book: Book, facts: Facts, at: int) -> Row:
    risk, table, factors = facts.risks[at], book[RISKS], book[FACTORS]
    cell = {column.key: table.here(column.key, at) for column in table.plan.columns}
    years = factors.across("y", FIRST, stays=True)
    counts = (
        "IF(AND(ISNUMBER({probability}),{probability}>0,ISNUMBER({impact}),"
        f'COUNTIF({years},{{year}})>0,OR(LEN({{counted_in}})=0,{{counted_in}}="the register")),1,0)'
    )
    discount = f"INDEX({factors.across('y', STANDARD_FACTOR, stays=True)},1,MATCH({{year}},{years},0))"
    formulas = {
        "counts": counts,
        "discount": f"IF({{counts}}=1,{discount},0)",
        "expected": "IF({counts}=1,{probability}*{impact},0)",
        "full": "IF({counts}=1,{impact},0)",
        "likely": "{expected}*{discount}",
        "high": "{full}*{discount}",
    }
    return {
        "code": risk.code,
        "no": facts.number(risk.option),
        "option": option_name(book, cell["no"]),
        "name": risk.name,
        "driver": facts.driver(risk),
        "probability": None if risk.probability is None else float(risk.probability),
        "impact": None if risk.impact is None else float(risk.impact),
        "year": risk.year,
        "counted_in": risk.counted_in,
        **{key: Formula("=" + formula.format(**cell)) for key, formula in formulas.items()},
    }


def write_options(book: Book, facts: Facts) -> None:
    """What each option costs and brings by itself, then against business as usual."""
    book.write(OPTIONS, (_option(book, facts, at) for at in range(len(facts.options))))


def _option(book: Book, facts: Facts, at: int) -> Row:
    item, table = facts.options[at], book[OPTIONS]
    cell = {column.key: table.here(column.key, at) for column in table.plan.columns}
    found: Row = {
        "no": at + 1,
        "code": item.option.code,
        "name": item.option.short_name,
        "kind": item.option.option_kind,
        "there": _there(book, facts, cell),
        "whole": Formula(
            f"=IF(AND({cell['there']}=1,ISNUMBER({cell['gain']}),ISNUMBER({cell['spent']})),1,0)"
        ),
        "known": Formula(
            f"=_xlfn.IFNA(IF(AND({cell['whole']}=1,INDEX({table.down_here('whole')},Usual)=1),1,0),0)"
        ),
        **_by_itself(book, facts, cell["no"], cell["there"]),
        "waits": "; ".join(item.waiting),
        "barred": facts.barred.get(item.option.code, ""),
        # An option that fails an imperative is no measure of any.
        "standing": Formula(f'=IF({cell["kind"]}="{USUAL}",0,IF(LEN({cell["barred"]})>0,"",{cell["npsv"]}))'),
    }
    compared = _against_usual(book, cell) | _ratios(cell) | _annual(book, cell)
    for key, formula in compared.items():
        found[key] = Formula(f'=IF({cell["kind"]}="{USUAL}","",{formula})')
    factors = book[FACTORS].across("y", STANDARD_FACTOR, stays=True)
    yearly = f'IF({cell["whole"]}=1,{cell["spent"]}/SUM({factors}),"{NOT_KNOWN}")'
    found["annual_cost"] = Formula(f"={yearly}")
    return found | _cash(book, facts, at)


def _there(book: Book, facts: Facts, cell: dict[str, str]) -> Formula:
    """1 where there are phases, each with a cost line, and benefits, which business as usual need not have."""
    phases, lines = book[PHASES], book[LINES]
    of_option = f"{phases.down('no')},{cell['no']}"
    costed = f"AND(COUNTIFS({of_option})>0,SUMIFS({phases.down('costed')},{of_option})=COUNTIFS({of_option}))"
    of_lines = f'{lines.first("no", facts.priced)},{cell["no"]},{lines.first("side", facts.priced)},"benefit"'
    gains = f"COUNTIFS({of_lines},{lines.first('counts', facts.priced)},1)>0"
    return Formula(f'=IF(AND({costed},OR({cell["kind"]}="{USUAL}",{gains})),1,0)')


def _by_itself(book: Book, facts: Facts, number: str, there: str) -> Row:
    """An option's own benefits and costs; not known while a part of them is lacking."""
    risks, worth = book[RISKS], book[PRESENT].down("likely")
    gain, spent = (lines_of(book, facts, worth, number, side) for side in ("benefit", "cost"))
    risked = f"SUMIFS({risks.down('likely')},{risks.down('no')},{number})"
    return {"gain": if_known(f"{there}=1", gain), "spent": if_known(f"{there}=1", f"{spent}+{risked}")}


def _against_usual(book: Book, cell: dict[str, str]) -> dict[str, str]:
    """The likely change, and what Changes adds to it at each end; NPSV low takes benefits low and costs high."""
    table, changes, found = book[OPTIONS], book[CHANGES], {}
    for change, own, side in (("benefits", "gain", "benefit"), ("costs", "spent", "cost")):
        base = f"INDEX({table.down_here(own)},Usual)"
        less = if_numbers(f"{cell[own]}-{base}", cell[own], base)
        found[change] = f'IF({cell["known"]}=1,{less},"{NOT_KNOWN}")'
        for end, moved in (("_low", "below"), ("_high", "above")):
            total = f"{cell[change]}+{changed(changes, moved, cell['no'], side)}"
            found[change + end] = f'_xlfn.IFNA({if_numbers(total, cell[change])},"{NOT_KNOWN}")'
    for end, opposite in zip(ENDS, ("", "_high", "_low"), strict=True):
        gain, cost = cell[f"benefits{end}"], cell[f"costs{opposite}"]
        found[f"npsv{end}"] = if_numbers(f"{gain}-{cost}", gain, cost)
    return found


def changed(changes: Table, column: str, number: str, side: str) -> str:
    """The sum of a column of Changes over an option, on one side."""
    own = f'{changes.down("no")},{number},{changes.down("side")},"{side}"'
    return f"SUMIFS({changes.down(column)},{own})"


def _ratios(cell: dict[str, str]) -> dict[str, str]:
    found = {}
    for end, opposite in zip(ENDS, ("", "_high", "_low"), strict=True):
        gain, cost = cell[f"benefits{end}"], cell[f"costs{opposite}"]
        ratio = f'IF(ROUND({cost},{NOUGHT})>0,{gain}/{cost},"{NONE}")'
        found[f"bcr{end}"] = if_numbers(ratio, gain, cost)
    return found


def _annual(book: Book, cell: dict[str, str]) -> dict[str, str]:
    factors = f"SUM({book[FACTORS].across('y', STANDARD_FACTOR, stays=True)})"
    return {f"annual{end}": if_numbers(f"{cell[f'npsv{end}']}/{factors}", cell[f"npsv{end}"]) for end in ENDS}


def _cash(book: Book, facts: Facts, at: int) -> Row:
    """The gaps in the plan and the whole change in cash, from the option's rows of Affordability."""
    years = len(facts.years)
    table = book[AFFORDABILITY]
    left, change, short, first = (
        f"{table.plan.quoted}!${table.letter(key)}${at * years + 2}:${table.letter(key)}${(at + 1) * years + 1}"
        for key in ("headroom", "change", "short", "first")
    )
    none = f'IF(COUNT({left})<{years},"{NOT_KNOWN}","{NONE}")'

    def where_short(formula: str) -> Formula:
        return Formula(f'=IF(COUNT({left})=0,"{NOT_KNOWN}",IF(COUNT({short})>0,{formula},{none}))')

    return {
        "gap": where_short(f"-MIN({left})"),
        "gap_first": where_short(f"MIN({short})"),
        "gap_year": where_short(f"INDEX({first},MATCH(MIN({left}),{left},0))"),
        "cash_change": Formula(f'=IF(COUNT({change})={years},SUM({change}),"{NOT_KNOWN}")'),
    }


def if_numbers(formula: str, *cells: str) -> str:
    """A formula, or that it is not known while a cell that it needs is no number."""
    known = ",".join(f"ISNUMBER({cell})" for cell in cells)
    return f'IF(AND({known}),{formula},"{NOT_KNOWN}")'


def if_known(condition: str, formula: str) -> Formula:
    """A formula, or that it is not known while a condition does not hold or a part of it is #N/A."""
    return Formula(f'=_xlfn.IFNA(IF({condition},{formula},NA()),"{NOT_KNOWN}")')


def comparable(book: Tables, number: str) -> str:
    """Whether an option can be compared with business as usual."""
    return f"INDEX({book[OPTIONS].down('known')},{number})=1"


def write_payback(book: Book, facts: Facts) -> None:
    """Four rows an option: likely, each end, and discounted."""
    numbers = [facts.number(item.option) for item in facts.others]
    rows = [(number, measure) for number in numbers for measure in MEASURES]
    book.write(PAYBACK, (_payback(book, facts, at, *row) for at, row in enumerate(rows)))


def _payback(book: Book, facts: Facts, at: int, number: int, measure: str) -> Row:
    table, last = book[PAYBACK], len(facts.years) - 1
    who = table.here("no", at)
    known = comparable(book, who)
    found: Row = {"no": number, "option": option_name(book, who), "measure": measure}
    for place in range(last + 1):
        year, total, before = (table.here(f"{key}{place + step}", at) if place + step >= 0 else ""
                               for key, step in (("y", 0), ("r", 0), ("r", -1)))  # fmt: skip
        found[f"y{place}"] = Formula(f"=IF({known},{_net(book, facts, who, measure, place)},NA())")
        found[f"r{place}"] = Formula(f"={before}+{year}" if place else f"={year}")
        if place:
            back = f"AND(ROUND({before},{NOUGHT})<0,ROUND({total},{NOUGHT})>=0)"
            found[f"c{place}"] = Formula(f'=IF({back},{place}-{before}/{year},"")')
    crossings = f"{table.here('c1', at)}:{table.here(f'c{last}', at)}" if last else ""
    years = f'IF(COUNT({crossings})>0,MIN({crossings}),"{NONE}")' if last else f'"{NONE}"'
    found["years"] = Formula(f'=IF(ISNUMBER({table.here(f"r{last}", at)}),{years},"{NOT_KNOWN}")')
    return found


def _net(book: Book, facts: Facts, who: str, measure: str, place: int) -> str:
    """Benefits less costs and risks of a year, less those of business as usual, and what an end adds to that."""
    discounted = measure == "discounted, likely"
    column = book[PRESENT if discounted else COUNTED].down(f"y{place}")
    risks, changes, first = book[RISKS], book[CHANGES], book[FACTORS].fixed(f"y{place}", FIRST)
    risked = risks.down("likely" if discounted else "expected")

    def net(number: str) -> str:
        gained, spent = (lines_of(book, facts, column, number, side) for side in ("benefit", "cost"))
        return f"({gained}-{spent}-SUMIFS({risked},{risks.down('no')},{number},{risks.down('year')},{first}))"

    def moved(gains: str, costs: str) -> str:
        more, less = (changed(changes, f"{block}{place}", who, side)
                      for block, side in ((gains, "benefit"), (costs, "cost")))  # fmt: skip
        return f"+{more}-{less}"

    ends = {"at the low end": ("b", "a"), "at the high end": ("a", "b")}  # what is below, and above
    return f"{net(who)}-{net('Usual')}" + (moved(*ends[measure]) if measure in ends else "")
