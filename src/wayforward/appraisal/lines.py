"""From the lines of a case to arrays: each option's costs and benefits over the years appraised, phases moved."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np

from wayforward.appraisal.models import BenefitLine, CostLine, Line
from wayforward.findings.compute import Reading
from wayforward.methods import Floats, profiles
from wayforward.methods import flows as flow_method
from wayforward.methods.npsv import OptionFlows
from wayforward.options.models import Option, OptionPhase
from wayforward.records.fields import read_year

READS = (Option, OptionPhase, CostLine, BenefitLine)
USUAL = "business as usual"
L = TypeVar("L", bound=Line)


@dataclass(frozen=True)
class OptionLines:
    """An option with the lines that count: every cost, and each benefit that has a price and isn't in the plan.

    `waiting` says what is lacking before its figures can be known.
    """

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

    def amounts(self, lines: Sequence[Line]) -> Floats:
        """Real yearly amounts, shape (lines, years), each moved with the delay of its phase; nan is not known."""
        return np.array([self._moved(line)[0] for line in lines]).reshape(len(lines), len(self.years))

    def ranged(self, lines: Sequence[Line]) -> flow_method.Lines:
        """The amounts of some lines with the multipliers of their range."""
        if not lines:
            return flow_method.no_lines(len(self.years))
        low = [np.nan if line.low is None else float(line.low) for line in lines]
        high = [np.nan if line.high is None else float(line.high) for line in lines]
        return flow_method.lines(self.amounts(lines), low, high)

    def flows(self, item: OptionLines) -> OptionFlows:
        """An option's benefits and costs as the NPSV method takes them."""
        return OptionFlows(self.ranged(item.benefits), self.ranged(item.costs))

    def beyond(self) -> dict[str, float]:
        """By line, what a late phase moves past the years appraised; lines that lose nothing are left out."""
        lines = [line for item in self.options for line in (*item.costs, *item.benefits)]
        lost = {line.code: float(self._moved(line)[1].sum()) for line in lines}
        return {code: amount for code, amount in lost.items() if amount}

    def apart(self, item: OptionLines) -> tuple[OptionLines, OptionLines]:
        """An option and business as usual, each without the lines that stand unchanged in both.

        Raises ValueError where there is no business as usual to compare with.
        """
        usual = self.usual
        if usual is None:
            raise ValueError("an option is compared with business as usual, and there is none")
        costs, benefits = self._twins(item.costs, usual.costs), self._twins(item.benefits, usual.benefits)
        own, theirs = (
            replace(
                one, costs=self._without(one.costs, costs), benefits=self._without(one.benefits, benefits)
            )
            for one in (item, usual)
        )
        return own, theirs

    def differing(self, item: OptionLines) -> OptionLines:
        """The lines by which an option differs from business as usual: its own, and those that it does away with.

        A line that stands unchanged in both says nothing about the option. Business as usual keeps all of its own.
        """
        if item.usual or self.usual is None:
            return item
        own, usual = self.apart(item)
        return replace(own, costs=own.costs + usual.costs, benefits=own.benefits + usual.benefits)

    def _twins(self, own: Sequence[Line], usual: Sequence[Line]) -> Counter[bytes]:
        return Counter(map(self._key, own)) & Counter(map(self._key, usual))

    def _without(self, lines: Sequence[L], twins: Counter[bytes]) -> tuple[L, ...]:
        left, kept = Counter(twins), []
        for line in lines:
            if left[self._key(line)]:
                left[self._key(line)] -= 1
            else:
                kept.append(line)
        return tuple(kept)

    def _key(self, line: Line) -> bytes:
        return self._moved(line)[0].tobytes() + f"{line.low}/{line.high}".encode()

    def _moved(self, line: Line) -> tuple[Floats, Floats]:
        """A line's yearly amounts within the years appraised, and what its phase's delay moves past them."""
        if line.amounts is None:
            return np.full(len(self.years), np.nan), np.zeros(0)
        planned = np.zeros(len(self.years))
        for text, amount in line.amounts.items():
            planned[read_year(text) - self.years[0]] = float(amount)
        delay = self._delays.get((line.option.code, line.phase), 0)
        return profiles.fit(profiles.shift(planned, delay), len(self.years))

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
