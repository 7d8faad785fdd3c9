"""What a stream that comes back would change: each cell against what was taken away and against what is stored now."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from wayforward.casefile.sheets import shown
from wayforward.casefile.stream_in import Row, Table
from wayforward.casefile.streams import OWN, REMOVE, YES, seen
from wayforward.records.base import Record, Versioned, columns
from wayforward.records.rows import cells as cells_of

ADDED = "added"
CHANGED = "changed"
REMOVED = "removed"
CONFLICTING = "conflicting"
REFUSED = "refused"
WORKED_OUT = "worked out, not entered: leave the cell as it was downloaded"
Fault = tuple[str, str]  # what was found, and what is allowed
# The row of a kind and code as it was at a version, or None where that is not known.
Earlier = Callable[[str, int], Mapping[str, str] | None]


@dataclass(frozen=True)
class Cell:
    """One cell that differs: where it stands, what it was when it was taken away, what is stored, and what came."""

    column: str
    place: str
    mark: str
    was: str = ""
    stored: str = ""
    yours: str = ""
    fault: Fault = ("", "")


@dataclass(frozen=True)
class Difference:
    """One row that differs. `kind` is what the row as a whole would be: added, changed or removed."""

    stem: str
    number: int
    code: str
    kind: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Now:
    """A register as it is: the rows that the person may see by code, every code ever used, and why it is locked."""

    model: type[Versioned]
    rows: Mapping[str, Versioned]
    used: Collection[str]
    locked: str = ""


def compare(table: Table, now: Now, earlier: Earlier) -> list[Difference]:
    """The rows of a register that differ from what is stored.

    A cell that the person left as it was taken away is no difference, whatever others made of it meanwhile. Where it is
    not known what was taken away, each cell that differs is in conflict.
    """
    capitals = {code.casefold(): code for code in now.rows}
    found = []
    for row in table.rows:
        stored = now.rows.get(row.code)
        one: Difference | None
        if not row.code or "code" in row.faults:
            one = _refused(table, row, row.faults.get("code", ("nothing", "the code of a row, or a new one")))
        elif stored is None:
            one = _new(table, row, now, capitals)
        elif row.remove and (taken := _removal(table, row, stored, now)):
            one = taken
        else:
            one = _changed(table, row, stored, earlier)
        if one is not None:
            found.append(_locked(one, now.locked) if now.locked else one)
    return found


def _refused(table: Table, row: Row, fault: Fault, column: str = "code") -> Difference:
    cell = Cell(column, table.place(row, column), REFUSED, yours=row.code, fault=fault)
    return Difference(table.stem, row.number, row.code, ADDED, (cell,))


def _locked(one: Difference, why: str) -> Difference:
    """The same row, each cell refused: the person may not change this register."""
    cells = tuple(
        Cell(c.column, c.place, REFUSED, c.was, c.stored, c.yours, ("a change", why)) for c in one.cells
    )
    return Difference(one.stem, one.number, one.code, one.kind, cells)


def _new(table: Table, row: Row, now: Now, capitals: Mapping[str, str]) -> Difference | None:
    if row.remove.casefold() == YES:
        return None  # gone already
    if not issubclass(now.model, Record):
        allowed = f"the one row of the {now.model.words()} that is there: it can't be another"
        return _refused(table, row, (row.code, allowed))
    if other := capitals.get(row.code.casefold()):
        return _refused(table, row, (row.code, f"{other}, if that row is meant, or another code"))
    if seen(row.ticket, row.code) is not None or row.code in now.used:
        allowed = "a code that no row has or ever had: one with this code was there, or is not yours to see"
        return _refused(table, row, (row.code, allowed))
    given = []
    for field in columns(now.model):
        name = field.name
        text = row.cells.get(name, "")
        if name == "code":
            continue
        place = table.place(row, name) if name in table.letters else f"{row.number}"
        if name in row.faults:
            given.append(Cell(name, place, REFUSED, fault=row.faults[name]))
        elif field.required and text == "":
            given.append(Cell(name, place, REFUSED, fault=("nothing", field.allowed())))
        elif text:
            given.append(Cell(name, place, ADDED, yours=text))
    given += _written_over(table, row)
    return Difference(table.stem, row.number, row.code, ADDED, tuple(given))


def _removal(table: Table, row: Row, stored: Versioned, now: Now) -> Difference | None:
    """A row that is to be taken away; None where the column says that it is not."""
    said, place = row.remove.casefold(), table.place(row, REMOVE)
    if said in ("no", ""):
        return None
    if said != YES:
        cell = Cell(REMOVE, place, REFUSED, yours=row.remove, fault=(shown(row.remove), f"{YES} or blank"))
        return Difference(table.stem, row.number, row.code, CHANGED, (cell,))
    if not issubclass(now.model, Record):
        fault = (YES, f"blank: the {now.model.words()} itself can't be taken away here")
        cell = Cell(REMOVE, place, REFUSED, yours=YES, fault=fault)
    elif seen(row.ticket, row.code) == stored.version:
        cell = Cell(REMOVE, place, REMOVED, yours=YES)
    else:
        words = f"changed since you downloaded it (version {stored.version} is stored)"
        cell = Cell(REMOVE, place, CONFLICTING, stored=words, yours="the row is removed")
    return Difference(table.stem, row.number, row.code, REMOVED, (cell,))


def _changed(table: Table, row: Row, stored: Versioned, earlier: Earlier) -> Difference | None:
    now = cells_of(stored)
    version = seen(row.ticket, row.code)
    before: Mapping[str, str] | None = None
    if version is not None:
        before = now if version == stored.version else earlier(stored.reference, version)
    found = []
    for column, text in row.cells.items():
        place = table.place(row, column)
        if column in row.faults:
            found.append(Cell(column, place, REFUSED, stored=now[column], fault=row.faults[column]))
        elif text == now[column] or (before is not None and text == before.get(column, "")):
            continue
        elif before is not None and before.get(column, "") == now[column]:
            found.append(Cell(column, place, CHANGED, now[column], now[column], text))
        else:
            was = before.get(column, "") if before is not None else ""
            found.append(Cell(column, place, CONFLICTING, was, now[column], text))
    if REMOVE in row.faults:
        found.append(Cell(REMOVE, table.place(row, REMOVE), REFUSED, fault=row.faults[REMOVE]))
    found += _written_over(table, row)
    return Difference(table.stem, row.number, row.code, CHANGED, tuple(found)) if found else None


def _written_over(table: Table, row: Row) -> list[Cell]:
    """The locked cells of a row in which something else stands than was worked out: it is never kept."""
    return [
        Cell(name, table.place(row, name), REFUSED, yours=text, fault=_fault_of(row, name, text))
        for name, text in row.over.items()
    ]


def _fault_of(row: Row, column: str, text: str) -> Fault:
    found, _ = row.faults.get(column, (shown(text) or "nothing", ""))
    return found, WORKED_OUT


def is_beside(cell: Cell) -> bool:
    """Whether a cell is one of the locked ones beside a row, which say nothing about what the row is to be."""
    return cell.column.startswith(OWN) and cell.column != REMOVE
