"""Load and capacity by week, days counted on a calendar by hand.

3 December 2012 is a Monday; Christmas Day and Boxing Day 2012 are a Tuesday and a Wednesday.
"""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayforward.methods import load
from wayforward.methods.load import Span

XMAS = frozenset({date(2012, 12, 25), date(2012, 12, 26)})
MONDAY = date(2012, 12, 17)
NEXT = date(2012, 12, 24)


def test_effort_is_spread_evenly_over_working_days() -> None:
    # Thursday 20 to Friday 28 December: 20, 21 | 24, 27, 28: five working days, 10 days of effort, two on each.
    spread = load.needed([Span(date(2012, 12, 20), date(2012, 12, 28), 10)], XMAS)
    assert spread == {MONDAY: 4, NEXT: 6}


def test_effort_of_a_weekend_falls_on_its_first_day() -> None:
    assert load.needed([Span(date(2012, 12, 22), date(2012, 12, 23), 3)]) == {MONDAY: 3}


def test_days_given_leave_out_holidays_add_up_and_stop_where_somebody_is_away() -> None:
    # Five days a week, of which Christmas takes two; two days a week more from Thursday 27: 2 x 2 / 5 = 0.8.
    entries = [Span(MONDAY, date(2012, 12, 28), 5), Span(date(2012, 12, 27), date(2012, 12, 28), 2)]
    assert load.given(entries, XMAS) == {MONDAY: 5, NEXT: pytest.approx(3.8)}
    away = Span(date(2012, 12, 28), date(2012, 12, 28), 0)
    assert load.given([*entries, away], XMAS)[NEXT] == pytest.approx(2.4)


def test_a_week_without_any_entry_has_no_row_and_one_of_leave_has_nought() -> None:
    assert load.given([]) == {}
    assert load.given([Span(NEXT, NEXT, 0)]) == {NEXT: 0}


DAYS = st.dates(date(2012, 1, 1), date(2014, 1, 1))


@given(st.lists(st.tuples(DAYS, st.integers(0, 60), st.floats(0, 100)), max_size=5))
def test_no_effort_is_lost_or_made(work: list[tuple[date, int, float]]) -> None:
    spans = [Span(start, start + timedelta(days=length), amount) for start, length, amount in work]
    assert sum(load.needed(spans, XMAS).values()) == pytest.approx(sum(span.amount for span in spans))
