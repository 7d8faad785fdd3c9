"""A compared upload as a page and a file show it: a line for each cell, what is to be decided or mended first."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from wayforward.casefile import csv_text
from wayforward.casefile.differences import (
    ADDED,
    CHANGED,
    CONFLICTING,
    REFUSED,
    REMOVED,
    Cell,
    Difference,
    Fault,
)
from wayforward.casefile.settling import THEIRS, YOURS, Place
from wayforward.casefile.streams import OWN, REMOVE
from wayforward.findings import show
from wayforward.pages.round_trip.away import BESIDE
from wayforward.pages.round_trip.compared import Compared
from wayforward.records.base import Versioned, columns, kinds
from wayforward.records.faults import Fault as SheetFault

LONGEST = 300
BEFORE = 40  # characters that are shown before the first that differs
ORDER = (CONFLICTING, REFUSED, CHANGED, ADDED, REMOVED)
BLANK = "blank"


@dataclass(frozen=True)
class Line:
    """One thing that differs, in words."""

    stem: str
    place: str
    code: str
    column: str
    label: str
    mark: str
    was: str
    stored: str
    yours: str
    found: str = ""
    allowed: str = ""
    chosen: str = ""
    ask: str = ""  # the name of its radios in the form
    error: str = ""


def name_of(place: Place) -> str:
    """What the form calls the choice for a cell."""
    return "keep:" + ":".join(place)


def choices_of(found: Iterable[Place], given: Mapping[str, str]) -> dict[Place, str]:
    """What was chosen for each conflict."""
    asked = {place: given.get(name_of(place), "") for place in found}
    return {place: chosen for place, chosen in asked.items() if chosen in (YOURS, THEIRS)}


def lines(one: Compared, choices: Mapping[Place, str], faults: Iterable[SheetFault] = ()) -> list[Line]:
    """Everything that differs: conflicts, then what is refused, then what would be kept."""
    labels = {model.stem: _labels(model) for model in kinds().values()}
    refused: dict[tuple[str, str], dict[str, Fault]] = defaultdict(dict)
    for (stem, code, column), fault in one.settled.refused.items():
        refused[stem, code][column] = fault
    found = [
        line
        for each in one.differences
        for line in _lines(each, refused[each.stem, each.code], choices, labels[each.stem])
    ]
    found += [
        Line(
            *(at.place, f"row {at.row}" if at.row else "", "", at.column, at.column or "the sheet", REFUSED),
            *("", "", "", at.found, at.allowed),
        )
        for at in faults
    ]
    return sorted(found, key=lambda line: ORDER.index(line.mark))


def _labels(model: type[Versioned]) -> dict[str, str]:
    own = {REMOVE: "Remove the row", **BESIDE}
    return {field.name: str(field.verbose_name) for field in columns(model)} | own


def _lines(
    one: Difference, refused: Mapping[str, Fault], choices: Mapping[Place, str], labels: Mapping[str, str]
) -> Iterator[Line]:
    if one.kind == ADDED:
        yield from _added(one, refused, labels)
        return
    for cell in one.cells:
        fault = refused.get(cell.column) or cell.fault
        asked = cell.mark == CONFLICTING
        # A conflict whose answer breaks a rule is still asked: the other answer may break none.
        mark = cell.mark if asked else REFUSED if any(fault) else cell.mark
        place = (one.stem, one.code, cell.column)
        yield Line(
            *(one.stem, cell.place, one.code, cell.column, labels.get(cell.column, cell.column), mark),
            was=cell.was,
            stored=cell.stored,
            yours=cell.yours,
            found=fault[0],
            allowed=fault[1],
            chosen=choices.get(place, ""),
            ask=name_of(place) if asked else "",
        )


def _added(one: Difference, refused: Mapping[str, Fault], labels: Mapping[str, str]) -> Iterator[Line]:
    """A new row: its cells in one line where it can be added, else a line for each cell to mend."""
    faulty: list[tuple[Cell | None, str, Fault]] = [
        (cell, cell.column, cell.fault) for cell in one.cells if cell.mark == REFUSED
    ]
    cells = {cell.column: cell for cell in one.cells}
    faulty += [(cells.get(column), column, fault) for column, fault in refused.items()]
    for cell, column, fault in faulty:
        place = cell.place if cell else f"A{one.number}"
        label = labels.get(column, column)
        yours = cell.yours if cell else one.code
        yield Line(one.stem, place, one.code, column, label, REFUSED, "", "", yours, fault[0], fault[1])
    if all(column.startswith(OWN) for _, column, _ in faulty):
        entered = [cell for cell in one.cells if cell.mark == ADDED]
        said = "; ".join(f"{labels.get(cell.column, cell.column)}: {cell.yours}" for cell in entered)
        yield Line(one.stem, f"A{one.number}", one.code, "", "The whole row", ADDED, "", "", said)


def cut(text: str, beside: str) -> str:
    """A text that is not too long to read, from a little before where it differs from the one beside it."""
    if len(text) <= LONGEST:
        return text or BLANK
    same = next(
        (at for at, pair in enumerate(zip(text, beside, strict=False)) if pair[0] != pair[1]), len(beside)
    )
    start = max(0, min(same - BEFORE, len(text) - LONGEST))
    begin, end = "…" if start else "", "…" if start + LONGEST < len(text) else ""
    return f"{begin}{text[start : start + LONGEST]}{end}"


def counts(every: list[Line], one: Compared) -> dict[str, int]:
    """How many there are of each kind; a row that is added or removed counts once."""
    found = {mark: sum(line.mark == mark for line in every) for mark in ORDER}
    touched = {(difference.stem, difference.number) for difference in one.differences}
    return found | {"rows": one.rows, "unchanged": one.rows - len(touched)}


def in_words(counted: Mapping[str, int]) -> list[str]:
    """The counts as phrases, none of nought."""
    told = [
        (counted[CONFLICTING], "cell that others changed too", "cells that others changed too"),
        (counted[REFUSED], "entry refused", "entries refused"),
        (counted[CHANGED], "cell changed", "cells changed"),
        (counted[ADDED], "row added", "rows added"),
        (counted[REMOVED], "row removed", "rows removed"),
        (counted["unchanged"], "row as it was", "rows as they were"),
    ]
    return [show.count(many, singular, plural) for many, singular, plural in told if many]


def csv_of(every: list[Line], marking: str) -> str:
    """Every line, safe to open in a spreadsheet."""
    heads = [
        "register",
        "cell",
        "row",
        "column",
        "what",
        "taken away",
        "stored now",
        "yours",
        "found",
        "allowed",
    ]
    rows = [
        [
            *(line.stem, line.place, line.code, line.column, line.mark, line.was, line.stored, line.yours),
            *(line.found, line.allowed),
        ]
        for line in every
    ]
    return csv_text.write(
        [["# marking", marking], heads, *([csv_text.neutral(c) for c in row] for row in rows)]
    )
