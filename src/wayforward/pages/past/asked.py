"""What a person asks of the past: days, a person, a register. Whatever can't be read is told, and the rest is kept."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

A_WEEK = timedelta(days=6)  # with the last day itself
DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)
FIRST = date(1900, 1, 1)


class DayConverter:
    """A day in an address: 2012-12-20, not one that has yet to come."""

    regex = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        found = read_day(value)
        if found is None or found > timezone.localdate():
            raise ValueError(value)
        return found

    def to_url(self, value: date | str) -> str:
        return str(value)


def read_day(text: str) -> date | None:
    """A day of our times, or None."""
    try:
        found = date.fromisoformat(text) if DAY.match(text) else None
    except ValueError:
        return None
    return found if found and found >= FIRST else None


def day_asked(text: str) -> tuple[date | None, str]:
    """The day that somebody typed, and what is wrong with it; neither where they typed nothing."""
    if not text.strip():
        return None, ""
    found = read_day(text.strip())
    if found is None:
        return None, "Enter a day such as 2012-12-20"
    if found > timezone.localdate():
        return None, "Enter today or an earlier day: nothing is known yet of later ones"
    return found, ""


@dataclass(frozen=True)
class Span:
    """Two days, both included, and whose changes of which register; `errors` by the name of the entry."""

    first: date
    last: date
    person: str
    stem: str
    errors: Mapping[str, str]
    entered: Mapping[str, str]

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Span":
        """The span asked for; the last seven days where nothing is asked for, or it can't be read."""
        entered = {name: str(query.get(name, ""))[:100] for name in ("from", "to")}
        last, wrong_last = day_asked(entered["to"])
        first, wrong_first = day_asked(entered["from"])
        last = last or timezone.localdate()
        if first and not wrong_last and first > last:
            first, wrong_first = None, "The first day must be the same as the last, or before it"
        first = first or last - A_WEEK
        errors = {name: words for name, words in (("from", wrong_first), ("to", wrong_last)) if words}
        for name, day in (("from", first), ("to", last)):
            entered[name] = entered[name] if name in errors else day.isoformat()
        person, stem = str(query.get("person", ""))[:60], str(query.get("register", ""))[:60]
        return cls(first, last, person, stem, errors, entered)
