"""Ranges against the class of an estimate."""

import pytest

from wayforward.methods.estimate_class import too_narrow


@pytest.mark.parametrize(
    ("low", "high", "narrow"),
    [(0.8, 1.3, False), (0.7, 1.5, False), (0.81, 1.3, True), (0.8, 1.29, True), (None, 2, None)],
)
def test_by_analogy(low: float | None, high: float, narrow: bool | None) -> None:
    assert too_narrow(low, high, 0.8, 1.3) is narrow
