"""Assessments of impact on equality and data protection: which are done, which are late, who answers for them."""

from collections.abc import Sequence
from datetime import date

from wayforward.findings import Column, Result, finding, show
from wayforward.findings.compute import Reading
from wayforward.findings.finding import Row
from wayforward.findings.provenance import given
from wayforward.methods import schedule
from wayforward.options.findings.designs import OPTION, USUAL, in_order
from wayforward.options.models import ASSESSMENTS, STATES, ImpactAssessment, Option

KINDS = dict(ASSESSMENTS)
WORDS = dict(STATES)
SETTLED = ("done", "not needed")


@finding(
    "options.assessments",
    title="Assessments of impact by option",
    question="Has each option's impact on equality and on data protection been assessed, and by whom?",
    method="schedule",
    unit="days",
    reads=(Option, ImpactAssessment),
)
def assessments(case: Reading) -> Result:
    """Each option but business as usual against each kind of assessment; one that nobody recorded is not known."""
    every = case.rows(ImpactAssessment)
    options = [
        option for option in in_order(case.rows(Option)) if option.option_kind != USUAL or _own(every, option)
    ]
    pairs: list[Pair] = []
    for option in options:
        for kind in KINDS:
            own = _own(every, option, kind)
            pairs += [(option, kind, one) for one in own] if own else [(option, kind, None)]
    rows = [_row(option, kind, one, case.today) for option, kind, one in pairs]
    return Result(
        headline=_headline(rows),
        columns=(
            OPTION,
            Column("assessment", "Of impact on"),
            Column("state", "State", "words"),
            Column("owner", "Owner", "words"),
            Column("due", "Due", "date"),
            Column("days_left", "Days left", "days"),
            Column("late", "Late", "yes or no"),
            Column("outcome", "What it found", "words"),
        ),
        rows=tuple(rows),
        value_column="state",
        used=given(every, "state", "owner", "due", "outcome"),
        parameters={"status_date": case.today.isoformat()},
        warnings=tuple(
            f"Late: {KINDS[kind].lower()} assessment of {option.short_name}, due "
            f"{show.day(str(row['due']))} ({one.owner or 'no owner'})."
            for (option, kind, one), row in zip(pairs, rows, strict=True)
            if one is not None and row["late"]
        ),
        waiting=_waiting(options, pairs),
    )


Pair = tuple[Option, str, ImpactAssessment | None]


def _own(every: Sequence[ImpactAssessment], option: Option, kind: str = "") -> list[ImpactAssessment]:
    return [one for one in every if one.option.code == option.code and kind in ("", one.assessment)]


def _row(option: Option, kind: str, one: ImpactAssessment | None, today: date) -> Row:
    state = one.state if one else ""
    settled = state in SETTLED
    due = one.due if one else None
    left = None if due is None else schedule.days_left(today, due).calendar
    return {
        "option": option.code,
        "assessment": KINDS[kind],
        "state": WORDS[state] if state else None,
        "owner": (one.owner or None) if one else None,
        "due": due.isoformat() if due else "" if settled else None,
        "days_left": "" if settled else left,
        "late": False if settled else None if left is None or not state else left < 0,
        "outcome": ((one.outcome or None) if state == "done" else one.outcome or "") if one else None,
    }


def _headline(rows: Sequence[Row]) -> str:
    known = [row for row in rows if row["state"] is not None]
    if not known:
        return "Which impacts have been assessed is not known yet"
    needed = [row for row in rows if row["state"] != WORDS["not needed"]]
    done = sum(row["state"] == WORDS["done"] for row in needed)
    late = sum(row["late"] is True for row in needed)
    told = f"Of {show.count(len(needed), 'assessment')} of impact, {done or 'none'} {'is' if done == 1 else 'are'} done"
    return f"{told} and {late} {'is' if late == 1 else 'are'} late" if late else told


def _waiting(options: Sequence[Option], pairs: Sequence[Pair]) -> tuple[str, ...]:
    if not options:
        return ("the options, with their assessments of impact",)
    lacking = []
    for option, kind, one in pairs:
        name = f"the {KINDS[kind].lower()} assessment of {option.short_name}"
        if one is None or not one.state:
            lacking.append(f"{name}: its state")
        elif one.state == "done" and not one.outcome:
            lacking.append(f"{name}: what it found")
        elif one.state not in SETTLED:
            blank = [words for words, value in (("an owner", one.owner), ("a day", one.due)) if not value]
            lacking.append(f"{name}, {one.state}" + (f" without {show.listed(blank)}" if blank else ""))
    return tuple(lacking)
