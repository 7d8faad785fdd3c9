"""From the lines of a case to arrays: each option's costs and benefits over the years appraised, as they count."""

from collections.abc import Callable, Hashable, Sequence
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
DEFAULT = "pert"  # the distribution of a line that states none
L = TypeVar("L", bound=Line)
Kind = Callable[[Line], Hashable]


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
        amounts = self.discounted(lines) if discounted else self.amounts(lines)
        return flow_method.lines(amounts, low, high, [moves_as(line) for line in lines])

    def risked(self, item: OptionLines, discounted: bool = False) -> flow_method.Lines:
        """What an option's risks are expected to cost by year: at low none comes about, at high each does in full."""
        amounts = np.zeros((len(item.risks), len(self.years)))
        for row, risk in enumerate(item.risks):
            amounts[row, risk.year - self.years[0]] = float(risk.probability) * float(risk.impact)
        high = [1 / float(risk.probability) for risk in item.risks]
        drivers = [risk_driver(risk) for risk in item.risks]
        return flow_method.lines(
            amounts * self.factors if discounted else amounts, [0.0] * len(high), high, drivers
        )

    def flows(self, item: OptionLines) -> OptionFlows:
        """An option's benefits and costs, risks with them, each year's in present value."""
        costs, risks = self.ranged(item.costs, discounted=True), self.risked(item, discounted=True)
        return OptionFlows(self.ranged(item.benefits, discounted=True), flow_method.together(costs, risks))

    def net(self, item: OptionLines, discounted: bool = False) -> flow_method.Lines:
        """An option's benefits and, below nought, its costs and risks."""
        spent = (self.ranged(item.costs, discounted), self.risked(item, discounted))
        below = (replace(lines, amounts=-lines.amounts) for lines in spent)
        return flow_method.together(self.ranged(item.benefits, discounted), *below)

    def beyond(self) -> dict[str, float]:
        """By line, what falls past the years appraised; lines that lose nothing are left out."""
        lines = [line for item in self.options for line in item.lines]
        lost = {line.code: self.prices.of(line).beyond for line in lines}
        return {code: amount for code, amount in lost.items() if amount and not np.isnan(amount)}

    def differing(self, item: OptionLines) -> OptionLines:
        """The lines by which an option differs from business as usual: its own, and those that it does away with.

        What stands unchanged in both says nothing about the option: lines of one name, or all of one driver, that
        come to the same in every year. Business as usual keeps all of its own.
        """
        usual = self.usual
        if item.usual or usual is None:
            return item
        return replace(
            item,
            costs=self._changed(item.costs, usual.costs),
            benefits=self._changed(item.benefits, usual.benefits),
        )

    def _changed(self, own: Sequence[L], usual: Sequence[L]) -> tuple[L, ...]:
        for kind in (_name_and_driver, moves_as):
            same = self._alike(own, usual, kind)
            own, usual = ([line for line in side if kind(line) not in same] for side in (own, usual))
        return (*own, *usual)

    def _alike(self, own: Sequence[Line], usual: Sequence[Line], kind: Kind) -> set[Hashable]:
        """The kinds of line that come to the same in both; what is not known is like nothing."""
        mine, theirs = self._sums(own, kind), self._sums(usual, kind)
        return {
            one for one in mine.keys() & theirs.keys() if not flow_method.less(mine[one], theirs[one]).any()
        }

    def _sums(self, lines: Sequence[Line], kind: Kind) -> dict[Hashable, Floats]:
        found: dict[Hashable, Floats] = {}
        for line, worth in zip(lines, self.discounted(lines), strict=True):
            found[kind(line)] = found.get(kind(line), 0.0) + worth
        return found

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


def driver_of(line: Line) -> str:
    """The name of what a line varies with: lines of one name draw alike."""
    return f"line:{line.varies_with or line.name}"


def risk_driver(risk: OptionRisk) -> str:
    """The name of what a risk varies with: risks of one name come about together."""
    return f"risk:{risk.name}"


def moves_as(line: Line) -> Hashable:
    """What moves a line, and how: lines of which all of this is the same have one multiplier, in ranges and draws."""
    return (varies_as(line), line.low, line.high)


def varies_as(line: Line) -> Hashable:
    """What moves a line, whatever its range: its side, its driver and how that is distributed."""
    shape = (line.distribution or DEFAULT, str(line.outcomes or ""))
    return (isinstance(line, BenefitLine), driver_of(line), *shape)


def _name_and_driver(line: Line) -> Hashable:
    return (line.name, moves_as(line))


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
