"""The plan as tasks in time: as it was planned, and as it can still be kept from the status date on.

What is done is behind us and holds nothing up, but that nothing begins on the day on which what it comes after was
finished; what was stopped is no part of the plan. Work under way ends as planned,
or, where that day has passed, on the status date, the earliest that it can; what has not started starts as planned, or
on the status date, once all that it comes after has ended. The status date itself still counts as a day of work. A
milestone, the report and the sign-off each wait for the work packages that the plan ends on or before their day.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from wayforward.exercise.models import Milestone, WorkPackage, WorkPackageOrder
from wayforward.findings.compute import Reading
from wayforward.methods.critical_path import Placed, Task, place
from wayforward.methods.cycles import cycle
from wayforward.methods.schedule import WorkingDays

READS = (Milestone, WorkPackage, WorkPackageOrder)
OVER = ("done", "stopped")
A_YEAR = timedelta(days=366)  # how far past the plan holidays are known, for what runs late
REPORT, SIGN_OFF = "report", "sign-off"


@dataclass(frozen=True)
class Target:
    """A day by which something must be there, and the open work packages that it waits for."""

    name: str
    kind: str
    reference: str
    due: date
    deadline: int
    waits: tuple[str, ...]
    met: bool = False


@dataclass(frozen=True)
class Plan:
    """The open work packages, by code, in the working days from the start of the plan."""

    days: WorkingDays
    today: date
    packages: dict[str, WorkPackage]
    planned_tasks: tuple[Task, ...]
    expected_tasks: tuple[Task, ...]
    targets: tuple[Target, ...]

    @property
    def now(self) -> int:
        """The working day that the status date is, or the next one."""
        return self.days.starts(self.today)

    @cached_property
    def planned(self) -> dict[str, Placed]:
        """The open packages where the plan has them, or later where the plan contradicts its own order."""
        return place(self.planned_tasks)

    @cached_property
    def expected(self) -> dict[str, Placed]:
        """The open packages as they can still be done from the status date on."""
        return place(self.expected_tasks)

    def supposing(self, task: Task) -> dict[str, Placed]:
        """The plan with one package elsewhere and all else as planned."""
        return place([task if one.code == task.code else one for one in self.planned_tasks])


def behind(package: WorkPackage, today: date) -> bool:
    """Whether a package is late by itself: past its end, or past its start and not begun."""
    if package.state in OVER:
        return False
    return package.ends < today or (package.state == "not started" and package.starts < today)


def finished_on(package: WorkPackage, today: date) -> date | None:
    """The last day of work on a package that is done, where it is known and has come."""
    known = package.state == "done" and package.finished is not None and package.finished <= today
    return package.finished if known else None


def ring(case: Reading) -> tuple[str, ...]:
    """Work packages that wait for each other; such a plan has no order in time."""
    edges: dict[str, list[str]] = {}
    for row in case.rows(WorkPackageOrder):
        edges.setdefault(row.package.code, []).append(row.after.code)
    return cycle(edges)


def plan_of(case: Reading, holidays: Callable[[date, date], Sequence[date]]) -> Plan:
    """The plan of a case. Raises ValueError where work packages wait for each other."""
    exercise, today = case.exercise, case.today
    rows = case.rows(WorkPackage)
    ends = [exercise.report_due, exercise.signoff_due, today, *(row.ends for row in rows)]
    ends += [row.due for row in case.rows(Milestone)]
    first = min([exercise.starts, today, *(row.starts for row in rows), *ends])
    days = WorkingDays(first, frozenset(holidays(first, max(ends) + A_YEAR)))
    left = {row.code: row for row in rows if row.state not in OVER}
    after: dict[str, list[str]] = {code: [] for code in left}
    for order in case.rows(WorkPackageOrder):
        if order.package.code in left and order.after.code in left:
            after[order.package.code].append(order.after.code)
    planned = tuple(_planned(days, row, after[code], case) for code, row in left.items())
    free = _free(case, days, left)
    return Plan(
        days,
        today,
        left,
        planned,
        tuple(_expected(days, left[task.code], task, today, free.get(task.code, 0)) for task in planned),
        tuple(_targets(case, days, left)),
    )


def _planned(days: WorkingDays, row: WorkPackage, after: Sequence[str], case: Reading) -> Task:
    exercise = case.exercise
    due = exercise.report_due if row.ends <= exercise.report_due else exercise.signoff_due
    start = days.starts(row.starts)
    length = max(days.ends(row.ends) - start, 1)  # set for a weekend, it still takes a day
    waits = tuple(sorted(set(after))) if row.state == "not started" else ()  # what has begun waits no more
    return Task(row.code, start, length, waits, days.ends(due))


def _free(case: Reading, days: WorkingDays, left: dict[str, WorkPackage]) -> dict[str, int]:
    """From where on an open package can begin, as far as what it comes after is done and its last day known."""
    found: dict[str, int] = {}
    for order in case.rows(WorkPackageOrder):
        day = finished_on(order.after, case.today)
        if order.package.code in left and day is not None:
            found[order.package.code] = max(found.get(order.package.code, 0), days.ends(day))
    return found


def _expected(days: WorkingDays, row: WorkPackage, task: Task, today: date, free: int) -> Task:
    now = days.starts(today)
    if row.state == "not started":
        return replace(task, earliest=max(task.earliest, now, free))
    if row.ends < today:
        return replace(task, days=now + 1 - task.earliest)
    return task


def _targets(case: Reading, days: WorkingDays, left: dict[str, WorkPackage]) -> list[Target]:
    exercise = case.exercise

    def target(name: str, kind: str, reference: str, due: date, met: bool = False) -> Target:
        waits = () if met else tuple(code for code, row in left.items() if row.ends <= due)
        return Target(name, kind, reference, due, days.ends(due), waits, met)

    milestones = sorted(case.rows(Milestone), key=lambda row: (row.due, row.code))
    named = {day: _milestone_of(milestones, day) for day in (exercise.report_due, exercise.signoff_due)}
    found = [
        target(row.name, "milestone", row.reference, row.due, _met(row, case.today))
        for row in milestones
        if row not in named.values()
    ]
    for words, kind, day in (
        ("Report", REPORT, exercise.report_due),
        ("Sign-off", SIGN_OFF, exercise.signoff_due),
    ):
        own = named[day]
        name = f"{words}: {own.name}" if own else words
        reference = own.reference if own else exercise.reference
        found.append(target(name, kind, reference, day, bool(own and _met(own, case.today))))
    # Sign-off is the end of all: it waits for whatever is open, even what was planned to end after it.
    return [
        replace(one, waits=tuple(left)) if one.kind == SIGN_OFF and not one.met else one
        for one in sorted(found, key=lambda one: (one.due, one.kind == SIGN_OFF))
    ]


def _milestone_of(milestones: Sequence[Milestone], day: date) -> Milestone | None:
    """The milestone that stands for the report or the sign-off: the last that is set on its day."""
    return next((row for row in reversed(milestones) if row.due == day), None)


def _met(row: Milestone, today: date) -> bool:
    return bool(row.done and row.done <= today)


def end_of(target: Target, placed: dict[str, Placed]) -> float | None:
    """Where all that a target waits for has ended; None where nothing open is planned before it."""
    return max((placed[code].end for code in target.waits), default=None)
