"""What decides when the report is ready: the critical path, and the days due with what they wait for."""

from wayforward.exercise import planned
from wayforward.exercise.findings.plan import bank_holidays
from wayforward.exercise.models import WorkPackage
from wayforward.exercise.planned import READS, Plan, Target, end_of
from wayforward.findings import Column, Result, finding, show
from wayforward.findings.compute import Reading
from wayforward.findings.finding import Row, Used
from wayforward.findings.provenance import used
from wayforward.methods.critical_path import Task, critical

NO_PLAN = "the work packages of the exercise"
RESTS_ON = ("starts", "ends", "state")
AT_LEAST = (
    "Work past its end is taken to end on the status date, the earliest that it can: days late are the fewest "
    "there can be."
)
WAITS_FOR = (
    "A milestone, the report and the sign-off each wait for the work packages that the plan ends on or before their "
    "day."
)


def plan_in(case: Reading) -> Plan | None:
    """The plan, worked out once for all findings; None where there is none, or it turns in a ring."""
    if not case.rows(WorkPackage) or planned.ring(case):
        return None
    return case.shared("the plan in time", READS, lambda inner: planned.plan_of(inner, bank_holidays))


def no_plan(case: Reading) -> tuple[str, ...]:
    """What a plan in time waits for, where there is none."""
    if ring := planned.ring(case):
        return (f"an order of work packages that comes to an end: {' after '.join([*ring, ring[0]])}",)
    return (NO_PLAN,)


def rests_on(plan: Plan, case: Reading) -> tuple[Used, ...]:
    """The packages that are open, and the days due."""
    terms = Used("exercise", ("report_due", "signoff_due"))
    return (*used(plan.packages.values(), *RESTS_ON), terms)


@finding(
    "exercise.critical_path",
    title="Critical path and slack",
    question="Which work can't slip without the report or the sign-off slipping?",
    method="critical_path",
    unit="working days",
    reads=READS,
)
def critical_path(case: Reading) -> Result:
    """Every open work package with the days it is expected to take up, its latest end, and the slack between."""
    plan = plan_in(case)
    columns = (
        Column("package", "Work package", refers="work_package"),
        Column("owner", "Owner"),
        Column("critical", "On the critical path", "yes or no"),
        Column("slack", "Slack", "working days"),
        Column("expected_start", "Expected start", "date"),
        Column("expected_end", "Expected end", "date"),
        Column("latest_end", "Latest end", "date"),
        Column("starts", "Planned start", "date", detail=True),
        Column("ends", "Planned end", "date", detail=True),
        Column("days", "Working days", "days", detail=True),
        Column("after", "Comes after", detail=True),
    )
    if plan is None:
        words = "What the report's day hangs on is not known yet"
        return Result(headline=words, columns=columns, waiting=no_plan(case))
    path = critical(plan.expected)
    rows = [_path_row(plan, code, code in path) for code in plan.packages]
    rows.sort(key=lambda row: (row["slack"], row["expected_start"], row["package"]))
    least = min((float(one.slack or 0) for one in plan.expected.values()), default=None)
    return Result(
        headline=_path_headline(path, least),
        columns=columns,
        rows=tuple(rows),
        value=least,
        value_column="slack",
        used=rests_on(plan, case),
        parameters={"status_date": case.today.isoformat()},
        warnings=(WAITS_FOR, AT_LEAST) if rows else (),
    )


def _path_row(plan: Plan, code: str, on_path: bool) -> Row:
    row, placed = plan.packages[code], plan.expected[code]
    return {
        "package": code,
        "owner": row.owner or None,
        "critical": on_path,
        "slack": placed.slack,
        "expected_start": plan.days.begun(int(placed.start)).isoformat(),
        "expected_end": plan.days.ended(int(placed.end)).isoformat(),
        "latest_end": plan.days.ended(int(placed.latest_end or 0)).isoformat(),
        "starts": row.starts.isoformat(),
        "ends": row.ends.isoformat(),
        "days": int(plan.planned[code].end - plan.planned[code].start),
        "after": "; ".join(task_of(plan.planned_tasks, code).after),
    }


def task_of(tasks: tuple[Task, ...], code: str) -> Task:
    return next(task for task in tasks if task.code == code)


def _path_headline(path: tuple[str, ...], least: float | None) -> str:
    if least is None:
        return "No work package is open any more"
    packages = show.count(len(path), "work package")
    if least < 0:
        return f"The plan can't be kept: {packages} would have to end {in_days(-least)} sooner than expected"
    if least == 0:
        return f"No day can be lost on {packages}: they are the critical path"
    return f"The critical path, of {packages}, has {in_days(least)} to spare"


def in_days(number: float) -> str:
    return show.count(int(number), "working day")


@finding(
    "exercise.dates",
    title="Days due, and days expected",
    question="Which days due can still be kept?",
    method="critical_path",
    unit="days due at risk",
    reads=READS,
)
def dates(case: Reading) -> Result:
    """Each milestone, the report and the sign-off: when what it waits for should end, and the days to spare."""
    plan = plan_in(case)
    columns = (
        Column("what", "What"),
        Column("kind", "Kind", detail=True),
        Column("due", "Due", "date"),
        Column("standing", "Standing"),
        Column("waits", "Open work packages it waits for", "work packages"),
        Column("expected", "Those end", "date"),
        Column("spare", "To spare", "working days"),
    )
    if plan is None:
        words = "Whether the days due can be kept is not known yet"
        return Result(headline=words, columns=columns, waiting=no_plan(case))
    rows = [_date_row(plan, target) for target in plan.targets]
    risky = [row for row in rows if row["standing"] in ("late", "slipping")]
    open_yet = [row for row in rows if row["standing"] != "met"]
    return Result(
        headline=_dates_headline(risky, open_yet),
        columns=columns,
        rows=tuple(rows),
        value=len(risky),
        value_column="expected",
        used=(*rests_on(plan, case), *used(_milestones(case), "due", "done")),
        parameters={"status_date": case.today.isoformat()},
        warnings=(WAITS_FOR, AT_LEAST),
    )


def _milestones(case: Reading) -> list[planned.Milestone]:
    return case.rows(planned.Milestone)


def _date_row(plan: Plan, target: Target) -> Row:
    end = end_of(target, plan.expected)
    spare = None if end is None else int(target.deadline - end)
    if target.met:
        standing = "met"
    elif target.due < plan.today:
        standing = "late"
    elif spare is not None and spare < 0:
        standing = "slipping"
    else:
        standing = "on plan"
    return {
        "what": target.name,
        "kind": target.kind,
        "due": target.due.isoformat(),
        "standing": standing,
        "waits": len(target.waits),
        "expected": "" if end is None else plan.days.ended(int(end)).isoformat(),
        "spare": "" if spare is None else spare,
    }


def _dates_headline(risky: list[Row], open_yet: list[Row]) -> str:
    if not open_yet:
        return "Every day due has been met"
    if not risky:
        return (
            f"If the rest goes to plan, all {len(open_yet)} days due can be kept"
            if len(open_yet) > 1
            else "The day due can be kept"
        )
    late = sum(row["standing"] == "late" for row in risky)
    told = [f"{late} past and not met"] if late else []
    told += [f"{len(risky) - late} can't be kept as things stand"] if len(risky) > late else []
    return f"Of {show.count(len(open_yet), 'day')} due, {show.listed(told)}"
