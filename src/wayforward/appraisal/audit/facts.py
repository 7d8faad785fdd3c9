"""What was entered, in the order in which the workbook holds it. No figure of the product is among it."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from wayforward.appraisal.lines import Appraised, OptionLines, risk_driver, varies_as
from wayforward.appraisal.models import BenefitLine, BiasArea, BiasShare, CostLine, Line, OptimismBias
from wayforward.finance.findings import FUNDING
from wayforward.finance.models import IncomeGroup, PlanLine
from wayforward.findings import Findings
from wayforward.findings.compute import Reading
from wayforward.findings.registry import declared
from wayforward.options.findings.success import barred, factors_failed
from wayforward.options.models import FactorVerdict, OptionPhase, OptionRisk
from wayforward.records.base import Record
from wayforward.records.fields import write_year

IN_PLAN = (*FUNDING, "budget", "savings planned")


@dataclass(frozen=True)
class Facts:
    """The records behind the appraisal. Lines that have a price come first: the sheets of amounts hold those.

    Options, organisations, projects and drivers go by their place, counted from 1, so that no text has to match
    another. The exercise's own organisation is the first, and the second stands for none.
    """

    findings: Findings
    case: Reading
    options: tuple[OptionLines, ...]
    lines: tuple[Line, ...]
    priced: int
    bodies: tuple[str, ...]
    projects: tuple[OptimismBias, ...]
    shares: tuple[BiasShare, ...]
    areas: tuple[BiasArea, ...]
    phases: tuple[OptionPhase, ...]
    risks: tuple[OptionRisk, ...]
    plan: tuple[PlanLine, ...]
    incomes: tuple[IncomeGroup, ...]
    barred: dict[str, str]
    drivers: dict[Hashable, int]

    @property
    def years(self) -> tuple[str, ...]:
        """The financial years appraised, as they are written."""
        return tuple(write_year(year) for year in self.case.years)

    @property
    def others(self) -> list[OptionLines]:
        """The options that are compared with business as usual."""
        return [item for item in self.options if not item.usual]

    def number(self, option: Record) -> int:
        """The place of an option."""
        return next(at for at, item in enumerate(self.options, 1) if item.option is option)

    def body(self, name: str) -> int:
        """The place of an organisation; no name has one too."""
        return self.bodies.index(name) + 1

    def driver(self, entry: Line | OptionRisk) -> int:
        """The number of what a line or a risk varies with."""
        return self.drivers[_driver(entry)]

    def project(self, project: OptimismBias | None) -> int | None:
        """The place of a project; None where a line names none."""
        return None if project is None else self.projects.index(project) + 1

    def income(self, group: IncomeGroup | None) -> int | None:
        """The place of an income group; None where a line names none."""
        return None if group is None else self.incomes.index(group) + 1


def facts_of(findings: Findings) -> Facts:
    """Gather the records of a case for its workbook."""
    reading = Reading(findings, declared("appraisal.npsv"))
    options = tuple(Appraised.of(reading).options)
    lines, case = _lines(reading, options), findings.case
    risks = tuple(_in_order(case.rows(OptionRisk), options))
    return Facts(
        findings=findings,
        case=reading,
        options=options,
        lines=lines,
        priced=sum(has_price(line) for line in lines),
        bodies=tuple(dict.fromkeys((case.exercise.organisation, "", *(line.organisation for line in lines)))),
        projects=tuple(case.rows(OptimismBias)),
        shares=tuple(case.rows(BiasShare)),
        areas=tuple(case.rows(BiasArea)),
        phases=tuple(_in_order(case.rows(OptionPhase), options)),
        risks=risks,
        barred=_barred(findings),
        drivers=_drivers((*lines, *risks)),
        incomes=tuple(case.rows(IncomeGroup)),
        plan=tuple(line for line in case.rows(PlanLine) if line.plan_kind in IN_PLAN),
    )


def has_price(line: Line) -> bool:
    """Whether a line could have an amount; what is told in words alone has none."""
    return not (isinstance(line, BenefitLine) and line.benefit_kind == "unmonetised")


def _driver(entry: Line | OptionRisk) -> Hashable:
    return risk_driver(entry) if isinstance(entry, OptionRisk) else varies_as(entry)


def _drivers(entries: Iterable[Line | OptionRisk]) -> dict[Hashable, int]:
    """What lines and risks vary with, numbered as they first name it."""
    return {one: at for at, one in enumerate(dict.fromkeys(_driver(entry) for entry in entries), 1)}


def _barred(findings: Findings) -> dict[str, str]:
    """By the code of an option that fails an imperative, which it fails."""
    found = barred(findings.case.rows(FactorVerdict))
    return {code: factors_failed(verdicts) for code, verdicts in found.items()}


def _lines(case: Reading, options: Sequence[OptionLines]) -> tuple[Line, ...]:
    every: list[Line] = [
        line
        for item in options
        for model in (CostLine, BenefitLine)
        for line in case.rows(model)
        if line.option is item.option
    ]
    return tuple(sorted(every, key=lambda line: not has_price(line)))  # the order within stays


def _in_order(rows: Iterable[OptionPhase | OptionRisk], options: Sequence[OptionLines]) -> list:
    return [row for item in options for row in rows if row.option is item.option]
