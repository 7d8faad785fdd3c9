"""People who change the same records at once: nothing acknowledged is lost. `make bench` makes 5,000 such changes."""

from pathlib import Path

import pytest
from benchmarks.edits import prove

from tests.databases import empty_database

SMALL = Path(__file__).parents[1] / "casefile" / "small_case"
PEOPLE, EDITS = 4, 200


def test_no_change_is_lost_on_sqlite(tmp_path: Path) -> None:
    found = prove(tmp_path, "", PEOPLE, EDITS, SMALL)
    assert (found.acknowledged, found.wrong) == (EDITS, [])
    assert found.registers > 90


@pytest.mark.postgres
def test_no_change_is_lost_on_postgresql(tmp_path: Path) -> None:
    with empty_database("postgres") as database:
        found = prove(tmp_path, database["DATABASE_URL"], PEOPLE, EDITS, SMALL)
    assert (found.acknowledged, found.wrong) == (EDITS, [])
    assert found.registers > 90
