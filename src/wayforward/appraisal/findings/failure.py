"""When each option fails: the conditions under which it misses a limit, from told roughly to told sharply.

A person chooses the step on the way; the software offers none.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wayforward.appraisal.draws import DRAWN_READS, Ensemble, ensemble, lacking
from wayforward.appraisal.findings.basis import OPTION, stands_on
from wayforward.appraisal.findings.robustness import (
    as_threshold,
    limit_in_words,
    measures,
    not_measured,
    thresholds,
)
from wayforward.appraisal.findings.uncertainty import ALL_AT_ONCE, rests_on_draws, still
from wayforward.appraisal.lines import Appraised
from wayforward.appraisal.models import FailureCondition, Threshold
from wayforward.appraisal.moving import SHARES
from wayforward.appraisal.varying import Driver
from wayforward.findings import Column, Result, finding, show
from wayforward.findings.compute import Reading
from wayforward.findings.finding import Row
from wayforward.findings.provenance import used
from wayforward.methods import Floats, prim, satisficing
from wayforward.methods.distributions import quantile

SELDOM, MOSTLY = 0.02, 0.98  # outside these there is too little to tell failing from keeping
MOST_PAIRS = 8
MOST_DRIVERS = 6
PEEL = 0.1
FINEST = 50  # at least so many values are told apart over a range
PERCENT = 100.0
APART = 0.1  # two steps shown differ by so much coverage, or in what they restrict
FLATTERED = (
    "Density is that of the draws on which the conditions were found, and so a little flattered. "
    "A step's number belongs to these draws: after the records change, look again before relying on one chosen earlier."
)

Flags = NDArray[np.bool_]


COLUMNS = (
    OPTION,
    Column("limit", "Limit"),
    Column("step", "Step", "step"),
    Column("coverage", "Share of the misses that it covers", "fraction"),
    Column("density", "Share of such draws that miss", "fraction"),
    Column("density_se", "Standard error", "fraction"),
    Column("restricted", "Things restricted", "things"),
    Column("condition", "Condition"),
    Column("chosen", "Chosen by"),
    Column("threshold", "Limit's code", detail=True),
)


@dataclass(frozen=True, eq=False)
class Pair:
    """An option and a limit, with the draws in which it misses it; `chosen` is the step that somebody chose."""

    place: int
    code: str
    limit: Threshold
    missed: Flags
    chosen: FailureCondition | None

    @property
    def share(self) -> float:
        """In what share of draws it misses the limit."""
        return float(self.missed.mean())


@finding(
    "appraisal.failure",
    title="When each option would miss a limit",
    question="Under which conditions does an option fail, and how sharply can that be said?",
    method="prim",
    unit="fraction",
    reads=(*DRAWN_READS, Threshold, FailureCondition),
    needs=("finance.headroom",),
)
def failure(case: Reading) -> Result:
    """By option and limit the steps from all draws to those that fail most, and the step that a person chose."""
    options, found, limits = Appraised.of(case), ensemble(case), thresholds(case)
    every = _pairs(case, found, limits) if found else []
    told, left = _bounded(every)
    rows = [row for pair in told for row in _steps(found, pair)] if found else []
    named = {(row["option"], row["threshold"]) for row in rows if row["chosen"]}
    chosen = [pair for pair in told if (pair.code, pair.limit.code) in named]
    return Result(
        headline=_headline(told, chosen, bool(limits and found)),
        columns=COLUMNS,
        rows=tuple(rows),
        value_column="condition",
        used=rests_on_draws(case, options)
        + used(limits, "value")
        + used(case.rows(FailureCondition), "step"),
        parameters={
            "draws": found.draws if found else None,
            "peel": PEEL,
            "least_mass": prim.LEAST_MASS,
            "drivers_looked_at": MOST_DRIVERS,
            **{f"limit_{row.code}": limit_in_words(row) for row in limits},
        },
        warnings=(
            *_left_out(options, left),
            FLATTERED,
            ALL_AT_ONCE,
            *still(options),
            *stands_on(case, options),
        ),
        waiting=(
            *lacking(case),
            *(() if limits else ("a limit that an option must keep to be good enough",)),
            *not_measured(case, options, found),
            *_to_choose(options, told),
            *_lost_choices(case, rows),
        ),
    )


def _pairs(case: Reading, found: Ensemble, limits: Sequence[Threshold]) -> list[Pair]:
    """Each option with each limit whose measure is known for it."""
    values = measures(case, found)
    chosen = {(row.option.code, row.threshold.code): row for row in case.rows(FailureCondition)}
    pairs = []
    for place, code in enumerate(found.options):
        for limit in limits:
            column = values[limit.measure][:, place]
            if not np.isnan(column).any():
                missed = _misses(column, as_threshold(limit))
                pairs.append(Pair(place, code, limit, missed, chosen.get((code, limit.code))))
    return pairs


def _misses(column: Floats, limit: satisficing.Threshold) -> Flags:
    return np.asarray(column > limit.level if limit.at_most else column < limit.level)


def _bounded(pairs: Sequence[Pair]) -> tuple[list[Pair], list[Pair]]:
    """The pairs that are worked out, and those left out: first what somebody chose, then what is least settled."""
    open_yet = [pair for pair in pairs if SELDOM <= pair.share <= MOSTLY]
    first = sorted(open_yet, key=lambda pair: (pair.chosen is None, abs(pair.share - 0.5)))[:MOST_PAIRS]
    kept = [pair for pair in open_yet if pair in first]
    return kept, [pair for pair in pairs if pair not in kept]


def _steps(found: Ensemble | None, pair: Pair) -> list[Row]:
    """The steps of one pair that tell something new, each with its condition in words."""
    if found is None:
        return []
    drivers = _telling(found, pair)
    if not drivers:
        return []
    names = {driver.name: driver.words for driver in drivers}
    units = {driver.name: _unit(driver) for driver in drivers}
    inputs = {driver.name: _values(driver, found.by_driver[driver.name]) for driver in drivers}
    steps = prim.trajectory(prim.cases(inputs, pair.missed), alpha=PEEL)
    rows: list[Row] = []
    for number in _shown(steps, pair.chosen.step if pair.chosen else None):
        step = steps[number]
        by = pair.chosen if pair.chosen and pair.chosen.step == number else None
        density = step.density or 0.0
        rows.append(
            {
                "option": pair.code,
                "limit": pair.limit.name,
                "step": number,
                "coverage": step.coverage,
                "density": step.density,
                "density_se": float(np.sqrt(density * (1 - density) / step.cases)),
                "restricted": step.restricted,
                "condition": _condition(step, names, units),
                "chosen": (by.chosen_by or "somebody") if by else "",
                "threshold": pair.limit.code,
            }
        )
    return rows


def _telling(found: Ensemble, pair: Pair) -> list[Driver]:
    """The drivers of the option that go most with missing the limit, in their order."""
    moving = found.model.moved(pair.place)
    of_option = [driver for driver in found.drivers if driver.name in moving]
    missed = pair.missed - pair.missed.mean()
    goes_with = {
        driver.name: abs(float(missed @ (found.by_driver[driver.name] - 0.5))) for driver in of_option
    }
    first = sorted(goes_with, key=lambda name: (-goes_with[name], name))[:MOST_DRIVERS]
    return [driver for driver in of_option if driver.name in first]


def _values(driver: Driver, shares: Floats) -> Floats | list[str]:
    """What a driver stood at in each draw, in its own unit; its place in the range where lines range differently."""
    if driver.kind == "risk":
        return [
            "coming about" if value > 0 else "not coming about" for value in quantile(driver.spread, shares)
        ]
    if not driver.alike:
        return _plain(shares * PERCENT)
    value = quantile(driver.spread, shares)
    if driver.kind == "delay":
        return np.rint(np.maximum(value, 0))
    return _plain(value * PERCENT if driver.kind == "line" else value)


def _plain(values: Floats) -> Floats:
    """Values to about a hundredth of their range, so that a limit on them can be said."""
    reach = float(values.max() - values.min())
    return np.round(values, int(np.ceil(-np.log10(reach / FINEST)))) if reach else values


def _unit(driver: Driver) -> str:
    """What stands after a limit on a driver."""
    if driver.kind == "delay":
        return "months"
    if not driver.alike:
        return "% of the way from low to high"
    if driver.kind == "line":
        return "% of likely"
    if driver.field in SHARES:
        return "%"
    return "£" if driver.field == "unit_value" else ""


def _condition(step: prim.Step, names: Mapping[str, str], units: Mapping[str, str]) -> str:
    """The condition of a step, without the shares that stand in columns of their own."""
    words = prim.words(step, names, units)
    said = words.rpartition(": ")[0].removeprefix("fails ").replace(" % of", "% of")
    return said if step.limits else "none: all draws"


def _shown(steps: Sequence[prim.Step], chosen: int | None) -> list[int]:
    """The numbers of the steps that tell something new: what is restricted, or a tenth less coverage."""
    kept: list[int] = []
    for number, step in enumerate(steps):
        last = steps[kept[-1]] if kept else None
        new = last is None or step.restricted != last.restricted or last.coverage - step.coverage >= APART
        if new or number in (chosen, len(steps) - 1):
            kept.append(number)
    return kept


def _headline(told: Sequence[Pair], chosen: Sequence[Pair], known: bool) -> str:
    if not known:
        return "When the options would miss a limit is not known yet"
    if not told:
        return "No option misses a limit in more than 2% and less than 98% of draws"
    if not chosen:
        open_yet = show.count(len(told), "pair")
        return f"{open_yet} of option and limit can fail: a person has yet to choose a step for each"
    return f"A condition of failure is chosen for {len(chosen)} of {show.count(len(told), 'pair')} of option and limit"


def _left_out(options: Appraised, left: Sequence[Pair]) -> tuple[str, ...]:
    if not left:
        return ()
    settled = [pair for pair in left if not SELDOM <= pair.share <= MOSTLY]
    rest = [pair for pair in left if pair not in settled]
    told = [f"{_pair(options, pair)} ({show.percent(pair.share)} of draws miss)" for pair in settled]
    notes = []
    if told:
        notes.append(f"Too seldom or too often missed to say when: {show.some(told)}.")
    if rest:
        more = [_pair(options, pair) for pair in rest]
        notes.append(f"Only {MOST_PAIRS} pairs are worked out; left out: {show.some(more)}.")
    return tuple(notes)


def _to_choose(options: Appraised, told: Sequence[Pair]) -> tuple[str, ...]:
    without = [_pair(options, pair) for pair in told if not pair.chosen]
    return (f"somebody to choose a step for {show.some(without)}",) if without else ()


def _pair(options: Appraised, pair: Pair) -> str:
    """'Shared against cost', in words."""
    return f"{options.others[pair.place].option.short_name} against {pair.limit.name}"


def _lost_choices(case: Reading, rows: Sequence[Row]) -> tuple[str, ...]:
    """The choices of a step that is not on the way."""
    shown = {(row["option"], row["threshold"]) for row in rows if row["chosen"]}
    chosen = case.rows(FailureCondition)
    lost = [row.code for row in chosen if (row.option.code, row.threshold.code) not in shown]
    return (f"a new choice for {show.some(lost)}: no such step is on the way now",) if lost else ()
