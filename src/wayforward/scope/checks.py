"""Rules of scope: a tree of services, what supports a core service, agreed categories, one rating a rater."""

from collections.abc import Iterator

from wayforward.methods import category
from wayforward.methods.cycles import cycle
from wayforward.records.case import Case
from wayforward.records.checks import Wrong, check, once
from wayforward.scope.models import Definition, Rating, Service


def facts(service: Service) -> category.ServiceFacts:
    """What is known of a service, for the rules on its category; supporting none is known to be none."""
    return category.facts(
        service.powers_by,
        service.employer,
        service.tasked_by,
        service.supports.code if service.supports else "",
        service.information,
    )


def standing(service: Service) -> str:
    """The agreed category, or the proposed one where none is agreed; '' while unsettled."""
    proposed = category.propose(facts(service)).category
    return service.agreed_category or (proposed.value if proposed else "")


@check
def services_form_a_tree(case: Case) -> Iterator[Wrong]:
    """No service is part of itself, supports itself, or stands above what it supports."""
    services = {service.code: service for service in case.rows(Service)}
    edges = {
        code: {other.code for other in (service.parent, service.supports) if other}
        for code, service in services.items()
    }
    while ring := cycle(edges):
        first, second = services[ring[0]], ring[1 % len(ring)]
        field = "parent" if first.parent and first.parent.code == second else "supports"
        allowed = "a service that is no part of this one and is not supported by it: change one of these"
        yield Wrong(first, field, " under ".join([*ring, ring[0]]), allowed)
        edges[ring[0]].discard(second)


@check
def only_core_services_are_supported(case: Case) -> Iterator[Wrong]:
    for service in case.rows(Service):
        if service.supports and standing(service.supports) not in ("core", ""):
            found = f"{service.supports.code}, which is {standing(service.supports)}"
            allowed = "a core service, or blank where it supports none directly"
            yield Wrong(service, "supports", found, allowed)


@check
def another_category_has_a_reason(case: Case) -> Iterator[Wrong]:
    for service in case.rows(Service):
        if not service.agreed_category or service.agreed_reason:
            continue
        proposed = category.propose(facts(service))
        if proposed.category and service.agreed_category != proposed.category.value:
            allowed = f"why it is agreed as {service.agreed_category}: {proposed.reason}"
            yield Wrong(service, "agreed_reason", "nothing", allowed)


@check
def a_rater_rates_once(case: Case) -> Iterator[Wrong]:
    yield from once(case.rows(Rating), "service", "dimension", "rater")


@check
def a_term_is_defined_once(case: Case) -> Iterator[Wrong]:
    yield from once(case.rows(Definition), "term", "edition")
