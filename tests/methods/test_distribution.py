"""Distributional weights against the Green Book."""

import pytest

from wayforward.methods.distribution import weight


def test_half_the_median() -> None:
    """D19: elasticity 1.3 at half the median income, 2.462289; at 1, 20k against 40k, 2."""
    assert weight(20_000, 40_000) == pytest.approx(2.462289, abs=1e-6)
    assert weight(20_000, 40_000, eta=1) == pytest.approx(2)
    assert weight(40_000, 40_000) == 1


def test_income_of_nothing() -> None:
    with pytest.raises(ValueError, match="above 0"):
        weight(0, 40_000)
