"""The sheet Steps: from business as usual to the NPSV of each option, in present value."""

from wayforward.appraisal.audit.book import Book, Cell, Formula
from wayforward.appraisal.audit.facts import Facts
from wayforward.appraisal.audit.parameters import option_name
from wayforward.appraisal.audit.plan import LINES, PRESENT, RISKS, STEPS
from wayforward.appraisal.audit.worth import comparable, if_known, if_numbers, lines_of
from wayforward.appraisal.findings.steps import (
    BENEFITS,
    BENEFITS_CORRECTED,
    COSTS,
    COSTS_CORRECTED,
    END,
    LEFT,
    ORDER,
    START,
)

Row = dict[str, Cell]
ALL = (START, *ORDER, END)
# A step that is a kind of benefit or a phase of cost: its side, the column that tells it, and its word there.
KIND_OF = {name: ("benefit", "kind", kind) for kind, name in BENEFITS.items()}
PHASE_OF = {name: ("cost", "cost_phase", phase) for phase, name in COSTS.items()}


def write_steps(book: Book, facts: Facts) -> None:
    """Every step of each option; the last adds them up and refers to no other sheet."""
    rows = [(facts.number(item.option), name) for item in facts.others for name in ALL]
    book.write(STEPS, (_row(book, facts, at, *row) for at, row in enumerate(rows)))


def _row(book: Book, facts: Facts, at: int, number: int, name: str) -> Row:
    table = book[STEPS]
    own, begins, amount = (table.here(key, at) for key in ("no", "begins", "amount"))
    before = table.here("ends", at - 1) if name != START else ""
    found: Row = {"no": number, "option": option_name(book, own), "step": name}
    if name in (START, END):
        reached = before or "0"
        whole, nought = (if_known(comparable(book, own), one) for one in (reached, "0"))
        return found | {"amount": whole, "begins": nought, "ends": Formula(f"={amount}")}
    return found | {
        "amount": if_known(comparable(book, own), _change(book, facts, own, name)),
        "begins": Formula(f"={before}"),
        "ends": Formula(f"={if_numbers(f'{begins}+{amount}', begins, amount)}"),
    }


def _change(book: Book, facts: Facts, own: str, name: str) -> str:
    """A step of an option less that of business as usual; a cost is below nought."""
    present, risks = book[PRESENT], book[RISKS]

    def lines(column: str, number: str, side: str, more: str = "") -> str:
        return lines_of(book, facts, present.down(column), number, side, more)

    def by_itself(number: str) -> str:
        if name == LEFT:
            return lines("left", number, "cost")
        if name == BENEFITS_CORRECTED:
            return f"{lines('after', number, 'benefit')}-{lines('before', number, 'benefit')}"
        if name == COSTS_CORRECTED:
            return f"{lines('before', number, 'cost')}-{lines('after', number, 'cost')}"
        if name not in KIND_OF | PHASE_OF:
            return f"-SUMIFS({risks.down('likely')},{risks.down('no')},{number})"
        side, column, word = (KIND_OF | PHASE_OF)[name]
        total = lines("before", number, side, f',{book[LINES].first(column, facts.priced)},"{word}"')
        return total if side == "benefit" else f"-{total}"

    return f"{by_itself(own)}-({by_itself('Usual')})"
