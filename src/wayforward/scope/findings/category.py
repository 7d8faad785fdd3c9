"""Core, support or ICT: what the facts propose, what people agreed, and what each area costs."""

from wayforward.findings import Column, Result, finding, show
from wayforward.findings.compute import Reading
from wayforward.findings.finding import Used
from wayforward.findings.provenance import used
from wayforward.methods import category as method
from wayforward.methods.totals import Total, total
from wayforward.scope.models import Service
from wayforward.scope.services import AREAS, facts, leaves, yearly_costs

FACTS = ("powers_by", "employer", "tasked_by", "information", "supports")
NOT_AGREED = "not agreed"
TITLES = {"core": "Core", "support": "Support", "ICT": "ICT and information", NOT_AGREED: "Not agreed yet"}


@finding(
    "scope.category",
    title="Core, support or ICT: proposed and agreed",
    question="Which services are core, which support and which ICT, and where did people decide otherwise?",
    method="category",
    reads=(Service,),
)
def category(case: Reading) -> Result:
    """The category that the facts of each service propose, beside the one that was agreed."""
    services = leaves(case.rows(Service))
    proposals = {service.code: method.propose(facts(service)) for service in services}
    rows = [_row(service, proposals[service.code]) for service in services]
    return Result(
        headline=_headline(rows),
        columns=(
            Column("service", "Service", refers="service"),
            Column("name", "Name"),
            Column("proposed", "Proposed", "words"),
            Column("agreed", "Agreed", "words"),
            Column("differs", "Agreed otherwise", "yes or no"),
            Column("reason", "Why proposed", "words"),
            Column("agreed_reason", "Why agreed", "words"),
        ),
        rows=tuple(rows),
        value_column="agreed",
        used=tuple(item for service in services for item in _used(service)),
        warnings=tuple(text for service in services for text in _warnings(service, proposals)),
        waiting=_waiting(services, proposals),
    )


def _row(service: Service, proposal: method.Proposal) -> dict[str, str | bool | None]:
    proposed = AREAS[proposal.category.value] if proposal.category else None
    agreed = AREAS[service.agreed_category] if service.agreed_category else None
    return {
        "service": service.code,
        "name": service.name,
        "proposed": proposed,
        "agreed": agreed,
        "differs": None if proposed is None or agreed is None else proposed != agreed,
        "reason": proposal.reason,
        "agreed_reason": service.agreed_reason or ("as proposed" if agreed and proposed == agreed else None),
    }


def _used(service: Service) -> tuple[Used, ...]:
    """The facts that are given: one left blank is waited for, not assumed."""
    given = [name for name in (*FACTS, "agreed_category") if getattr(service, name) not in (None, "")]
    return used([service], *given) if given else ()


def _warnings(service: Service, proposals: dict[str, method.Proposal]) -> list[str]:
    proposal = proposals[service.code]
    found = [f"{service.name}: {warning}" for warning in proposal.warnings]
    row = _row(service, proposal)
    if row["differs"] and not service.agreed_reason:
        found.append(f"{service.name} was agreed as {row['agreed']} against the proposal, without a reason")
    supported = proposals.get(service.supports.code) if service.supports is not None else None
    if supported and supported.category not in (None, method.Category.CORE):
        found.append(
            f"{service.name} is said to support {service.supports.name}, which is not proposed as core"
        )
    return found


def _waiting(services: list[Service], proposals: dict[str, method.Proposal]) -> tuple[str, ...]:
    if not services:
        return ("the services of the organisation",)
    lacking = []
    for service in services:
        proposal = proposals[service.code]
        if proposal.category is None:
            lacking.append(f"{show.listed(list(proposal.missing))}, for {service.name}")
    open_yet = [service.name for service in services if not service.agreed_category]
    if open_yet:
        lacking.append(f"an agreed category of {show.some(open_yet)}")
    return tuple(lacking)


def _headline(rows: list[dict[str, str | bool | None]]) -> str:
    if not rows:
        return "No service is known yet"
    agreed = sum(row["agreed"] is not None for row in rows)
    if not agreed:
        return f"None of {show.count(len(rows), 'service')} has an agreed category yet"
    otherwise = sum(row["differs"] is True for row in rows)
    return (
        f"{agreed} of {show.count(len(rows), 'service')} have an agreed category, "
        f"{otherwise or 'none'} of them other than the facts propose"
    )


@finding(
    "scope.areas",
    title="Services, people and yearly cost by area of scope",
    question="What does each area of scope cost, and how many people work in it?",
    method="totals",
    unit="GBP",
    prices="real",
    reads=(Service,),
)
def areas(case: Reading) -> Result:
    """Services by agreed category: how many, their yearly cost and their people."""
    services = leaves(case.rows(Service))
    rows = []
    for area in TITLES:
        inside = [s for s in services if AREAS.get(s.agreed_category, NOT_AGREED) == area]
        if inside:
            rows.append(_area(area, inside))
    costed = [service for service in services if service.yearly_cost is not None]
    staffed = [service for service in services if service.people is not None]
    return Result(
        headline=_areas_headline(rows),
        columns=(
            Column("area", "Area", "words"),
            Column("name", "Area of scope"),
            Column("services", "Services", "services"),
            Column("cost", "Yearly cost", "GBP"),
            Column("people", "People", "full-time equivalents"),
            Column("known_cost", "Yearly cost, as far as known", "GBP"),
            Column("without_cost", "Services whose cost is not known", "services"),
        ),
        rows=tuple(rows),
        value_column="cost",
        used=(
            *used(costed, "yearly_cost"),
            *used(staffed, "people"),
            *used([service for service in services if service.agreed_category], "agreed_category"),
        ),
        waiting=_areas_waiting(services),
    )


def _area(area: str, services: list[Service]) -> dict[str, str | float | int | None]:
    cost = total(yearly_costs(services))
    return {
        "area": area,
        "name": TITLES[area],
        "services": len(services),
        "cost": cost.value,
        "people": _people(services).value,
        "known_cost": cost.known if len(cost.unknown) < len(services) else None,
        "without_cost": len(cost.unknown),
    }


def _people(services: list[Service]) -> Total:
    return total({s.code: None if s.people is None else float(s.people) for s in services})


def _areas_waiting(services: list[Service]) -> tuple[str, ...]:
    if not services:
        return ("the services of the organisation, with what each costs",)
    lacking = (
        ("the yearly cost of", [s.name for s in services if s.yearly_cost is None]),
        ("the people of", [s.name for s in services if s.people is None]),
        ("an agreed category of", [s.name for s in services if not s.agreed_category]),
    )
    return tuple(f"{what} {show.some(names)}" for what, names in lacking if names)


def _areas_headline(rows: list[dict[str, str | float | int | None]]) -> str:
    settled = [row for row in rows if row["area"] != NOT_AGREED and row["known_cost"] is not None]
    if not settled:
        return "What each area of scope costs is not known yet"
    whole = sum(float(row["known_cost"] or 0) for row in rows)
    largest = max(settled, key=lambda row: float(row["known_cost"] or 0))
    share = float(largest["known_cost"] or 0) / whole if whole else None
    complete = all(row["cost"] is not None for row in rows)
    return (
        f"{largest['name']} services cost {show.money(largest['known_cost'])} a year, "
        f"{show.percent(share)} of {'all services' if complete else 'the cost that is known'}"
    )
