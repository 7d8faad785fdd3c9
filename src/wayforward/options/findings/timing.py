"""When each option would be done, and what cannot wait."""

from calendar import monthrange
from datetime import date, timedelta

from wayforward.findings import Column, Result, finding, show
from wayforward.findings.compute import Reading
from wayforward.findings.finding import Row
from wayforward.findings.provenance import given
from wayforward.methods import schedule
from wayforward.options.findings.designs import OPTION, USUAL, in_order
from wayforward.options.models import PHASES, Option, OptionPhase, TimeCritical


def months_after(day: date, months: int) -> date:
    """The same day so many months later (or before), or the last day of a month that has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@finding(
    "options.phases",
    title="When each option would be done",
    question="How long does each option take, and when is it in full use?",
    method="schedule",
    reads=(Option, OptionPhase),
)
def phases(case: Reading) -> Result:
    """The four phases of each option: from the planned start and the delay, and for its months from there."""
    found = in_order(case.rows(Option))
    order = {phase: place for place, (phase, _) in enumerate(PHASES)}
    planned = sorted(case.rows(OptionPhase), key=lambda row: (order[row.phase], row.code))
    rows = [_phase_row(row) for option in found for row in planned if row.option.code == option.code]
    return Result(
        headline=_phases_headline(rows, found),
        columns=(
            OPTION,
            Column("phase", "Phase", "words"),
            Column("starts", "Starts", "date"),
            Column("ends", "Ends", "date"),
            Column("months", "Lasts", "months"),
            Column("delay", "Delay", "months"),
        ),
        rows=tuple(rows),
        value_column="starts",
        used=given(planned, "starts", "months", "delay_months"),
        waiting=_phases_waiting(found, planned),
    )


def span(row: OptionPhase) -> tuple[date | None, date | None]:
    """The first and last day of a phase, its delay included; None is not known."""
    starts = None if row.starts is None else months_after(row.starts, row.delay_months or 0)
    ends = None if starts is None or not row.months else months_after(starts, row.months) - timedelta(days=1)
    return starts, ends


def _phase_row(row: OptionPhase) -> Row:
    starts, ends = span(row)
    return {
        "option": row.option.code,
        "phase": row.phase,
        "starts": starts.isoformat() if starts else None,
        "ends": ends.isoformat() if ends else None,
        "months": row.months,
        "delay": row.delay_months if row.delay_months is not None else "",
    }


def _phases_waiting(found: list[Option], planned: list[OptionPhase]) -> tuple[str, ...]:
    if not found:
        return ("the options, with their phases",)
    lacking = []
    for option in found:
        own = [row for row in planned if row.option.code == option.code]
        if not own:
            lacking.append(f"the phases of {option.short_name}")
        for row in own:
            lacks = [
                words
                for words, value in (("when it starts", row.starts), ("how long it lasts", row.months))
                if value is None
            ]
            if lacks:
                lacking.append(f"{show.listed(lacks)}: {row.phase} of {option.short_name}")
    return tuple(lacking)


def _phases_headline(rows: list[Row], found: list[Option]) -> str:
    names = {option.code: option.short_name for option in found if option.option_kind != USUAL}
    ready = sorted(
        (str(row["starts"]), names[str(row["option"])])
        for row in rows
        if row["phase"] == "ownership" and row["starts"] and row["option"] in names
    )
    if not ready:
        return "When any option would be in full use is not known yet"
    if len(ready) == 1:
        return f"{ready[0][1]} would be in full use from {show.day(ready[0][0])}"
    (first, soonest), (last, latest) = ready[0], ready[-1]
    if first == last:
        return f"Every option that is known would be in full use from {show.day(first)}"
    return (
        f"{soonest} would be in full use first, from {show.day(first)}; {latest} last, from {show.day(last)}"
    )


@finding(
    "options.time_critical",
    title="What cannot wait",
    question="What has to be done by when, whichever option is chosen?",
    method="schedule",
    unit="days",
    reads=(TimeCritical,),
)
def time_critical(case: Reading) -> Result:
    """Each thing that cannot wait, the soonest first, with the days left and what happens if it is late."""
    found = sorted(
        case.rows(TimeCritical), key=lambda row: (row.due is None, row.due or case.today, row.code)
    )
    left = {
        row.code: schedule.days_left(case.today, row.due).calendar for row in found if row.due is not None
    }
    return Result(
        headline=_critical_headline(found, left),
        columns=(
            Column("item", "Item", refers="time_critical"),
            Column("name", "What"),
            Column("due", "By", "date"),
            Column("days_left", "Days left", "days"),
            Column("why", "Why"),
            Column("if_late", "If it is late"),
        ),
        rows=tuple(
            {
                "item": row.code,
                "name": row.name,
                "due": row.due.isoformat() if row.due else None,
                "days_left": left.get(row.code),
                "why": row.why or None,
                "if_late": row.if_late or None,
            }
            for row in found
        ),
        value_column="days_left",
        used=given(found, "due"),
        parameters={
            "status_date": case.today.isoformat(),
            "report_due": case.exercise.report_due.isoformat(),
        },
        waiting=tuple(f"the day by which: {row.name}" for row in found if row.due is None)
        or (() if found else ("what cannot wait, with its dates",)),
    )


def _critical_headline(found: list[TimeCritical], left: dict[str, int]) -> str:
    if not left:
        return (
            "What cannot wait is not known yet"
            if not found
            else "By when things must be done is not known yet"
        )
    coming = [row for row in found if left.get(row.code, -1) >= 0]
    past = len(left) - len(coming)
    if not coming:
        return f"{show.count(past, 'date')} that could not wait {'has' if past == 1 else 'have'} passed"
    first = coming[0]
    which = "date" if len(coming) == 1 else f"of {len(coming):,} dates"
    told = (
        f"The next {which} that cannot wait is "
        f"{show.day(first.due.isoformat() if first.due else None)}: {first.name}"
    )
    return f"{told} ({past} passed already)" if past else told
