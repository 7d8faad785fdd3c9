"""What varies: the drivers of lines, of durations, of effects and of risks, each with its distribution."""

from dataclasses import dataclass, field

from wayforward.appraisal.lines import DEFAULT, Appraised, driver_of, risk_driver
from wayforward.appraisal.models import BenefitLine, Correlation, Line, Uncertainty
from wayforward.appraisal.moving import SHARES
from wayforward.findings import show
from wayforward.findings.compute import Reading
from wayforward.methods.distributions import Distribution, distribution
from wayforward.options.models import OptionPhase, OptionRisk

UNITS = ("units", "unit_value")
EFFECTS = (*SHARES, *UNITS)
DELAY = "delay_months"
OPEN_ENDED = ("normal", "lognormal")  # low and high are percentiles of them, not ends


@dataclass(frozen=True)
class Driver:
    """One thing that varies: its stream of draws, its words, what it moves, and how far that moves.

    `kind` is line, effect, delay or risk; `about` the references of the records whose figures it moves; `field` that
    of an effect or a delay. `spread` is how far it moves the first of them: a multiplier of a line's amounts, months, a
    share, a multiple of expected cost; `alike` says whether it moves the others as far.
    """

    name: str
    words: str
    kind: str
    about: tuple[str, ...]
    spread: Distribution
    field: str = ""
    alike: bool = True


@dataclass
class Varying:
    """The drivers of a case by name, and which of them moves what."""

    drivers: dict[str, Driver] = field(default_factory=dict)
    of_line: dict[str, list[tuple[str, Distribution, str]]] = field(default_factory=dict)
    of_phase: dict[str, tuple[str, Distribution]] = field(default_factory=dict)
    of_risk: dict[str, tuple[str, Distribution]] = field(default_factory=dict)

    def add(
        self, name: str, words: str, kind: str, about: str, spread: Distribution, field: str = ""
    ) -> None:
        """A driver, or one more record that it moves."""
        known = self.drivers.get(name)
        if known is None:
            self.drivers[name] = Driver(name, words, kind, (about,), spread, field)
            return
        alike = known.alike and spread == known.spread
        self.drivers[name] = Driver(
            name, known.words, kind, (*known.about, about), known.spread, field, alike
        )

    def driver_for(self, reference: str) -> str | None:
        """The driver behind a record: of a line its amounts, or the one effect that varies; None where none does."""
        if reference in self.drivers:  # an uncertainty names its driver
            return reference
        if reference in self.of_line:
            own = self.of_line[reference]
            amounts = [name for name, _, moved in own if not moved]
            return amounts[0] if amounts else own[0][0] if len(own) == 1 else None
        found = self.of_phase.get(reference) or self.of_risk.get(reference)
        return found[0] if found else None


def varying(case: Reading, options: Appraised) -> Varying:
    """All that varies in a case. Raises ValueError, naming the record, where a distribution is impossible."""
    found = Varying()
    lines = {line.reference: line for item in options.options for line in (*item.lines, *item.budgeted)}
    for line in lines.values():
        spread = spread_of(line)
        if spread is not None:
            name = driver_of(line)
            found.add(name, line.varies_with or line.name, "line", line.reference, spread)
            found.of_line.setdefault(line.reference, []).append((name, spread, ""))
    for item in options.options:
        for risk in item.risks:
            chances = risk_spread(risk)
            if chances is not None:
                found.add(risk_driver(risk), risk.name, "risk", risk.reference, chances)
                found.of_risk[risk.reference] = (risk_driver(risk), chances)
    phases = {phase.reference: phase for phase in case.rows(OptionPhase)}
    for row in case.rows(Uncertainty):
        # One that is fixed varies nothing: the value of its record stands.
        if row.distribution != "fixed":
            _add_uncertainty(found, row, lines, phases)
    return found


def _add_uncertainty(
    found: Varying, row: Uncertainty, lines: dict[str, Line], phases: dict[str, OptionPhase]
) -> None:
    name, line = row.reference, lines.get(row.about)
    if row.about in phases and row.field == DELAY:
        if row.about in found.of_phase:
            raise ValueError(f"{name}: the delay of {row.about} varies already; keep one of the two")
        spread = uncertainty_spread(row, float(phases[row.about].delay_months or 0))
        found.add(name, row.name, "delay", row.about, spread, DELAY)
        found.of_phase[row.about] = (name, spread)
    elif isinstance(line, BenefitLine) and row.field in fields_that_vary(line):
        own = found.of_line.setdefault(row.about, [])
        if row.field in [moved for _, _, moved in own]:
            raise ValueError(f"{name}: the {row.field} of {row.about} varies already; keep one of the two")
        spread = uncertainty_spread(row, stated(line, row.field))
        found.add(name, row.name, "effect", row.about, spread, row.field)
        own.append((name, spread, row.field))


def fields_that_vary(line: BenefitLine) -> tuple[str, ...]:
    """The effects that move a line: units and the value of one only where it is priced by them."""
    return SHARES if line.amounts is not None else EFFECTS


def stated(line: Line, field: str) -> float:
    """The value of an effect as its line states it: one that is not stated cuts nothing."""
    value = getattr(line, field)
    if value is not None:
        return float(value)
    return 0.0 if field == "deadweight" else 1.0


def spread_of(line: Line) -> Distribution | None:
    """The distribution of the multiplier of a line's amounts; None where it does not vary.

    Raises ValueError, naming the line, where it is impossible.
    """
    shape = line.distribution or DEFAULT
    low, high = (None if end is None else float(end) for end in (line.low, line.high))
    if shape == "fixed" or (shape != "discrete" and (low is None or high is None or low == high == 1)):
        return None
    if shape == "discrete":
        pairs = [(float(value), float(share)) for value, share in line.outcomes or []]
        return distribution("discrete", outcomes=pairs, what=line.reference)
    return distribution(shape, low, 1.0, high, what=line.reference)


def risk_spread(risk: OptionRisk) -> Distribution | None:
    """What a risk costs as a multiple of its expected cost: nothing, or all of it; None where it is certain."""
    chance = float(risk.probability)
    if chance >= 1:
        return None
    return distribution("discrete", outcomes=[(0.0, 1 - chance), (1 / chance, chance)], what=risk.reference)


def uncertainty_spread(row: Uncertainty, now: float) -> Distribution:
    """The distribution of a duration or an effect, in the field's own unit; `now` is the value of the field.

    Raises ValueError, naming the record, where it is impossible.
    """
    low, likely, high = (None if v is None else float(v) for v in (row.low, row.likely, row.high))
    if row.distribution == "discrete":
        pairs = [(float(value), float(share)) for value, share in row.outcomes or []]
        found = distribution("discrete", outcomes=pairs, what=row.reference)
    else:
        # A uniform range needs no likely value; the others turn about one.
        middle = now if likely is None and row.distribution != "uniform" else likely
        found = distribution(row.distribution, low, middle, high, what=row.reference)
    most = 1.0 if row.field in SHARES else float("inf")
    if found.shape not in OPEN_ENDED and (found.low < 0 or found.high > most):
        allowed = "a share lies from 0 to 1" if row.field in SHARES else "it can't be below 0"
        raise ValueError(f"{row.reference}: it runs from {found.low:g} to {found.high:g}, and {allowed}")
    return found


def pairs(case: Reading, found: Varying) -> dict[tuple[str, str], float]:
    """The rank correlations of drivers; a pair of records that one driver moves is left out, as moving as one.

    Raises ValueError where two rows say different things of one pair of drivers.
    """
    told: dict[tuple[str, str], float] = {}
    by: dict[tuple[str, str], Correlation] = {}
    for row in case.rows(Correlation):
        first, second = found.driver_for(row.first), found.driver_for(row.second)
        if first is None or second is None or first == second:
            continue
        pair = (min(first, second), max(first, second))
        value = float(row.rank_correlation)
        if told.setdefault(pair, value) != value:
            raise ValueError(
                f"{row.reference}: {by[pair].reference} gives another correlation of the same two; keep one"
            )
        by.setdefault(pair, row)
    return told


def in_words(driver: Driver, value: float) -> str:
    """One value of what a driver moves, in its own unit."""
    if driver.kind == "delay":
        return show.count(round(value), "month")
    if driver.kind == "risk":
        return "comes about" if value > 0 else "does not come about"
    if driver.kind == "line" or driver.field in SHARES:
        return show.percent(value) + (" of likely" if driver.kind == "line" else "")
    return show.money(value) if driver.field == "unit_value" else show.number(value)


def range_in_words(driver: Driver) -> str:
    """How far a driver moves what it moves, in words."""
    spread = driver.spread
    if driver.kind == "risk":
        return f"comes about in {show.percent(spread.outcomes[-1][1])} of draws"
    if spread.shape == "discrete":
        told = [f"{in_words(driver, value)} ({show.percent(share)})" for value, share in spread.outcomes]
        return show.listed(told, "or")
    ends = f"{in_words(driver, spread.low)} to {in_words(driver, spread.high)}"
    if driver.kind == "line":
        ends = f"{show.percent(spread.low)} to {show.percent(spread.high)} of likely"
    if driver.kind == "delay":
        ends = f"{round(spread.low)} to {show.count(round(spread.high), 'month')} late"
    if spread.shape in OPEN_ENDED:
        ends += " in nine draws of ten"
    return ends if driver.alike else f"{ends}, and other lines as far as theirs"
