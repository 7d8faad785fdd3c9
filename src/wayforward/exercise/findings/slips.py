"""What is behind the plan, why, and which days due it alone makes late."""

from dataclasses import replace

from wayforward.exercise import planned
from wayforward.exercise.findings.ended import days_late
from wayforward.exercise.findings.in_time import (
    AT_LEAST,
    WAITS_FOR,
    in_days,
    no_plan,
    plan_in,
    rests_on,
    task_of,
)
from wayforward.exercise.models import WorkPackage
from wayforward.exercise.planned import READS, Plan, Target, end_of
from wayforward.findings import Column, Result, finding, show
from wayforward.findings.compute import Reading
from wayforward.findings.finding import Row
from wayforward.findings.provenance import given

WAITS = "waits for"


@finding(
    "exercise.slips",
    title="What is behind, and what it moves",
    question="Which work is late, and which days due does it put at risk?",
    method="critical_path",
    unit="work packages",
    reads=READS,
)
def slips(case: Reading) -> Result:
    """Each open package that is late by itself, with what it alone makes late; then those that must wait for one."""
    plan = plan_in(case)
    columns = (
        Column("package", "Work package", refers="work_package"),
        Column("owner", "Owner"),
        Column("why", "Why"),
        Column("ends", "Planned end", "date"),
        Column("expected_end", "Expected end", "date"),
        Column("late", "Late by at least", "working days"),
        Column("moves", "What it alone makes late"),
        Column("report", "Report late by", "working days", detail=True),
        Column("sign_off", "Sign-off late by", "working days", detail=True),
    )
    if plan is None:
        words = "Whether any work is behind is not known yet"
        return Result(headline=words, columns=columns, waiting=no_plan(case))
    rows = [row for code in plan.packages if (row := _slip(plan, code))]
    past = [row for row in case.rows(WorkPackage) if (days_late(row, case) or 0) > 0]
    rows.sort(key=lambda row: (str(row["why"]).startswith(WAITS), -int(row["late"] or 0), row["package"]))
    return Result(
        headline=_slips_headline(plan, rows),
        columns=columns,
        rows=tuple(rows),
        value=len(rows),
        value_column="late",
        used=(*rests_on(plan, case), *given(past, "ends", "finished")),
        parameters={"status_date": case.today.isoformat()},
        warnings=((AT_LEAST, WAITS_FOR) if rows else ()) + ((_past_words(case, past),) if past else ()),
    )


def _past_words(case: Reading, past: list[WorkPackage]) -> str:
    """What is done, and was late: it is behind nobody any more, and tells how the plan has kept so far."""
    told = [f"{row.code} by {in_days(days_late(row, case) or 0)}" for row in past]
    return f"Done, but finished after its planned end: {show.listed(told)}."


def _slip(plan: Plan, code: str) -> Row | None:
    package, expected = plan.packages[code], plan.expected[code]
    late = int(expected.end - plan.days.ends(package.ends))
    itself = planned.behind(package, plan.today)
    if late <= 0 and not itself:
        return None
    why = _why(plan, package, itself)
    task = task_of(plan.expected_tasks, code)
    alone = plan.supposing(
        replace(task, earliest=expected.start, days=expected.end - expected.start, after=())
    )
    moved = {target: _moved(plan, target, alone) for target in plan.targets if code in _chain(plan, target)}
    return {
        "package": code,
        "owner": package.owner or None,
        "why": why,
        "ends": package.ends.isoformat(),
        "expected_end": plan.days.ended(int(expected.end)).isoformat(),
        "late": max(late, 0),
        "moves": "" if why.startswith(WAITS) else _moves(moved),
        **{
            kind.replace("-", "_"): next((n for target, n in moved.items() if target.kind == kind), 0)
            for kind in (planned.REPORT, planned.SIGN_OFF)
        },
    }


def _chain(plan: Plan, target: Target) -> set[str]:
    """The packages that a target waits for, and all that those come after."""
    after = {task.code: task.after for task in plan.planned_tasks}
    found: set[str] = set()
    left = list(target.waits)
    while left:
        code = left.pop()
        if code not in found:
            found.add(code)
            left += after[code]
    return found


def _moved(plan: Plan, target: Target, alone: dict[str, planned.Placed]) -> int:
    """The working days by which a target is late with one package alone behind, above what the plan itself is."""
    end, before = end_of(target, alone), end_of(target, plan.planned)
    if end is None or before is None:
        return 0
    return max(0, int(end - max(target.deadline, before)))


def _moves(moved: dict[Target, int]) -> str:
    late = [f"{_name(target)} by {in_days(days)}" for target, days in moved.items() if days]
    return f"{'; '.join(late)}" if late else "no day due: there is slack"


def _name(target: Target) -> str:
    return {planned.REPORT: "the report", planned.SIGN_OFF: "the sign-off"}.get(
        target.kind, f"“{target.name}”"
    )


def _why(plan: Plan, package: WorkPackage, itself: bool) -> str:
    if package.state != "not started":
        return "past its end"
    placed = plan.expected[package.code]
    after = task_of(plan.expected_tasks, package.code).after
    waits = [code for code in after if plan.expected[code].end == placed.start]
    if waits and placed.start > plan.days.starts(max(package.starts, plan.today)):
        return f"{WAITS} {show.listed(waits)}"
    return "has not started on its day" if itself else "must wait"


def _slips_headline(plan: Plan, rows: list[Row]) -> str:
    if not plan.packages:
        return "No work package is open any more"
    if not rows:
        return "No work package is behind its plan"
    signed = next(target for target in plan.targets if target.kind == planned.SIGN_OFF)
    over = int((end_of(signed, plan.expected) or 0) - signed.deadline)
    waits = sum(str(row["why"]).startswith(WAITS) for row in rows)
    late = len(rows) - waits
    told = f"{show.count(late, 'work package')} {'is' if late == 1 else 'are'} late"
    if waits:
        told = f"{told} and {waits} must wait"
    due = show.day(signed.due.isoformat())
    if over > 0:
        return f"{told}: the sign-off of {due} would be {in_days(over)} late"
    return f"{told}; the sign-off of {due} can still be kept"
