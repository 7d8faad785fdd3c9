"""TOPSIS against its published example."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayforward.methods.additive import table
from wayforward.methods.topsis import topsis

ROWS = {"1": (5, 8, 4), "2": (7, 6, 8), "3": (8, 8, 6), "4": (7, 4, 6)}
WEIGHTS = {"a": 0.3, "b": 0.4, "c": 0.3}


def test_d7_published() -> None:
    """D7 (Tzeng and Huang 2011, as scikit-criteria tests it); tolerance 1e-4; ranks 3, 2, 1, 4."""
    found = topsis(table(ROWS, WEIGHTS))
    assert found.closeness == pytest.approx([0.5037, 0.6581, 0.7482, 0.3340], abs=1e-4)
    assert [r.code for r in found.ranked] == ["3", "2", "1", "4"]


def test_less_is_better_by_hand() -> None:
    """One criterion: the option that costs least is the ideal, the dearest the anti-ideal."""
    found = topsis(table({"A": (30,), "B": (10,), "C": (20,)}, {"cost": 1.0}, lower=["cost"]))
    assert found.closeness == pytest.approx([0, 1, 0.5])


def test_equal_options_tie() -> None:
    found = topsis(table({"A": (0, 5), "B": (0, 5)}, {"a": 0.5, "b": 0.5}))
    assert [(r.rank, r.tied, r.score) for r in found.ranked] == [(1, True, 0.5), (1, True, 0.5)]


def test_unknown_is_refused() -> None:
    with pytest.raises(ValueError, match="A has no known level on b"):
        topsis(table({"A": (1, None), "B": (1, 2)}, {"a": 0.5, "b": 0.5}))


rows = st.lists(st.tuples(st.integers(1, 50), st.integers(1, 50)), min_size=2, max_size=6)


@given(rows, st.sampled_from([0.5, 3.0, 1000.0]))
def test_the_unit_of_a_criterion_changes_nothing(given_rows: list[tuple[int, int]], unit: float) -> None:
    weights = {"a": 0.3, "b": 0.7}
    plain = topsis(table({str(i): row for i, row in enumerate(given_rows)}, weights, ["b"]))
    other = topsis(table({str(i): (a * unit, b) for i, (a, b) in enumerate(given_rows)}, weights, ["b"]))
    assert other.closeness == pytest.approx(plain.closeness, abs=1e-9)
