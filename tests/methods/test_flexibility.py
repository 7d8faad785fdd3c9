"""What a break point is worth: the unit normal loss, exact cases, and its properties."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayforward.methods.flexibility import BreakPoint, break_point


def loss(mean: float, spread: float) -> float:
    """E[max(0, -(mean + spread Z))]: the unit normal loss in closed form."""
    at = mean / spread
    density = math.exp(-at * at / 2) / math.sqrt(2 * math.pi)
    return spread * (density - at * (1 - math.erf(at / math.sqrt(2))) / 2)


@pytest.mark.parametrize("exit_cost", [0.0, 0.5, 2.0])
def test_normal_signal(exit_cost: float) -> None:
    """C = 1 + 2 S + noise, stopping at -X: worth is the loss of N(1 + X, 2), within three errors."""
    random = np.random.default_rng(1)
    signal = random.standard_normal(100_000)
    value = 1 + 2 * signal + random.standard_normal(100_000)
    found = break_point(value, signal, exit_cost)
    exact = loss(1 + exit_cost, 2)
    assert found.worth is not None
    assert found.standard_error is not None
    assert found.stopped is not None
    assert abs(found.worth - exact) < 3 * found.standard_error
    assert found.worth == pytest.approx(exact, abs=0.015)
    # It stops where 1 + 2 S < -X.
    assert found.stopped == pytest.approx(math.erfc((1 + exit_cost) / 2 / math.sqrt(2)) / 2, abs=0.01)


def test_two_signals() -> None:
    """C = 1 + S1 + S2: their sum is N(0, 2)."""
    signal = np.random.default_rng(2).standard_normal((100_000, 2))
    found = break_point(1 + signal.sum(axis=1), signal, 0)
    assert found.worth == pytest.approx(loss(1, math.sqrt(2)), abs=0.01)


def test_yes_or_no_by_hand() -> None:
    """Half the draws are worth 10 and half -6, and the signal tells which; stopping costs 1.

    Committed 2; with the right (10 - 1) / 2 = 4.5; worth 2.5; stopped in half.
    """
    signal = np.repeat([1.0, 0.0], 200)
    order = np.random.default_rng(3).permutation(400)
    found = break_point(np.where(signal, 10.0, -6.0)[order], signal[order], 1)
    assert (found.committed, found.with_right, found.worth, found.stopped) == (2, 4.5, 2.5, 0.5)


def test_a_common_signal_has_a_bin_to_itself() -> None:
    """Nothing is seen in half the draws (worth -6 then); else a signal of 1 to 2 (worth 10)."""
    random = np.random.default_rng(8)
    signal = np.where(random.random(4_000) < 0.5, 0.0, 1 + random.random(4_000))
    found = break_point(np.where(signal > 0, 10.0, -6.0), signal, 0)
    assert found.stopped == (signal == 0).mean()
    assert found.worth == pytest.approx(6 * (signal == 0).mean())


def test_useless_signal_is_worth_nothing() -> None:
    """The signal says nothing of a value that is well above the exit."""
    random = np.random.default_rng(4)
    found = break_point(5 + random.standard_normal(10_000), random.standard_normal(10_000), 0)
    assert (found.worth, found.stopped) == (0, 0)


def test_the_choice_is_made_on_the_signal_only() -> None:
    """No signal, a value about nought: 200 repeats average no gain, though hindsight would give .4."""
    random = np.random.default_rng(5)
    worth = [
        break_point(random.standard_normal(400), random.standard_normal(400), 0).worth or 0.0
        for _ in range(200)
    ]
    assert abs(np.mean(worth)) < 3 * np.std(worth) / math.sqrt(200)


def test_right_is_worth_no_less_when_stopping_is_cheaper() -> None:
    random = np.random.default_rng(6)
    signal = random.standard_normal(20_000)
    worths = [break_point(signal, signal, cost).worth or 0.0 for cost in (3.0, 1.0, 0.3, 0.0)]
    assert worths == sorted(worths)


@given(st.integers(0, 500), st.integers(100, 300), st.floats(-2, 2), st.integers(1, 3))
def test_never_below_nought_beyond_error(seed: int, draws: int, mean: float, signals: int) -> None:
    random = np.random.default_rng(seed)
    signal = random.standard_normal((draws, signals))
    found = break_point(mean + signal[:, 0] + random.standard_normal(draws), signal, 0.5)
    assert found.worth is not None
    assert found.standard_error is not None
    assert found.worth >= -4 * found.standard_error
    assert found.with_right == pytest.approx((found.committed or 0.0) + found.worth)


def test_exit_cost_by_draw_and_scale() -> None:
    random = np.random.default_rng(7)
    signal = random.standard_normal(1_000)
    one = break_point(signal, signal, 0.5)
    assert break_point(signal, signal, np.full(1_000, 0.5)) == one
    scaled = break_point(signal * 1024, signal, 512)
    assert scaled.worth == (one.worth or 0.0) * 1024


def test_not_known() -> None:
    value = np.ones(100)
    value[0] = np.nan
    assert break_point(value, np.zeros(100), 0) == BreakPoint(None, None, None, None, None)


def test_bad_input() -> None:
    with pytest.raises(ValueError, match="99 draws are too few"):
        break_point(np.ones(99), np.ones(99), 0)
    with pytest.raises(ValueError, match="one row a draw"):
        break_point(np.ones(100), np.ones(99), 0)
    with pytest.raises(ValueError, match="an exit cost of -1"):
        break_point(np.ones(100), np.ones(100), -1)
