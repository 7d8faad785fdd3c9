"""Equivalent annual values."""

import pytest

from wayforward.methods.equivalent_annual import equivalent_annual


def test_by_hand() -> None:
    assert equivalent_annual(300, [1, 0.5]) == 200


def test_needs_a_factor() -> None:
    with pytest.raises(ValueError, match="at least one"):
        equivalent_annual(300, [])
