"""How work ended so far: each work package that is done, with the day on which it was finished beside its plan."""

from wayforward.exercise.findings.in_time import in_days
from wayforward.exercise.findings.plan import bank_holidays
from wayforward.exercise.models import WorkPackage
from wayforward.exercise.planned import finished_on
from wayforward.findings import Column, Result, finding, show
from wayforward.findings.compute import Reading
from wayforward.findings.finding import Row
from wayforward.findings.provenance import given
from wayforward.methods.schedule import WorkingDays


@finding(
    "exercise.ended",
    title="How work ended so far",
    question="Was what is done finished in time?",
    method="schedule",
    unit="work packages finished late",
    reads=(WorkPackage,),
)
def ended(case: Reading) -> Result:
    """Each work package that is done: its planned end, the day it was finished, and the working days between."""
    done = [row for row in case.rows(WorkPackage) if row.state == "done"]
    rows = [_row(case, row) for row in done]
    rows.sort(key=lambda row: (str(row["finished"] or "9999"), str(row["package"])))
    known = [row for row in rows if row["finished"] is not None]
    late = [row for row in known if int(row["late"] or 0) > 0]
    return Result(
        headline=_headline(len(rows), known, late),
        columns=(
            Column("package", "Work package", refers="work_package"),
            Column("owner", "Owner"),
            Column("ends", "Planned end", "date"),
            Column("finished", "Finished", "date"),
            Column("late", "Late by", "working days"),
        ),
        rows=tuple(rows),
        value=len(late) if known else None,
        value_column="late",
        used=given(done, "ends", "finished"),
        parameters={"status_date": case.today.isoformat()},
        warnings=(EARLY,) if any(int(row["late"] or 0) < 0 for row in known) else (),
        waiting=tuple(
            f"the day on which {row['package']} was finished" for row in rows if row["finished"] is None
        )
        or (() if rows else ("a work package that is done",)),
    )


EARLY = "Days below nought are days by which work was finished before its planned end."


def _row(case: Reading, row: WorkPackage) -> Row:
    day = finished_on(row, case.today)
    return {
        "package": row.code,
        "owner": row.owner or None,
        "ends": row.ends.isoformat(),
        "finished": day.isoformat() if day else None,
        "late": days_late(row, case) if day else None,
    }


def days_late(row: WorkPackage, case: Reading) -> int | None:
    """The working days by which a package that is done was finished after its planned end; below 0: before it."""
    day = finished_on(row, case.today)
    if day is None:
        return None
    first, last = min(row.ends, day), max(row.ends, day)
    days = WorkingDays(first, frozenset(bank_holidays(first, last)))
    return days.ends(day) - days.ends(row.ends)


def _headline(done: int, known: list[Row], late: list[Row]) -> str:
    if not done:
        return "No work package is done yet"
    packages = show.count(done, "work package")
    if not known:
        return f"When the {packages} that {'is' if done == 1 else 'are'} done ended is not known"
    of = "the only work package" if done == 1 else f"{packages}"
    if len(known) < done:
        of = f"the {len(known)} of {packages} done whose last day is known"
    elif done > 1:
        of = f"the {packages} that are done"
    if not late:
        return (
            f"Of {of}, none was finished late" if done > 1 else f"{of.capitalize()} that is done was in time"
        )
    most = max(int(row["late"] or 0) for row in late)
    by = f"by {in_days(most)}" if len(late) == 1 else f"by {in_days(most)} at most"
    if done == 1:
        return f"{of.capitalize()} that is done was finished late, {by}"
    return f"Of {of}, {len(late)} {'was' if len(late) == 1 else 'were'} finished late, {by}"
