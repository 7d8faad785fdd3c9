"""Swing weights; expected values by hand."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayforward.methods import swing_weights
from wayforward.methods.swing_weights import Interval, intervals, ordinal, weights

CRITERIA = ("cost", "time", "trust")


def test_by_hand() -> None:
    """100, 60 and 40 of 200."""
    assert weights({"cost": 100, "time": 60, "trust": 40}, CRITERIA) == {
        "cost": 0.5,
        "time": 0.3,
        "trust": 0.2,
    }


@pytest.mark.parametrize(
    ("points", "message"),
    [
        ({"cost": 90, "time": 60}, "no criterion has 100 points, the most is 90"),
        ({"cost": 0, "time": 0}, "all points are nought"),
        ({"cost": 100, "time": -1}, "points of time are -1"),
        ({"cost": 100, "time": 120}, "points of time are 120"),
        ({"cost": 100, "time": None}, "points of time are not known"),
        ({"cost": 100, "time": math.nan}, "points of time are not known"),
        ({"cost": 100, "noise": 50}, "no anchors for noise: state the worst and the best level first"),
        ({}, "no criteria"),
    ],
)
def test_refused(points: dict[str, float | None], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        weights(points, CRITERIA)


def test_given_weights_that_do_not_sum_to_one_are_refused_with_their_sum() -> None:
    with pytest.raises(ValueError, match=r"add up to 0\.95, not 1"):
        swing_weights.given({"cost": 0.5, "time": 0.45})
    with pytest.raises(ValueError, match=r"add up to 0\.999, not 1"):
        swing_weights.given({"cost": 0.333, "time": 0.333, "trust": 0.333})


def test_given_weights_are_left_as_they_are() -> None:
    assert swing_weights.given({"cost": 0.7, "time": 0.3}) == {"cost": 0.7, "time": 0.3}


@pytest.mark.parametrize("weight", [-0.1, None, math.nan, math.inf])
def test_a_weight_that_is_none_is_refused_by_name(weight: float | None) -> None:
    with pytest.raises(ValueError, match="weight of time is"):
        swing_weights.given({"cost": 1.0, "time": weight})


def test_intervals_by_hand() -> None:
    """Cost 100, time 50 to 100: cost from 100/200 to 100/150, time from 50/150 to 100/200."""
    found = intervals({"cost": Interval(100, 100), "time": Interval(50, 100)}, CRITERIA)
    assert found == {"cost": Interval(0.5, 100 / 150), "time": Interval(50 / 150, 0.5)}


@pytest.mark.parametrize(
    ("points", "message"),
    [
        ({"cost": Interval(100, 100), "time": Interval(60, 50)}, "points of time: the low 60 is over"),
        ({"cost": Interval(80, 100), "time": Interval(50, 60)}, "no criterion has 100"),
        ({"cost": Interval(100, 100), "noise": Interval(50, 60)}, "no anchors for noise"),
        ({"cost": Interval(100, 100), "time": Interval(-5, 60)}, "points of time are -5"),
    ],
)
def test_intervals_refused(points: dict[str, Interval], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        intervals(points, CRITERIA)


def test_ordinal_groups_joint_ranks_and_leaves_out_the_unranked() -> None:
    ranks = {"cost": 2, "time": 1, "trust": 2, "noise": None}
    assert ordinal(ranks, CRITERIA) == (("time",), ("cost", "trust"))


@pytest.mark.parametrize(
    ("ranks", "message"),
    [
        ({"cost": 0}, "rank of cost is 0"),
        ({"cost": None}, "no criterion has a rank"),
        ({"noise": 1}, "no anchors for noise"),
    ],
)
def test_ordinal_refused(ranks: dict[str, int | None], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        ordinal(ranks, CRITERIA)


some_points = st.lists(st.integers(0, 100), max_size=5).map(lambda more: [100, *more])


@given(some_points)
def test_weights_sum_to_one_and_keep_ratio_and_order(points: list[int]) -> None:
    named = {f"c{i}": float(p) for i, p in enumerate(points)}
    found = weights(named, named)
    assert math.fsum(found.values()) == pytest.approx(1, abs=1e-12)
    for code, p in named.items():
        assert found[code] == pytest.approx(found["c0"] * p / 100, abs=1e-15)


@given(st.lists(st.tuples(st.integers(0, 100), st.integers(0, 100)), min_size=1, max_size=3))
def test_intervals_are_what_the_corners_of_the_points_give(ends: list[tuple[int, int]]) -> None:
    """Independent: a quotient of sums has its extremes at corners, so try all."""
    points = {"c0": Interval(100, 100)}
    points |= {f"c{i}": Interval(min(pair), max(pair)) for i, pair in enumerate(ends, 1)}
    corners = np.array(list(itertools.product(*((p.low, p.high) for p in points.values()))))
    shares = corners / corners.sum(axis=1, keepdims=True)
    found = intervals(points, points)
    assert [one.low for one in found.values()] == pytest.approx(shares.min(axis=0))
    assert [one.high for one in found.values()] == pytest.approx(shares.max(axis=0))
