"""What to do first: counted by hand on an exercise just begun, on one further on, and on the worked case."""

from pathlib import Path

from tests.exercise.beginning.test_begun import terms
from wayforward.casefile import load
from wayforward.exercise.beginning.begun import begun
from wayforward.findings import Findings

WORKED = Path(__file__).parents[2] / "cases" / "west-midlands-2012"


def test_of_an_exercise_just_begun_everything_is_left_and_asking_comes_first() -> None:
    found = Findings(begun(terms()), keep=False)["exercise.first_steps"]
    assert [row["stands"] for row in found.rows] == ["next", *["later"] * 7]
    assert found.value is None
    assert found.headline.startswith("Next: ask for information")
    so_far = {row["register"]: row["so_far"] for row in found.rows}
    assert so_far["work_packages"] == "no work packages"
    assert so_far["definitions"] == "0 of 3 agreed"
    assert so_far["cost_lines"] == "0 of 2 with costs"


def test_of_a_case_far_on_little_is_left() -> None:
    found = Findings(load(WORKED), keep=False)["exercise.first_steps"]
    stands = {row["register"]: row["stands"] for row in found.rows}
    assert {stands[name] for name in ("work_packages", "evidence", "ratings", "options", "cost_lines")} == {
        "done"
    }
    assert found.value < 4
