"""Peers side by side, against figures worked out from the open workforce data."""

import csv
from pathlib import Path

import pytest

from wayforward.methods.comparison import compare

PANEL = Path(__file__).parents[3] / "shared" / "data" / "benchmark" / "forces_panel_2007_2022.csv"
STAFF = ("officers_fte", "staff_fte", "pcso_fte", "designated_fte")


def number(text: str) -> float | None:
    return float(text) if text else None


@pytest.mark.shared
@pytest.mark.skipif(not PANEL.exists(), reason="needs: ../shared/data/benchmark")
@pytest.mark.parametrize(
    ("columns", "expected", "rank", "median"),
    [(STAFF, 4.030, 4, 3.285), (("officers_fte",), 2.757, None, 1.901)],
)
def test_west_midlands_2013(
    columns: tuple[str, ...], expected: float, rank: int | None, median: float
) -> None:
    """shared/facts/west-midlands.md 1.1 row 11: March 2013, City of London left out."""
    with PANEL.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["year"] == "2013"]
    counts = {row["force"]: sum(float(row[c] or 0) for c in columns) for row in rows}
    people = {row["force"]: number(row["population_mid_prev_year"]) for row in rows}
    (city,) = [name for name in counts if "City" in name]
    found = compare(counts, people, leave_out={city: "few residents, many who work there"})
    assert found.compared == 42
    assert found.median == pytest.approx(median, abs=5e-4)
    row = next(row for row in found.rows if row.name == "West Midlands")
    assert row.rate == pytest.approx(expected, abs=5e-4)
    assert rank is None or row.rank == rank


def test_by_hand() -> None:
    found = compare({"a": 10, "b": 30, "c": 20}, {"a": 1000, "b": 2000, "c": 2000})
    assert [(r.name, r.rate, r.rank, r.tied) for r in found.rows] == [
        ("b", 15, 1, False),
        ("a", 10, 2, True),
        ("c", 10, 2, True),
    ]
    assert found.median == 10


def test_unknown_is_not_ranked() -> None:
    found = compare({"a": None, "b": 30, "c": 5}, {"a": 10, "b": 2000})
    assert [(r.name, r.rank) for r in found.rows] == [("b", 1), ("a", None), ("c", None)]
    assert found.compared == 1


def test_leaving_out_needs_a_reason() -> None:
    with pytest.raises(ValueError, match="without a reason"):
        compare({"a": 1}, {"a": 1}, leave_out={"a": " "})
    found = compare({"a": 1, "b": 2}, {"a": 1, "b": 1}, leave_out={"a": "merged"})
    assert found.left_out == (("a", "merged"),)


def test_nobody() -> None:
    assert compare({}, {}).median is None


def test_population_of_nobody() -> None:
    with pytest.raises(ValueError, match="not above 0"):
        compare({"a": 1}, {"a": 0})
