"""Requests for information: when each is expected, when to ask again, and from when to do without."""

from datetime import date, timedelta

from wayforward.exercise.findings.information import state_of
from wayforward.exercise.findings.plan import bank_holidays
from wayforward.exercise.findings.watch import SOON
from wayforward.exercise.models import InformationRequest, Stage
from wayforward.findings import Column, Result, finding, show
from wayforward.findings.compute import Reading
from wayforward.findings.finding import Row
from wayforward.findings.provenance import given
from wayforward.methods.schedule import WorkingDays

CHASE_BEFORE = 2  # working days before a request is expected
CHASE_AGAIN = 5  # working days after it was last chased


@finding(
    "exercise.chasing",
    title="Requests to ask, to chase, and to do without",
    question="Whom must we ask again, and from when do we work without what has not come?",
    method="schedule",
    unit="requests to act on",
    reads=(InformationRequest, Stage),
)
def chasing(case: Reading) -> Result:
    """Each request still open: when it is expected, when to chase it, and when its fallback starts."""
    every = case.rows(InformationRequest)
    open_yet = [row for row in every if state_of(row, case.today) not in ("received", "never known")]
    days = WorkingDays(case.exercise.starts, frozenset(_holidays(case, open_yet)))
    rows = [_chasing_row(case, days, row) for row in open_yet]
    rows.sort(
        key=lambda row: (row["act"] == "", str(row["fallback_from"] or row["ask_by"] or ""), row["request"])
    )
    acts = sum(row["act"] != "" for row in rows)
    late = sum(str(row["act"]).startswith("start the fallback") for row in rows)
    return Result(
        headline=_chasing_headline(len(every), len(rows), acts, late),
        columns=(
            Column("request", "Request", refers="information_request"),
            Column("asked_of", "Asked of", detail=True),
            Column("owner", "Chased by"),
            Column("expected", "Expected", "date"),
            Column("chase", "Chase on", "date"),
            Column("ask_by", "Ask by", "date", detail=True),
            Column("fallback_from", "Fallback from", "date"),
            Column("act", "To do now"),
            Column("fallback", "Without it", detail=True),
        ),
        rows=tuple(rows),
        value=acts if every else None,
        value_column="fallback_from",
        used=given(open_yet, "asked", "promised", "lead_days", "chased"),
        parameters={
            "status_date": case.today.isoformat(),
            "chase_before": f"{CHASE_BEFORE} working days before the day expected",
            "chase_again": f"{CHASE_AGAIN} working days after it was last chased",
        },
        warnings=(CHASE_RULE,) if rows else (),
        waiting=() if every else ("the information that the exercise needs",),
    )


CHASE_RULE = (
    "A request is expected on the day promised, or after its lead time. Its fallback starts when the stage ends in "
    "which it was asked for, or on the day expected where that is later; it is to be asked for so early that it can "
    "come by then."
)


def _holidays(case: Reading, rows: list[InformationRequest]) -> tuple[date, ...]:
    exercise = case.exercise
    known = [day for row in rows for day in (row.asked, row.promised, row.chased) if day]
    days = [exercise.starts, exercise.signoff_due, case.today, *known]
    return bank_holidays(min(days) - timedelta(days=60), max(days) + timedelta(days=400))


def _chasing_row(case: Reading, days: WorkingDays, row: InformationRequest) -> Row:
    asked = row.asked if row.asked and row.asked <= case.today else None
    expected = expected_on(row) if asked else None
    end = _stage_end(case, asked or case.today)
    fallback = None if end is None and expected is None else max(day for day in (end, expected) if day)
    chase = _chase_on(days, row, asked, expected)
    ask_by = None
    if not asked and fallback and row.lead_days is not None:
        ask_by = fallback - timedelta(days=row.lead_days)
    return {
        "request": row.code,
        "asked_of": row.asked_of or None,
        "owner": row.owner or None,
        "expected": expected.isoformat() if expected else None,
        "chase": chase.isoformat() if chase else "",
        "ask_by": ask_by.isoformat() if ask_by else "",
        "fallback_from": fallback.isoformat() if fallback else None,
        "act": _act(case.today, asked, chase, ask_by, fallback),
        "fallback": row.fallback or None,
    }


def expected_on(row: InformationRequest) -> date | None:
    """The day on which a request that was asked can be expected."""
    if row.promised:
        return row.promised
    if row.asked and row.lead_days is not None:
        return row.asked + timedelta(days=row.lead_days)
    return None


def _stage_end(case: Reading, day: date) -> date | None:
    """The end of the stage that a day falls in; between stages, of the next."""
    return min((stage.ends for stage in case.rows(Stage) if stage.ends >= day), default=None)


def _chase_on(
    days: WorkingDays, row: InformationRequest, asked: date | None, expected: date | None
) -> date | None:
    """When to ask again: shortly before it is expected, then every so often; never on the day it was asked."""
    if asked is None:
        return None
    last = row.chased if row.chased and row.chased >= asked else None
    if last:
        return days.begun(days.ends(last) - 1 + CHASE_AGAIN)
    if expected is None:
        return days.begun(days.ends(asked) - 1 + CHASE_AGAIN)
    return max(days.begun(days.starts(expected) - CHASE_BEFORE), days.begun(days.ends(asked)))


def _act(
    today: date, asked: date | None, chase: date | None, ask_by: date | None, fallback: date | None
) -> str:
    if fallback and fallback <= today:
        return "start the fallback"
    if asked is None:
        if ask_by and ask_by < today:
            return "ask now: it can't come before the fallback starts"
        return "ask" if ask_by is None or ask_by <= today + SOON else ""
    return "chase" if chase and chase <= today else ""


def _chasing_headline(every: int, left: int, acts: int, late: int) -> str:
    if not every:
        return "No information has been asked for yet"
    if not left:
        return "No request that can still be answered is open"
    has = "has" if acts == 1 else "have"
    told = f"{acts or 'None'} of {show.count(left, 'open request')} {has} something to be done now"
    return f"{told}; for {late} the fallback starts" if late else told
