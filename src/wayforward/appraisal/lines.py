"""From the lines of a case to arrays: each option's costs and benefits over the years appraised, phases moved."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wayforward.appraisal.models import BenefitLine, CostLine, Line
from wayforward.findings.compute import Reading
from wayforward.methods import flows as flow_method
from wayforward.methods import profiles
from wayforward.methods.npsv import OptionFlows
from wayforward.options.models import Option, OptionPhase
from wayforward.records.fields import read_year

READS = (Option, OptionPhase, CostLine, BenefitLine)
USUAL = "business as usual"


@dataclass(frozen=True)
class OptionLines:
    """An option with its lines that count. `waiting` says what is lacking before its figures can be known."""

    option: Option
    costs: tuple[CostLine, ...]
    benefits: tuple[BenefitLine, ...]
    waiting: tuple[str, ...]

    @property
    def usual(self) -> bool:
        return self.option.option_kind == USUAL


class Appraised:
    """The options of a case in their order, and their lines as arrays of yearly amounts."""

    def __init__(self, case: Reading) -> None:
        self.years = case.years
        self.beyond: dict[str, float] = {}  # by line, what a late phase moves past the years appraised
        self._delays = {
            (phase.option.code, phase.phase): phase.delay_months or 0 for phase in case.rows(OptionPhase)
        }
        self.options = [
            self._gather(case, option) for option in sorted(case.rows(Option), key=lambda o: o.order)
        ]

    @property
    def usual(self) -> OptionLines | None:
        """Business as usual, with which every option is compared."""
        return next((item for item in self.options if item.usual), None)

    @property
    def others(self) -> list[OptionLines]:
        return [item for item in self.options if not item.usual]

    def amounts(self, lines: Sequence[Line]) -> NDArray[np.float64]:
        """Real yearly amounts, shape (lines, years), each moved with the delay of its phase; nan is not known."""
        table = np.full((len(lines), len(self.years)), np.nan)
        for row, line in enumerate(lines):
            if line.amounts is None:
                continue
            planned = np.zeros(len(self.years))
            for text, amount in line.amounts.items():
                planned[read_year(text) - self.years[0]] = float(amount)
            delay = self._delays.get((line.option.code, line.phase), 0)
            table[row], beyond = profiles.fit(profiles.shift(planned, delay), len(self.years))
            self.beyond[line.code] = float(beyond.sum())
        return table

    def flows(self, item: OptionLines) -> OptionFlows:
        """An option's benefits and costs as the NPSV method takes them."""
        return OptionFlows(self._lines(item.benefits), self._lines(item.costs))

    def _lines(self, lines: Sequence[Line]) -> flow_method.Lines:
        if not lines:
            return flow_method.no_lines(len(self.years))
        low = [np.nan if line.low is None else float(line.low) for line in lines]
        high = [np.nan if line.high is None else float(line.high) for line in lines]
        return flow_method.lines(self.amounts(lines), low, high)

    def _gather(self, case: Reading, option: Option) -> OptionLines:
        costs = tuple(line for line in case.rows(CostLine) if line.option is option)
        priced = tuple(
            line
            for line in case.rows(BenefitLine)
            if line.option is option and line.benefit_kind != "unmonetised" and not line.in_plan
        )
        phases = [phase.phase for phase in case.rows(OptionPhase) if phase.option is option]
        return OptionLines(option, costs, priced, _lacking(option, phases, costs, priced))


def _lacking(
    option: Option,
    phases: Sequence[str],
    costs: Sequence[CostLine],
    benefits: Sequence[BenefitLine],
) -> tuple[str, ...]:
    """What an option's figures wait for. A phase without a cost line is a cost not known, never nought."""
    name = option.short_name
    lacking = []
    if not phases:
        lacking.append(f"the phases of {name}")
    costed = {line.cost_phase for line in costs}
    lacking += [f"the cost of {phase} for {name}" for phase in phases if phase not in costed]
    if not benefits and option.option_kind != USUAL:
        lacking.append(f"the benefits of {name}")
    lacking += [f"amounts for {line.name} ({line.code})" for line in (*costs, *benefits) if not line.amounts]
    return tuple(lacking)
