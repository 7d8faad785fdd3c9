"""Days between dates: working days without weekends and holidays, weeks, days left, overlap.

A working day is Monday to Friday and not in the holidays given (for England, the bank holidays of
the edition). Spans include both ends. Source: calendar arithmetic; Banking and Financial Dealings
Act 1971 for bank holidays.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

SATURDAY = 5
WEEK = 7


@dataclass(frozen=True)
class DaysLeft:
    """Days after today up to and including the end; calendar is below 0 once the end is past."""

    calendar: int
    working: int


def is_working_day(day: date, holidays: Collection[date] = ()) -> bool:
    """Say whether a day is Monday to Friday and no holiday."""
    return day.weekday() < SATURDAY and day not in holidays


def working_days(start: date, end: date, holidays: Collection[date] = ()) -> int:
    """Count working days from start to end, both included; 0 where end is before start."""
    if end < start:
        return 0
    whole, rest = divmod((end - start).days + 1, WEEK)
    tail = sum((start.weekday() + i) % WEEK < SATURDAY for i in range(rest))
    off = sum(start <= day <= end and day.weekday() < SATURDAY for day in set(holidays))
    return whole * SATURDAY + tail - off


def add_working_days(start: date, days: int, holidays: Collection[date] = ()) -> date:
    """Return the day that ends a task of so many working days begun on start (1 = start itself).

    Where start is not a working day the task begins on the next one. Raises ValueError below 1.
    """
    if days < 1:
        raise ValueError(f"a task of {days} working days has no end; give at least 1")
    day, left = start, days
    while True:
        left -= is_working_day(day, holidays)
        if left == 0:
            return day
        day += timedelta(days=1)


def days_left(today: date, end: date, holidays: Collection[date] = ()) -> DaysLeft:
    """Return the calendar and working days left after today until end."""
    return DaysLeft((end - today).days, working_days(today + timedelta(days=1), end, holidays))


def week_of(start: date, day: date) -> int:
    """Return the week of an exercise that a day falls in: 1 for the seven days from start."""
    return (day - start).days // WEEK + 1


def weeks(start: date, end: date) -> float:
    """Return the length of a span in weeks, both ends included."""
    return ((end - start).days + 1) / WEEK


def overlap(first: tuple[date, date], second: tuple[date, date]) -> int:
    """Count the calendar days that two spans (start, end) share."""
    shared = (min(first[1], second[1]) - max(first[0], second[0])).days + 1
    return max(shared, 0)


@dataclass(frozen=True)
class WorkingDays:
    """Working days numbered from a first day on (0 is the first of them), for sums in whole days of work.

    A task of n days that starts on day s takes the days s to s + n - 1 and ends at s + n.
    """

    first: date
    holidays: frozenset[date] = frozenset()

    def starts(self, day: date) -> int:
        """Return the number of the day on which work set for a day begins: that day, or the next working day."""
        if day < self.first:
            return -working_days(day, self.first - timedelta(days=1), self.holidays)
        return working_days(self.first, day - timedelta(days=1), self.holidays)

    def ends(self, day: date) -> int:
        """Return where work that ends with a day ends: the number of the working day after it."""
        return self.starts(day + timedelta(days=1))

    def begun(self, number: int) -> date:
        """Return the day that has a number: the first day of work that starts there."""
        if number >= 0:
            return add_working_days(self.first, number + 1, self.holidays)
        day = self.first
        while number < 0:
            day -= timedelta(days=1)
            number += is_working_day(day, self.holidays)
        return day

    def ended(self, number: int) -> date:
        """Return the last day of work that ends at a number."""
        return self.begun(number - 1)
