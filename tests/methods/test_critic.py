"""CRITIC against its published example."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayforward.methods.additive import table
from wayforward.methods.critic import critic

THIRDS = {"a": 0.5, "b": 0.25, "c": 0.25}


def test_d13_published() -> None:
    """D13 (Diakoulaki et al. 1995, as scikit-criteria tests it): .202226 .480902 .316873; 1e-6."""
    levels = [
        (61, 1.08, 4.33),
        (20.7, 0.26, 4.34),
        (16.3, 1.98, 2.53),
        (9, 3.29, 1.65),
        (5.4, 2.77, 2.33),
        (4, 4.12, 1.21),
        (-6.1, 3.52, 2.10),
        (-34.6, 3.31, 0.98),
    ]
    found = critic(table({str(i): row for i, row in enumerate(levels, 1)}, THIRDS))
    assert found.weights == pytest.approx([0.202226, 0.480902, 0.316873], abs=1e-6)
    # By hand for the first option: its shares of the ranges, weighed.
    shares = [1, (1.08 - 0.26) / 3.86, (4.33 - 0.98) / 3.36]
    assert found.scores[0] == pytest.approx(np.dot(shares, [0.202226, 0.480902, 0.316873]), abs=1e-5)
    assert found.ranked[0].code == "1"


def test_where_all_are_alike_nothing_weighs() -> None:
    """Two opposite criteria and one that is the same for all: a half each, and nothing."""
    found = critic(table({"A": (1, 5, 2), "B": (2, 5, 1)}, THIRDS))
    assert found.weights == pytest.approx([0.5, 0, 0.5])
    assert [r.rank for r in found.ranked] == [1, 1]


@pytest.mark.parametrize("rows", [{"A": (1, 5, 2), "B": (1, 5, 2)}, {"A": (1, 5, 2), "B": (2, 5, 4)}])
def test_criteria_that_say_the_same_are_refused(rows: dict[str, tuple[float, ...]]) -> None:
    with pytest.raises(ValueError, match="no two criteria differ"):
        critic(table(rows, THIRDS))


rows = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20), st.integers(0, 20)), min_size=3, max_size=7)


@given(rows)
def test_turning_a_criterion_upside_down_changes_nothing(given_rows: list[tuple[int, int, int]]) -> None:
    try:
        plain = critic(table({str(i): row for i, row in enumerate(given_rows)}, THIRDS, ["c"]))
    except ValueError:
        return
    turned = critic(table({str(i): (a, b, -c) for i, (a, b, c) in enumerate(given_rows)}, THIRDS))
    assert turned.weights == pytest.approx(plain.weights, abs=1e-12)
    assert plain.weights.sum() == pytest.approx(1)
    assert turned.scores == pytest.approx(plain.scores, abs=1e-12)
