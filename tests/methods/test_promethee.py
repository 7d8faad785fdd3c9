"""PROMETHEE II against its worked example."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayforward.methods.additive import table
from wayforward.methods.promethee import promethee


def test_d11_usual_criterion() -> None:
    """D11 (documentation of pymcdm): net flows .1, -.3, .2; tolerance 1e-9."""
    rows = {"A": (4, 3, 2), "B": (3, 2, 4), "C": (5, 1, 3)}
    found = promethee(table(rows, {"a": 0.5, "b": 0.3, "c": 0.2}))
    assert found.net == pytest.approx([0.1, -0.3, 0.2], abs=1e-9)
    assert [r.code for r in found.ranked] == ["C", "A", "B"]


def test_less_is_better_by_hand() -> None:
    """A is better on cost (.6), B on gain (.4): A .6 - .4."""
    found = promethee(table({"A": (10, 1), "B": (20, 2)}, {"cost": 0.6, "gain": 0.4}, lower=["cost"]))
    assert found.leaving == pytest.approx([0.6, 0.4])
    assert found.entering == pytest.approx([0.4, 0.6])
    assert found.net == pytest.approx([0.2, -0.2])


def test_equal_options_tie_at_nought() -> None:
    found = promethee(table({"A": (0.3,), "B": (0.1 + 0.2,)}, {"a": 1.0}))
    assert [(r.rank, r.score) for r in found.ranked] == [(1, 0), (1, 0)]


rows = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9)), min_size=2, max_size=6)
WEIGHTS = {"a": 0.5, "b": 0.3, "c": 0.2}


@given(rows)
def test_flows_add_up_to_nought(given_rows: list[tuple[int, int, int]]) -> None:
    found = promethee(table({str(i): row for i, row in enumerate(given_rows)}, WEIGHTS, ["c"]))
    assert found.net.sum() == pytest.approx(0, abs=1e-12)


@given(rows)
def test_only_the_order_of_levels_counts(given_rows: list[tuple[int, int, int]]) -> None:
    plain = promethee(table({str(i): row for i, row in enumerate(given_rows)}, WEIGHTS))
    cubed = {str(i): tuple(level**3 for level in row) for i, row in enumerate(given_rows)}
    assert promethee(table(cubed, WEIGHTS)).net.tolist() == plain.net.tolist()
