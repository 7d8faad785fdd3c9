"""Options scored on criteria and weighed by groups: the town with more than money, for tests."""

from collections.abc import Sequence
from decimal import Decimal

from tests.appraisal.town import Town, usual_town
from wayforward.appraisal.models import (
    BenefitLine,
    CostLine,
    Criterion,
    CriterionScore,
    StakeholderGroup,
    SwingWeight,
)
from wayforward.findings import Finding, Findings
from wayforward.records.base import Record


def criterion(
    town: Town, code: str, worst: float | None = 0, best: float | None = 1, **more: object
) -> Record:
    order = len(town.tables.get(Criterion, [])) + 1
    ends = {"worst": decimal(worst), "best": decimal(best)}
    return town.add(Criterion, code, **{"name": code.lower(), "order": order, **ends, **more})


def score(town: Town, option: Record, of: Record, *figures: float | None) -> Record:
    """Score, or low, score and high."""
    low, likely, high = figures if len(figures) == 3 else (None, *figures, None)
    return town.add(
        CriterionScore,
        f"{option.code}-{of.code}",
        option=option,
        criterion=of,
        score=decimal(likely),
        low=decimal(low),
        high=decimal(high),
    )


def group(
    town: Town, code: str, points: Sequence[tuple[Record, tuple[float, ...]]], **more: object
) -> Record:
    """A group and its points by criterion: (points) or (points, low, high)."""
    made = town.add(StakeholderGroup, code, **{"name": f"Group {code}", "group_kind": "staff", **more})
    for of, given in points:
        likely, low, high = given if len(given) == 3 else (*given, None, None)
        town.add(
            SwingWeight,
            f"{code}-{of.code}",
            group=made,
            criterion=of,
            points=decimal(likely),
            low=decimal(low),
            high=decimal(high),
        )
    return made


def decimal(number: float | None) -> Decimal | None:
    return None if number is None else Decimal(str(number))


def scored_town(
    levels: dict[str, tuple[float, ...]], names: tuple[str, ...], worst: float, best: float
) -> Town:
    """Options by criteria, all between the same anchors, without money."""
    town = Town()
    criteria = [criterion(town, name, worst, best) for name in names]
    for order, (code, row) in enumerate(levels.items(), start=1):
        option = town.option(code, order)
        for of, level in zip(criteria, row, strict=True):
            score(town, option, of, level)
    return town


def money_town() -> Town:
    """The usual town: A is worth 300 a year for 4 years less 500, about 640; trust speaks for business as usual."""
    town = usual_town()
    usual, a = {line.option.code: line.option for line in town.tables[CostLine]}.values()
    worth = criterion(town, "WORTH", -1000, 1000, quotes="appraisal.npsv")
    trust = criterion(town, "TRUST", 0, 10)
    score(town, usual, trust, 10)
    score(town, a, trust, 5)
    group(town, "G", [(worth, (100,)), (trust, (50,))])
    return town


def on_good_evidence(town: Town) -> Town:
    for row in [*town.tables[CostLine], *town.tables[BenefitLine]]:
        town.cite(row, town.strong)
    return town


def found(town: Town, key: str) -> Finding:
    return Findings(town.case(), keep=False)[key]
