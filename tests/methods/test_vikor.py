"""VIKOR against its published example, and its compromise set by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayforward.methods.additive import table
from wayforward.methods.vikor import vikor

ROWS = {"A1": (5, 8, 4), "A2": (7, 6, 8), "A3": (8, 8, 6), "A4": (7, 4, 6)}
WEIGHTS = {"a": 0.3, "b": 0.4, "c": 0.3}


def test_d8_published() -> None:
    """D8: S, R, Q to 1e-9; no acceptable advantage, so A2 and A3 can't be told apart."""
    found = vikor(table(ROWS, WEIGHTS))
    assert found.group == pytest.approx([0.6, 0.3, 0.15, 0.65], abs=1e-9)
    assert found.regret == pytest.approx([0.3, 0.2, 0.15, 0.4], abs=1e-9)
    assert found.score == pytest.approx([0.75, 0.25, 0, 1], abs=1e-9)
    assert [r.code for r in found.ranked] == ["A3", "A2", "A1", "A4"]
    assert found.compromise == ("A2", "A3")


def test_a_clear_lead_stands_alone() -> None:
    """B is best on all: Q 0; the others are at 1 and more than 1 / 2 away."""
    found = vikor(table({"A": (1, 9), "B": (9, 1), "C": (1, 9)}, {"gain": 0.5, "cost": 0.5}, ["cost"]))
    assert found.compromise == ("B",)


def test_an_unstable_lead_takes_the_second_with_it() -> None:
    """A leads by Q and by enough, but is best by neither S nor R: the second stays with it.

    Shortfalls from best to worst, weighed .5, .2, .3 and added: S of A .13 + .05 + .13 = .31, B .30, C .36,
    D and E .54; the greatest term R: A .13, B .30, C .12, D .34, E .50. Q (v = .5): A .5 x .01/.24 + .5 x
    .01/.38 = .0340, B .5 x .18/.38 = .2368, C .5 x .06/.24 = .1250, D .7895, E 1. A leads C by .091; with
    13 options 1 / 12 = .0833 is enough.
    """
    shortfalls = {
        "A": (0.26, 0.25, 0.13 / 0.3),
        "B": (0, 0, 1),
        "C": (0.24, 0.6, 0.4),
        "D": (0.68, 1, 0),
        **{f"E{number}": (1, 0.2, 0) for number in range(9)},
    }
    found = vikor(table(shortfalls, {"a": 0.5, "b": 0.2, "c": 0.3}, lower=["a", "b", "c"]))
    assert found.score[:4] == pytest.approx([0.0340, 0.2368, 0.1250, 0.7895], abs=1e-4)
    assert found.compromise == ("A", "C")


def test_equal_options_tie_and_none_is_left_out() -> None:
    found = vikor(table({"A": (3, 5), "B": (3, 5)}, {"a": 0.5, "b": 0.5}))
    assert [r.rank for r in found.ranked] == [1, 1]
    assert found.compromise == ("A", "B")


@pytest.mark.parametrize("v", [-0.1, 1.1, float("nan")])
def test_v_is_a_share(v: float) -> None:
    with pytest.raises(ValueError, match="give a number from 0"):
        vikor(table(ROWS, WEIGHTS), v)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=2, max_size=6))
def test_the_first_is_always_in_the_compromise(given_rows: list[tuple[int, int]]) -> None:
    found = vikor(table({str(i): row for i, row in enumerate(given_rows)}, {"a": 0.5, "b": 0.5}, ["b"]))
    assert {r.code for r in found.ranked if r.rank == 1} <= set(found.compromise)


def test_a_rounding_of_large_levels_is_no_distance() -> None:
    """1e9 x (0.1 + 0.2) and 1e9 x 0.3 are one level: C, three times as good on the other, is first."""
    found = vikor(
        table({"A": (1e9 * (0.1 + 0.2), 1), "B": (1e9 * 0.3, 0), "C": (1e9 * 0.3, 3)}, {"a": 0.5, "b": 0.5})
    )
    assert found.ranked[0].code == "C"
