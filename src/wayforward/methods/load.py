"""Load against capacity by week: effort spread evenly over working days, days given by those who are there.

A piece of work of e days between two dates puts e / n on each of its n working days (on its first day
where it has none). Somebody who gives d days a week gives d / 5 on each working day; several entries
that hold on one day add up, and one of nought means away. Source: arithmetic.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from wayforward.methods.schedule import SATURDAY, is_working_day

Weeks = Mapping[date, float]
WORKING_DAYS = SATURDAY  # of a week: Monday to Friday
SAME = 1e-9  # days; by less than this nobody is over


@dataclass(frozen=True)
class Span:
    """An amount between two dates, both included: the effort of a piece of work, or the days given a week."""

    starts: date
    ends: date
    amount: float


def monday(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def needed(work: Iterable[Span], holidays: frozenset[date] = frozenset()) -> Weeks:
    """Return the days of effort by week, each week by its Monday."""
    weeks: defaultdict[date, float] = defaultdict(float)
    for span in work:
        days = [day for day in _days(span) if is_working_day(day, holidays)] or [span.starts]
        for day in days:
            weeks[monday(day)] += span.amount / len(days)
    return dict(weeks)


def given(entries: Iterable[Span], holidays: frozenset[date] = frozenset()) -> Weeks:
    """Return the days given by week, each week by its Monday: those in which no entry holds have no row."""
    by_day: defaultdict[date, list[float]] = defaultdict(list)
    for entry in entries:
        for day in _days(entry):
            by_day[day].append(entry.amount)
    weeks: defaultdict[date, float] = defaultdict(float)
    for day, amounts in by_day.items():
        away = min(amounts) == 0 or not is_working_day(day, holidays)
        weeks[monday(day)] += 0 if away else sum(amounts) / WORKING_DAYS
    return dict(weeks)


def _days(span: Span) -> list[date]:
    return [span.starts + timedelta(days=n) for n in range((span.ends - span.starts).days + 1)]
