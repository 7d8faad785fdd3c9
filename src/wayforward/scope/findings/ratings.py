"""Ratings of criticality and benefit: what raters come to, where they part, and the grid of both."""

from wayforward.findings import Column, Result, finding, show
from wayforward.findings.compute import Reading
from wayforward.findings.finding import Scalar
from wayforward.findings.provenance import used
from wayforward.methods import ratings as method
from wayforward.methods.ratings import Agreement, Status
from wayforward.methods.totals import total
from wayforward.scope.models import DIMENSIONS, Rating, Service
from wayforward.scope.services import leaves, yearly_costs

APART = (Status.DISAGREEMENT, Status.UNSETTLED)


@finding(
    "scope.ratings",
    title="Criticality and benefit opportunity of each service",
    question="How critical is each service, how much could change bring it, and where do raters disagree?",
    method="ratings",
    reads=(Service, Rating),
)
def ratings(case: Reading) -> Result:
    """The median rating of each service on both dimensions; none where raters are evenly split."""
    services = leaves(case.rows(Service))
    given = case.rows(Rating)
    codes = {service.code for service in services}
    counted = [rating for rating in given if rating.service.code in codes]
    of_service: dict[str, list[Rating]] = {code: [] for code in codes}
    for rating in counted:
        of_service[rating.service.code].append(rating)
    found = {code: _agreements(some) for code, some in of_service.items()}
    rows = [_row(service, found[service.code], of_service[service.code]) for service in services]
    headings = sorted({rating.service.name for rating in given if rating.service.code not in codes})
    return Result(
        headline=_headline(rows),
        columns=(
            Column("service", "Service", refers="service"),
            Column("name", "Name"),
            Column("criticality", "Criticality", "words"),
            Column("benefit", "Benefit opportunity", "words"),
            Column("raters", "Raters", "raters"),
            Column("disagreement", "Raters disagree", "yes or no"),
            Column("detail", "How", "words"),
        ),
        rows=tuple(rows),
        value_column="criticality",
        used=used(counted, "rating"),
        warnings=(
            (f"Ratings of {show.some(headings)} are not used: parts of these are services of their own",)
            if headings
            else ()
        ),
        waiting=_waiting(services, found),
    )


def _agreements(given: list[Rating]) -> dict[str, Agreement]:
    """What the raters of one service come to, on each dimension."""
    return {
        dimension: method.agree([r.rating for r in given if r.dimension == dimension])
        for dimension, _ in DIMENSIONS
    }


def _row(
    service: Service, found: dict[str, Agreement], given: list[Rating]
) -> dict[str, str | int | bool | None]:
    rated = [one for one in found.values() if one.status is not Status.UNRATED]
    words = [f"{name}: {one.reason}" for name, one in found.items() if one.status in APART]
    levels = {name: one.level.value if one.level else None for name, one in found.items()}
    return {
        "service": service.code,
        "name": service.name,
        "criticality": levels["criticality"],
        "benefit": levels["benefit"],
        "raters": len({rating.rater for rating in given}),
        "disagreement": any(one.status in APART for one in rated) if rated else None,
        "detail": "; ".join(words) or ("they agree, or are one class apart" if rated else None),
    }


def _waiting(services: list[Service], found: dict[str, dict[str, Agreement]]) -> tuple[str, ...]:
    if not services:
        return ("the services of the organisation",)
    lacking = []
    for dimension, title in DIMENSIONS:
        for status, words in (
            (Status.UNRATED, f"ratings of {title.lower()} for"),
            (Status.UNSETTLED, f"raters to settle the {title.lower()} of"),
        ):
            names = [s.name for s in services if found[s.code][dimension].status is status]
            if names:
                lacking.append(f"{words} {show.some(names)}")
    return tuple(lacking)


def _headline(rows: list[dict[str, str | int | bool | None]]) -> str:
    both = sum(row["criticality"] is not None and row["benefit"] is not None for row in rows)
    if not any(row["raters"] for row in rows):
        return "No service has been rated yet"
    apart = sum(row["disagreement"] is True for row in rows)
    end = f"raters disagree on {apart}" if apart else "raters disagree on none"
    return f"{both} of {show.count(len(rows), 'service')} have both ratings settled; {end}"


def settled(case: Reading) -> dict[str, tuple[str | None, str | None]]:
    """By service, its criticality and benefit opportunity; None where not rated or not settled."""
    return {
        str(row["service"]): (_word(row["criticality"]), _word(row["benefit"]))
        for row in case.need("scope.ratings").rows
    }


def _word(value: Scalar) -> str | None:
    return None if value is None else str(value)


@finding(
    "scope.grid",
    title="Criticality against benefit opportunity",
    question="Which services matter most and have most to gain?",
    method="ratings",
    unit="services",
    prices="real",
    reads=(Service,),
    needs=("scope.ratings",),
)
def grid(case: Reading) -> Result:
    """Nine cells of criticality and benefit, with the services in each and what they cost a year."""
    services = {service.code: service for service in leaves(case.rows(Service))}
    cells, unplaced = method.grid(settled(case))
    costs = yearly_costs(services.values())
    rows = [
        {
            "criticality": cell.criticality.value,
            "benefit": cell.benefit.value,
            "services": "; ".join(cell.codes) or "none",
            "count": len(cell.codes),
            "cost": total({code: costs[code] for code in cell.codes}).value,
        }
        for cell in cells
    ]
    placed = [code for cell in cells for code in cell.codes]
    return Result(
        headline=_grid_headline([services[code].name for code in cells[0].codes], len(placed)),
        columns=(
            Column("criticality", "Criticality", "words"),
            Column("benefit", "Benefit opportunity", "words"),
            Column("services", "Services", "words"),
            Column("count", "How many", "services"),
            Column("cost", "Yearly cost", "GBP"),
        ),
        rows=tuple(rows) if placed else (),
        value_column="count",
        pivot=("criticality", "benefit", "services"),
        used=used([services[code] for code in placed if costs[code] is not None], "yearly_cost"),
        waiting=_grid_waiting(services, placed, list(unplaced), costs),
    )


def _grid_waiting(
    services: dict[str, Service], placed: list[str], unplaced: list[str], costs: dict[str, float | None]
) -> tuple[str, ...]:
    lacking = (
        ("both ratings settled for", unplaced),
        ("the yearly cost of", [code for code in placed if costs[code] is None]),
    )
    found = [f"{what} {show.some([services[c].name for c in codes])}" for what, codes in lacking if codes]
    return tuple(found) if services else ("the services of the organisation",)


def _grid_headline(names: list[str], placed: int) -> str:
    if not placed:
        return "No service has both ratings settled yet"
    if not names:
        return "No service is rated High for both criticality and benefit opportunity"
    if len(names) > 3:
        return (
            f"{len(names)} of {placed} services are rated High for both criticality and benefit opportunity"
        )
    verb = "is" if len(names) == 1 else "are"
    return f"{show.some(names)} {verb} rated High for both criticality and benefit opportunity"
