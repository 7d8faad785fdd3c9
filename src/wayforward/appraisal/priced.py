"""One line from what was written down to what counts: in the price base, cut to its effect, moved and corrected."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from wayforward.appraisal.bias import uplift_of, uplifts
from wayforward.appraisal.levels import price_levels
from wayforward.appraisal.models import BenefitLine, CostLine, Line
from wayforward.findings.compute import Reading
from wayforward.methods import Floats, effects, grade_correction, profiles
from wayforward.options.models import OptionPhase
from wayforward.records.fields import read_year

GRADE, BIAS = "confidence grade", "optimism bias"


@dataclass(frozen=True, eq=False)
class Priced:
    """A line over the years appraised, in real pounds of the price base.

    `planned` is its effect as planned, before its phase moves; `factor` what its correction multiplies it by;
    `residual` what the asset is still worth in the last year; `lagging` what a lag of the effect moves past it. nan is
    not known.
    """

    planned: Floats
    factor: float
    residual: float
    effect_steps: tuple[effects.Step, ...]
    months: int
    lagging: float = 0.0

    def moved(self, months: int) -> tuple[Floats, Floats]:
        """The corrected amounts with the phase so many months late, and what that moves past the last year."""
        kept, lost = profiles.fit(profiles.shift(self.planned, months), len(self.planned))
        return kept * self.factor, lost * self.factor

    @cached_property
    def paid(self) -> Floats:
        """The amounts at the delay that the phases state, before what is left of the asset at the end."""
        return self.moved(self.months)[0]

    @cached_property
    def amounts(self) -> Floats:
        """The amounts that count, at the delay that the phases state."""
        return np.append(self.paid[:-1], self.paid[-1] - self.residual) if self.residual else self.paid

    @cached_property
    def beyond(self) -> float:
        """What falls past the last year appraised."""
        return float(self.moved(self.months)[1].sum()) + self.lagging * self.factor


class Prices:
    """What pricing a line takes beside the line: price levels, delays, uplifts and grades. Each line is priced once."""

    def __init__(self, case: Reading) -> None:
        self._case = case
        self._levels = price_levels(case)
        self._uplifts = uplifts(case)
        self._corrections = grade_correction.corrections(
            case.edition.get("confidence-grades").values["grades"]  # type: ignore[arg-type]  # a table of rows
        )
        self.delays = {
            (phase.option.code, phase.phase): phase.delay_months or 0 for phase in case.rows(OptionPhase)
        }
        self._priced: dict[str, Priced] = {}

    def of(self, line: Line) -> Priced:
        """The line as it counts."""
        if line.reference not in self._priced:
            self._priced[line.reference] = self._price(line)
        return self._priced[line.reference]

    def factor(self, line: Line) -> float:
        """What the line's one correction multiplies it by; 1 where none is made, nan where it is not known."""
        cost = isinstance(line, CostLine)
        if line.correction == GRADE:
            grade = self._case.grade(line, "amounts")
            side: grade_correction.Side = "cost" if cost else "benefit"
            return float(grade_correction.corrected([1.0], grade, self._corrections, side).amounts[0])
        if line.correction == BIAS and isinstance(line, CostLine):
            return 1.0 + uplift_of(line, self._uplifts)
        return 1.0

    def _price(self, line: Line) -> Priced:
        full = self._full(line)
        steps: tuple[effects.Step, ...] = ()
        lagging = 0.0
        if isinstance(line, BenefitLine):
            found = effects.benefit(full, effect_of(line), len(self._case.years))
            full, steps, lagging = found.amounts, found.steps, float(found.beyond.sum())
        residual = float(line.residual or 0) if isinstance(line, CostLine) else 0.0
        months = self.delays.get((line.option.code, line.phase), 0)
        return Priced(full, self.factor(line), residual, steps, months, lagging)

    def _full(self, line: Line) -> Floats:
        """Yearly amounts in the price base, at full effect; nan throughout where the line gives none."""
        years = self._case.years
        if isinstance(line, BenefitLine) and line.amounts is None and line.units is not None:
            first = line.starts if line.starts is not None else years[0]
            worth = np.nan if line.unit_value is None else float(line.units) * float(line.unit_value)
            return np.array([worth if year >= first else 0.0 for year in years]) * self._level(line)
        if line.amounts is None:
            return np.full(len(years), np.nan)
        given = np.zeros(len(years))
        for text, amount in line.amounts.items():
            given[read_year(text) - years[0]] = float(amount)
        # No pounds are no pounds, also in a year whose prices are not known.
        return np.where(given == 0, 0.0, given * self._level(line))

    def _level(self, line: Line) -> Floats:
        """What turns the line's pounds into those of the price base, by year."""
        if line.prices == "cash":
            return np.array([1 / self._levels.get(year, np.nan) for year in self._case.years])
        if line.price_year is None:
            return np.ones(len(self._case.years))
        return np.full(len(self._case.years), 1 / self._levels.get(line.price_year, np.nan))


def effect_of(line: BenefitLine, instead: Mapping[str, float] | None = None) -> effects.Effect:
    """How far a benefit reaches, with some of it replaced."""
    names = ("reach", "take_up", "deadweight", "attribution", "drop_off")
    values = {name: getattr(line, name) for name in names} | dict(instead or {})
    return effects.Effect(
        **{name: None if values[name] is None else float(values[name]) for name in names},
        lag_months=line.lag_months,
        ramp_months=line.ramp_months,
    )
