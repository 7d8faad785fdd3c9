"""What is changed in the workbook of an appraisal and in its records alike, and what may be lacking from them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tests.appraisal.audited import HOSTILE, YEARS, record
from tests.appraisal.town import Town
from wayforward.appraisal.audit.plan import (
    INCOMES,
    LINES,
    OPTIONS,
    PARAMETERS,
    PHASES,
    PLAN,
    PRICES,
    RISKS,
)
from wayforward.appraisal.models import BenefitLine, BiasArea, BiasShare, CostLine
from wayforward.finance.models import IncomeGroup, Inflation, PlanLine
from wayforward.options.models import Option, OptionPhase, OptionRisk
from wayforward.records.fields import Profile
from wayforward.records.models import ParameterOverride


@dataclass(frozen=True)
class Edit:
    """A cell that somebody types over: on which sheet, in which row, under which title."""

    sheet: str
    row: dict[str, str]
    title: str
    value: str | float | None


@dataclass(frozen=True)
class Change:
    """The same change made to cells of the workbook and to the records."""

    edits: Sequence[Edit]
    records: Sequence[Callable[[Town], None]]
    first: Callable[[Town], None] = lambda town: None  # what is so before it


def _field(model: type, code: str, **fields: Any) -> Callable[[Town], None]:
    def change(town: Town) -> None:
        for name, value in fields.items():
            setattr(record(town, model, code), name, value)

    return change


def _override(path: str, value: str) -> Callable[[Town], None]:
    def change(town: Town) -> None:
        row = {"parameter": path, "value": Decimal(value), "reason": "Test"}
        town.add(ParameterOverride, f"P-{path}", **row)

    return change


def _line(code: str, title: str, value: str | float | None) -> Edit:
    return Edit(LINES, {"Line": code}, title, value)


def _parameter(row: dict[str, str], value: float) -> Edit:
    return Edit(PARAMETERS, row, "Value", value)


def _price_base(town: Town) -> None:
    town.exercise.price_year = 2011


AMOUNTS = Profile(required=True).parse("2013-14: 650.25")
CHANGED = {
    "a cost line": Change(
        [
            _line("C-A1", "2013-14", 650.25),
            _line("C-GRADED", "Low", 0.4),
            _line("C-BUILD", "Residual value", 400.0),
            _line("C-VAT", "Nature", "resource"),
            _line("C-A2", "Body no.", 3.0),
        ],
        [
            _field(CostLine, "C-A1", amounts=AMOUNTS),
            _field(CostLine, "C-GRADED", low=Decimal("0.4")),
            _field(CostLine, "C-BUILD", residual=Decimal(400)),
            _field(CostLine, "C-VAT", nature="resource"),
            _field(CostLine, "C-A2", organisation=HOSTILE[4]),
        ],
    ),
    "what lines vary with, and a range": Change(
        # The driver of C-SAME is the second that a line names.
        [_line("C-PARTNER", "Driver no.", 2.0), _line("C-SAME-A2", "High", 1.7), _line("B-OLD", "Low", 0.5)],
        [
            _field(CostLine, "C-PARTNER", varies_with="Same"),
            _field(CostLine, "C-SAME-A2", high=Decimal("1.7")),
            _field(BenefitLine, "B-OLD", low=Decimal("0.5")),
        ],
    ),
    "an amount becomes known": Change(
        [_line("C-A1", year, amount) for year, amount in zip(YEARS, (500.0, 0.0, 0.0, 0.0), strict=True)],
        [],
        _field(CostLine, "C-A1", amounts=None),
    ),
    "an amount becomes unknown": Change(
        [_line("C-A1", year, None) for year in YEARS], [_field(CostLine, "C-A1", amounts=None)]
    ),
    "a phase left without a cost": Change(
        [_line(code, "Phase of cost", "start-up") for code in ("C-B", "C-B1")],
        [_field(CostLine, code, cost_phase="start-up") for code in ("C-B", "C-B1")],
    ),
    "a benefit": Change(
        [
            _line("B-UNITS", "Take-up", 0.5),
            _line("B-UNITS", "Ramp, months", 6.0),
            _line("B-UNITS", "Lag, months", 20.0),
            _line("B-PARTNER", "Drop-off", 0.25),
            _line("B-LIFE", "Life or health", "no"),
            _line("B-LIFE", "Value, if stated", "social"),
        ],
        [
            _field(BenefitLine, "B-UNITS", take_up=Decimal("0.5"), ramp_months=6, lag_months=20),
            _field(BenefitLine, "B-PARTNER", drop_off=Decimal("0.25")),
            _field(BenefitLine, "B-LIFE", life_or_health=False, value="social"),
        ],
    ),
    "discount rates": Change(
        [
            _parameter({"Group": "Discount rate", "From": "0"}, 0.05),
            _parameter({"Group": "Discount rate, life and health", "From": "0"}, 0.02),
            _parameter({"Group": "Discount rate, lower", "From": "0"}, 0.01),
        ],
        [
            _override("discount-rate/0-30", "0.05"),
            _override("discount-rate-health/0-30", "0.02"),
            _override("discount-rate-lower/0-30", "0.01"),
        ],
    ),
    "optimism bias": Change(
        [
            _parameter({"Item": "capital upper equipment-and-development"}, 1.5),
            Edit("Bias areas", {"Contribution": "0.3", "Mitigated": "0.5"}, "Mitigated", 0.1),
        ],
        [
            _override("optimism-bias/types/equipment-and-development/capital_upper", "1.5"),
            _field(BiasArea, "OBA-0", mitigation=Decimal("0.1")),
        ],
    ),
    "a correction": Change(
        [_line("C-BUILD", "Correction for bias", "none")], [_field(CostLine, "C-BUILD", correction="none")]
    ),
    "price base and price index": Change(
        [
            _parameter({"Item": "Price base: the year of all real prices"}, 2011.0),
            _parameter({"Item": "Calendar year 2010"}, 90.0),
            Edit(PRICES, {"Financial year": "2015-16"}, "Rise on the year before", 0.06),
        ],
        [
            _price_base,
            _override("deflator/calendar/2010", "90"),
            _field(Inflation, "I2015", rate=Decimal("0.06")),
        ],
    ),
    "a delay, a risk, the plan and an income": Change(
        [
            Edit(PHASES, {"Option no.": "2", "Phase": "start-up"}, "Delay, months", 5.0),
            Edit(RISKS, {"Risk": "R-3"}, "Probability", 0.8),
            Edit(RISKS, {"Risk": "R-2"}, "Probability", 0.5),
            Edit(PLAN, {"Plan line": "G2014"}, "Amount", 900.0),
            Edit(INCOMES, {"Code": "ING-1"}, "Income of the group", 15000.0),
        ],
        [
            _field(OptionPhase, "A-sta", delay_months=5),
            _field(OptionRisk, "R-3", probability=Decimal("0.8")),
            _field(OptionRisk, "R-2", probability=Decimal("0.5")),
            _field(PlanLine, "G2014", amount=Decimal(900)),
            _field(IncomeGroup, "ING-1", income=Decimal(15000)),
        ],
    ),
}


def _without_inflation(town: Town) -> None:
    town.tables[Inflation] = [row for row in town.tables[Inflation] if row.year < 2014]
    town.tables[CostLine] = [line for line in town.tables[CostLine] if line.code != "C-CASH"]


def _without_grants(town: Town) -> None:
    for row in town.tables[PlanLine]:
        row.amount = None if row.plan_kind == "grant" else row.amount


def _without_a_share(town: Town) -> None:
    town.tables[BiasShare] = [row for row in town.tables[BiasShare] if row.code != "OBS-1"]


# What is lacking; and on which sheet, of which option, what is then not known.
LACKING: dict[str, tuple[Sequence[Callable[[Town], None]], Sequence[tuple[str, str, str]]]] = {
    "amounts": (
        [_field(CostLine, "C-A1", amounts=None)],
        [(OPTIONS, "A", "NPSV, likely"), (OPTIONS, "A", "Benefit-cost ratio, likely")],
    ),
    "an end of a cost": (
        [_field(CostLine, "C-PARTNER", high=None)],
        [(OPTIONS, "A", "NPSV, low"), (OPTIONS, "A", "Benefit-cost ratio, low")],
    ),
    "business as usual": (
        [_field(Option, "BAU", option_kind="do minimum")],
        [(OPTIONS, one, "NPSV, likely") for one in ("A", "B")],
    ),
    "what a project consists of, and a mitigation": (
        [_without_a_share, _field(BiasArea, "OBA-9", mitigation=None)],
        [(OPTIONS, one, "NPSV, likely") for one in ("A", "B")],
    ),
    "a range of business as usual": (
        [_field(BenefitLine, "B-OLD", high=None)],
        [(OPTIONS, one, f"NPSV, {end}") for one in ("A", "B") for end in ("low", "high")],
    ),
    "a range, inflation, the plan, an income": (
        [
            _field(BenefitLine, "B-A", low=None),
            _without_inflation,
            _without_grants,
            _field(IncomeGroup, "ING-1", income=None),
        ],
        [
            (OPTIONS, "A", "NPSV, low"),
            (OPTIONS, "A", "Change in cash over all years"),
            (OPTIONS, "A", "Largest gap in the plan, cash"),
            ("Weighed by income", "A", "NPSV, weighted"),
        ],
    ),
}
