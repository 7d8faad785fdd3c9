"""From the lines of a case to arrays: each option's costs and benefits over the years appraised, as they count."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np

from wayforward.appraisal.models import BenefitLine, BiasArea, BiasShare, CostLine, Line, OptimismBias
from wayforward.appraisal.priced import Prices
from wayforward.finance.models import IncomeGroup, Inflation
from wayforward.findings.compute import Reading
from wayforward.methods import Floats, discounting
from wayforward.methods import flows as flow_method
from wayforward.methods.npsv import OptionFlows
from wayforward.options.models import Option, OptionPhase, OptionRisk

READS = (
    *(Option, OptionPhase, OptionRisk, CostLine, BenefitLine),
    *(OptimismBias, BiasShare, BiasArea, IncomeGroup, Inflation),
)
USUAL = "business as usual"
REGISTER = ("", "the register")
L = TypeVar("L", bound=Line)


@dataclass(frozen=True)
class OptionLines:
    """An option with the lines that count: each cost of resources, each benefit that has a price and isn't in the plan.

    `budgeted` are costs that only a budget knows (transfers, tax, depreciation); `risks` those of the register that
    have a price and a year. `waiting` says what is lacking before its figures can be known.
    """

    option: Option
    costs: tuple[CostLine, ...]
    benefits: tuple[BenefitLine, ...]
    waiting: tuple[str, ...]
    budgeted: tuple[CostLine, ...] = ()
    risks: tuple[OptionRisk, ...] = ()

    @property
    def usual(self) -> bool:
        return self.option.option_kind == USUAL

    @property
    def lines(self) -> tuple[Line, ...]:
        """Its costs and benefits."""
        return (*self.costs, *self.benefits)


class Appraised:
    """The options of a case in their order, and their lines as arrays of yearly amounts."""

    def __init__(self, case: Reading) -> None:
        self.years = case.years
        self.prices = Prices(case)
        self.factors = _factors(case, "discount-rate")
        self._health = _factors(case, "discount-rate-health")
        self.options = [
            self._gather(case, option) for option in sorted(case.rows(Option), key=lambda o: o.order)
        ]

    @classmethod
    def of(cls, case: Reading) -> "Appraised":
        """The options of a case, gathered once for all findings."""
        return case.shared("options appraised", READS, cls)

    @property
    def usual(self) -> OptionLines | None:
        """Business as usual, with which every option is compared."""
        return next((item for item in self.options if item.usual), None)

    @property
    def others(self) -> list[OptionLines]:
        return [item for item in self.options if not item.usual]

    def amounts(self, lines: Sequence[Line]) -> Floats:
        """Real yearly amounts, shape (lines, years), corrected and moved with their phase; nan is not known."""
        return np.array([self.prices.of(line).amounts for line in lines]).reshape(len(lines), len(self.years))

    def paid(self, lines: Sequence[Line]) -> Floats:
        """The amounts as they are paid: without what an asset is still worth at the end, which nobody pays."""
        return np.array([self.prices.of(line).paid for line in lines]).reshape(len(lines), len(self.years))

    def discount(self, lines: Sequence[Line]) -> Floats:
        """Discount factors of each line, shape (lines, years): life and health at their own rates, if there are any."""
        rows = [self._health if getattr(line, "life_or_health", None) else self.factors for line in lines]
        return np.array(rows).reshape(len(lines), len(self.years))

    def discounted(self, lines: Sequence[Line]) -> Floats:
        """The amounts of lines in present value by year, shape (lines, years)."""
        return np.asarray(self.amounts(lines) * self.discount(lines))

    def ranged(self, lines: Sequence[Line], discounted: bool = False) -> flow_method.Lines:
        """The amounts of some lines with the multipliers of their range."""
        if not lines:
            return flow_method.no_lines(len(self.years))
        low = [np.nan if line.low is None else float(line.low) for line in lines]
        high = [np.nan if line.high is None else float(line.high) for line in lines]
        return flow_method.lines(self.discounted(lines) if discounted else self.amounts(lines), low, high)

    def risked(self, item: OptionLines, discounted: bool = False) -> flow_method.Lines:
        """What an option's risks are expected to cost by year: at low none comes about, at high each does in full."""
        amounts = np.zeros((len(item.risks), len(self.years)))
        for row, risk in enumerate(item.risks):
            amounts[row, risk.year - self.years[0]] = float(risk.probability) * float(risk.impact)
        high = [1 / float(risk.probability) for risk in item.risks]
        return flow_method.lines(amounts * self.factors if discounted else amounts, [0.0] * len(high), high)

    def flows(self, item: OptionLines) -> OptionFlows:
        """An option's benefits and costs, risks with them, each year's in present value."""
        costs, risks = self.ranged(item.costs, discounted=True), self.risked(item, discounted=True)
        together = flow_method.lines(
            np.vstack((costs.amounts, risks.amounts)),
            np.concatenate((costs.low, risks.low)),
            np.concatenate((costs.high, risks.high)),
        )
        return OptionFlows(self.ranged(item.benefits, discounted=True), together)

    def beyond(self) -> dict[str, float]:
        """By line, what falls past the years appraised; lines that lose nothing are left out."""
        lines = [line for item in self.options for line in item.lines]
        lost = {line.code: self.prices.of(line).beyond for line in lines}
        return {code: amount for code, amount in lost.items() if amount and not np.isnan(amount)}

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
        return self.prices.of(line).amounts.tobytes() + f"{line.low}/{line.high}".encode()

    def _gather(self, case: Reading, option: Option) -> OptionLines:
        every = [line for line in case.rows(CostLine) if line.option is option]
        costs = tuple(line for line in every if line.nature in ("", "resource"))
        priced = tuple(
            line
            for line in case.rows(BenefitLine)
            if line.option is option and line.benefit_kind != "unmonetised" and not line.in_plan
        )
        phases = [phase.phase for phase in case.rows(OptionPhase) if phase.option is option]
        return OptionLines(
            option,
            costs,
            priced,
            self._lacking(option, phases, costs, priced),
            budgeted=tuple(line for line in every if line.nature not in ("", "resource", "sunk")),
            risks=tuple(r for r in case.rows(OptionRisk) if r.option is option and counts(r, self.years)),
        )

    def _lacking(
        self,
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
        for line in (*costs, *benefits):
            if np.isnan(self.prices.of(line).planned).any():
                lacking.append(f"amounts for {line.name} ({line.code})")
            elif np.isnan(self.prices.of(line).factor):
                lacking.append(f"the optimism bias of {line.name} ({line.code})")
        return tuple(lacking)


def counts(risk: OptionRisk, years: Sequence[int]) -> bool:
    """Whether a risk's expected cost is in what its option is worth: priced, dated, and counted nowhere else."""
    return (
        bool(risk.probability)
        and risk.impact is not None
        and risk.year in years
        and risk.counted_in in REGISTER
    )


def _factors(case: Reading, parameter: str) -> Floats:
    """Discount factors of the years appraised; an edition without such a schedule discounts all alike."""
    name = parameter if parameter in case.edition.parameters else "discount-rate"
    rates = discounting.bands(case.edition.get(name).values)
    return discounting.factors(rates, len(case.years))
