"""Moving profiles by months; expected values by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from wayforward.methods import profiles

profile = arrays(np.float64, st.integers(1, 10), elements=st.floats(0, 1e9))


@pytest.mark.parametrize(
    ("months", "expected"),
    [
        (0, [120, 240]),
        (3, [90, 210, 60]),  # 120 x 9/12; 120 x 3/12 + 240 x 9/12; 240 x 3/12
        (12, [0, 120, 240]),
        (15, [0, 90, 210, 60]),
    ],
)
def test_delay(months: int, expected: list[float]) -> None:
    assert profiles.shift([120, 240], months).tolist() == pytest.approx(expected)


def test_forward_undoes_a_delay_of_whole_years() -> None:
    assert profiles.shift([0, 120, 240], -12).tolist() == [120, 240, 0]


def test_forward_by_part_of_a_year() -> None:
    """Three months earlier: a quarter of each year moves to the year before."""
    assert profiles.shift([0, 120, 240], -3).tolist() == pytest.approx([30, 150, 180])


def test_nothing_falls_before_the_first_year() -> None:
    with pytest.raises(ValueError, match="before its first year"):
        profiles.shift([120, 240], -3)


@given(profile, st.integers(0, 120))
def test_totals_are_conserved(amounts: np.ndarray, months: int) -> None:
    moved = profiles.shift(amounts, months)
    assert moved.sum() == pytest.approx(amounts.sum(), rel=1e-12, abs=1e-6)


@given(profile, st.integers(0, 60))
def test_the_centre_moves_by_the_delay(amounts: np.ndarray, months: int) -> None:
    """The mean time of the flows moves by months / 12 years, whatever the profile."""
    moved = profiles.shift(amounts, months)
    before = (amounts * np.arange(amounts.size)).sum() + amounts.sum() * months / 12
    assert (moved * np.arange(moved.size)).sum() == pytest.approx(before, rel=1e-9, abs=1e-3)


def test_every_line_moves() -> None:
    moved = profiles.shift([[12, 0], [24, 0]], 6)
    assert moved.tolist() == [[6, 6, 0], [12, 12, 0]]


def test_whole_years_leave_known_years_known() -> None:
    moved = profiles.shift([10, None], 12)
    assert moved[1] == 10
    assert np.isnan(moved[2])


def test_fit_cuts_without_losing_and_fills_up() -> None:
    kept, beyond = profiles.fit([1, 2, 3], 2)
    assert (kept.tolist(), beyond.tolist()) == ([1, 2], [3])
    kept, beyond = profiles.fit([1, 2], 4)
    assert (kept.tolist(), beyond.tolist()) == ([1, 2, 0, 0], [])
