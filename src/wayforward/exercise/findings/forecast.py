"""The chance that the report is ready by its day, from durations that vary as they have so far."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from wayforward.exercise import planned
from wayforward.exercise.findings.in_time import WAITS_FOR, no_plan, plan_in, rests_on
from wayforward.exercise.models import Action, Milestone, WorkPackage
from wayforward.exercise.planned import READS, Plan, Target, finished_on
from wayforward.findings import Column, Result, finding, show
from wayforward.findings.compute import Reading
from wayforward.findings.finding import Row, Scalar, Used
from wayforward.findings.provenance import used
from wayforward.methods import Floats, finishing, simulated

DRAWS = 10_000
# Where too little has ended to learn from: a package takes from 10% less than planned to 60% more, most likely as
# planned. A judgement of this software's makers, not a measurement.
SPREAD = (0.9, 1.0, 1.6)
ENOUGH = 10  # things that have ended, from which their own ratios are drawn
Ended = WorkPackage | Milestone | Action
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
    past = _seen(case, plan)
    seen = tuple(ratio for _, ratio in past) if len(past) >= ENOUGH else ()
    ends = _drawn(plan, seen, case.exercise.seed)
    rows = [_row(plan, target, ends) for target in plan.targets if target.waits]
    report = next((row for row in rows if row["kind"] == planned.REPORT), None)
    return Result(
        headline=_headline(rows, report),
        columns=columns,
        rows=tuple(rows),
        value=report["chance"] if report else None,
        value_column="chance",
        used=(*rests_on(plan, case), *_ended_on([row for row, _ in past])),
        parameters={
            "status_date": case.today.isoformat(),
            "draws": DRAWS,
            "days_vary_as": _spread_words(seen),
            "ended_so_far": _kinds([row for row, _ in past]) or "nothing",
            "share_common_to_all": COMMON,
        },
        warnings=(_from_what(past), *_no_day(case), WAITS_FOR, LIMITS),
    )


def _seen(case: Reading, plan: Plan) -> list[tuple[Ended, float]]:
    """What has ended with a day planned and a day done: the days that it took by those that it was given."""
    found: list[tuple[Ended, float]] = []
    begun = {
        row.code: row.stage.starts if row.stage else case.exercise.starts for row in case.rows(Milestone)
    }
    ended: list[tuple[Ended, date | None, date | None, date | None]] = [
        *((row, begun[row.code], row.due, row.done) for row in case.rows(Milestone)),
        *((row, row.raised, row.due, row.done) for row in case.rows(Action)),
        *((row, row.starts, row.ends, finished_on(row, case.today)) for row in case.rows(WorkPackage)),
    ]
    for row, start, due, done in ended:
        if start is None or due is None or done is None or done > case.today or due < start:
            continue
        given = max(plan.days.ends(due) - plan.days.starts(start), 1)
        took = max(plan.days.ends(max(done, start)) - plan.days.starts(start), 1)
        found.append((row, took / given))
    return found


def _ended_on(rows: Sequence[Ended]) -> tuple[Used, ...]:
    """The days on which things ended, each in the field that holds it."""
    packages = [row for row in rows if isinstance(row, WorkPackage)]
    return (*used([row for row in rows if row not in packages], "done"), *used(packages, "finished"))


def _kinds(rows: Sequence[Ended]) -> str:
    """How many of each kind: '1 milestone, 5 actions and 5 work packages'."""
    counts = [
        (model, sum(isinstance(row, model) for row in rows)) for model in (Milestone, Action, WorkPackage)
    ]
    return show.listed([show.count(many, model.words(), model.plural()) for model, many in counts if many])


def _no_day(case: Reading) -> tuple[str, ...]:
    """What is done and of which the last day is not known: nothing is learned from it."""
    rows = [row for row in case.rows(WorkPackage) if row.state == "done"]
    lacking = [row.code for row in rows if finished_on(row, case.today) is None]
    if not lacking:
        return ()
    return (
        f"Nothing is learned from what is done but has no day on which it was finished: {show.some(lacking)}.",
    )


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


def _from_what(past: Sequence[tuple[Ended, float]]) -> str:
    kinds = _kinds([row for row, _ in past])
    if len(past) >= ENOUGH:
        seen = [ratio for _, ratio in past]
        return (
            f"Days vary as they have so far: {kinds} that ended "
            f"took from {show.number(min(seen), 2)} to {show.number(max(seen), 2)} times the days that they were given."
        )
    low, _, high = SPREAD
    return (
        f"Too little has ended to learn from ({kinds or 'nothing'} with the days planned and taken; {ENOUGH} things "
        f"would be enough): work is taken to need from {show.percent(1 - low)} less to {show.percent(high - 1)} more "
        "than planned, most likely as planned. That is a judgement, not a measurement."
    )
