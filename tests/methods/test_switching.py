"""Switching values."""

import pytest

from wayforward.methods import discounting
from wayforward.methods.switching import Switch, switching_value


def test_green_book_2003_box_15() -> None:
    """D3: the saving at which GBP 1m is just returned, 120,241.37 a year."""
    factors = discounting.factors(discounting.bands({"0-30": 0.035}), 11)
    value = 150_000 * float(factors[1:].sum())
    found = switching_value(150_000, value - 1e6, value)
    assert found.value == pytest.approx(120_241.37, abs=0.005)


def test_cost_by_hand() -> None:
    """Net 50 with a cost of 100: the cost may rise by half."""
    assert switching_value(100, 50, -100) == Switch(150, 0.5)


def test_input_that_moves_nothing() -> None:
    assert switching_value(1, 50, 0) == Switch(None, None)
