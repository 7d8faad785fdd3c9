"""Will the report be ready: the plan and its days, the effort, and the information that is still to come."""

from collections import Counter
from datetime import date

from wayforward.exercise.findings.inputs import given
from wayforward.exercise.models import (
    InformationRequest,
    Milestone,
    Section,
    Stage,
    WorkPackage,
    Workstream,
)
from wayforward.findings import Column, Result, finding, show
from wayforward.findings.compute import Reading
from wayforward.findings.finding import Row, Scalar, Used
from wayforward.findings.provenance import used
from wayforward.methods import effort as effort_method
from wayforward.methods import schedule

STATES = ("received", "promised", "asked", "late", "not asked", "never known")


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
    days += [day for row in (*stages, *packages) for day in (row.starts, row.ends)]
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
        ),
        rows=(
            *(_span(row, "stage", off, state="") for row in stages),
            *(_point(row, case.today) for row in milestones),
            *(_span(row, "work package", off, row.state, row.workstream.code, row.owner) for row in packages),
        ),
        value_column="ends",
        used=used([*stages, *packages], "starts", "ends") + used(milestones, "due"),
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


def _span(
    row: Stage | WorkPackage,
    kind: str,
    off: tuple[date, ...],
    state: str,
    workstream: str = "",
    owner: str = "",
) -> Row:
    return {
        "item": row.code,
        "kind": kind,
        "name": row.name,
        "workstream": workstream,
        "owner": owner,
        "starts": row.starts.isoformat(),
        "ends": row.ends.isoformat(),
        "working_days": schedule.working_days(row.starts, row.ends, off),
        "state": state,
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
    rows = []
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


MEASURES = (
    ("Consultant days", "consultant_effort", "consultant_days", "days"),
    ("Consultancy budget", "consultant_cost", "budget", "GBP"),
    ("Team days", "team_effort", "", "days"),
)


@finding(
    "exercise.effort",
    title="Effort and spend against what is available",
    question="Does the plan fit the days and the money there are?",
    method="effort",
    reads=(WorkPackage,),
)
def effort(case: Reading) -> Result:
    """What the work packages plan to use, against the terms of reference; unknown while any part is not known."""
    packages = case.rows(WorkPackage)
    rows: list[dict[str, Scalar]] = []
    waiting = [] if packages else ["the work packages, with their effort"]
    for measure, field, term, unit in MEASURES:
        stated = getattr(case.exercise, term) if term else None
        use = effort_method.use(
            {package.code: _amount(package, field) for package in packages},
            None if stated is None else float(stated),
        )
        rows.append(
            {
                "measure": measure,
                "available": use.available,
                "planned": use.used.value if packages else None,
                "left": use.left if packages else None,
                "share": use.share if packages else None,
                "unit": "£" if unit == "GBP" else unit,
            }
        )
        if use.used.unknown:
            waiting.append(f"{measure.lower()} of {show.listed(list(use.used.unknown))}")
        if stated is None:
            waiting.append(f"{measure.lower()} available")
    terms = tuple(term for _, _, term, _ in MEASURES if term and getattr(case.exercise, term) is not None)
    return Result(
        headline=_effort_headline(rows, bool(packages)),
        columns=(
            Column("measure", "Measure"),
            Column("available", "Available", "unit of the row"),
            Column("planned", "Planned", "unit of the row"),
            Column("left", "Left", "unit of the row"),
            Column("share", "Share planned", "fraction"),
            Column("unit", "Unit"),
        ),
        rows=tuple(rows),
        value_column="left",
        used=(
            *given(packages, *(field for _, field, _, _ in MEASURES)),
            *((Used("exercise", terms),) if terms else ()),
        ),
        warnings=_effort_warnings(case),
        waiting=tuple(waiting),
    )


def _amount(package: WorkPackage, field: str) -> float | None:
    """What a package plans of one measure. No consultant's day costs nothing; a day without a cost is not known."""
    value = getattr(package, field)
    if field == "consultant_cost" and value is None and package.consultant_effort == 0:
        return 0.0
    return None if value is None else float(value)


def _effort_warnings(case: Reading) -> tuple[str, ...]:
    days = case.exercise.team_days
    if days is None:
        return ()
    return (
        f"The terms set {show.number(float(days))} team days for baselining alone, which decide the cut-off of "
        "services; how many team days there are for all the work is not known.",
    )


def _effort_headline(rows: list[dict[str, Scalar]], packages: bool) -> str:
    if not packages:
        return "The effort that the plan needs is not known yet"
    said = []
    for row in rows:
        if row["share"] is None:
            continue
        money = row["unit"] == "£"
        planned, available = (
            show.money(row[name]) if money else show.number(row[name]) for name in ("planned", "available")
        )
        said.append(f"{planned} of {available}{'' if money else ' consultant days'}")
    over = [row for row in rows if isinstance(row["left"], float) and row["left"] < 0]
    if not said:
        return "Whether the plan fits the days and the budget is not known yet"
    return f"The plan uses {show.listed(said)}" + (": more than there is" if over else "")


@finding(
    "exercise.information",
    title="Information asked for",
    question="What has come, what is promised, and what will never be known?",
    method="listing",
    reads=(InformationRequest, Section, Workstream),
)
def information(case: Reading) -> Result:
    """Every request with its state at the status date, and what is done without it."""
    requests = case.rows(InformationRequest)
    states = {request.code: state_of(request, case.today) for request in requests}
    open_yet = [request for request in requests if states[request.code] != "received"]
    return Result(
        headline=_information_headline(list(states.values())),
        columns=(
            Column("request", "Request", refers="information_request"),
            Column("name", "What is asked for"),
            Column("asked_of", "Asked of"),
            Column("section", "Needed for", refers="section"),
            Column("state", "State"),
            Column("promised", "Promised", "date"),
            Column("fallback", "Without it"),
        ),
        rows=tuple(
            {
                "request": request.code,
                "name": request.name,
                "asked_of": request.asked_of or None,
                "section": request.section.code if request.section else "",
                "workstream": request.workstream.code if request.workstream else "",
                "state": states[request.code],
                "promised": request.promised.isoformat() if request.promised else None,
                "fallback": request.fallback or None,
            }
            for request in requests
        ),
        value=len(open_yet) if requests else None,
        value_column="state",
        used=given(requests, "asked", "promised", "received"),
        parameters={"status_date": case.today.isoformat()},
        waiting=tuple(_waits_for(request, states[request.code]) for request in open_yet)
        or (() if requests else ("the information that the exercise needs",)),
    )


def state_of(request: InformationRequest, today: date) -> str:
    """The state of a request on a day; what is dated later has not happened yet."""
    if request.received and request.received <= today:
        return "received"
    if request.never_known:
        return "never known"
    if not request.asked or request.asked > today:
        return "not asked"
    if not request.promised:
        return "asked"
    return "late" if request.promised < today else "promised"


def _waits_for(request: InformationRequest, state: str) -> str:
    when = {
        "promised": f" (promised for {show.day(request.promised and request.promised.isoformat())})",
        "late": f" (late: promised for {show.day(request.promised and request.promised.isoformat())})",
        "asked": " (asked for, no day promised)",
        "not asked": " (not asked for yet)",
        "never known": " (never known)",
    }[state]
    name = request.name[:1].lower() + request.name[1:] if request.name[1:2].islower() else request.name
    without = f". Without it: {request.fallback.rstrip('.')}" if request.fallback else ""
    return f"{name}{when}{without}"


def _information_headline(states: list[str]) -> str:
    if not states:
        return "No information has been asked for yet"
    count = Counter(states)
    told = f"{count['received'] or 'None'} of {show.count(len(states), 'request')} answered"
    rest = [f"{count[state]} {state}" for state in ("late", "not asked", "never known") if count[state]]
    return f"{told}; {show.listed(rest)}" if rest else told
