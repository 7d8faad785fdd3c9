"""Server, worker and whoever is at work are killed at once: a sample of what `make bench ARGS=kills` does 50 times."""

from pathlib import Path

import pytest
from benchmarks.kills import TAKES, prove


@pytest.mark.timeout(300)  # half a minute by itself
def test_nothing_acknowledged_is_lost_and_nothing_is_half_done(tmp_path: Path) -> None:
    found = prove(tmp_path, len(TAKES))  # one of each act
    assert found.wrong == []
    assert set(found.kills) == set(TAKES)
    print(f"healthy again within {max(found.healthy):.1f} s; {found.acknowledged} acknowledged")
