"""The sheet Organisations: what each pays and gains under each option, and its position against business as usual."""

from wayforward.appraisal.audit.book import Book, Cell, Formula
from wayforward.appraisal.audit.facts import Facts
from wayforward.appraisal.audit.parameters import option_name
from wayforward.appraisal.audit.plan import BODIES, LINES, OPTIONS, ORGANISATIONS, PRESENT, RISKS
from wayforward.appraisal.audit.worth import NONE, comparable, if_known, if_numbers, lines_of
from wayforward.appraisal.findings.organisations import NOT_STATED

Row = dict[str, Cell]


def write_organisations(book: Book, facts: Facts) -> None:
    """A row an option and organisation; risks are the exercise's own organisation's."""
    bodies = range(1, len(facts.bodies) + 1)
    pairs = [(facts.number(item.option), body) for item in facts.others for body in bodies]
    book.write(ORGANISATIONS, (_row(book, facts, at, *pair) for at, pair in enumerate(pairs)))


def _row(book: Book, facts: Facts, at: int, number: int, body: int) -> Row:
    table = book[ORGANISATIONS]
    cell = {column.key: table.here(column.key, at) for column in table.columns}
    who, whose, cost, gain = (cell[key] for key in ("no", "body", "costs", "benefits"))
    known = comparable(book, who)
    own, usual = (_flows(book, facts, one, whose) for one in (who, "Usual"))
    name = f'IF({whose}=Nobody,"{NOT_STATED}",INDEX({book[BODIES].down("name")},{whose}))'
    whole = {key: f"INDEX({book[OPTIONS].down(key)},{who})" for key in ("spent", "gain")}
    found: Row = {
        "no": number,
        "option": option_name(book, who),
        "body": body,
        "organisation": Formula(f"={name}"),
        "own_cost": if_known(known, own["cost"]),
        "own_benefit": if_known(known, own["benefit"]),
        "costs": if_known(known, f"{own['cost']}-({usual['cost']})"),
        "benefits": if_known(known, f"{own['benefit']}-{usual['benefit']}"),
        "cash": if_known(known, f"{own['cash']}-({usual['cash']})"),
        "net": Formula(f"={if_numbers(f'{gain}-{cost}', gain, cost)}"),
    }
    for key, part, total in (("cost_share", "own_cost", "spent"), ("benefit_share", "own_benefit", "gain")):
        share = f'IF({whole[total]}>0,{cell[part]}/{whole[total]},"{NONE}")'
        found[key] = Formula(f"={if_numbers(share, cell[part])}")
    return found


def _flows(book: Book, facts: Facts, number: str, body: str) -> dict[str, str]:
    """An organisation's cost, benefit and cash under one option, in present value."""
    lines, present, risks = book[LINES], book[PRESENT].down("likely"), book[RISKS]
    mine = f",{lines.first('whose', facts.priced)},{body}"
    releasing = f'{mine},{lines.first("kind", facts.priced)},"cash-releasing"'
    in_cash = f'{mine},{lines.first("cash", facts.priced)},"yes"'
    risked = f"IF({body}=Own_body,SUMIFS({risks.down('likely')},{risks.down('no')},{number}),0)"
    cost, paid = (lines_of(book, facts, present, number, "cost", more) for more in (mine, in_cash))
    gain, released = (lines_of(book, facts, present, number, "benefit", more) for more in (mine, releasing))
    return {"cost": f"{cost}+{risked}", "benefit": gain, "cash": f"{released}-{paid}-{risked}"}
