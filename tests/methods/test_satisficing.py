"""Satisficing: by hand, and its properties."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from wayforward.methods.satisficing import Share, Threshold, good_enough

NPSV = Threshold("npsv", 0)
WEEKS = Threshold("weeks", 52, at_most=True)


def test_by_hand() -> None:
    """Option 1: npsv met in 3 of 4 draws, weeks in 2, both in 1 (the first)."""
    measures = {"npsv": [[1], [0], [5], [-1]], "weeks": [[52], [60], [70], [10]]}
    (found,) = good_enough(measures, [NPSV, WEEKS])
    assert [share.share for share in found.each] == [0.75, 0.5]
    assert found.together.share == 0.25
    assert found.each[0].standard_error == pytest.approx(math.sqrt(0.75 * 0.25 / 4))


def test_scenarios_are_no_sample() -> None:
    (found,) = good_enough({"npsv": [[1], [-1]]}, [NPSV], sampled=False)
    assert found.together == Share(0.5, None, 1, 0)


def test_not_known_is_neither_met_nor_missed() -> None:
    """A draw that misses one threshold is missed whatever the other is."""
    measures = {"npsv": [[1], [None]], "weeks": [[10], [60]]}
    (found,) = good_enough(measures, [NPSV, WEEKS])
    assert found.each[0] == Share(None, None, 1, 1)
    assert found.together.share == 0.5
    (found,) = good_enough({"npsv": [[1], [None]], "weeks": [[10], [10]]}, [NPSV, WEEKS])
    assert found.together == Share(None, None, 1, 1)


def test_standard_error_covers() -> None:
    """Normal draws above 0.5: the share is within two standard errors of .308538 in 93-97% of repeats."""
    draws = np.random.default_rng(1).standard_normal((1000, 1000))
    found = good_enough({"npsv": draws}, [Threshold("npsv", 0.5)])
    inside = [
        abs((f.together.share or 0) - 0.308538) < 1.96 * (f.together.standard_error or 0) for f in found
    ]
    assert 0.93 <= np.mean(inside) <= 0.97


@given(arrays.arrays(np.float64, (7, 2, 3), elements=st.integers(-3, 3).map(float)))
def test_all_together_is_no_oftener_than_each(table: np.ndarray) -> None:
    measures = {"npsv": table[0:7, 0], "weeks": table[0:7, 1]}
    for option in good_enough(measures, [NPSV, Threshold("weeks", 1, at_most=True)]):
        assert option.together.met <= min(share.met for share in option.each)
        assert option.together.met >= sum(share.met for share in option.each) - 7


def test_bad_input() -> None:
    with pytest.raises(ValueError, match="no threshold"):
        good_enough({"npsv": [[1]]}, [])
    with pytest.raises(ValueError, match="no measure 'weeks' to hold a threshold against; there is npsv"):
        good_enough({"npsv": [[1]]}, [WEEKS])
    with pytest.raises(ValueError, match="same draws and options"):
        good_enough({"npsv": [[1]], "weeks": [[1, 2]]}, [NPSV, WEEKS])
    with pytest.raises(ValueError, match="nan is no level"):
        good_enough({"npsv": [[1]]}, [Threshold("npsv", math.nan)])
    with pytest.raises(ValueError, match="not a table"):
        good_enough({"npsv": [1.0]}, [NPSV])
