"""What varies: the drivers of lines, of durations, of effects and of risks, each with its distribution."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from wayforward.appraisal.lines import Appraised
from wayforward.appraisal.models import Correlation, Line, Uncertainty
from wayforward.findings.compute import Reading
from wayforward.methods.distributions import Distribution, distribution
from wayforward.options.models import OptionRisk

DEFAULT = "pert"
EFFECTS = ("reach", "take_up", "deadweight", "attribution", "units", "unit_value")
DELAY = "delay_months"


@dataclass(frozen=True)
class Driver:
    """One thing that varies: its stream of draws, its words, what it moves, and how far that moves.

    `kind` is line, effect, delay or risk; `about` the references of the records whose figures it moves; `spread` how
    far it moves the first of them: a multiplier of a line's amounts, months, a share, a multiple of expected cost.
    """

    name: str
    words: str
    kind: str
    about: tuple[str, ...]
    spread: Distribution


@dataclass
class Varying:
    """The drivers of a case by name, and which of them moves what."""

    drivers: dict[str, Driver] = field(default_factory=dict)
    of_line: dict[str, list[tuple[str, Distribution, str]]] = field(default_factory=dict)
    of_phase: dict[str, tuple[str, Distribution]] = field(default_factory=dict)
    of_risk: dict[str, tuple[str, Distribution]] = field(default_factory=dict)

    def add(self, name: str, words: str, kind: str, about: str, spread: Distribution) -> None:
        """A driver, or one more record that it moves."""
        known = self.drivers.get(name)
        moved = (*known.about, about) if known else (about,)
        self.drivers[name] = Driver(name, words, kind, moved, known.spread if known else spread)


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
            spread = risk_spread(risk)
            if spread is not None:
                found.add(f"risk:{risk.code}", risk.name, "risk", risk.reference, spread)
                found.of_risk[risk.reference] = (f"risk:{risk.code}", spread)
    for row in case.rows(Uncertainty):
        _add_uncertainty(found, row, lines)
    return found


def _add_uncertainty(found: Varying, row: Uncertainty, lines: dict[str, Line]) -> None:
    name = f"uncertainty:{row.code}"
    if row.about.startswith("option_phase:") and row.field == DELAY:
        spread = uncertainty_spread(row, 0.0)
        found.add(name, row.name, "delay", row.about, spread)
        found.of_phase[row.about] = (name, spread)
    elif row.about in lines and row.field in EFFECTS:
        line = lines[row.about]
        stated = getattr(line, row.field)
        spread = uncertainty_spread(row, None if stated is None else float(stated))
        found.add(name, row.name, "effect", row.about, spread)
        found.of_line.setdefault(row.about, []).append((name, spread, row.field))


def driver_of(line: Line) -> str:
    """The name of what a line varies with: lines of one name draw alike."""
    return f"line:{line.varies_with or line.name}"


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


def uncertainty_spread(row: Uncertainty, stated: float | None) -> Distribution:
    """The distribution of a duration or an effect, in the field's own unit.

    Raises ValueError, naming the record, where it is impossible.
    """
    low, likely, high = (None if v is None else float(v) for v in (row.low, row.likely, row.high))
    if row.distribution == "discrete":
        pairs = [(float(value), float(share)) for value, share in row.outcomes or []]
        return distribution("discrete", outcomes=pairs, what=row.reference)
    return distribution(row.distribution, low, stated if likely is None else likely, high, what=row.reference)


def pairs(case: Reading, found: Varying) -> dict[tuple[str, str], float]:
    """The rank correlations of drivers; a pair of records that one driver moves is left out, as moving as one."""
    moves = {about: driver.name for driver in found.drivers.values() for about in driver.about}
    moves |= {name: name for name in found.drivers}
    told: dict[tuple[str, str], float] = {}
    for row in case.rows(Correlation):
        first, second = moves.get(row.first), moves.get(row.second)
        if first and second and first != second:
            told[first, second] = float(row.rank_correlation)
    return told


def words(drivers: Sequence[Driver]) -> dict[str, str]:
    """What each driver is called, by name."""
    return {driver.name: driver.words for driver in drivers}
