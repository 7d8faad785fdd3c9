"""How the tests are handed to the processes of `make test`."""

from pathlib import Path

import pytest
from tests.conftest import LONG, TOGETHER, work_unit

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("start", sorted({*LONG, *TOGETHER}))
def test_what_is_named_is_there(start: str) -> None:
    files = [path.relative_to(ROOT).as_posix() for path in (ROOT / "tests").rglob("test_*.py")]
    assert [one for one in files if one.startswith(start)]


@pytest.mark.parametrize(
    ("test", "unit"),
    [
        (
            "tests/browser/test_workbench.py::test_one[a::b]",
            "tests/browser/test_",
        ),  # one server for all of them
        ("tests/browser/test_accounts.py::test_two", "tests/browser/test_"),
        ("tests/methods/test_npsv.py::test_one", "tests/methods/test_npsv.py"),
    ],
)
def test_a_folder_that_shares_a_server_is_one_unit_and_else_each_file(test: str, unit: str) -> None:
    assert work_unit(test) == unit
