"""Where an option may be stopped: when notice must be given, what is done by then, what leaving costs."""

from collections.abc import Sequence
from datetime import date
from math import ceil

from wayforward.findings import Column, Result, finding, show
from wayforward.findings.compute import Reading
from wayforward.findings.finding import Row
from wayforward.findings.provenance import given
from wayforward.options.findings.designs import OPTION, USUAL, in_order
from wayforward.options.findings.timing import months_after, span
from wayforward.options.models import PHASES, BreakPoint, Option, OptionPhase

PHASE_NAMES = dict(PHASES)


@finding(
    "options.break_points",
    title="Where each option may be stopped, and at what cost",
    question="When could each option be left, with what notice, and what would that cost?",
    method="schedule",
    unit="GBP",
    prices="real",
    reads=(Option, OptionPhase, BreakPoint),
)
def break_points(case: Reading) -> Result:
    """Each break point by day, with the last day of notice, the phases done by then and the one under way."""
    found, points = in_order(case.rows(Option)), case.rows(BreakPoint)
    by_option = {option.code: _by_day(points, option) for option in found}
    rows = [_row(case, point) for option in found for point in by_option[option.code]]
    return Result(
        headline=_headline(rows, found),
        columns=(
            OPTION,
            Column("break_point", "Break point", refers="break_point"),
            Column("falls", "Falls on", "date"),
            Column("notice_months", "Notice", "months"),
            Column("notify_by", "Notice by", "date"),
            Column("done", "Phases done by then", "words"),
            Column("under_way", "Phase under way", "words"),
            Column("exit_cost", "Cost of leaving", "GBP"),
            Column("what_stops", "What stops and what stays", "words"),
            Column("known_by_then", "What will be known by then", "words"),
        ),
        rows=tuple(rows),
        value_column="exit_cost",
        used=given(points, "falls", "notice_months", "exit_cost"),
        parameters={"status_date": case.today.isoformat()},
        warnings=_warnings(rows, points, case.today),
        waiting=_waiting(found, by_option),
    )


def _by_day(points: Sequence[BreakPoint], option: Option) -> list[BreakPoint]:
    own = [point for point in points if point.option.code == option.code]
    return sorted(own, key=lambda point: (point.falls is None, point.falls or date.max, point.code))


def _row(case: Reading, point: BreakPoint) -> Row:
    done, under_way = _stage(case, point)
    notice = point.notice_months
    known = point.falls is not None and notice is not None
    # Part of a month of notice is a whole month earlier: too early is in time.
    notify = months_after(point.falls, -ceil(notice)) if known else None
    return {
        "option": point.option.code,
        "break_point": point.code,
        "falls": point.falls.isoformat() if point.falls else None,
        "notice_months": None if notice is None else float(notice),
        "notify_by": notify.isoformat() if notify else None,
        "done": done,
        "under_way": under_way,
        "exit_cost": None if point.exit_cost is None else float(point.exit_cost),
        "what_stops": point.what_stops or None,
        "known_by_then": point.known_by_then or None,
    }


def _stage(case: Reading, point: BreakPoint) -> tuple[str | None, str | None]:
    """The phases that end before a break point, and those under way on its day; None while their dates are unknown."""
    own = [row for row in case.rows(OptionPhase) if row.option.code == point.option.code]
    if point.falls is None or not own:
        return None, None
    order, spans = list(PHASE_NAMES), [(row.phase, *span(row)) for row in own]
    spans.sort(key=lambda one: order.index(one[0]))
    done = [PHASE_NAMES[phase] for phase, _, ends in spans if ends is not None and ends < point.falls]
    under_way = [
        PHASE_NAMES[phase]
        for phase, starts, ends in spans
        if starts is not None and starts <= point.falls and (ends is None or ends >= point.falls)
    ]
    undated = any(starts is None for _, starts, _ in spans)
    return (
        None if undated else show.listed(done),
        None if undated and not under_way else show.listed(under_way),
    )


def _headline(rows: Sequence[Row], found: Sequence[Option]) -> str:
    if not rows:
        return "Where any option could be stopped is not known yet"
    names = {option.code: option.short_name for option in found}
    told = f"{show.count(len(rows), 'break point')} of {show.count(len({row['option'] for row in rows}), 'option')}"
    told += " is known" if len(rows) == 1 else " are known"
    costs = [row["exit_cost"] for row in rows]
    known = [float(cost) for cost in costs if cost is not None]
    if not known:
        return f"{told}; what leaving would cost is not"
    dearest = max(rows, key=lambda row: -1.0 if row["exit_cost"] is None else float(row["exit_cost"]))
    if len(known) == 1:
        spread = f"leaving {names[str(dearest['option'])]} would cost {show.money(dearest['exit_cost'])}"
    elif min(known) == max(known):
        spread = f"leaving would cost {show.money(known[0])} at each whose cost is known"
    else:
        ends = f"{show.money(min(known))} to {show.money(max(known))}"
        spread = f"leaving would cost from {ends} ({names[str(dearest['option'])]})"
    return f"{told}; {spread}"


def _warnings(rows: Sequence[Row], points: Sequence[BreakPoint], today: date) -> tuple[str, ...]:
    names = {point.code: f"{point.option.short_name}: {point.name}" for point in points}
    late = [
        names[str(row["break_point"])]
        for row in rows
        if row["notify_by"] and str(row["notify_by"]) < today.isoformat()
    ]
    return (f"The last day of notice has passed for {show.listed(late)}.",) if late else ()


def _waiting(found: Sequence[Option], by_option: dict[str, list[BreakPoint]]) -> tuple[str, ...]:
    if not found:
        return ("the options, with their break points",)
    lacking = []
    for option in found:
        if not by_option[option.code] and option.option_kind != USUAL:
            lacking.append(f"the break points of {option.short_name}, or word that it can't be stopped")
        for point in by_option[option.code]:
            blank = [
                words
                for words, value in (
                    ("when it falls", point.falls),
                    ("the notice", point.notice_months),
                    ("the cost of leaving", point.exit_cost),
                    ("what stops", point.what_stops or None),
                )
                if value is None
            ]
            if blank:
                lacking.append(f"{show.listed(blank)}: “{point.name}” of {option.short_name}")
    return tuple(lacking)
