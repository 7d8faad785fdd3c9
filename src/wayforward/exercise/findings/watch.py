"""What is kept watch over: registers to be looked at again, and actions."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from wayforward.exercise.models import (
    Action,
    Assumption,
    Dependency,
    Issue,
    Meeting,
    Risk,
)
from wayforward.findings import Column, Result, finding, show
from wayforward.findings.compute import Reading
from wayforward.findings.finding import Row
from wayforward.findings.provenance import given

SOON = timedelta(days=7)
OVERDUE, DUE_SOON, LATER, NO_DAY = "overdue", "due within a week", "later", "no day set"
ORDER = (OVERDUE, DUE_SOON, NO_DAY, LATER)
Watched = Risk | Assumption | Issue | Dependency


def standing(day: date | None, today: date) -> str:
    """How a day stands to the status date."""
    if day is None:
        return NO_DAY
    if day < today:
        return OVERDUE
    return DUE_SOON if day <= today + SOON else LATER


def watched(case: Reading) -> Iterator[Watched]:
    """The risks, assumptions, open issues and dependencies not met."""
    yield from case.rows(Risk)
    yield from case.rows(Assumption)
    yield from (row for row in case.rows(Issue) if not row.closed or row.closed > case.today)
    yield from (row for row in case.rows(Dependency) if not row.met)


@finding(
    "exercise.reviews",
    title="Registers due to be looked at again",
    question="Which risks, assumptions, issues and dependencies are due for review, and whose are they?",
    method="listing",
    unit="overdue",
    reads=(Risk, Assumption, Issue, Dependency),
)
def reviews(case: Reading) -> Result:
    """Each thing kept watch over by its day of review, the overdue first; a dependency also by the day it is needed."""
    found = list(watched(case))
    rows = sorted((_review_row(row, case.today) for row in found), key=_by_day)
    count = Counter(str(row["standing"]) for row in rows)
    lacking = [row for row in rows if row["standing"] == NO_DAY or row["owner"] is None]
    return Result(
        headline=_count_headline(
            "thing kept watch over", "things kept watch over", count, len(rows), "to review"
        ),
        columns=(
            Column("record", "Record", refers="record"),
            Column("register", "Register"),
            Column("name", "What"),
            Column("owner", "Owner"),
            Column("review", "Review by", "date"),
            Column("standing", "Standing"),
        ),
        rows=tuple(rows),
        value=count[OVERDUE] if rows else None,
        value_column="review",
        used=given(found, "review", "owner"),
        parameters={"status_date": case.today.isoformat()},
        warnings=(_lacking_words(lacking),) if lacking else (),
        waiting=() if rows else ("the risks to the exercise",),
    )


def _review_row(row: Watched, today: date) -> Row:
    days = [day for day in (row.review, getattr(row, "needed_by", None)) if day]
    day = min(days, default=None)
    return {
        "record": row.reference,
        "register": row.words(),
        "name": row.name,
        "owner": row.owner or None,
        "review": day.isoformat() if day else None,
        "standing": standing(day, today),
    }


def _by_day(row: Row) -> tuple[int, str, str]:
    return (
        ORDER.index(str(row["standing"])),
        str(row.get("review") or row.get("due") or ""),
        str(row.get("record")),
    )


def _count_headline(one: str, many: str, count: Counter[str], total: int, words: str) -> str:
    if not total:
        return f"Nothing {words} has been recorded yet"
    late = count[OVERDUE]
    told = f"Of {show.count(total, one, many)}, {late or 'none'} {'is' if late < 2 else 'are'} overdue"
    return (
        f"{told} and {count[DUE_SOON] or 'none'} {'is' if count[DUE_SOON] < 2 else 'are'} due within a week"
    )


def _lacking_words(rows: list[Row]) -> str:
    return f"Without an owner or a day of review: {show.some([str(row['record']).partition(':')[2] for row in rows])}."


@finding(
    "exercise.actions",
    title="Actions",
    question="What was agreed to be done, by whom, and what is overdue?",
    method="listing",
    unit="overdue",
    reads=(Action, Meeting),
)
def actions(case: Reading) -> Result:
    """Every action not done by the status date, the overdue first."""
    every = case.rows(Action)
    left = [row for row in every if not row.done or row.done > case.today]
    rows = sorted((_action_row(row, case.today) for row in left), key=_by_day)
    count = Counter(str(row["standing"]) for row in rows)
    return Result(
        headline=_actions_headline(len(every), rows, count),
        columns=(
            Column("action", "Action", refers="action"),
            Column("owner", "Owner"),
            Column("due", "Due", "date"),
            Column("standing", "Standing"),
            Column("meeting", "Agreed at", refers="meeting"),
        ),
        rows=tuple({name: value for name, value in row.items() if name != "record"} for row in rows),
        value=count[OVERDUE] if every else None,
        value_column="due",
        used=given(every, "due", "done", "owner"),
        parameters={"status_date": case.today.isoformat()},
        waiting=() if every else ("the actions agreed at meetings",),
    )


def _action_row(row: Action, today: date) -> Row:
    return {
        "record": row.reference,
        "action": row.code,
        "owner": row.owner,
        "due": row.due.isoformat() if row.due else None,
        "standing": standing(row.due, today),
        "meeting": row.meeting.code if row.meeting else "",
    }


def _actions_headline(every: int, rows: list[Row], count: Counter[str]) -> str:
    if not every:
        return "No action has been recorded yet"
    if not rows:
        return f"All of {show.count(every, 'action')} are done"
    late = f"{count[OVERDUE]} of them overdue" if count[OVERDUE] else "none of them overdue"
    return f"{len(rows)} of {show.count(every, 'action')} {'is' if len(rows) == 1 else 'are'} still to be done, {late}"
