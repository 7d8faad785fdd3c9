"""Tornado; expected values by hand."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayforward.methods import montecarlo
from wayforward.methods.distributions import distribution
from wayforward.methods.tornado import tornado

SAME = pytest.approx
UNIFORM = distribution("uniform", 0, high=10)  # 1 at the 10th percentile, 9 at the 90th, likely 5


def test_by_hand() -> None:
    """2a - 3b + 7: at likely 2; a from -6 to 10, b from 14 to -10."""
    found = tornado(lambda at: 2 * at["a"] - 3 * at["b"] + 7, {"a": UNIFORM, "b": UNIFORM})
    assert found.at_likely == SAME(2)
    assert [(bar.name, bar.at_low, bar.at_high, bar.swing, bar.rank) for bar in found.bars] == [
        ("b", SAME(14), SAME(-10), SAME(24), 1),
        ("a", SAME(-6), SAME(10), SAME(16), 2),
    ]
    assert [(bar.low, bar.high) for bar in found.bars] == [(SAME(1), SAME(9))] * 2


def test_triangular_percentiles_by_hand() -> None:
    """0 to 10 with mode 0: percentile p is 10 (1 - sqrt(1 - p)); likely stays at 0."""
    found = tornado(lambda at: at["a"], {"a": distribution("triangular", 0, 0, 10)})
    assert found.at_likely == 0
    assert found.bars[0].low == SAME(10 * (1 - math.sqrt(0.9)))
    assert found.bars[0].high == SAME(10 * (1 - math.sqrt(0.1)))


def test_linear_model_and_another_output() -> None:
    """Option 1: 4 and 20 pounds at a multiplier of 1, the first alone from 0.6 to 1.4."""
    inputs = {"a": distribution("uniform", 0.5, 1, 1.5), "b": distribution("fixed", likely=1)}
    model = montecarlo.linear([[1.0, 1], [4.0, 20]], ["a", "b"], inputs)
    found = tornado(model, inputs, output=1)
    assert found.at_likely == SAME(24)
    assert [(bar.name, bar.swing) for bar in found.bars] == [("a", SAME(3.2)), ("b", 0)]


def test_ties_stand_in_order_of_name() -> None:
    found = tornado(lambda at: at["z"] + at["b"] + at["m"], dict.fromkeys("zbm", UNIFORM))
    assert [(bar.name, bar.rank, bar.tied) for bar in found.bars] == [
        ("b", 1, True),
        ("m", 1, True),
        ("z", 1, True),
    ]


def test_result_that_turns_back_inside_the_range() -> None:
    """16 at both ends and nought at likely: the swing is 16, not nothing."""
    assert tornado(lambda at: (at["a"] - 5) ** 2, {"a": UNIFORM}).bars[0].swing == SAME(16)


def test_unknown_result_is_last_and_not_nought() -> None:
    found = tornado(
        lambda at: np.where(at["bad"] > 5, np.nan, at["bad"]) + at["good"], {"bad": UNIFORM, "good": UNIFORM}
    )
    assert [(bar.name, bar.swing, bar.rank) for bar in found.bars] == [
        ("good", SAME(8), 1),
        ("bad", None, None),
    ]
    assert found.bars[1].at_high is None


@given(st.lists(st.integers(-1000, 1000), min_size=1, max_size=6), st.floats(0.1, 10))
def test_scale_and_order(weights: list[int], factor: float) -> None:
    """Scaling the result scales every swing; the order of inputs changes nothing."""
    inputs = {f"i{n}": UNIFORM for n in range(len(weights))}
    model = montecarlo.linear([np.array(weights, dtype=float)], list(inputs), inputs)
    one = tornado(model, inputs)
    assert one == tornado(model, dict(reversed(inputs.items())))
    many = tornado(lambda at: factor * model(at), inputs)
    assert sorted(b.swing or 0 for b in many.bars) == SAME(
        sorted(factor * (b.swing or 0) for b in one.bars), abs=1e-6
    )


def test_refused() -> None:
    with pytest.raises(ValueError, match="the percentiles 90 and 10 must be in order"):
        tornado(lambda at: at["a"], {"a": UNIFORM}, low=90, high=10)
    with pytest.raises(ValueError, match=r"shape \(\) for 3 rows"):
        tornado(lambda at: at["a"].sum(), {"a": UNIFORM})
