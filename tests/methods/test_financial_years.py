"""Financial years, April to March."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayforward.methods.financial_years import financial_year, label, parse


@pytest.mark.parametrize(
    ("day", "year"), [(date(2013, 3, 31), 2012), (date(2013, 4, 1), 2013), (date(2012, 12, 20), 2012)]
)
def test_the_year_turns_in_april(day: date, year: int) -> None:
    assert financial_year(day) == year


@pytest.mark.parametrize(("year", "text"), [(2012, "2012-13"), (1999, "1999-00")])
def test_label(year: int, text: str) -> None:
    assert label(year) == text


@given(st.integers(1000, 9998))
def test_there_and_back(year: int) -> None:
    assert parse(label(year)) == year


@pytest.mark.parametrize("text", ["2012/13", " 2012-13 ", "2012"])
def test_ways_to_write_it(text: str) -> None:
    assert parse(text) == 2012


@pytest.mark.parametrize("text", ["2012-14", "12-13", "2012-2013", "", "٢٠١٢"])
def test_not_a_year(text: str) -> None:
    with pytest.raises(ValueError, match="write it as 2012-13"):
        parse(text)
