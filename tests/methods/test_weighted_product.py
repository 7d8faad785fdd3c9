"""Weighted product against its worked example."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayforward.methods.additive import table
from wayforward.methods.weighted_product import weighted_product


def test_d9_ratios() -> None:
    """D9 (Wikipedia, weighted product model): 1.0074, 1.0671, 1.0592; tolerance 5e-4."""
    rows = {"A1": (25, 20, 15, 30), "A2": (10, 30, 20, 30), "A3": (30, 10, 30, 10)}
    found = weighted_product(table(rows, {"c1": 0.20, "c2": 0.15, "c3": 0.40, "c4": 0.25}))
    ratios = found.ratios
    assert [ratios[0, 1], ratios[0, 2], ratios[1, 2]] == pytest.approx([1.0074, 1.0671, 1.0592], abs=5e-4)
    assert [r.code for r in found.ranked] == ["A1", "A2", "A3"]


def test_less_is_better_by_hand() -> None:
    """Roots of 4 / 1 and 9 / 4: 2 and 1.5."""
    found = weighted_product(table({"A": (4, 1), "B": (9, 4)}, {"gain": 0.5, "cost": 0.5}, lower=["cost"]))
    assert found.products == pytest.approx([2, 1.5])


def test_a_true_tie_is_a_tie() -> None:
    """2 x 8 = 4 x 4."""
    found = weighted_product(table({"A": (2, 8), "B": (4, 4)}, {"a": 0.5, "b": 0.5}))
    assert [r.rank for r in found.ranked] == [1, 1]


def test_nought_is_refused() -> None:
    with pytest.raises(ValueError, match="every level must be above nought"):
        weighted_product(table({"A": (0, 1), "B": (1, 1)}, {"a": 0.5, "b": 0.5}))


@given(st.lists(st.tuples(st.floats(0.1, 100), st.floats(0.1, 100)), min_size=2, max_size=5),
       st.floats(0.01, 100))  # fmt: skip
def test_the_unit_of_a_criterion_changes_no_ratio(rows: list[tuple[float, float]], unit: float) -> None:
    weights = {"a": 0.3, "b": 0.7}
    plain = weighted_product(table({str(i): row for i, row in enumerate(rows)}, weights, ["b"]))
    other = weighted_product(table({str(i): (unit * a, b) for i, (a, b) in enumerate(rows)}, weights, ["b"]))
    assert np.allclose(plain.ratios, other.ratios, rtol=1e-9)
