"""Effort and spend; expected values by hand."""

import pytest

from wayforward.methods.effort import use


def test_days_of_the_consultants() -> None:
    """55 days are available (terms of reference, section 2)."""
    found = use({"WP-1": 20, "WP-2": 13}, 55)
    assert (found.used.value, found.left, found.share, found.over) == (33, 22, 0.6, False)


def test_over() -> None:
    found = use({"WP-1": 60}, 55)
    assert (found.left, found.over) == (-5, True)


def test_unknown_part() -> None:
    found = use({"WP-1": 20, "WP-2": None}, 55)
    assert (found.used.known, found.used.unknown) == (20, ("WP-2",))
    assert (found.left, found.share, found.over) == (None, None, None)
    assert use({"WP-1": 60, "WP-2": None}, 55).over is True


def test_nothing_available_known() -> None:
    assert use({"WP-1": 20}, None).over is None
    assert use({"WP-1": 20}, 0).share is None


def test_below_zero() -> None:
    with pytest.raises(ValueError, match="WP-1: -1 is below 0"):
        use({"WP-1": -1}, 5)
