"""Value functions; expected values by hand."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayforward.methods.value_functions import ValueFunction, clamped, values


def test_linear_where_more_is_better() -> None:
    assert values(ValueFunction(20, 60), [20, 30, 60]).tolist() == [0, 25, 100]


def test_linear_where_less_is_better() -> None:
    """Days to answer, 40 the worst and 5 the best: 26 days is (40 - 26) / 35 of the way."""
    assert values(ValueFunction(40, 5), [40, 26, 5]) == pytest.approx([0, 40, 100])


def test_piecewise_by_hand() -> None:
    """Worst 40, 20 days are worth 80, best 5: 30 days half of 80; 12.5 days half way from 80 to 100."""
    steep = ValueFunction(40, 5, ((20, 80),))
    assert values(steep, [[40, 30], [20, 12.5]]) == pytest.approx(np.array([[0, 40], [80, 90]]))


def test_a_plateau_is_allowed() -> None:
    assert values(ValueFunction(0, 10, ((5, 100),)), [5, 7, 10]).tolist() == [100, 100, 100]


def test_what_is_not_known_stays_so() -> None:
    found = clamped(ValueFunction(0, 10), [None, 5.0])
    assert math.isnan(found.values[0])
    assert found.values[1] == 50
    assert not found.outside.any()


@pytest.mark.parametrize("anchors", [(20, 60), (60, 20)])
def test_a_recorded_level_outside_the_anchors_is_refused(anchors: tuple[float, float]) -> None:
    for level in (19.0, 61.0):
        with pytest.raises(ValueError, match=f"level {level:g} is outside the anchors .* widen the anchors"):
            values(ValueFunction(*anchors), [30, level])


def test_a_draw_outside_the_anchors_is_held_and_flagged() -> None:
    found = clamped(ValueFunction(60, 20), [10, 20, 40, 61])
    assert found.values.tolist() == [100, 100, 50, 0]
    assert found.outside.tolist() == [True, False, False, True]


def test_rounding_at_an_anchor_is_not_outside() -> None:
    assert values(ValueFunction(0, 0.3), [0.1 + 0.2]).tolist() == [100]


def test_equal_anchors_are_refused() -> None:
    with pytest.raises(ValueError, match="both anchors are 5"):
        ValueFunction(5, 5)


@pytest.mark.parametrize("anchors", [(math.nan, 5), (5, math.nan), (None, 5), (5, math.inf)])
def test_a_missing_anchor_is_refused(anchors: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="an anchor is missing"):
        ValueFunction(*anchors)


@pytest.mark.parametrize(
    "points",
    [
        ((5, 60), (8, 50)),  # values turn back
        ((8, 50), (5, 60)),  # levels turn back
        ((5, 50), (5, 60)),  # two values for one level
        ((0, 10),),  # on an anchor
        ((12, 50),),  # beyond an anchor
        ((5, 101),),
        ((5, -1),),
        ((5, math.nan),),
        ((math.nan, 5),),
    ],
)
def test_points_that_turn_back_are_refused(points: tuple[tuple[float, float], ...]) -> None:
    with pytest.raises(ValueError, match="without turning back"):
        ValueFunction(0, 10, points)


share = st.floats(0, 1)


@given(st.floats(-100, 100), st.floats(-100, 100), share, share, st.lists(share, min_size=1, max_size=5),
       st.sampled_from([-8.0, -1.0, 0.25, 3.0]))  # fmt: skip
def test_scaling_levels_with_their_anchors_changes_nothing(
    low: float, high: float, at: float, worth: float, levels: list[float], scale: float
) -> None:
    if abs(high - low) < 1e-3:
        return
    between = low + (0.1 + 0.8 * at) * (high - low)
    given_levels = np.array([low + share * (high - low) for share in levels])
    plain = clamped(ValueFunction(low, high, ((between, 100 * worth),)), given_levels).values
    scaled = ValueFunction(scale * low, scale * high, ((scale * between, 100 * worth),))
    assert clamped(scaled, scale * given_levels).values == pytest.approx(plain, abs=1e-6)


@given(st.lists(share, min_size=2, max_size=6), share, share)
def test_a_better_level_is_never_worth_less(levels: list[float], at: float, worth: float) -> None:
    falling = ValueFunction(1, 0, ((0.1 + 0.8 * at, 100 * worth),))
    found = values(falling, sorted(levels))
    assert (np.diff(found) <= 0).all()
    assert ((found >= 0) & (found <= 100)).all()
