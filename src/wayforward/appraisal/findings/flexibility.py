"""What flexibility is worth: the right to stop at a break point, once something is known by then."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from wayforward.appraisal.draws import DRAWN_READS, Ensemble, ensemble, lacking
from wayforward.appraisal.findings.basis import OPTION, stands_on
from wayforward.appraisal.findings.uncertainty import ALL_AT_ONCE, draw_parameters, rests_on_draws, still
from wayforward.appraisal.lines import Appraised
from wayforward.findings import Column, Result, finding, show
from wayforward.findings.compute import Reading
from wayforward.findings.finding import Row, Scalar
from wayforward.findings.provenance import given
from wayforward.methods import Floats
from wayforward.methods import flexibility as method
from wayforward.options.models import BreakPoint, OptionPhase

MONTHS = 12
FIRST_MONTH = 4  # of a financial year: April
KNOWN = (
    "Known by a break are the delays of phases that start before it, and what varies of lines and risks that fall "
    "before it; whether to stop is decided on those alone, the rest as the records state it."
)
NEVER_BEGUN = (
    "Stopping is worth much to an option that should not be begun: read what it is worth with the right."
)
REVERTS = "Stopping takes the option back to business as usual from the end of the notice."
FIGURES = ("exit_cost", "committed", "with_right", "worth", "worth_se", "stopped", "known")


@dataclass(frozen=True)
class Valued:
    """A break point with what the right to stop there is worth."""

    exit_cost: float
    known: int
    figures: method.BreakPoint


@finding(
    "appraisal.flexibility",
    title="What the right to stop is worth",
    question="What is it worth to be able to stop at each break point?",
    method="flexibility",
    unit="GBP",
    prices="real",
    reads=(*DRAWN_READS, BreakPoint),
)
def flexibility(case: Reading) -> Result:
    """By break point: worth from then on with and without the right to stop, and what leaving costs."""
    options, found = Appraised.of(case), ensemble(case)
    points = sorted(
        case.rows(BreakPoint), key=lambda row: (row.option.order, row.falls or date.max, row.code)
    )
    rows = [_row(case, options, found, point) for point in points]
    return Result(
        headline=_headline(rows, points),
        columns=(
            OPTION,
            Column("break_point", "Break point", refers="break_point"),
            Column("falls", "Falls on", "date"),
            Column("ends", "Stops by", "date"),
            Column("known", "Things known by then", "things"),
            Column("exit_cost", "Cost of leaving, present value", "GBP"),
            Column("committed", "Worth from then on, going on whatever is seen", "GBP"),
            Column("with_right", "Worth with the right to stop", "GBP"),
            Column("worth", "What the right is worth", "GBP", apart=True),
            Column("worth_se", "Standard error", "GBP"),
            Column("stopped", "Share of draws that would stop", "fraction"),
        ),
        rows=tuple(rows),
        value_column="worth",
        used=rests_on_draws(case, options) + given(points, "falls", "notice_months", "exit_cost"),
        parameters=draw_parameters(case, found),
        warnings=(KNOWN, REVERTS, NEVER_BEGUN, ALL_AT_ONCE, *still(options), *stands_on(case, options)),
        waiting=(
            *(lacking(case) if points else ("a break point of an option",)),
            *(words for point in points for words in _lacking(point)),
        ),
    )


def _row(case: Reading, options: Appraised, found: Ensemble | None, point: BreakPoint) -> Row:
    ends = _ends(point)
    row: dict[str, Scalar] = {
        "option": point.option.code,
        "break_point": point.code,
        "falls": point.falls.isoformat() if point.falls else None,
        "ends": ends.isoformat() if ends else None,
        **dict.fromkeys(FIGURES),
    }
    if found is None or ends is None or point.exit_cost is None or point.option.code not in found.options:
        return row
    if share_after(case.years, ends).sum() == 0:
        return row | dict.fromkeys(FIGURES, "")  # nothing is left to stop
    one = _valued(case, options, found, point, ends)
    return row | {
        "exit_cost": one.exit_cost,
        "committed": one.figures.committed,
        "with_right": one.figures.with_right,
        "worth": one.figures.worth,
        "worth_se": one.figures.standard_error,
        "stopped": one.figures.stopped,
        "known": one.known,
    }


def _valued(case: Reading, options: Appraised, found: Ensemble, point: BreakPoint, ends: date) -> Valued:
    """The right to stop valued on the draws: what going on is worth, foreseen from what is known by then."""
    place = found.options.index(point.option.code)
    after = share_after(case.years, ends)
    going_on = found.model.only(place, after)
    known = _known_by(case, found, place, point)
    # What is foreseen: what is known stands where it was drawn, the rest as the records state it.
    seen = {name: shares for name, shares in found.by_driver.items() if name in known}
    everything = found.by_driver or {"nothing": np.zeros(found.draws)}
    signal = going_on.worths(seen)[:, 0] if seen else np.zeros(found.draws)
    cost = float(point.exit_cost) * float(options.factors[_year_of(case.years, ends)])
    figures = method.break_point(going_on.worths(everything)[:, 0], signal, cost)
    return Valued(cost, len(known), figures)


def _known_by(case: Reading, found: Ensemble, place: int, point: BreakPoint) -> set[str]:
    """The drivers that are known by a break: of what falls before it, and of phases that start before it."""
    falls = point.falls
    if falls is None:
        return set()
    before = 1 - share_after(case.years, falls)
    parts, _ = found.model.options[place]
    known: set[str] = set()
    for part in parts:
        if (part.worth * before).any() or (np.nan_to_num(part.cash) * before).any():
            known |= {mover.driver for mover in part.movers}
    for phase in case.rows(OptionPhase):
        own = phase.option.code == point.option.code and phase.starts is not None and phase.starts < falls
        if own and phase.reference in found.varying.of_phase:
            known.add(found.varying.of_phase[phase.reference][0])
    return known


def share_after(years: Sequence[int], day: date) -> Floats:
    """The share of each financial year that lies after a day, by whole months."""
    passed = [(day.year - year) * MONTHS + day.month - FIRST_MONTH + (day.day > 1) for year in years]
    return 1 - np.clip(np.array(passed, dtype=np.float64) / MONTHS, 0.0, 1.0)


def _year_of(years: Sequence[int], day: date) -> int:
    """The place of the financial year in which a day falls; the first or last where it falls outside."""
    first = day.year if day.month >= FIRST_MONTH else day.year - 1
    return int(np.clip(first - years[0], 0, len(years) - 1))


def _ends(point: BreakPoint) -> date | None:
    """The day by which an option stops: its notice, in whole months, after the break; None while not known."""
    if point.falls is None or point.notice_months is None:
        return None
    months = point.falls.month - 1 + int(np.ceil(float(point.notice_months)))
    year, month = point.falls.year + months // MONTHS, months % MONTHS + 1
    return date(year, month, min(point.falls.day, monthrange(year, month)[1]))


def _lacking(point: BreakPoint) -> tuple[str, ...]:
    """What a break point waits for."""
    names = (("falls", "the day"), ("notice_months", "the notice"), ("exit_cost", "the cost of leaving"))
    return tuple(
        f"{words} of {point.name} ({point.code})" for name, words in names if getattr(point, name) is None
    )


def _headline(rows: Sequence[Row], points: Sequence[BreakPoint]) -> str:
    if not points:
        return "No break point is recorded"
    known = [(point, row) for point, row in zip(points, rows, strict=True) if isinstance(row["worth"], float)]
    if not known:
        return "What the right to stop is worth is not known yet"
    point, row = max(known, key=lambda pair: float(pair[1]["worth"] or 0.0))
    worth, error = float(row["worth"] or 0.0), float(row["worth_se"] or 0.0)
    if worth <= 2 * error:
        many = show.count(len(known), "break point")
        return f"At none of {many} would the right to stop be worth anything that can be told from chance"
    return (
        f"The right to stop is worth most at {point.name}, {point.option.short_name}: {show.money(worth)} "
        f"(standard error {show.money(error)})"
    )
