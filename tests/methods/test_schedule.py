"""Days and weeks; expected values from the calendar of 2012 and 2013."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayforward.methods import schedule

CHRISTMAS = {date(2012, 12, 25), date(2012, 12, 26), date(2013, 1, 1)}
days = st.dates(date(2000, 1, 1), date(2040, 12, 31))


def test_christmas_2012() -> None:
    """Monday 24 December to Wednesday 2 January: 8 weekdays, less three bank holidays."""
    assert schedule.working_days(date(2012, 12, 24), date(2013, 1, 2), CHRISTMAS) == 5


def test_end_before_start() -> None:
    assert schedule.working_days(date(2013, 1, 2), date(2013, 1, 1)) == 0


@given(days, st.integers(0, 60), st.sets(days, max_size=5))
def test_against_counting_day_by_day(start: date, length: int, holidays: set[date]) -> None:
    span = [start + timedelta(days=i) for i in range(length + 1)]
    expected = sum(day.isoweekday() <= 5 and day not in holidays for day in span)
    assert schedule.working_days(span[0], span[-1], holidays) == expected


@given(days, st.integers(1, 40), st.sets(days, max_size=5))
def test_a_task_ends_on_its_last_working_day(start: date, length: int, holidays: set[date]) -> None:
    end = schedule.add_working_days(start, length, holidays)
    assert schedule.working_days(start, end, holidays) == length
    assert schedule.is_working_day(end, holidays)


def test_a_task_has_at_least_one_day() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        schedule.add_working_days(date(2013, 1, 1), 0)


def test_days_left_to_the_report() -> None:
    """20 December 2012 to 23 January 2013: 34 calendar days.

    24 Dec-18 Jan is four weeks (20 weekdays), 21 Dec one, 21-23 Jan three: 24, less three = 21.
    """
    left = schedule.days_left(date(2012, 12, 20), date(2013, 1, 23), CHRISTMAS)
    assert (left.calendar, left.working) == (34, 21)


def test_days_left_once_past() -> None:
    left = schedule.days_left(date(2013, 1, 25), date(2013, 1, 23))
    assert (left.calendar, left.working) == (-2, 0)


def test_weeks() -> None:
    """Nine weeks from Monday 26 November 2012 end on Sunday 27 January 2013."""
    start = date(2012, 11, 26)
    assert schedule.weeks(start, date(2013, 1, 27)) == 9
    assert schedule.week_of(start, start) == 1
    assert schedule.week_of(start, date(2013, 1, 25)) == 9
    assert schedule.week_of(start, date(2012, 11, 25)) == 0


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [((1, 10), (5, 20), 6), ((1, 10), (10, 20), 1), ((1, 10), (11, 20), 0), ((1, 20), (5, 6), 2)],
)
def test_overlap(first: tuple[int, int], second: tuple[int, int], expected: int) -> None:
    spans = [(date(2013, 1, a), date(2013, 1, b)) for a, b in (first, second)]
    assert schedule.overlap(spans[0], spans[1]) == expected


@given(days, days, st.integers(1, 40), st.sets(days, max_size=5))
def test_numbered_working_days_are_those_counted(
    first: date, start: date, length: int, holidays: set[date]
) -> None:
    numbered = schedule.WorkingDays(first, frozenset(holidays))
    begin, end = numbered.starts(start), numbered.ends(start + timedelta(days=length))
    last = start + timedelta(days=length)
    assert end - begin == schedule.working_days(start, last, holidays)
    # Work begins on the first working day from its start on, and ends on the last one up to its end.
    assert schedule.working_days(start, numbered.begun(begin), holidays) == 1
    assert schedule.is_working_day(numbered.begun(begin), holidays)
    assert numbered.ended(end) <= last
    assert schedule.is_working_day(numbered.ended(end), holidays)
    assert numbered.starts(numbered.begun(begin)) == begin


def test_working_days_by_hand_around_christmas() -> None:
    # From Friday 21 December 2012 (0): Monday 24 is 1, Thursday 27 is 2. Thursday 20 is one before the first.
    numbered = schedule.WorkingDays(date(2012, 12, 21), frozenset(CHRISTMAS))
    assert [numbered.starts(date(2012, 12, day)) for day in (20, 21, 22, 24, 25, 27)] == [-1, 0, 1, 1, 2, 2]
    assert numbered.ends(date(2012, 12, 24)) == 2
    assert numbered.ended(2) == date(2012, 12, 24)
    assert numbered.begun(-1) == date(2012, 12, 20)
