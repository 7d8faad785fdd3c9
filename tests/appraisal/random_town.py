"""Towns by chance: options, lines and risks of every kind, some of them not known; the same seed, the same town."""

from decimal import Decimal
from random import Random
from typing import Any

from tests.appraisal.town import Town
from wayforward.appraisal.models import BenefitLine, BiasArea, BiasShare, CostLine, OptimismBias
from wayforward.finance.models import IncomeGroup, Inflation, PlanLine
from wayforward.options.models import OptionPhase, OptionRisk
from wayforward.records.fields import write_year

PHASES = ("start-up", "design and build", "implementation", "ownership")
KINDS = ("cash-releasing", "non-cash-releasing", "societal", "unmonetised")
SHARES = (None, None, Decimal(0), Decimal("0.3"), Decimal("0.85"), Decimal(1))
BODIES = ("", "A town", "Partner")


def random_town(seed: int, edition: str, first_year: int, years: int) -> Town:
    """A town with business as usual and three options over so many years."""
    chance, town = Random(seed), Town()
    exercise = town.exercise
    exercise.edition, exercise.first_year, exercise.years = edition, first_year, years
    exercise.price_year = chance.choice([2010, 2012, 2013])
    _money(chance, town)
    phases = {"BAU": ("ownership",)} | {code: chance.sample(PHASES, chance.randint(1, 3)) for code in "ABC"}
    for order, (code, names) in enumerate(phases.items(), 1):
        town.option(code, order, "business as usual" if order == 1 else "option", phases=tuple(names))
    for phase in town.tables[OptionPhase]:
        phase.delay_months = chance.choice([None, 0, 0, 3, 12, 17, 30])
    projects, groups = _projects(chance, town), _groups(town)
    for phase in town.tables[OptionPhase]:
        for _ in range(chance.randint(1, 3)):
            _cost(chance, town, phase, chance.choice(projects))
    for option in {phase.option.code: phase.option for phase in town.tables[OptionPhase]}.values():
        for _ in range(chance.randint(1, 5)):
            _benefit(chance, town, option, chance.choice([None, *groups]))
        for _ in range(chance.randint(0, 2)):
            _risk(chance, town, option)
    _twins(town)
    _drivers(Random(seed), town)
    return town


def _financial_years(town: Town) -> list[str]:
    first = town.exercise.first_year
    return [write_year(year) for year in range(first, first + town.exercise.years)]


def _code(town: Town, letter: str) -> str:
    return f"{letter}-{sum(len(rows) for rows in town.tables.values())}"


def _amounts(chance: Random, town: Town) -> dict[str, Decimal] | None:
    """Some years of some size, now and then below nought or none at all; once in a hundred not known."""
    if chance.random() < 0.01:
        return None
    least = -100 if chance.random() < 0.15 else 1
    return {
        year: Decimal(str(round(chance.uniform(least, 900), 2))) * chance.choice([0, 1, 1])
        for year in _financial_years(town)
        if chance.random() < 0.7
    }


def _money(chance: Random, town: Town) -> None:
    first, base = town.exercise.first_year, town.exercise.price_year
    for year in range(min(first, base), first + town.exercise.years):
        town.add(Inflation, f"I{year}", year=year, rate=Decimal(str(round(chance.uniform(-0.01, 0.05), 4))))
    for year in range(first, first + town.exercise.years):
        for kind, most in (("grant", 5000), ("budget", 3000)):
            amount = Decimal(chance.randint(500, most))
            town.add(PlanLine, f"{kind}-{year}", plan_kind=kind, name=kind, year=year, amount=amount)


def _projects(chance: Random, town: Town) -> list[Any]:
    made = []
    for place, types in enumerate((("outsourcing",), ("standard-buildings", "equipment-and-development"))):
        project = town.add(OptimismBias, f"OB-{place}", name=f"Project {place}", below_lower="")
        project.below_lower = chance.choice(["", "Tested"])
        for name, share in zip(types, ("0.4", "0.6") if len(types) > 1 else ("1",), strict=True):
            town.add(BiasShare, f"OBS-{place}-{name}", bias=project, project_type=name, share=Decimal(share))
        for at in range(3):
            part, done = (Decimal(str(round(chance.uniform(0, most), 2))) for most in (0.33, 1))
            area = town.add(
                BiasArea, f"OBA-{place}{at}", bias=project, name="Area", contribution=part, mitigation=done
            )
            if chance.random() < 0.5:
                town.cite(area, town.strong, "mitigation")
        made.append(project)
    return made


def _groups(town: Town) -> list[Any]:
    incomes = {"The bottom fifth": 9000, "The top fifth": 52000}
    return [
        town.add(IncomeGroup, f"ING-{at}", name=name, income=Decimal(income), median=Decimal(21800))
        for at, (name, income) in enumerate(incomes.items())
    ]


def _common(chance: Random) -> dict[str, Any]:
    return {
        "low": chance.choice([Decimal("0.8"), Decimal(1), Decimal(0)]),
        "high": Decimal("1.3"),
        "organisation": chance.choice(BODIES),
        "prices": chance.choice(["", "", "real", "cash"]),
    }


def _cost(chance: Random, town: Town, phase: Any, project: Any) -> None:
    fields = _common(chance) | {
        "cash": chance.random() < 0.8,
        "cost_kind": chance.choice(["capital", "revenue"]),
        "nature": chance.choice(["", "", "", "resource", "transfer", "sunk", "value added tax"]),
        "correction": chance.choice(["", "none", "confidence grade", "optimism bias"]),
        "bias": project,
        "residual": chance.choice([None, None, Decimal(50)]),
    }
    if fields["correction"] == "optimism bias" and project.code == "OB-0":
        fields["cost_kind"] = "revenue"  # outsourcing has no bound for capital
    line = town.cost(_code(town, "C"), phase.option, "2013-14: 1", phase.phase, **fields)
    line.amounts, line.phase = _amounts(chance, town), chance.choice(["", phase.phase])
    if line.prices != "cash":
        line.price_year = chance.choice([None, None, 2010, 2012])
    if chance.random() < 0.3:
        town.cite(line, chance.choice([town.strong, town.weak]), "amounts")


def _benefit(chance: Random, town: Town, option: Any, group: Any) -> None:
    kind = chance.choice(KINDS)
    cuts = ("reach", "take_up", "deadweight", "attribution", "drop_off")
    fields = _common(chance) | {
        **{name: chance.choice(SHARES) for name in cuts},
        "in_plan": chance.random() < 0.1,
        "lag_months": chance.choice([None, 0, 5, 12, 19, 40]),
        "ramp_months": chance.choice([None, 0, 7, 12, 30]),
        "life_or_health": chance.choice([None, False, True]),
        "value": chance.choice(["", "fiscal", "economic", "social"]),
        "income_group": group,
        "correction": chance.choice(["", "confidence grade"]),
        "phase": chance.choice([one.phase for one in town.tables[OptionPhase] if one.option is option]),
    }
    line = town.benefit(_code(town, "B"), option, "", kind, **fields)
    if kind != "unmonetised" and chance.random() < 0.4:
        line.units, line.unit_value = Decimal(chance.randint(0, 40)), Decimal("33.3")
        line.starts = chance.choice([None, town.exercise.first_year, town.exercise.first_year - 1])
    elif kind != "unmonetised":
        line.amounts = _amounts(chance, town)


def _risk(chance: Random, town: Town, option: Any) -> None:
    first, years = town.exercise.first_year, town.exercise.years
    fields = {
        "probability": chance.choice([None, Decimal(0), Decimal("0.4"), Decimal(1)]),
        "impact": chance.choice([None, Decimal(300)]),
        "year": chance.choice([None, first, first + years - 1, first + years]),
        "counted_in": chance.choice(["", "", "the register", "the uplift"]),
    }
    town.add(OptionRisk, _code(town, "R"), option=option, name="Risk", **fields)


def _twins(town: Town) -> None:
    """Lines of business as usual that stand unchanged in two of the options."""
    options = {phase.option.code: phase.option for phase in town.tables[OptionPhase]}
    for model, letter in ((CostLine, "C"), (BenefitLine, "B")):
        names = [field.name for field in model._meta.concrete_fields]
        for line in [one for one in town.tables[model] if one.option.code == "BAU"][:2]:
            kept = {name: getattr(line, name) for name in names}
            for name in ("id", "code", "option", "exercise", "version"):
                kept.pop(name, None)
            for code in "AB":
                town.add(model, _code(town, letter), option=options[code], **kept)


def _drivers(chance: Random, town: Town) -> None:
    """What lines and risks share with others, of any option."""
    for line in (*town.tables[CostLine], *town.tables[BenefitLine]):
        line.varies_with = chance.choice(["", "", "Wages", "wages", "W*"])
        line.distribution = chance.choice(["", "pert", "uniform"])
        line.high = chance.choice([line.high, Decimal("1.7")])
    for risk in town.tables.get(OptionRisk, []):
        risk.name = chance.choice(["Risk", "Another"])
