"""Loading a case from a folder or a workbook: all that is wrong is told together, or all of it is loaded."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.exceptions import ObjectDoesNotExist

from wayforward.casefile import limits
from wayforward.casefile.folder_in import read_folder
from wayforward.casefile.links import build
from wayforward.casefile.sheets import Found, shown
from wayforward.casefile.tables import Table, read_table
from wayforward.casefile.workbook_in import read_workbook
from wayforward.records.base import Record, Versioned, model_of, record_models
from wayforward.records.case import Case
from wayforward.records.checks import CHECKS, Check, Wrong
from wayforward.records.faults import Fault, Faults

# What a rule meets in a record whose cells could not all be read.
HALF_READ = (ObjectDoesNotExist, AttributeError, TypeError, ValueError, LookupError)


def read_case(path: Path) -> Case:
    """The case in a folder or a workbook. Raises Faults with every fault found."""
    if path.is_dir():
        found, ending = read_folder(path), ".csv"
    elif path.suffix.lower() == ".xlsx" and path.is_file():
        found, ending = read_workbook(path), ""
    else:
        what = "a file of another kind" if path.exists() else "no such file or folder"
        raise Faults([Fault(str(path), 0, "", what, "a case folder or a workbook (.xlsx)")])
    return case_of(found, path.name, ending)


def case_of(found: Found, name: str, ending: str = "") -> Case:
    """The case in the sheets that were found; each sheet's place ends so. Raises Faults with every fault."""
    tables = {sheet.model: read_table(sheet, found) for sheet in found.sheets}
    exercise = the_exercise(tables, found, ending)
    read: dict[type[Record], list[Record]] = {model: [] for model in record_models()}
    case = Case(exercise, read | build(tables, exercise, found))
    cell_faults = list(found.faults)
    for rule in CHECKS:
        for wrong in told(rule, case, incomplete=bool(cell_faults)):
            tell(wrong, tables, cell_faults, found, ending)
    if len(found.faults) >= limits.FAULTS:
        allowed = "a case with fewer: mend what is told here, and the rest is told then"
        found.faults.append(Fault(shown(name), 0, "", "more faults than are told at once", allowed))
    if found.faults:
        raise Faults(found.faults)
    return case


def the_exercise(tables: dict[type[Versioned], Table], found: Found, ending: str) -> Any:
    """The one row of the exercise; an empty one where a fault was told."""
    model = model_of("exercise")
    place = f"{model.stem}{ending}"
    if model not in tables:
        if model not in found.unread:
            found.fault(place, found="nothing", allowed="a table with the one row of the exercise")
        return model()
    rows = tables[model].rows
    for row in list(rows.values())[1:]:
        found.fault(place, row.number, "code", found="a second exercise", allowed="one row")
    if not rows:
        if not any(fault.place == place for fault in found.faults):
            found.fault(place, found="no row", allowed="the one row of the exercise")
        return model()
    code, row = next(iter(rows.items()))
    return model(code=code, **row.values)


def told(rule: Check, case: Case, *, incomplete: bool) -> Iterator[Wrong]:
    """What a rule finds wrong; where cells could not be read, it may stop at a value that is missing."""
    try:
        yield from rule(case)
    except HALF_READ:
        if not incomplete:
            raise


def tell(
    wrong: Wrong,
    tables: dict[type[Versioned], Table],
    cell_faults: list[Fault],
    found: Found,
    ending: str,
) -> None:
    """Tell what a rule found, in the row it stands in.

    Where cells of that column could not be read the rule may have been misled, so the cells are told alone.
    """
    model = type(wrong.record)
    place, row = f"{model.stem}{ending}", 0
    if model in tables and wrong.record.code in tables[model].rows:
        row = tables[model].rows[wrong.record.code].number
    if any(f.place == place and f.column in ("", wrong.field) for f in cell_faults):
        return
    if len(found.faults) < limits.FAULTS:
        found.faults.append(Fault(place, row, wrong.field, shown(wrong.found), wrong.allowed))
