"""A made-up town with three options over four years, small enough to work out by hand.

Everything is in pounds of 2012-13; the years are 2013-14 to 2016-17, discounted at 3.5% from the first.
"""

from datetime import date
from decimal import Decimal

from wayforward.appraisal.models import BenefitLine, CostLine
from wayforward.exercise.models import Exercise
from wayforward.finance.models import Inflation, PlanLine
from wayforward.options.models import Option, OptionPhase
from wayforward.records.base import Record
from wayforward.records.case import Case
from wayforward.records.fields import Profile
from wayforward.records.models import Citation, Evidence

EVERY_YEAR = "2013-14 to 2016-17"


class Town:
    """Builds a case record by record; tests change what they are about."""

    def __init__(self) -> None:
        self.exercise = Exercise(
            code="TOWN",
            title="Town options",
            organisation="A town",
            purpose="To test",
            sponsor="Commissioner",
            starts=date(2012, 11, 26),
            report_due=date(2013, 1, 23),
            signoff_due=date(2013, 1, 25),
            status_date=date(2012, 12, 20),
            edition="green-book-2003",
            seed=1,
            price_year=2012,
            first_year=2013,
            years=4,
            handling="official",
        )
        self.tables: dict[type[Record], list[Record]] = {}
        self.strong = self.evidence("EVD-1", 2)
        self.weak = self.evidence("EVD-2", 6)

    def add(self, model: type[Record], code: str, **fields: object) -> Record:
        record = model(exercise=self.exercise, code=code, **fields)
        self.tables.setdefault(model, []).append(record)
        return record

    def evidence(self, code: str, grade: int) -> Record:
        kind = "illustrative" if grade == 6 else "accounts"
        return self.add(Evidence, code, title=code, evidence_kind=kind, grade=grade)

    def cite(
        self, record: Record, evidence: Record, field: str = "", used: bool = True, **more: object
    ) -> None:
        number = len(self.tables.get(Citation, [])) + 1
        self.add(
            Citation,
            f"CIT-{number}",
            record=record.reference,
            field=field,
            evidence=evidence,
            used=used,
            **more,
        )

    def option(self, code: str, order: int, kind: str = "option", phases: tuple[str, ...] = ("ownership",)):
        made = self.add(Option, code, name=f"Option {code}", short_name=code, option_kind=kind, order=order)
        for phase in phases:
            self.add(OptionPhase, f"{code}-{phase[:3]}", option=made, phase=phase)
        return made

    def cost(
        self, code: str, option: Record, amounts: str, phase: str = "ownership", **more: object
    ) -> Record:
        fields = {"low": Decimal(1), "high": Decimal(1), "cash": True, "cost_kind": "revenue"} | more
        return self.add(
            CostLine,
            code,
            option=option,
            name=code,
            amounts=Profile(required=True).parse(amounts),
            cost_phase=phase,
            **fields,
        )

    def benefit(self, code: str, option: Record, amounts: str, kind: str, **more: object) -> Record:
        fields = {"low": Decimal(1), "high": Decimal(1), "in_plan": False} | more
        return self.add(
            BenefitLine,
            code,
            option=option,
            name=code,
            amounts=Profile(required=True).parse(amounts) if amounts else None,
            benefit_kind=kind,
            **fields,
        )

    def plan(self, grant: int, budget: int) -> None:
        for year in range(2013, 2017):
            self.add(PlanLine, f"G{year}", plan_kind="grant", name="Grant", year=year, amount=Decimal(grant))
            self.add(
                PlanLine, f"B{year}", plan_kind="budget", name="Budget", year=year, amount=Decimal(budget)
            )

    def inflation(self, rate: str) -> None:
        for year in range(2012, 2017):
            self.add(Inflation, f"I{year}", year=year, rate=Decimal(rate))

    def case(self) -> Case:
        return Case(self.exercise, self.tables)


def usual_town() -> Town:
    """Business as usual costs 1,000 a year. A costs 500 at once, then 800 a year, and frees 100 a year of time."""
    town = Town()
    usual = town.option("BAU", 1, "business as usual")
    a = town.option("A", 2, phases=("start-up", "ownership"))
    town.cost("C-BAU", usual, f"{EVERY_YEAR}: 1000")
    town.cost("C-A1", a, "2013-14: 500", "start-up", low=Decimal("0.8"), high=Decimal("1.5"))
    town.cost("C-A2", a, f"{EVERY_YEAR}: 800")
    town.benefit(
        "B-A", a, f"{EVERY_YEAR}: 100", "non-cash-releasing", low=Decimal("0.5"), high=Decimal("1.2")
    )
    return town
