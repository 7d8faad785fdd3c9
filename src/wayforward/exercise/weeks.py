"""What a week of the exercise held: what was done, decided and met in it, and what the next one brings."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from wayforward.exercise.models import (
    Action,
    Decision,
    InformationRequest,
    Meeting,
    Milestone,
    PeerReview,
    WorkPackage,
    Workshop,
)
from wayforward.records.base import Record
from wayforward.records.case import Case

R = TypeVar("R", bound=Record)
SIX_DAYS = timedelta(days=6)


@dataclass(frozen=True)
class Week:
    """Seven days from a Monday."""

    monday: date

    @classmethod
    def of(cls, day: date) -> "Week":
        """The week that a day falls in."""
        return cls(day - timedelta(days=day.weekday()))

    @property
    def sunday(self) -> date:
        return self.monday + SIX_DAYS

    @property
    def next(self) -> "Week":
        return Week(self.monday + timedelta(days=7))

    @property
    def before(self) -> "Week":
        return Week(self.monday - timedelta(days=7))

    def holds(self, day: date | None) -> bool:
        """Whether a day falls in it."""
        return day is not None and self.monday <= day <= self.sunday


@dataclass(frozen=True)
class Item:
    """One thing of a week: what happened to which record, whose it is, and on which day."""

    what: str
    record: Record
    owner: str
    day: date | None


def done_in(case: Case, week: Week, today: date) -> list[Item]:
    """What was done in a week, as far as its day is recorded and had come by the status date."""
    return _by_day(item for item in _done(case, week) if item.day is not None and item.day <= today)


def _done(case: Case, week: Week) -> Iterator[Item]:
    for milestone in _in(case, Milestone, week, "done"):
        yield Item("milestone met", milestone, "", milestone.done)
    for package in case.rows(WorkPackage):
        day = package.finished or package.ends
        if package.state == "done" and week.holds(day):
            what = "work package done" if package.finished else "work package done (day as planned)"
            yield Item(what, package, package.owner, day)
    for action in _in(case, Action, week, "done"):
        yield Item("action done", action, action.owner, action.done)
    for request in _in(case, InformationRequest, week, "received"):
        yield Item("information received", request, request.asked_of, request.received)
    for meeting in _in(case, Meeting, week, "held"):
        yield Item("meeting held", meeting, "", meeting.held)
    for workshop in _in(case, Workshop, week, "held"):
        yield Item("workshop held", workshop, workshop.led_by, workshop.held)
    for review in _in(case, PeerReview, week, "returned"):
        yield Item("peer review returned", review, review.reviewer, review.returned)


def due_in(case: Case, week: Week) -> list[Item]:
    """What is due in a week and not done."""
    return _by_day(_due(case, week))


def coming(case: Case, week: Week, today: date) -> list[Item]:
    """What is due in the week after, and in what is left of a week that is not over."""
    begin = min(today, week.next.monday)
    both = due_in(case, week) + due_in(case, week.next)
    return [item for item in both if item.day is not None and item.day >= begin]


def _due(case: Case, week: Week) -> Iterator[Item]:
    for milestone in _in(case, Milestone, week, "due"):
        if not milestone.done:
            yield Item("milestone due", milestone, "", milestone.due)
    open_yet = [row for row in case.rows(WorkPackage) if row.state not in ("done", "stopped")]
    for package in open_yet:
        if week.holds(package.ends):
            yield Item("work package to end", package, package.owner, package.ends)
        elif week.holds(package.starts) and package.state == "not started":
            yield Item("work package to start", package, package.owner, package.starts)
    for action in _in(case, Action, week, "due"):
        if not action.done:
            yield Item("action due", action, action.owner, action.due)
    for request in _in(case, InformationRequest, week, "promised"):
        if not request.received and not request.never_known:
            yield Item("information promised", request, request.asked_of, request.promised)
    for meeting in _in(case, Meeting, week, "held"):
        yield Item("meeting", meeting, "", meeting.held)
    for workshop in _in(case, Workshop, week, "held"):
        yield Item("workshop", workshop, workshop.led_by, workshop.held)
    for review in _in(case, PeerReview, week, "due"):
        if not review.returned:
            yield Item("peer review due", review, review.reviewer, review.due)


def decided_in(case: Case, week: Week) -> list[Item]:
    """The decisions taken in a week."""
    rows = _in(case, Decision, week, "decided_on")
    return _by_day(Item("", row, row.decided_by, row.decided_on) for row in rows)


def _in(case: Case, model: type[R], week: Week, field: str) -> list[R]:
    return [row for row in case.rows(model) if week.holds(getattr(row, field))]


def _by_day(items: Iterable[Item]) -> list[Item]:
    return sorted(items, key=lambda item: (item.day or date.max, item.record.reference))
