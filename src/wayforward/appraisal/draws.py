"""The options in many draws: every line, duration, effect and risk varies at once, and all options meet the same draws.

What varies is a driver: lines of one driver stand at the same place of their ranges in every draw. A driver is drawn
as that place, a share from 0 (low) to 1 (high), so that lines with different ranges can share it.
"""

import copy
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np

from wayforward.appraisal.levels import price_index
from wayforward.appraisal.lines import READS, Appraised, OptionLines
from wayforward.appraisal.models import BenefitLine, Correlation, CostLine, Line, Uncertainty
from wayforward.appraisal.moving import COLUMNS, Key, Lateness, Model, Mover, Part, most_months, with_shares
from wayforward.appraisal.priced import Priced, Prices
from wayforward.appraisal.varying import Driver, Varying, pairs, stated, varying
from wayforward.findings.compute import Reading
from wayforward.methods import Floats, montecarlo
from wayforward.methods.distributions import distribution
from wayforward.methods.ensemble import Executor
from wayforward.methods.flows import less
from wayforward.options.models import OptionPhase

DRAWS = 10_000
DRAWN_READS = (*READS, Uncertainty, Correlation)
SHARE = distribution("uniform", 0, 0.5, 1)


@dataclass(frozen=True, eq=False)
class Ensemble:
    """What each option comes to in each draw, against business as usual, and where each driver stood.

    `benefits` and `cost` are (draws, options) in present value; `need` is the cash an option takes above business as
    usual, (draws, options, years), nan while inflation is not known; `late` the months that its latest phase is late,
    (draws, options), nan where nothing is said of delays; `shares` is (draws, drivers). `model` gives the same for any
    other shares.
    """

    options: tuple[str, ...]
    drivers: tuple[Driver, ...]
    shares: Floats
    benefits: Floats
    cost: Floats
    late: Floats
    need: Floats
    model: Model
    varying: Varying

    @cached_property
    def npsv(self) -> Floats:
        """Benefits less cost, present value."""
        return np.asarray(self.benefits - self.cost)

    @property
    def draws(self) -> int:
        """How many draws there are."""
        return len(self.benefits)

    @cached_property
    def by_driver(self) -> dict[str, Floats]:
        """The shares of each driver, by its name."""
        return {driver.name: self.shares[:, place] for place, driver in enumerate(self.drivers)}


def ensemble(case: Reading) -> Ensemble | None:
    """The draws of a case, worked out once for all findings; None while any option waits or a distribution is
    impossible: `lacking` says what."""
    found = _drawn(case)
    return found if isinstance(found, Ensemble) else None


def lacking(case: Reading) -> tuple[str, ...]:
    """What the draws of a case wait for; empty where there are draws."""
    found = _drawn(case)
    return () if isinstance(found, Ensemble) else found


def _drawn(case: Reading) -> "Ensemble | tuple[str, ...]":
    return case.shared("draws", DRAWN_READS, _try)


def _try(case: Reading) -> "Ensemble | tuple[str, ...]":
    options = Appraised.of(case)
    waits = [words for item in options.options for words in item.waiting]
    if options.usual is None:
        waits.append("an option of kind business as usual")
    if not options.others:
        waits.append("an option to compare with business as usual")
    try:
        return tuple(waits) if waits else draw(case) or ()
    except ValueError as impossible:
        return (f"what varies to be possible ({impossible})",)


def draw(case: Reading, draws: int = DRAWS, executor: Executor | None = None) -> Ensemble | None:
    """The options in so many draws; None while any of them waits for a figure or there is none to compare.

    Raises ValueError, naming the record, where a distribution or a correlation is impossible.
    """
    options = Appraised.of(case)
    if options.usual is None or not options.others or any(item.waiting for item in options.options):
        return None
    found = varying(case, options)
    model = model_of(case, options, found)
    # A case in which nothing varies still has draws: each of them the same.
    inputs = dict.fromkeys(model.drivers or ("nothing",), SHARE)
    task = partial(with_shares, model, tuple(inputs))
    table = montecarlo.run(task, inputs, draws, case.exercise.seed, pairs(case, found), executor)
    return _ensemble(options, found, model, table, len(inputs))


def _ensemble(options: Appraised, found: Varying, model: Model, table: Floats, inputs: int) -> Ensemble:
    rest = table[:, inputs:].reshape(len(table), len(model.options), COLUMNS + model.years)
    return Ensemble(
        options=tuple(item.option.code for item in options.others),
        drivers=tuple(found.drivers[name] for name in model.drivers),
        shares=table[:, : len(model.drivers)],
        benefits=rest[:, :, 0],
        cost=rest[:, :, 1],
        late=rest[:, :, 2],
        need=rest[:, :, COLUMNS:],
        model=model,
        varying=found,
    )


def model_of(case: Reading, options: Appraised, found: Varying) -> Model:
    """The options as a model of what varies."""
    parts = _Parts(case, options, found)
    base = {} if options.usual is None else parts.of(options.usual)
    made = []
    for item in options.others:
        joined = dict(parts.of(item))
        for key, (worth, cash) in base.items():
            mine, spent = joined.get(key, (np.zeros_like(worth), np.zeros_like(cash)))
            joined[key] = (less(mine, worth), less(spent, cash))
        kept = tuple(
            Part(*key, worth, cash) for key, (worth, cash) in joined.items() if worth.any() or cash.any()
        )
        made.append((kept, parts.lateness(item)))
    return Model(tuple(made), tuple(found.drivers), len(options.years))


class _Parts:
    """What gathers lines by what moves them, for each option of a case."""

    def __init__(self, case: Reading, options: Appraised, found: Varying) -> None:
        self._options, self._found = options, found
        self._index = price_index(case)
        self._own = ("", case.exercise.organisation)
        self._phases = case.rows(OptionPhase)
        self._bare = Prices(case)  # prices of lines without the effects that vary

    def of(self, item: OptionLines) -> dict[Key, tuple[Floats, Floats]]:
        """The lines and risks of an option: (worth, cash), each (delays, years)."""
        delays = self._delays(item)
        budgeted = {line.reference for line in item.budgeted}
        joined: dict[Key, tuple[Floats, Floats]] = {}
        for line in (*item.lines, *item.budgeted):
            movers, delay = self._movers(line), delays.get(line.phase)
            worth, cash = self._by_delay(line, movers, delay)
            # What only a budget knows is worth nothing to society.
            worth = np.zeros_like(worth) if line.reference in budgeted else worth
            cash = cash if _is_cash(line, self._own) else np.zeros_like(cash)
            _add(joined, (isinstance(line, BenefitLine), movers, delay), worth, cash)
        self._add_risks(joined, item)
        return joined

    def lateness(self, item: OptionLines) -> Lateness:
        """The delays of an option's phases."""
        drawn = self._delays(item)
        months = [
            phase.delay_months
            for phase in self._phases
            if phase.option is item.option and phase.phase not in drawn and phase.delay_months is not None
        ]
        return Lateness(max(months, default=None), tuple(drawn.values()))

    def _delays(self, item: OptionLines) -> dict[str, Mover]:
        """The delays that vary, by phase."""
        found = {}
        for phase in self._phases:
            if phase.option is item.option and phase.reference in self._found.of_phase:
                name, spread = self._found.of_phase[phase.reference]
                found[phase.phase] = Mover(name, spread, "delay_months", float(phase.delay_months or 0))
        return found

    def _movers(self, line: Line) -> tuple[Mover, ...]:
        return tuple(
            Mover(name, spread, field, stated(line, field) if field else 1.0)
            for name, spread, field in self._found.of_line.get(line.reference, [])
        )

    def _by_delay(self, line: Line, movers: tuple[Mover, ...], delay: Mover | None) -> tuple[Floats, Floats]:
        """A line's (worth, cash) by months late: as stated, or from none to the most that is drawn."""
        priced = self._priced(line, movers)
        months = [priced.months] if delay is None else range(most_months(delay) + 1)
        paid = np.array([priced.moved(late)[0] for late in months])
        kept = np.array(paid)
        kept[:, -1] -= priced.residual
        return kept * self._options.discount([line])[0], paid * self._index

    def _priced(self, line: Line, movers: tuple[Mover, ...]) -> Priced:
        """The line as it counts but for the effects that vary: a line may state nothing of what it may yet have."""
        effects = [mover.field for mover in movers if mover.field]
        if not effects:
            return self._options.prices.of(line)
        whole = copy.copy(line)
        for name in effects:
            setattr(whole, name, 0 if name == "deadweight" else 1)
        return self._bare.of(whole)

    def _add_risks(self, joined: dict[Key, tuple[Floats, Floats]], item: OptionLines) -> None:
        """What an option's risks are expected to cost, each moved by whether it comes about. It is paid in cash."""
        worth, plain = (self._options.risked(item, discounted=told).amounts for told in (True, False))
        for row, risk in enumerate(item.risks):
            drawn = self._found.of_risk.get(risk.reference)
            movers = (Mover(*drawn, "", 1.0),) if drawn else ()
            _add(joined, (False, movers, None), worth[row : row + 1], plain[row : row + 1] * self._index)


def _add(joined: dict[Key, tuple[Floats, Floats]], key: Key, worth: Floats, cash: Floats) -> None:
    before = joined.get(key)
    joined[key] = (worth, cash) if before is None else (before[0] + worth, before[1] + cash)


def _is_cash(line: Line, own: tuple[str, str]) -> bool:
    if line.organisation not in own:
        return False
    if isinstance(line, BenefitLine):
        return line.benefit_kind == "cash-releasing"
    return isinstance(line, CostLine) and bool(line.cash)
