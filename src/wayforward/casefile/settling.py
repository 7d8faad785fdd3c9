"""What of a stream's differences can be kept: references must lead somewhere, and no rule of the case may be broken.

What can't is refused cell by cell, or with its whole row where that is new; the rest stands by itself.
"""

import copy
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from wayforward.casefile.differences import (
    ADDED,
    CHANGED,
    CONFLICTING,
    REFUSED,
    REMOVED,
    Difference,
    Fault,
    is_beside,
)
from wayforward.casefile.sheets import shown
from wayforward.casefile.streams import REMOVE
from wayforward.casefile.tables import Field
from wayforward.records.base import Versioned, columns, kinds
from wayforward.records.case import Case
from wayforward.records.checks import Wrong, run_checks
from wayforward.records.fields import RecordRef, Reference
from wayforward.records.models import Citation
from wayforward.records.save import Change

YOURS = "yours"
THEIRS = "theirs"
SEARCHES = 3  # for which row breaks a rule that does not say; after these all that is left is refused
WORD = re.compile(r"[A-Za-z0-9-]+")
Place = tuple[str, str, str]  # register, code, column
Tell = Callable[[Wrong], Fault]


@dataclass(eq=False)
class Taking:
    """What of one row would be kept: its cells as they came, or that it goes."""

    one: Difference
    model: type[Versioned]
    cells: dict[str, str] = field(default_factory=dict)
    gone: bool = False

    @property
    def reference(self) -> str:
        return f"{self.model.kind()}:{self.one.code}"


@dataclass(frozen=True)
class Settled:
    """What can be kept, as changes to be saved together, and why the rest can't."""

    changes: tuple[Change, ...]
    cells: int  # that the changes hold; a row that is added or removed counts as one
    refused: Mapping[Place, Fault]


def told(wrong: Wrong) -> Fault:
    """What a rule found, in words that name the record where it is another than the one that was changed."""
    return f"{wrong.record.reference}, {wrong.field}: {shown(wrong.found)}", wrong.allowed


def settle(
    case: Case,
    differences: Sequence[Difference],
    choices: Mapping[Place, str],
    visible: Collection[str],
    tell: Tell = told,
) -> Settled:
    """What of the differences can be kept, where conflicts are decided as the choices say.

    A conflict without a choice is left out. `visible` holds the references that a cell may name.
    """
    sought = _Settling(case, list(_taken(differences, choices)), visible, tell)
    while sought.refuse_what_leads_nowhere() or sought.refuse_what_breaks_a_rule():
        pass
    changes = tuple(sought.changes())
    counted = sum(1 if one.gone or one.one.kind == ADDED else len(one.cells) for one in sought.takings)
    return Settled(changes, counted, sought.refused)


def _taken(differences: Iterable[Difference], choices: Mapping[Place, str]) -> Iterable[Taking]:
    models = {model.stem: model for model in kinds().values()}
    for one in differences:
        taking = Taking(one, models[one.stem])
        for cell in one.cells:
            chosen = choices.get((one.stem, one.code, cell.column)) == YOURS
            if cell.mark in (ADDED, CHANGED) or (cell.mark == CONFLICTING and chosen):
                taking.cells[cell.column] = cell.yours
            if cell.mark == REMOVED or (cell.mark == CONFLICTING and chosen and cell.column == REMOVE):
                taking.gone = True
        taking.cells.pop(REMOVE, None)
        refused = any(cell.mark == REFUSED and not is_beside(cell) for cell in one.cells)
        if (taking.cells or taking.gone or one.kind == ADDED) and not (one.kind == ADDED and refused):
            yield taking


class _Settling:
    """What would be kept, less what is refused, round by round: each round refuses something or is the last."""

    def __init__(self, case: Case, takings: list[Taking], visible: Collection[str], tell: Tell) -> None:
        self.case, self.takings, self.visible, self.tell = case, takings, visible, tell
        self.refused: dict[Place, Fault] = {}
        self.searches = SEARCHES
        self._before: dict[tuple[str, str], set[Fault]] | None = None

    def refuse(self, taking: Taking, fault: Fault, column: str = "") -> None:
        """Refuse one cell of a row, or the row where it is new, goes, or the cell is none of those that came."""
        one = taking.one
        if column not in taking.cells or one.kind == ADDED:
            at = [column] if column in taking.cells else list(taking.cells) or [REMOVE]
            self.refused |= {
                (one.stem, one.code, name if one.kind != ADDED else column or "code"): fault for name in at
            }
            taking.cells, taking.gone = {}, False
        else:
            del taking.cells[column]
            self.refused[one.stem, one.code, column] = fault
        if not (taking.cells or taking.gone):
            self.takings.remove(taking)

    def refuse_what_leads_nowhere(self) -> bool:
        """Refuse cells that name no record, rows that go while others name them, and new rows in a ring."""
        many = len(self.refused)
        names = {*self.visible, *(one.reference for one in self.takings if one.one.kind == ADDED)}
        for taking in list(self.takings):
            for name, text in list(taking.cells.items()):
                if (to := _named(taking.model, name, text)) and to not in names and name in taking.cells:
                    self.refuse(taking, (text, _fields(taking.model)[name].allowed()), name)
        if len(self.refused) > many:
            return True
        self._refuse_going_while_named()
        ordered = set(self._new_in_order())
        for taking in [one for one in self.takings if one.one.kind == ADDED and one not in ordered]:
            self.refuse(taking, (taking.one.code, "new rows that don't name one another in a ring"))
        return len(self.refused) > many

    def _refuse_going_while_named(self) -> None:
        going = {one.reference: one for one in self.takings if one.gone}
        if not going:
            return
        naming: dict[str, list[str]] = {}
        staying = [one for one in self.takings if not one.gone]
        for row in _every(self._result(staying)):
            for to in going.keys() & _names_of(row) if row.reference not in going else ():
                naming.setdefault(to, []).append(row.reference)
        for reference, some in naming.items():
            seen = [name for name in some if name in self.visible][:5] or ["another record"]
            allowed = "a row that no other names: change or remove those first"
            self.refuse(going[reference], (f"named by {', '.join(seen)}", allowed), REMOVE)

    def _new_in_order(self) -> list[Taking]:
        """The new rows, each after those among them that it names; those of a ring are left out."""
        waiting = [one for one in self.takings if one.one.kind == ADDED]
        ordered: list[Taking] = []
        while True:
            left = {one.reference for one in waiting}
            ready = [one for one in waiting if left.isdisjoint(_names(one))]
            if not ready:
                return ordered
            ordered += ready
            done = set(ready)
            waiting = [one for one in waiting if one not in done]

    def refuse_what_breaks_a_rule(self) -> bool:
        """Refuse what makes a rule find something wrong that it did not find before."""
        if not self.takings:
            return False
        wrongs = self._wrongs(self.takings)
        if not wrongs:
            return False
        many = len(self.refused)
        for wrong in wrongs:
            self._blame(wrong)
        if len(self.refused) == many:
            self._search(wrongs[0])
        return True

    def _blame(self, wrong: Wrong) -> None:
        """Refuse the cell that a rule names; else the row; else the rows that its words name."""
        fault = self.tell(wrong)
        among = {one.reference: one for one in self.takings}
        if taking := among.get(wrong.record.reference):
            self.refuse(taking, fault, wrong.field)
            return
        cited = wrong.record if isinstance(wrong.record, Citation) else None
        about = among.get(cited.record) if cited else None
        if cited and about and (not cited.field or cited.field in about.cells):
            self.refuse(about, fault, cited.field)
            return
        said = set(WORD.findall(f"{wrong.found} {wrong.allowed}"))
        for taking in [one for one in self.takings if one.model is type(wrong.record)]:
            if taking.one.code in said:
                self.refuse(taking, fault, wrong.field)

    def _search(self, wrong: Wrong) -> None:
        """Refuse the first row with which a rule begins to find something wrong."""
        order = self._in_order()
        self.searches -= 1
        if self.searches < 0:
            for taking in order:
                self.refuse(taking, self.tell(wrong))
            return
        least, most = 0, len(order)
        while most - least > 1:
            middle = (least + most) // 2
            met = any(
                (one.record.reference, one.field) == (wrong.record.reference, wrong.field)
                for one in self._wrongs(order[:middle])
            )
            least, most = (least, middle) if met else (middle, most)
        self.refuse(order[most - 1], self.tell(wrong))

    def _in_order(self) -> list[Taking]:
        """New rows first, those that go last: any first few of them can be made without the others."""
        new = self._new_in_order()
        changed = [one for one in self.takings if not one.gone and one.one.kind != ADDED]
        return [*new, *changed, *(one for one in self.takings if one.gone)]

    def _wrongs(self, takings: Sequence[Taking]) -> list[Wrong]:
        """What is wrong with the case that would be, and was not before; words alone that changed are nothing new."""
        if self._before is None:
            self._before = {}
            for wrong in run_checks(self.case):
                self._before.setdefault((wrong.record.reference, wrong.field), set()).add(
                    (wrong.found, wrong.allowed)
                )
        cells = {(one.reference, name) for one in takings for name in one.cells}
        found = []
        for wrong in run_checks(self._result(takings)):
            at = (wrong.record.reference, wrong.field)
            known = self._before.get(at)
            if known is None or (at in cells and (wrong.found, wrong.allowed) not in known):
                found.append(wrong)
        return found

    def changes(self) -> Iterable[Change]:
        """What is to be saved: new rows, changed ones, and those that go."""
        order = self._in_order()
        for taking, record in zip(order, self._rows(order), strict=True):
            version = 0 if taking.one.kind == ADDED else record.version
            yield Change(record, version, gone=taking.gone)

    def _result(self, takings: Sequence[Taking]) -> Case:
        """The case as it would be."""
        pairs = list(zip(takings, self._rows(takings), strict=True))
        return self.case.changed(
            [row for one, row in pairs if not one.gone], [row for one, row in pairs if one.gone]
        )

    def _rows(self, takings: Sequence[Taking]) -> list[Versioned]:
        """The rows as they would be: copies, which name one another or the rows of the case."""
        made = {taking.reference: self._made(taking) for taking in takings}
        for taking in takings:
            row = made[taking.reference]
            for name, text in taking.cells.items():
                if isinstance(one := _fields(taking.model)[name], Reference):
                    to = f"{one.table.kind()}:{text}"
                    setattr(row, name, (made.get(to) or self.case.get(to)) if text else None)
        return list(made.values())

    def _made(self, taking: Taking) -> Versioned:
        if taking.one.kind == ADDED:
            texts = {f.name: taking.cells.get(f.name, "") for f in columns(taking.model) if f.name != "code"}
            row: Versioned = taking.model(code=taking.one.code, exercise=self.case.exercise)  # type: ignore[misc]  # a record's
        else:
            # The exercise itself is in a case under its kind alone.
            stored = self.case.get(taking.reference) or self.case.get(taking.model.kind())
            assert stored is not None  # it was compared with what is stored
            texts, row = taking.cells, copy.copy(stored)
        for name, text in texts.items():
            one = _fields(taking.model)[name]
            if not isinstance(one, Reference):
                setattr(row, name, one.read_cell(text))
        return row


@cache
def _fields(model: type[Versioned]) -> dict[str, Field]:
    return {one.name: one for one in columns(model)}


def _named(model: type[Versioned], name: str, text: str) -> str:
    """The reference that a cell holds; '' for a cell of another kind, or a blank one."""
    one = _fields(model)[name]
    if isinstance(one, Reference) and text:
        return f"{one.table.kind()}:{text}"
    return text if isinstance(one, RecordRef) else ""


def _names(taking: Taking) -> list[str]:
    found = (_named(taking.model, name, text) for name, text in taking.cells.items())
    return [to for to in found if to]


def _names_of(row: Versioned) -> set[str]:
    """Every record that a row names."""
    naming = [one for one in _fields(type(row)).values() if isinstance(one, Reference | RecordRef)]
    return {_named(type(row), one.name, one.write_cell(getattr(row, one.name))) for one in naming} - {""}


def _every(case: Case) -> Iterable[Versioned]:
    yield case.exercise
    for model in case.models():
        yield from case.rows(model)
