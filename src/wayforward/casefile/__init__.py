"""A case in and out: a folder of CSV and Markdown, or a workbook, with every fault told by row and column.

The imports are inside, so that this package can be imported before Django is set up.
"""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wayforward.records.case import Case


def load(path: Path) -> "Case":
    """Read a case folder or a workbook (.xlsx) and check it.

    Raises records.faults.Faults with every fault found: cells, references, and the rules of the stages.
    Nothing is half loaded.
    """
    from wayforward.casefile.reading import read_case

    return read_case(path)


def write_folder(case: "Case", folder: Path) -> None:
    """Write a case as a folder: a CSV for each table that has rows, and narratives as Markdown.

    Files of the case that hold nothing now are removed; nothing else is touched. Raises Faults where the
    folder is not empty and not a case.
    """
    from wayforward.casefile import folder_out

    folder_out.write_folder(case, folder)


def write_workbook(case: "Case", path: Path) -> None:
    """Write a case as a workbook, replacing the file in one step.

    Raises Faults where a text is longer than a workbook cell may be.
    """
    from wayforward.casefile import workbook_out

    workbook_out.write_workbook(case, path)
