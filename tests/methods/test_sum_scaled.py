"""Weighted sum of shares against its published example."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayforward.methods.additive import table
from wayforward.methods.sum_scaled import sum_scaled

EIGHTY = st.lists(st.floats(0.1, 80), min_size=2, max_size=2)


def test_d10_heating_losses() -> None:
    """D10 (Kracka, Brauers and Zavadskas 2010, as scikit-criteria tests it); tolerance 1e-6."""
    rows = {
        "1": (33.95, 23.78, 11.45, 39.97, 29.44, 167.10, 3.852),
        "2": (38.9, 4.17, 6.32, 0.01, 4.29, 132.52, 25.184),
        "3": (37.59, 9.36, 8.23, 4.35, 10.22, 136.71, 10.845),
        "4": (30.44, 37.59, 13.91, 74.08, 45.10, 198.34, 2.186),
        "5": (36.21, 14.79, 9.17, 17.77, 17.06, 148.3, 6.610),
        "6": (37.8, 8.55, 7.97, 2.35, 9.25, 134.83, 11.935),
    }
    weights = dict.fromkeys("abcdefg", 1 / 7)
    found = sum_scaled(table(rows, weights, lower="abcdf"))
    assert found.scores == pytest.approx(
        [0.120404, 0.345824, 0.138382, 0.128412, 0.123461, 0.143517], abs=1e-6
    )
    assert {r.code: r.rank for r in found.ranked} == {"1": 6, "2": 1, "3": 3, "4": 4, "5": 5, "6": 2}


def test_equal_options_tie() -> None:
    found = sum_scaled(table({"A": (3, 5), "B": (3, 5)}, {"a": 0.5, "b": 0.5}, lower=["b"]))
    assert [(r.rank, r.tied) for r in found.ranked] == [(1, True), (1, True)]


def test_nought_can_not_be_inverted() -> None:
    with pytest.raises(ValueError, match="B has 0 on b"):
        sum_scaled(table({"A": (1, 1), "B": (1, 0)}, {"a": 0.5, "b": 0.5}, lower=["b"]))


@given(st.lists(EIGHTY, min_size=2, max_size=6))
def test_scores_add_up_to_one(rows: list[list[float]]) -> None:
    compared = table({str(i): row for i, row in enumerate(rows)}, {"a": 0.4, "b": 0.6}, lower=["a"])
    assert sum_scaled(compared).scores.sum() == pytest.approx(1)
