"""Will the report be ready: what is done when, and how many days are left."""

from datetime import date

from wayforward.exercise.models import Milestone, Stage, WorkPackage, Workstream
from wayforward.exercise.planned import finished_on
from wayforward.findings import Column, Result, finding, show
from wayforward.findings.compute import Reading
from wayforward.findings.finding import Row, Used
from wayforward.findings.provenance import given, used
from wayforward.methods import schedule


def bank_holidays(first: date, last: date) -> tuple[date, ...]:
    """The bank holidays of England from one day to another, both included."""
    import holidays

    calendar = holidays.country_holidays("GB", subdiv="ENG", years=range(first.year, last.year + 1))
    return tuple(sorted(day for day in calendar if first <= day <= last))


@finding(
    "exercise.plan",
    title="The plan of the exercise",
    question="What is done when, and by whom?",
    method="schedule",
    unit="days",
    reads=(Stage, Milestone, Workstream, WorkPackage),
)
def plan(case: Reading) -> Result:
    """Stages, milestones and work packages with their working days; a milestone is a day and has none."""
    stages = sorted(case.rows(Stage), key=lambda row: (row.starts, row.code))
    milestones = sorted(case.rows(Milestone), key=lambda row: (row.due, row.code))
    packages = sorted(case.rows(WorkPackage), key=lambda row: (row.workstream.code, row.starts, row.code))
    days = [case.exercise.starts, case.exercise.signoff_due, case.exercise.report_due]
    days += [day for row in stages for day in (row.starts, row.ends)]
    days += [day for row in packages for day in (row.starts, row.ends)]
    off = bank_holidays(min(days), max(days))
    return Result(
        headline=_plan_headline(case, packages),
        columns=(
            Column("item", "Item"),
            Column("kind", "Kind"),
            Column("name", "Name"),
            Column("workstream", "Workstream", refers="workstream"),
            Column("owner", "Owner"),
            Column("starts", "Starts", "date"),
            Column("ends", "Ends", "date"),
            Column("working_days", "Working days", "days"),
            Column("state", "State"),
            Column("finished", "Finished", "date"),
        ),
        rows=(
            *({**_span(row, "stage", off), "state": "", "finished": ""} for row in stages),
            *(_point(row, case.today) for row in milestones),
            *(_package(row, off, case.today) for row in packages),
        ),
        value_column="ends",
        used=(
            *used([*stages, *packages], "starts", "ends"),
            *used(milestones, "due"),
            *given(packages, "finished"),
        ),
        parameters={
            "status_date": case.today.isoformat(),
            "report_due": case.exercise.report_due.isoformat(),
            "signoff_due": case.exercise.signoff_due.isoformat(),
            "bank_holidays": "; ".join(day.isoformat() for day in off),
        },
        warnings=_plan_warnings(case, milestones, packages),
        waiting=tuple(
            f"the {name} of the exercise"
            for name, rows in (("stages", stages), ("milestones", milestones), ("work packages", packages))
            if not rows
        ),
    )


def _package(row: WorkPackage, off: tuple[date, ...], today: date) -> Row:
    """A work package; a day is not known only of what is done, and what goes on has none."""
    day = finished_on(row, today)
    none = None if row.state == "done" else ""
    return {
        **_span(row, "work package", off),
        "workstream": row.workstream.code,
        "owner": row.owner,
        "state": row.state,
        "finished": day.isoformat() if day else none,
    }


def _span(row: Stage | WorkPackage, kind: str, off: tuple[date, ...]) -> Row:
    return {
        "item": row.code,
        "kind": kind,
        "name": row.name,
        "workstream": "",
        "owner": "",
        "starts": row.starts.isoformat(),
        "ends": row.ends.isoformat(),
        "working_days": schedule.working_days(row.starts, row.ends, off),
    }


def _point(row: Milestone, today: date) -> Row:
    state = "done" if row.done and row.done <= today else "late" if row.due < today else "to come"
    return {
        "item": row.code,
        "kind": "milestone",
        "name": row.name,
        "workstream": "",
        "owner": "",
        "starts": row.due.isoformat(),
        "ends": row.due.isoformat(),
        "working_days": "",
        "state": state,
        "finished": row.done.isoformat() if state == "done" and row.done else "",
    }


def _dates(case: Reading) -> str:
    """The two dates that the terms fix, the difference said where there is one."""
    report, signoff = case.exercise.report_due, case.exercise.signoff_due
    if report == signoff:
        return f"The report is due, and to be signed off, on {show.day(report.isoformat())}"
    return f"The report is due on {show.day(report.isoformat())}, sign-off on {show.day(signoff.isoformat())}"


def _plan_headline(case: Reading, packages: list[WorkPackage]) -> str:
    if not packages:
        return f"{_dates(case)}; the work packages are not known yet"
    done = sum(package.state == "done" for package in packages)
    return f"{_dates(case)}; {done or 'none'} of {show.count(len(packages), 'work package')} done"


def _plan_warnings(
    case: Reading, milestones: list[Milestone], packages: list[WorkPackage]
) -> tuple[str, ...]:
    exercise, today = case.exercise, case.today
    found = []
    if exercise.report_due != exercise.signoff_due:
        apart = abs((exercise.signoff_due - exercise.report_due).days)
        found.append(f"The report is due and signed off on different days, {show.count(apart, 'day')} apart.")
    late = [row.name for row in milestones if not row.done and row.due < today]
    late += [row.name for row in packages if row.state not in ("done", "stopped") and row.ends < today]
    if late:
        found.append(f"Past its day and not done: {'; '.join(late)}.")
    after = [row.name for row in packages if row.ends > exercise.signoff_due]
    if after:
        found.append(f"Planned to end after sign-off is due: {'; '.join(after)}.")
    return tuple(found)


@finding(
    "exercise.days_left",
    title="Days left",
    question="How long is left until the report is due?",
    method="schedule",
    unit="days",
    reads=(),
)
def days_left(case: Reading) -> Result:
    """Calendar and working days after the status date, up to and including the days due."""
    exercise, today = case.exercise, case.today
    last = max(exercise.report_due, exercise.signoff_due, today)
    off = bank_holidays(min(today, exercise.report_due), last)
    rows: list[Row] = []
    for item, due in (("Report due", exercise.report_due), ("Sign-off due", exercise.signoff_due)):
        left = schedule.days_left(today, due, off)
        rows.append(
            {"item": item, "due": due.isoformat(), "days_left": left.calendar, "working_days": left.working}
        )
    report = schedule.days_left(today, exercise.report_due, off)
    return Result(
        headline=_left_headline(case, report),
        columns=(
            Column("item", "What"),
            Column("due", "Due", "date"),
            Column("days_left", "Days left", "days"),
            Column("working_days", "Working days left", "days"),
        ),
        rows=tuple(rows),
        value=report.calendar,
        value_column="days_left",
        used=(Used("exercise", ("report_due", "signoff_due")),),
        parameters={
            "status_date": today.isoformat(),
            "bank_holidays": "; ".join(day.isoformat() for day in off),
        },
    )


def _left_headline(case: Reading, left: schedule.DaysLeft) -> str:
    due = show.day(case.exercise.report_due.isoformat())
    if left.calendar < 0:
        return f"The report was due on {due}, {show.count(-left.calendar, 'day')} ago"
    if left.calendar == 0:
        return f"The report is due today, {due}"
    be = "is" if left.calendar == 1 else "are"
    return (
        f"{show.count(left.calendar, 'day')} {be} left until the report is due on {due}, "
        f"{left.working:,} of them working days"
    )
