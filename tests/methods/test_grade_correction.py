"""Correction by confidence grade; the table is shared/facts/appraisal-methods.md 2.4, sums by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayforward.methods import grade_correction
from wayforward.methods.grade_correction import corrected
from wayforward.parameters.table import read_table

TABLE = {1: 0.0, 2: 0.05, 3: 0.1, 4: 0.15, 5: 0.25, 6: 0.4}
amounts = st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=5)


@pytest.mark.parametrize(
    ("grade", "cost", "benefit"), [(1, 100, 100), (2, 105, 95), (3, 110, 90), (4, 115, 85), (5, 125, 75), (6, 140, 60)]
)  # fmt: skip
def test_costs_are_raised_and_benefits_cut(grade: int, cost: float, benefit: float) -> None:
    assert corrected([100.0], grade, TABLE, "cost").amounts.tolist() == pytest.approx([cost])
    assert corrected([100.0], grade, TABLE, "benefit").amounts.tolist() == pytest.approx([benefit])


def test_no_grade_is_corrected_as_the_worst_and_says_so() -> None:
    found = corrected([100.0], None, TABLE, "benefit")
    assert (found.amounts.tolist(), found.grade, found.correction, found.assumed) == ([60.0], 6, 0.4, True)
    assert not corrected([100.0], 6, TABLE, "benefit").assumed


def test_an_amount_below_nought_moves_to_its_worse_side() -> None:
    """A receipt of 100 among costs is worth 75; a disbenefit of 100 is 125."""
    assert corrected([-100.0], 5, TABLE, "cost").amounts.tolist() == [-75]
    assert corrected([-100.0], 5, TABLE, "benefit").amounts.tolist() == [-125]


def test_an_unknown_amount_stays_unknown() -> None:
    assert np.isnan(corrected([None], 1, TABLE, "cost").amounts).all()


def test_the_editions_table() -> None:
    grades = read_table("confidence-grades-2014").values["grades"]
    assert grade_correction.corrections(grades) == TABLE


@given(amounts, st.sampled_from([*TABLE, None]), st.floats(0, 100))
def test_correction_scales(values: list[float], grade: int | None, times: float) -> None:
    once = corrected(values, grade, TABLE, "cost").amounts * times
    scaled = corrected([value * times for value in values], grade, TABLE, "cost").amounts
    assert scaled.tolist() == pytest.approx(once.tolist(), rel=1e-12, abs=1e-6)


@given(amounts, st.sampled_from([*TABLE, None]))
def test_costs_and_benefits_are_corrected_alike_with_opposite_signs(
    values: list[float], grade: int | None
) -> None:
    cost = corrected(values, grade, TABLE, "cost").amounts
    benefit = corrected([-value for value in values], grade, TABLE, "benefit").amounts
    assert cost.tolist() == (-benefit).tolist()
    assert (cost >= values).all()


@pytest.mark.parametrize(
    ("grade", "table", "side", "words"),
    [
        (7, TABLE, "cost", "grade 7 is off the ladder: grades run from 1 to 6"),
        (1, {}, "cost", "no confidence grades"),
        (1, TABLE, "saving", "'saving' is no side"),
    ],
)
def test_faults(grade: int, table: dict[int, float], side: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        corrected([1.0], grade, table, side)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ({}, "no confidence grades"),
        ({"1": {"correction": 5}}, "grade 1: a correction of 5 is no fraction"),
        ({"1": {}}, "grade 1: a correction of None"),
        ({"1": {"correction": 0.2}, "2": {"correction": 0.1}}, "smaller correction"),
    ],
)
def test_faulty_tables(rows: dict[str, dict[str, object]], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        grade_correction.corrections(rows)
