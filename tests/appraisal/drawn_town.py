"""The town with things that vary: what the tests of simulated findings build on."""

from decimal import Decimal

from tests.appraisal.town import EVERY_YEAR, Town
from wayforward.appraisal.models import Correlation, Threshold, Uncertainty
from wayforward.findings import Finding, Findings
from wayforward.options.models import Option
from wayforward.records.base import Record

FACTORS = [1.035**-t for t in range(4)]
FOUR_YEARS = sum(FACTORS)
Z95 = 1.6448536269514722  # the standard normal's 95th percentile


def found(town: Town, key: str) -> Finding:
    return Findings(town.case(), keep=False)[f"appraisal.{key}"]


def plain_town() -> Town:
    """Business as usual costs 100 a year for certain; A costs 80 a year and brings 50 a year, for certain."""
    town = Town()
    usual, a = town.option("BAU", 1, "business as usual"), town.option("A", 2)
    town.cost("C-BAU", usual, f"{EVERY_YEAR}: 100")
    town.cost("C-A", a, f"{EVERY_YEAR}: 80")
    town.benefit("B-A", a, f"{EVERY_YEAR}: 50", "societal")
    return town


def normal_town(low: str = "0.5", high: str = "1.5") -> Town:
    """As the plain town, but A's benefit is normal, low and high its 5th and 95th percentile."""
    town = plain_town()
    line(town, "B-A").low, line(town, "B-A").high = Decimal(low), Decimal(high)
    line(town, "B-A").distribution = "normal"
    return town


def line(town: Town, code: str) -> Record:
    return next(row for rows in town.tables.values() for row in rows if row.code == code)


def option(town: Town, code: str) -> Record:
    return next(row for row in town.tables[Option] if row.code == code)


def varies(town: Town, code: str, about: str, field: str, shape: str = "uniform", **ends: object) -> Record:
    named = {name: Decimal(str(value)) for name, value in ends.items() if name != "outcomes"}
    more = {"outcomes": ends["outcomes"]} if "outcomes" in ends else {}
    return town.add(
        Uncertainty,
        code,
        about=about,
        field=field,
        name=f"What {code} varies",
        distribution=shape,
        **named,
        **more,
    )


def together(town: Town, code: str, first: str, second: str, value: str) -> Record:
    return town.add(Correlation, code, first=first, second=second, rank_correlation=Decimal(value))


def limit(town: Town, code: str, measure: str, side: str, value: float) -> Record:
    return town.add(
        Threshold, code, name=f"Limit {code}", measure=measure, side=side, value=Decimal(str(value))
    )


def twin(town: Town, code: str = "B", order: int = 3) -> Record:
    """An option with the same lines as A, by the same names."""
    made = town.option(code, order)
    town.cost(f"C-{code}", made, f"{EVERY_YEAR}: 80").name = "C-A"
    own = line(town, "B-A")
    same = town.benefit(f"B-{code}", made, f"{EVERY_YEAR}: 50", "societal", low=own.low, high=own.high)
    same.name, same.distribution = "B-A", own.distribution
    return made
