"""Server, worker and whoever is at work are killed at once: a sample of what `make bench ARGS=kills` does 50 times."""

from pathlib import Path
from uuid import uuid4

import pytest
from benchmarks.killed import look
from benchmarks.kills import TAKES, prove

from tests.workbench import store_small_case
from wayforward.records.models import Event


@pytest.mark.timeout(300)  # half a minute by itself
def test_nothing_acknowledged_is_lost_and_nothing_is_half_done(tmp_path: Path) -> None:
    found = prove(tmp_path, len(TAKES))  # one of each act
    assert found.wrong == []
    assert set(found.kills) == set(TAKES)
    print(f"healthy again within {max(found.healthy):.1f} s; {found.acknowledged} acknowledged")


@pytest.mark.django_db
def test_what_was_lost_or_is_half_done_would_be_told() -> None:
    exercise, key = store_small_case(), uuid4()
    said = [f"trying evidence:E1 1 {key}", f"saved evidence:E1 2 {key}"]
    assert look("save", said)["wrong"] == ["version 2 of evidence:E1 was acknowledged and has 0 events"]
    assert look("job", ["asked 1"])["wrong"] == ["a report was asked for once, and the jobs are []"]
    Event.objects.filter(exercise=exercise).order_by("-sequence")[0].delete()
    (wrong,) = look("report", [])["wrong"]
    assert wrong.endswith("(evidence:E1): the record is at version 2, and its last event at 1.")
