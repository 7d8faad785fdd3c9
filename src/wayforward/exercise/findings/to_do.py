"""What waits for whom, and by when each stage of the work is due: for the home page and for those who chase."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from wayforward.exercise.findings.information import state_of
from wayforward.exercise.findings.readiness import quoted
from wayforward.exercise.findings.watch import LATER, ORDER, OVERDUE, standing, watched
from wayforward.exercise.models import (
    Action,
    Assumption,
    Dependency,
    InformationRequest,
    Issue,
    PeerReview,
    Risk,
    Section,
    WorkPackage,
)
from wayforward.exercise.planned import OVER
from wayforward.findings import Column, Result, finding, show
from wayforward.findings.compute import Reading
from wayforward.findings.finding import Row, Used
from wayforward.findings.provenance import given
from wayforward.pages.stages import STAGES
from wayforward.records.base import Record
from wayforward.records.models import Comment

NOBODY = "nobody yet"


@finding(
    "exercise.to_do",
    title="What waits for whom",
    question="Who has what to do by when?",
    method="listing",
    unit="overdue",
    reads=(
        *(WorkPackage, Action, InformationRequest, Risk, Assumption, Issue, Dependency),
        *(Section, PeerReview, Comment),
    ),
)
def to_do(case: Reading) -> Result:
    """Everything that some role has to do with the day it is due, the overdue first; what is further off comes last."""
    found = list(_everything(case))
    rows: list[Row] = [
        {
            "owner": owner.strip() or NOBODY,
            "what": what,
            "record": record.reference,
            "due": day.isoformat() if day else None,
            "standing": standing(day, case.today),
        }
        for record, what, owner, day in found
    ]
    rows.sort(key=_by_day)
    late = Counter(str(row["owner"]) for row in rows if row["standing"] == OVERDUE)
    return Result(
        headline=_headline(rows, late),
        columns=(
            Column("owner", "Who"),
            Column("what", "What"),
            Column("record", "Record", refers="record"),
            Column("due", "Due", "date"),
            Column("standing", "Standing"),
        ),
        rows=tuple(rows),
        value=sum(late.values()) if rows else None,
        value_column="due",
        used=_used(found),
        parameters={"status_date": case.today.isoformat()},
        waiting=() if rows or case.rows(WorkPackage) else ("the work packages of the exercise",),
    )


def _used(found: list[tuple[Record, str, str, date | None]]) -> tuple[Used, ...]:
    return tuple(item for record, *_ in found for item in given([record], *_dated(record)))


def _dated(record: Record) -> tuple[str, ...]:
    names = {field.name for field in record._meta.concrete_fields}
    return tuple(name for name in ("ends", "due", "review", "promised") if name in names)


def _everything(case: Reading) -> Iterator[tuple[Record, str, str, date | None]]:
    for package in case.rows(WorkPackage):
        if package.state not in OVER and package.starts <= case.today:
            yield package, "finish the work package", package.owner, package.ends
    for action in case.rows(Action):
        if not action.done or action.done > case.today:
            yield action, "do what was agreed", action.owner, action.due
    for request in case.rows(InformationRequest):
        if (state := state_of(request, case.today)) not in ("received", "never known"):
            if state != "not asked":
                yield request, "send the information", request.asked_of, request.promised
            else:
                yield request, "ask for the information", request.owner, request.asked
    for thing in watched(case):
        yield thing, f"review the {thing.words()}", thing.owner, thing.review
    for section in case.rows(Section):
        if not section.body.strip():
            yield section, "write the section", section.owner, case.exercise.report_due
    for review in case.rows(PeerReview):
        if not review.verdict:
            yield review, "return the peer review", review.reviewer, review.due
    for comment in case.rows(Comment):
        if comment.comment_kind == "challenge" and not comment.closed and not comment.answer:
            yield comment, "answer the challenge", comment.owner, None


def _by_day(row: Row) -> tuple[int, str, str, str]:
    return ORDER.index(str(row["standing"])), str(row["due"] or ""), str(row["owner"]), str(row["record"])


def _headline(rows: list[Row], late: Counter[str]) -> str:
    if not rows:
        return "Nothing is recorded that anybody has to do"
    near = sum(row["standing"] != LATER for row in rows)
    if not late:
        return f"Nothing is overdue; {near or 'nothing'} of {show.count(len(rows), 'thing')} to do is due within a week"
    whole = sum(late.values())
    told = f"{show.count(whole, 'thing')} {'is' if whole == 1 else 'are'} overdue"
    most = min(late, key=lambda owner: (-late[owner], owner))
    if late[most] * 2 > whole:
        return f"{told}, {'all' if len(late) == 1 else late[most]} with {most}"
    return f"{told}, with {show.count(len(late), 'role')}"


@finding(
    "exercise.dues",
    title="When each stage of the work is due",
    question="By when must each stage be done, and who answers for it?",
    method="listing",
    reads=(Section, WorkPackage),
)
def dues(case: Reading) -> Result:
    """Each stage by the section that quotes most of its findings, and the last work package of that section's owner.

    A stage that no section quotes, or whose section's owner owns no work package, is due with the report.
    """
    rows = [_due_row(case, stage.name, stage.keys) for stage in STAGES]
    report = case.exercise.report_due.isoformat()
    first = min(str(row["due"]) for row in rows)
    return Result(
        headline=f"The first stage is due on {show.day(first)}, the report on {show.day(report)}",
        columns=(
            Column("stage", "Stage"),
            Column("section", "Section", refers="section"),
            Column("owner", "Owner"),
            Column("due", "Due", "date"),
            Column("standing", "Standing"),
        ),
        rows=tuple(rows),
        value_column="due",
        used=(*given(case.rows(Section), "owner", "body"), *given(case.rows(WorkPackage), "owner", "ends")),
        parameters={"status_date": case.today.isoformat(), "report_due": report},
        waiting=() if case.rows(Section) else ("the sections that the report must have",),
    )


def _due_row(case: Reading, name: str, keys: tuple[str, ...]) -> Row:
    counts = {
        section.code: sum(key.partition(".")[0] in keys for key in quoted(section))
        for section in case.rows(Section)
    }
    most = max(counts.values(), default=0)
    sections = sorted(case.rows(Section), key=lambda one: (one.number, one.code))
    own = next((section for section in sections if most and counts[section.code] == most), None)
    owner = own.owner.strip() if own else ""
    packages = [
        row for row in case.rows(WorkPackage) if owner and row.owner.strip().casefold() == owner.casefold()
    ]
    live = [row for row in packages if row.state != "stopped"]
    due = min(max((row.ends for row in live), default=case.exercise.report_due), case.exercise.report_due)
    done = bool(live) and all(row.state == "done" for row in live)
    return {
        "stage": name,
        "section": own.code if own else "",
        "owner": owner or None,
        "due": due.isoformat(),
        "standing": "done" if done else standing(due, case.today),
    }
