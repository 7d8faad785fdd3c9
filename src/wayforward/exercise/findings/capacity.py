"""Whether those who own the work have the days for it, week by week."""

from collections import defaultdict
from datetime import date

from wayforward.exercise.findings.plan import bank_holidays
from wayforward.exercise.models import CalendarEntry, WorkPackage
from wayforward.findings import Column, Result, finding, show
from wayforward.findings.compute import Reading
from wayforward.findings.finding import Row
from wayforward.findings.provenance import given as filled
from wayforward.methods import load
from wayforward.methods.load import Span, Weeks, monday

CONSULTANTS = "Consultants"  # whoever owns the package: their days are bought for it
OWNS = (
    "A work package's team effort counts to the role that owns it, spread evenly over its working days; what others "
    "of the team take over is to be put in that role's calendar as more days. Consultants are a role of their own."
)


@finding(
    "exercise.capacity",
    title="Days needed and days there are, by role and week",
    question="Who has more to do than days to do it in, and when?",
    method="load",
    unit="weeks with too few days",
    reads=(WorkPackage, CalendarEntry),
)
def capacity(case: Reading) -> Result:
    """For each role and week from the status date on: the effort planned, the days its calendar gives, and the gap."""
    packages = [row for row in case.rows(WorkPackage) if row.state not in ("done", "stopped")]
    entries = case.rows(CalendarEntry)
    days = [day for row in packages for day in (row.starts, row.ends)]
    days += [day for row in entries for day in (row.starts, row.ends)]
    off = frozenset(bank_holidays(min(days), max(days))) if days else frozenset()
    need, unknown = _needed(packages, off)
    there = _given(entries, off)
    this_week = monday(case.today)
    rows = [
        _row(role, week, weeks, there.get(role.casefold()), this_week)
        for role, weeks in sorted(need.items())
        for week in sorted(weeks)
        if week >= this_week
    ]
    over = [row for row in rows if isinstance(row["left"], float) and row["left"] < -load.SAME]
    return Result(
        headline=_headline(rows, over),
        columns=(
            Column("role", "Who"),
            Column("week", "Week from", "date"),
            Column("needed", "Days needed", "days"),
            Column("available", "Days there are", "days"),
            Column("left", "Left", "days"),
        ),
        rows=tuple(rows),
        value=len(over) if any(row["left"] is not None for row in rows) else None,
        value_column="left",
        used=(
            *filled(packages, "starts", "ends", "owner", "team_effort", "consultant_effort"),
            *filled(entries, "starts", "ends", "days_a_week"),
        ),
        parameters={"status_date": case.today.isoformat()},
        warnings=(OWNS,) if rows else (),
        waiting=(*_waiting(rows), *unknown)
        or (() if packages or rows else ("work packages with owner and effort",)),
    )


def _needed(packages: list[WorkPackage], off: frozenset[date]) -> tuple[dict[str, Weeks], list[str]]:
    """The days needed by role and week, and what is not known of them."""
    work: defaultdict[str, list[Span]] = defaultdict(list)
    called: dict[str, str] = {}
    unknown: list[str] = []
    for row in packages:
        for owner, effort, words in (
            (row.owner.strip(), row.team_effort, "team effort"),
            (CONSULTANTS, row.consultant_effort, "consultant effort"),
        ):
            if effort is None or not owner:
                unknown.append(f"the {words if effort is None else 'owner'} of {row.code}")
            elif effort:
                name = called.setdefault(owner.casefold(), owner)
                work[name].append(Span(row.starts, row.ends, float(effort)))
    return {role: load.needed(spans, off) for role, spans in work.items()}, list(dict.fromkeys(unknown))


def _given(entries: list[CalendarEntry], off: frozenset[date]) -> dict[str, Weeks]:
    spans: defaultdict[str, list[Span]] = defaultdict(list)
    for row in entries:
        spans[row.role.strip().casefold()].append(Span(row.starts, row.ends, float(row.days_a_week)))
    return {role: load.given(some, off) for role, some in spans.items()}


def _row(role: str, week: date, need: Weeks, there: Weeks | None, this_week: date) -> Row:
    """A week of a role. Where it has a calendar, a week that no entry covers gives no day."""
    available = None if there is None else there.get(week, 0.0)
    return {
        "role": role,
        "week": week.isoformat(),
        "needed": need[week],
        "available": available,
        "left": None if available is None else available - need[week],
        "state": "this week" if week == this_week else "to come",
    }


def _waiting(rows: list[Row]) -> tuple[str, ...]:
    without = dict.fromkeys(str(row["role"]) for row in rows if row["available"] is None)
    return tuple(f"the calendar of {role}" for role in without)


def _headline(rows: list[Row], over: list[Row]) -> str:
    if not rows:
        return "No effort is planned from the status date on"
    if all(row["left"] is None for row in rows):
        return "Whether those who own the work have the days for it is not known yet"
    if not over:
        return "Every role whose calendar is known has the days that its work needs"
    worst = min(over, key=lambda row: (float(row["left"] or 0), str(row["role"]), str(row["week"])))
    roles = len({row["role"] for row in over})
    return (
        f"{show.count(roles, 'role')} {'has' if roles == 1 else 'have'} more to do than days in some week; the widest "
        f"gap is {show.number(-float(worst['left'] or 0))} days, {worst['role']}, week from {show.day(worst['week'])}"
    )
