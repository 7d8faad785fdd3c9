"""Affordability; expected values by hand."""

import pytest

from wayforward.methods.affordability import affordability


def test_gap_in_the_second_and_third_year() -> None:
    found = affordability([2012, 2013, 2014], [100, 100, 100], [90, 95, 99], [5, 10, 30])
    assert found.headroom == (5, -5, -29)
    assert (found.affordable, found.first_gap_year) == (False, 2013)
    assert (found.largest_gap, found.largest_gap_year) == (29, 2014)


def test_no_gap() -> None:
    found = affordability([2012], [100], [100], [0])
    assert (found.affordable, found.first_gap_year, found.largest_gap) == (True, None, None)


def test_unknown_year_leaves_the_answer_open() -> None:
    found = affordability([2012, 2013], [100, None], [90, 90], [5, 5])
    assert found.headroom == (5, None)
    assert (found.affordable, found.unknown_years) == (None, (2013,))


def test_a_known_gap_decides_despite_an_unknown_year() -> None:
    found = affordability([2012, 2013], [100, None], [90, 90], [15, 5])
    assert found.affordable is False


def test_one_figure_a_year() -> None:
    with pytest.raises(ValueError, match="funding: 1 figures were given for 2 years"):
        affordability([2012, 2013], [100], [90, 90], [5, 5])


def test_a_balance_to_the_penny_is_no_gap() -> None:
    """1,000.30 less 900.10 and 100.20 is nothing, though not to the last bit."""
    found = affordability([2013], [1000.30], [900.10], [100.20])
    assert (found.headroom, found.affordable) == ((0.0,), True)
