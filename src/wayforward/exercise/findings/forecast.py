"""The chance that the report is ready by its day, from durations that vary as they have so far."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from wayforward.exercise import planned
from wayforward.exercise.findings.in_time import WAITS_FOR, no_plan, plan_in, rests_on
from wayforward.exercise.models import Action, Milestone
from wayforward.exercise.planned import READS, Plan, Target
from wayforward.findings import Column, Result, finding, show
from wayforward.findings.compute import Reading
from wayforward.findings.finding import Row, Scalar
from wayforward.findings.provenance import used
from wayforward.methods import Floats, finishing, simulated

DRAWS = 10_000
# Where too little has ended to learn from: a package takes from 10% less than planned to 60% more, most likely as
# planned. A judgement of this software's makers, not a measurement.
SPREAD = (0.9, 1.0, 1.6)
ENOUGH = 10  # things that have ended, from which their own ratios are drawn
COMMON = 0.5  # of what makes work longer or shorter, the share that meets all of it alike
LIMITS = (
    "The forecast knows the plan and nothing else: no leave, no lack of people, no information that fails to come; and "
    "nobody who works longer, brings help or leaves something out to keep a day. "
    "Work past its end is taken to need at least one more day."
)


@finding(
    "exercise.forecast",
    title="Forecast of finishing in time",
    question="How likely is the report to be ready by its day?",
    method="finishing",
    unit="fraction",
    reads=(*READS, Action),
)
def forecast(case: Reading) -> Result:
    """For each day due and not met: in what share of draws what it waits for has ended, and when it likely will."""
    columns = (
        Column("what", "What"),
        Column("kind", "Kind", detail=True),
        Column("due", "Due", "date"),
        Column("chance", "Chance of being in time", "fraction"),
        Column("error", "Standard error", "fraction", detail=True),
        Column("half", "As likely before as after", "date"),
        Column("nine_in_ten", "By then in 9 of 10 draws", "date"),
    )
    plan = plan_in(case)
    if plan is None:
        words = "How likely the report is to be ready in time is not known yet"
        return Result(headline=words, columns=columns, waiting=no_plan(case))
    seen = ratios(case, plan)
    ends = _drawn(plan, seen, case.exercise.seed)
    rows = [_row(plan, target, ends) for target in plan.targets if target.waits]
    report = next((row for row in rows if row["kind"] == planned.REPORT), None)
    return Result(
        headline=_headline(rows, report),
        columns=columns,
        rows=tuple(rows),
        value=report["chance"] if report else None,
        value_column="chance",
        used=(*rests_on(plan, case), *used([row for row, _ in _seen(case, plan)], "done")),
        parameters={
            "status_date": case.today.isoformat(),
            "draws": DRAWS,
            "days_vary_as": _spread_words(seen),
            "share_common_to_all": COMMON,
        },
        warnings=(_from_what(seen), WAITS_FOR, LIMITS),
    )


def _seen(case: Reading, plan: Plan) -> list[tuple[Milestone | Action, float]]:
    """What has ended with a day planned and a day done: the days that it took by those that it was given."""
    found: list[tuple[Milestone | Action, float]] = []
    begun = {
        row.code: row.stage.starts if row.stage else case.exercise.starts for row in case.rows(Milestone)
    }
    ended: list[tuple[Milestone | Action, date | None]] = [
        (row, begun[row.code]) for row in case.rows(Milestone)
    ]
    ended += [(row, row.raised) for row in case.rows(Action)]
    for row, start in ended:
        if start is None or row.due is None or row.done is None or row.done > case.today or row.due < start:
            continue
        given = max(plan.days.ends(row.due) - plan.days.starts(start), 1)
        took = max(plan.days.ends(max(row.done, start)) - plan.days.starts(start), 1)
        found.append((row, took / given))
    return found


def ratios(case: Reading, plan: Plan) -> tuple[float, ...]:
    """The multipliers to draw from; none where too little has ended to learn from."""
    seen = tuple(ratio for _, ratio in _seen(case, plan))
    return seen if len(seen) >= ENOUGH else ()


def _drawn(plan: Plan, seen: Sequence[float], seed: int) -> dict[str, Floats]:
    """The end of each open package in each draw."""
    tasks = []
    for task in plan.expected_tasks:
        if plan.packages[task.code].state == "in progress":
            left = max(task.earliest + task.days - max(plan.now, task.earliest), 1)
            task = replace(task, earliest=max(plan.now, task.earliest), days=left)
        tasks.append(task)
    common, own = finishing.multipliers(DRAWS, len(tasks), SPREAD, seen, seed)
    return finishing.ends(tasks, common, own, COMMON)


def _row(plan: Plan, target: Target, ends: dict[str, Floats]) -> Row:
    end = finishing.last([ends[code] for code in target.waits])
    chance = simulated.probability(finishing.in_time(end, target.deadline))
    half, nine = (one.figure.value or 0.0 for one in simulated.percentiles(end, (50.0, 90.0)))
    return {
        "what": target.name,
        "kind": target.kind,
        "due": target.due.isoformat(),
        "chance": chance.value,
        "error": chance.standard_error,
        "half": plan.days.ended(finishing.whole_days(half)).isoformat(),
        "nine_in_ten": plan.days.ended(finishing.whole_days(nine)).isoformat(),
    }


def _headline(rows: Sequence[Row], report: Row | None) -> str:
    if report is None:
        return "Nothing that the report waits for is open any more"
    told = f"What the report waits for has ended by {show.day(report['due'])} {_often(report['chance'])}"
    signed = next((row for row in rows if row["kind"] == planned.SIGN_OFF), None)
    if signed is None:
        return told
    return f"{told}, what the sign-off waits for by {show.day(signed['due'])} {_often(signed['chance'])}"


def _often(chance: Scalar) -> str:
    """How often in the draws: never and always are said of the draws alone."""
    if chance == 0:
        return "in none of the draws"
    return "in all draws" if chance == 1 else f"in {show.percent(chance)} of draws"


def _spread_words(seen: Sequence[float]) -> str:
    if seen:
        few, many = (show.number(end(seen), 2) for end in (min, max))
        return f"{show.count(len(seen), 'thing')} that ended so far: {few} to {many} times as planned"
    low, likely, high = SPREAD
    return f"PERT: {low:g} to {high:g} times as planned, likely {likely:g}"


def _from_what(seen: Sequence[float]) -> str:
    if seen:
        return (
            f"Days vary as they have so far: {show.count(len(seen), 'milestone or action', 'milestones and actions')} "
            f"took from {show.number(min(seen), 2)} to {show.number(max(seen), 2)} times the days that they were given."
        )
    low, _, high = SPREAD
    return (
        f"Too little has ended to learn from (fewer than {ENOUGH} milestones and actions with their days): work is "
        f"taken to need from {show.percent(1 - low)} less to {show.percent(high - 1)} more than planned, most likely "
        "as planned. That is a judgement, not a measurement."
    )
