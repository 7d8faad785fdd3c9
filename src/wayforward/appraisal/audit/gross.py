"""The sheet Gross to net: what reach, take-up and the rest take off each line in turn, and when it comes."""

from collections.abc import Iterator

from wayforward.appraisal.audit.book import Book, Cell, Formula
from wayforward.appraisal.audit.facts import Facts
from wayforward.appraisal.audit.plan import (
    COUNTED,
    DELAYED,
    EFFECTS,
    GOES_ON,
    GROSS,
    LINES,
    PAID,
    PRICED,
    RAMPED,
    STAYS,
)

Row = dict[str, Cell]
CUTS = ("reach", "take_up", "deadweight", "attribution")


def write_gross(book: Book, facts: Facts) -> None:
    """A line in the row that it has on every sheet of steps."""
    book.write(GROSS, (_row(book, at) for at in range(facts.priced)))


def _row(book: Book, at: int) -> Row:
    table, lines = book[GROSS], book[LINES]
    cell = {column.key: table.here(column.key, at) for column in table.columns}
    full, ramp, soon, later = (book[sheet].across("y", at) for sheet in (PRICED, RAMPED, STAYS, GOES_ON))
    effects, delayed, paid, counted = (
        f"SUM({book[sheet].across('y', at)})" for sheet in (EFFECTS, DELAYED, PAID, COUNTED)
    )
    kept = book[EFFECTS].at("kept", at)
    ramped = f"{kept}*SUMPRODUCT({full},{ramp})"
    dropped = f"{kept}*SUMPRODUCT({full},{soon}+{later})"
    found = {
        **{key: lines.at(key, at) for key in ("code", "option", "name")},
        "gross": f"SUM({full})",
        **dict(_cuts(book, cell, at)),
        "ramp": f"{ramped}-{kept}*{cell['gross']}",
        "drop_off": f"{dropped}-{ramped}",
        "lag": f"{effects}-{dropped}",
        "late": f"{delayed}-{effects}",
        "correction": f"{paid}-{delayed}",
        "residual": f"{counted}-{paid}",
        # Not the sum of the others: what is not known of them may all come after the years appraised.
        "net": counted,
    }
    return {key: Formula(f"={formula}") for key, formula in found.items()}


def _cuts(book: Book, cell: dict[str, str], at: int) -> Iterator[tuple[str, str]]:
    """Each takes its part of what those before it have left."""
    before = [cell["gross"]]
    for key in CUTS:
        given, left = book[LINES].at(key, at), "+".join(before)
        gone = given if key == "deadweight" else f"(1-{given})"
        yield key, f"IF(ISNUMBER({given}),-({left})*{gone},0)"
        before.append(cell[key])
