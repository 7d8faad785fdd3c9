"""Residual values; expected values by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayforward.methods import residual

spending = st.lists(st.floats(0, 1e9), min_size=1, max_size=8)


def test_straight_line() -> None:
    """1,000 over 10 years, 4 used: 600; worn out after 10."""
    assert residual.straight_line(1000, 10, 4) == 600
    assert residual.straight_line(1000, 10, 10) == 0
    assert residual.straight_line(1000, 10, 25) == 0


def test_each_year_of_spending_by_itself() -> None:
    """Life 4 over 3 years: 400 of year 0 has 1 of 4 left, 100; 200 of year 2 has 3 of 4 left, 150."""
    assert residual.of_spending([400, 0, 200], 4) == 250
    assert residual.residual([400, 0, 200], 4).tolist() == [0, 0, 250]


def test_a_given_value_takes_its_place() -> None:
    assert residual.residual([400, 0], 4, given=10).tolist() == [0, 10]
    assert residual.residual([400, None], given=-30).tolist() == [0, -30]


def test_neither_life_nor_value_is_not_nought() -> None:
    assert np.isnan(residual.residual([400, 0])[-1])
    assert residual.residual([0, 0]).tolist() == [0, 0]
    assert np.isnan(residual.residual([None, 0])[-1])


def test_an_unknown_cost_matters_only_while_it_lasts() -> None:
    assert residual.of_spending([None, 0, 0], 2) == 0
    assert np.isnan(residual.of_spending([0, None, 0], 3))


def test_what_wears_out_must_be_replaced() -> None:
    """Life 2 over 4 years: spending of years 0 and 1 is worn out before the end, of year 2 just at it."""
    assert residual.replaced_before_end([5, 5, 5, 5], 2) == (0, 1)
    assert residual.replaced_before_end([0, 5, 5, 5], 2) == (1,)


@given(spending, st.floats(0.5, 60))
def test_a_value_is_no_more_than_was_spent(amounts: list[float], life: float) -> None:
    assert 0 <= residual.of_spending(amounts, life) <= sum(amounts)


@given(spending, st.floats(0.5, 60), st.floats(0.01, 100))
def test_scale_and_split(amounts: list[float], life: float, times: float) -> None:
    once = residual.of_spending(amounts, life)
    assert residual.of_spending([times * a for a in amounts], life) == pytest.approx(times * once, rel=1e-12)
    halves = 2 * residual.of_spending([a / 2 for a in amounts], life)
    assert halves == pytest.approx(once, rel=1e-12)


@given(spending, st.floats(0.5, 60))
def test_years_before_the_spending_change_nothing(amounts: list[float], life: float) -> None:
    assert residual.of_spending([0, *amounts], life) == pytest.approx(residual.of_spending(amounts, life))


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: residual.straight_line(1, 0, 0), "a life of 0 years"),
        (lambda: residual.straight_line(-1, 1, 0), "0 or more"),
        (lambda: residual.of_spending([-5], 3), "-5 in year 0"),
        (lambda: residual.of_spending([[1]], 3), "one amount a year"),
        (lambda: residual.in_last_year(1, 0), "at least one year"),
        (lambda: residual.replaced_before_end([1], 0), "a life of 0 years"),
    ],
)
def test_faults(call: object, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        call()
