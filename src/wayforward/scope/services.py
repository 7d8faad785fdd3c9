"""From the services of a case to what methods take: those that count, their cost, the facts about each."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from wayforward.methods import category
from wayforward.scope.models import Service

AREAS = {"core": "core", "support": "support", "ict": "ICT"}


def leaves(services: Sequence[Service]) -> list[Service]:
    """The services that are nobody's parent. Only these count: a heading would count its parts twice."""
    parents = {service.parent.code for service in services if service.parent is not None}
    return [service for service in services if service.code not in parents]


def leaves_under(services: Sequence[Service]) -> dict[str, list[Service]]:
    """By code of every service, the leaves that it stands for: itself, or those under a heading."""
    found: dict[str, list[Service]] = defaultdict(list)
    for leaf in leaves(services):
        above: Service | None = leaf
        passed: set[str] = set()
        while above is not None and above.code not in passed:
            passed.add(above.code)
            found[above.code].append(leaf)
            above = above.parent
    return found


def yearly_costs(services: Iterable[Service]) -> dict[str, float | None]:
    """The yearly cost of each service in pounds; None is not known."""
    return {s.code: None if s.yearly_cost is None else float(s.yearly_cost) for s in services}


def facts(service: Service) -> category.ServiceFacts:
    """A service in the words of the rule. One that names no core service as supported supports none."""
    return category.facts(
        powers=service.powers_by,
        employer=service.employer,
        tasked_by=service.tasked_by,
        supports=service.supports.code if service.supports is not None else "",
        information=service.information,
    )
