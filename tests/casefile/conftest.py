"""A small case, made by hand, and ways to break it."""

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from wayforward.casefile import load
from wayforward.records.faults import Fault, Faults

SMALL_CASE = Path(__file__).parent / "small_case"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the small case that a test may change."""
    return Path(shutil.copytree(SMALL_CASE, tmp_path / "case"))


@pytest.fixture
def change(folder: Path) -> Callable[[str, int, str, str], None]:
    """Put a text into one cell of a file: the row as a spreadsheet counts it, and the column's name."""

    def put(file: str, row: int, column: str, text: str) -> None:
        path = folder / file
        rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
        rows[row - 1][rows[0].index(column)] = text
        with path.open("w", encoding="utf-8", newline="") as out:
            csv.writer(out, lineterminator="\n").writerows(rows)

    return put


@pytest.fixture
def faults_of() -> Callable[[Path], list[Fault]]:
    """The faults of a case; none where it loads."""

    def told(path: Path) -> list[Fault]:
        try:
            load(path)
        except Faults as faults:
            return faults.faults
        return []

    return told
