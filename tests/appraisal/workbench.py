"""The made-up town in a database, for tests of the appraisal's own pages."""

from decimal import Decimal
from typing import Any

from tests.appraisal.town import EVERY_YEAR, Town
from tests.appraisal.weighed_town import criterion, group, score
from wayforward.appraisal.models import (
    BenefitLine,
    CostLine,
)
from wayforward.options.models import OptionRisk

AT = "/exercises/TOWN"


def two_options(strong: bool = True) -> Town:
    """Business as usual costs 1,000 a year. A costs 500 at once, then 800 a year; B costs 850 a year from the start.

    Worth, with F the value of 1 a year for four years: A 100F + 200F - 500 + 0, B 40F + 150F. With strong evidence
    the options can be ranked; else they can't.
    """
    town = Town()
    usual = town.option("BAU", 1, "business as usual")
    a = town.option("A", 2, phases=("start-up", "ownership"))
    b = town.option("B", 3)
    town.cost("C-BAU", usual, f"{EVERY_YEAR}: 1000")
    town.cost("C-A1", a, "2013-14: 500", "start-up", low=Decimal("0.8"), high=Decimal("1.5"))
    town.cost("C-A2", a, f"{EVERY_YEAR}: 800")
    town.cost("C-B", b, f"{EVERY_YEAR}: 850", phase="ownership", varies_with="Wages")
    town.benefit(
        "B-A", a, f"{EVERY_YEAR}: 100", "non-cash-releasing", low=Decimal("0.5"), high=Decimal("1.2")
    )
    town.benefit("B-B", b, f"{EVERY_YEAR}: 40", "non-cash-releasing", varies_with="Wages")
    if strong:
        for model in (CostLine, BenefitLine):
            for line in town.tables[model]:
                town.cite(line, town.strong, "amounts")
    town.plan(grant=3000, budget=2000)
    town.inflation("0")
    return town


def weighed(town: Town) -> Town:
    """With two criteria, weighed by two groups."""
    options = {line.option.code: line.option for line in town.tables[CostLine]}
    means = {"worst_means": "Worst", "best_means": "Best", "independent": True}
    pace, calm = (criterion(town, code, 0, 100, name=code.capitalize(), **means) for code in ("PACE", "CALM"))
    for code, (fast, quiet) in {"BAU": (10, 90), "A": (80, 20), "B": (50, 50)}.items():
        score(town, options[code], pace, fast)
        score(town, options[code], calm, quiet)
    for code, (fast, quiet) in {"STAFF": (100, 40), "PUBLIC": (30, 100)}.items():
        points = [(pace, (fast, fast, fast)), (calm, (quiet, quiet, quiet))]
        group(town, code, points, name=code.capitalize())
    return town


def with_risk(town: Town) -> Town:
    """With a risk of A: a half of 400 in 2013-14, which is not discounted."""
    option = next(line.option for line in town.tables[CostLine] if line.code == "C-A1")
    town.add(
        OptionRisk,
        "R1",
        option=option,
        name="Strike",
        probability=Decimal("0.5"),
        impact=Decimal(400),
        year=2013,
    )
    return town


def store(town: Town) -> Any:
    """The exercise, stored."""
    from wayforward.records.save import save_case

    case = town.case()
    save_case(case, "operator")
    return case.exercise


def member(exercise: Any, email: str = "analyst@example.org", role: str = "analyst") -> Any:
    """A client of somebody with a part in the exercise."""
    from django.test import Client

    from tests.workbench import person
    from wayforward.people.models import Membership

    user = person(email)
    Membership.objects.create(exercise=exercise, user=user, role=role)
    client = Client()
    client.force_login(user)
    return client
