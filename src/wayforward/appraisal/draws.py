"""The options in many draws: every line, duration, effect and risk varies at once, and all options meet the same draws.

What varies is a driver: lines of one driver stand at the same place of their ranges in every draw. A driver is drawn
as that place, a share from 0 (low) to 1 (high), so that lines with different ranges can share it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from wayforward.appraisal.levels import price_index
from wayforward.appraisal.lines import READS, Appraised, OptionLines
from wayforward.appraisal.models import BenefitLine, Correlation, CostLine, Line, Uncertainty
from wayforward.appraisal.varying import Driver, Varying, pairs, varying
from wayforward.findings.compute import Reading
from wayforward.methods import Floats, montecarlo
from wayforward.methods.distributions import Distribution, distribution, quantile
from wayforward.methods.ensemble import Executor
from wayforward.options.models import OptionPhase

DRAWS = 10_000
DRAWN_READS = (*READS, Uncertainty, Correlation)
SHARE = distribution("uniform", 0, 0.5, 1)
Key = tuple[bool, tuple[tuple[str, Distribution, str, float], ...], tuple[str, Distribution] | None]


@dataclass(frozen=True, eq=False)
class Part:
    """Lines of an option that vary as one, less those of business as usual: pounds by months late and by year.

    `movers` are (driver, distribution, field, likely): what multiplies them. `worth` is in present value and `cash` in
    cash of the year, both (delays, years); a part that no delay moves has one row.
    """

    benefit: bool
    movers: tuple[tuple[str, Distribution, str, float], ...]
    delay: tuple[str, Distribution] | None
    worth: Floats
    cash: Floats


@dataclass(frozen=True)
class Lateness:
    """The delays of an option's phases: the months stated, and the drivers of those that vary."""

    stated: int
    drawn: tuple[tuple[str, Distribution], ...]


@dataclass(frozen=True, eq=False)
class Model:
    """All options as parts; called with a chunk of shares it gives a row a draw (see `Ensemble`)."""

    options: tuple[tuple[tuple[Part, ...], Lateness], ...]
    drivers: tuple[str, ...]
    years: int

    def __call__(self, shares: Mapping[str, Floats]) -> Floats:
        """Columns: shares by driver; then by option benefits, cost, months late, and cash needed by year."""
        columns = [shares[name] for name in self.drivers]
        size = len(columns[0]) if columns else 1
        for parts, lateness in self.options:
            columns += _option(parts, lateness, shares, size, self.years)
        return np.column_stack(columns)


@dataclass(frozen=True, eq=False)
class Ensemble:
    """What each option comes to in each draw, against business as usual, and where each driver stood.

    `npsv`, `benefits` and `cost` are (draws, options) in present value; `need` is the cash an option takes above
    business as usual, (draws, options, years); `late` the months that its latest phase is late, (draws, options);
    `shares` is (draws, drivers). `model` gives the same for any other shares.
    """

    options: tuple[str, ...]
    drivers: tuple[Driver, ...]
    shares: Floats
    benefits: Floats
    cost: Floats
    late: Floats
    need: Floats
    model: Model

    @property
    def npsv(self) -> Floats:
        """Benefits less cost, present value."""
        return np.asarray(self.benefits - self.cost)

    @property
    def draws(self) -> int:
        """How many draws there are."""
        return len(self.benefits)


def ensemble(case: Reading) -> Ensemble | None:
    """The draws of a case, worked out once for all findings; None while any option waits for a figure."""
    return case.shared("draws", DRAWN_READS, draw)


def draw(case: Reading, draws: int = DRAWS, executor: Executor | None = None) -> Ensemble | None:
    """The options in so many draws; None while any of them waits for a figure or there is none to compare."""
    options = Appraised.of(case)
    if options.usual is None or not options.others or any(item.waiting for item in options.options):
        return None
    found = varying(case, options)
    model = model_of(case, options, found)
    inputs = dict.fromkeys(model.drivers, SHARE)
    # A case in which nothing varies still has a draw: each of them the same.
    inputs = inputs or {"nothing": SHARE}
    table = montecarlo.run(model, inputs, draws, case.exercise.seed, pairs(case, found), executor)
    return _ensemble(options, found, model, table)


def _ensemble(options: Appraised, found: Varying, model: Model, table: Floats) -> Ensemble:
    names = model.drivers
    width = 3 + model.years
    rest = table[:, len(names) :].reshape(len(table), len(model.options), width)
    return Ensemble(
        options=tuple(item.option.code for item in options.others),
        drivers=tuple(found.drivers[name] for name in names),
        shares=table[:, : len(names)],
        benefits=rest[:, :, 0],
        cost=rest[:, :, 1],
        late=rest[:, :, 2],
        need=rest[:, :, 3:],
        model=model,
    )


def model_of(case: Reading, options: Appraised, found: Varying) -> Model:
    """The options as a model of what varies."""
    index = price_index(case)
    own = ("", case.exercise.organisation)
    usual = options.usual
    parts = partial(_parts, case, options, found, index, own)
    base = {} if usual is None else parts(usual)
    made = []
    for item in options.others:
        joined = dict(parts(item))
        for key, (worth, cash) in base.items():
            mine, spent = joined.get(key, (np.zeros_like(worth), np.zeros_like(cash)))
            joined[key] = (mine - worth, spent - cash)
        kept = tuple(
            Part(*key, worth, cash) for key, (worth, cash) in joined.items() if worth.any() or cash.any()
        )
        made.append((kept, _lateness(case, item, found)))
    return Model(tuple(made), tuple(found.drivers), len(options.years))


def _parts(
    case: Reading,
    options: Appraised,
    found: Varying,
    index: Floats,
    own: tuple[str, str],
    item: OptionLines,
) -> dict[Key, tuple[Floats, Floats]]:
    """The lines of an option by what moves them: (worth, cash), each (delays, years)."""
    late = {
        phase.phase: found.of_phase[phase.reference]
        for phase in case.rows(OptionPhase)
        if phase.option is item.option and phase.reference in found.of_phase
    }
    joined: dict[Key, tuple[Floats, Floats]] = {}
    for line in (*item.lines, *item.budgeted):
        delay = late.get(line.phase)
        key = (isinstance(line, BenefitLine), _movers(line, found), delay)
        worth, cash = _by_delay(options, line, delay, index)
        worth = np.zeros_like(worth) if line in item.budgeted else worth
        cash = cash if _is_cash(line, own) else np.zeros_like(cash)
        before = joined.get(key, (np.zeros_like(worth), np.zeros_like(cash)))
        joined[key] = (before[0] + worth, before[1] + cash)
    _add_risks(joined, options, item, found, index)
    return joined


def _add_risks(
    joined: dict[Key, tuple[Floats, Floats]],
    options: Appraised,
    item: OptionLines,
    found: Varying,
    index: Floats,
) -> None:
    """What an option's risks are expected to cost, each moved by whether it comes about. It is paid in cash."""
    worth, plain = options.risked(item, discounted=True).amounts, options.risked(item).amounts
    for row, risk in enumerate(item.risks):
        mover = found.of_risk.get(risk.reference)
        movers = ((*mover, "", 1.0),) if mover else ()
        key: Key = (False, movers, None)
        before = joined.get(key, (np.zeros((1, len(index))),) * 2)
        joined[key] = (before[0] + worth[row], before[1] + plain[row] * index)


def _movers(line: Line, found: Varying) -> tuple[tuple[str, Distribution, str, float], ...]:
    """What multiplies a line: (driver, distribution, field, likely)."""
    told = []
    for name, spread, field in found.of_line.get(line.reference, []):
        stated = getattr(line, field) if field else None
        told.append((name, spread, field, 1.0 if stated is None else float(stated)))
    return tuple(told)


def _by_delay(
    options: Appraised, line: Line, delay: tuple[str, Distribution] | None, index: Floats
) -> tuple[Floats, Floats]:
    """A line's (worth, cash) by months late: as stated, or from none to the most that is drawn."""
    priced = options.prices.of(line)
    months = [priced.months] if delay is None else range(most_months(delay[1]) + 1)
    paid = np.array([priced.moved(late)[0] for late in months])
    kept = np.array(paid)
    kept[:, -1] -= priced.residual
    return kept * options.discount([line])[0], paid * index


def most_months(spread: Distribution) -> int:
    """The most whole months of a delay that can be drawn; of one without end, all but one in a million."""
    most = (
        spread.high
        if spread.shape not in ("normal", "lognormal")
        else quantile(spread, np.array([1 - 1e-6]))[0]
    )
    return max(int(np.ceil(most)), 0)


def _is_cash(line: Line, own: tuple[str, str]) -> bool:
    if line.organisation not in own:
        return False
    if isinstance(line, BenefitLine):
        return line.benefit_kind == "cash-releasing"
    return isinstance(line, CostLine) and bool(line.cash)


def _lateness(case: Reading, item: OptionLines, found: Varying) -> Lateness:
    phases = [phase for phase in case.rows(OptionPhase) if phase.option is item.option]
    drawn = tuple(found.of_phase[p.reference] for p in phases if p.reference in found.of_phase)
    stated = [p.delay_months or 0 for p in phases if p.reference not in found.of_phase]
    return Lateness(max(stated, default=0), drawn)


def _option(
    parts: Sequence[Part], lateness: Lateness, shares: Mapping[str, Floats], size: int, years: int
) -> list[Floats]:
    """The columns of one option: benefits, cost, months late, cash needed by year."""
    benefits, cost, need = np.zeros(size), np.zeros(size), np.zeros((years, size))
    for part in parts:
        times = _times(part, shares, size)
        worth, cash = part.worth.sum(axis=1), part.cash
        if part.delay is None:
            value, spent = worth[0] * times, cash[0][:, None] * times
        else:
            late = months_late(part.delay[1], shares[part.delay[0]])
            value, spent = worth[late] * times, cash[late].T * times
        if part.benefit:
            benefits += value
            need -= spent
        else:
            cost += value
            need += spent
    late_months = np.full(size, float(lateness.stated))
    for name, spread in lateness.drawn:
        late_months = np.maximum(late_months, months_late(spread, shares[name]))
    return [benefits, cost, late_months, *need]


def _times(part: Part, shares: Mapping[str, Floats], size: int) -> Floats:
    """What multiplies a part in each draw: its lines' place in their range, and how far an effect reaches."""
    times = np.ones(size)
    for name, spread, field, likely in part.movers:
        drawn = quantile(spread, shares[name])
        if field == "deadweight":
            times = times * (1 - drawn) / (1 - likely)
        else:
            times = times * drawn / (likely if field else 1.0)
    return times


def months_late(spread: Distribution, shares: Floats) -> "np.ndarray[tuple[int], np.dtype[np.intp]]":
    """Whole months late, never before the plan."""
    return np.clip(np.rint(quantile(spread, shares)), 0, most_months(spread)).astype(np.intp)
