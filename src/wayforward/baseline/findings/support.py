"""The burning platform: when systems lose support, and what stands on them."""

from collections.abc import Sequence
from datetime import date

from wayforward.baseline.models import System, SystemService
from wayforward.findings import Column, Result, finding, show
from wayforward.findings.compute import Reading
from wayforward.findings.finding import Row, Used
from wayforward.findings.provenance import used
from wayforward.methods import support as method
from wayforward.methods.financial_years import financial_year
from wayforward.methods.support import Standing, Support
from wayforward.methods.totals import Total
from wayforward.records.fields import write_year
from wayforward.scope.models import Service
from wayforward.scope.services import leaves_under, yearly_costs

READS = (System, SystemService, Service)
PAST, WITHIN, LATER, UNKNOWN = "past", "within the period", "later", "not known"


class Platform:
    """The systems of a case, and the services on each; a heading stands for the services under it."""

    def __init__(self, case: Reading) -> None:
        under = leaves_under(case.rows(Service))
        self.records = {system.code: system for system in case.rows(System)}
        on: dict[str, set[str]] = {code: set() for code in self.records}
        for link in case.rows(SystemService):
            on[link.system.code].update(service.code for service in under[link.service.code])
        self.services = {code: tuple(sorted(services)) for code, services in on.items()}
        self.costs = yearly_costs(case.rows(Service))
        self._names = {service.code: service.name for service in case.rows(Service)}
        self.systems = [self._system(system) for system in self.records.values()]
        self.standing = {code for services in self.services.values() for code in services}
        self._costed = [
            s for s in case.rows(Service) if s.code in self.standing and s.yearly_cost is not None
        ]

    def _system(self, record: System) -> method.System:
        cost = None if record.yearly_cost is None else float(record.yearly_cost)
        return method.System(record.code, record.end_of_support, cost, self.services[record.code])

    def cost(self, standing: Standing) -> Total | None:
        """The yearly cost of the services standing there; None where what stands on a system is not known."""
        if any(not self.services[code] for code in standing.systems):
            return None
        return standing.service_cost

    def used(self) -> tuple[Used, ...]:
        dated = [system for system in self.records.values() if system.end_of_support is not None]
        return (*used(dated, "end_of_support"), *used(self._costed, "yearly_cost"))

    def waiting(self) -> tuple[str, ...]:
        """What is lacking to know when support ends and what that puts at risk."""
        if not self.records:
            return ("the systems in use, with their end of support",)
        lacking = (
            ("the end of support of", [c for c, s in self.records.items() if s.end_of_support is None]),
            ("the services that stand on", [code for code, on in self.services.items() if not on]),
        )
        found = [
            f"{what} {show.some([self.records[c].name for c in codes])}" for what, codes in lacking if codes
        ]
        without = [self._names[code] for code in sorted(self.standing) if self.costs[code] is None]
        return (*found, f"the yearly cost of {show.some(without)}") if without else tuple(found)


def _ends(case: Reading) -> date:
    """The first day after the last year appraised."""
    return date(case.years[-1] + 1, 4, 1)


def _state(case: Reading, end: date | None) -> str:
    if end is None:
        return UNKNOWN
    if method.state(end, case.today) is Support.PAST:
        return PAST
    return WITHIN if method.state(end, _ends(case)) is Support.PAST else LATER


@finding(
    "baseline.support",
    title="End of support of each system, and what stands on it",
    question="Which systems are, or soon will be, without support, and what stands on them?",
    method="support",
    unit="GBP",
    prices="real",
    reads=READS,
)
def support(case: Reading) -> Result:
    """Systems by end of support, with the yearly cost of the services on each, over the years appraised."""
    platform = Platform(case)
    rows = []
    for system in sorted(platform.systems, key=lambda s: (s.end_of_support or date.max, s.code)):
        alone = method.by_state([system], platform.costs, case.today)
        cost = platform.cost(alone[method.state(system.end_of_support, case.today)])
        rows.append(
            {
                "system": system.code,
                "name": platform.records[system.code].name,
                "ends": system.end_of_support.isoformat() if system.end_of_support else None,
                "state": _state(case, system.end_of_support),
                "services": "; ".join(system.services) or None,
                "cost_standing": cost.value if cost else None,
                "count": len(system.services) or None,
                "yearly_cost": system.yearly_cost,
            }
        )
    return Result(
        headline=_headline(case, platform, rows),
        columns=(
            Column("system", "System", refers="system"),
            Column("name", "Name"),
            Column("ends", "End of support", "date"),
            Column("state", "Support ends", "words"),
            Column("services", "Services on it", "words"),
            Column("cost_standing", "Yearly cost of these services", "GBP"),
            Column("count", "How many", "services"),
            Column("yearly_cost", "Yearly cost of the system", "GBP"),
        ),
        rows=tuple(rows),
        value_column="ends",
        used=(
            *platform.used(),
            *used([s for s in platform.records.values() if s.yearly_cost is not None], "yearly_cost"),
        ),
        parameters={
            "status_date": case.today.isoformat(),
            "report_due": case.exercise.report_due.isoformat(),
            "period": f"to the end of {write_year(case.years[-1])}",
        },
        waiting=platform.waiting(),
    )


def _headline(case: Reading, platform: Platform, rows: Sequence[Row]) -> str:
    if not any(row["ends"] for row in rows):
        return "When systems lose support is not known yet"
    past = sum(row["state"] == PAST for row in rows)
    within = sum(row["state"] == WITHIN for row in rows)
    ended = method.by_year(platform.systems, platform.costs, case.years[-1:])[0].by_year_end
    verb = "is" if past == 1 else "are"
    text = (
        f"{past or 'None'} of {show.count(len(rows), 'system')} {verb if past else 'is'} past support, and "
        f"{within or 'none'} more {'loses' if within == 1 else 'lose'} it by the end of "
        f"{write_year(case.years[-1])}"
    )
    cost = platform.cost(ended)
    if not ended.systems or cost is None or cost.value is None:
        return text
    return f"{text}: services that cost {show.money(cost.value)} a year stand on them"


@finding(
    "baseline.support_by_year",
    title="What loses support in each year",
    question="When does the platform give way, and under how much?",
    method="support",
    unit="GBP",
    prices="real",
    reads=READS,
)
def support_by_year(case: Reading) -> Result:
    """By financial year, the systems whose support ends in it and the yearly cost of the services on them."""
    platform = Platform(case)
    years = range(min(financial_year(case.today), case.years[0]), case.years[-1] + 1)
    found = method.by_year(platform.systems, platform.costs, years)
    dated = any(system.end_of_support for system in platform.systems)
    undated = [system.code for system in platform.systems if system.end_of_support is None]
    rows = [_year(platform, one, bool(undated)) for one in found] if dated else []
    return Result(
        headline=_year_headline(rows),
        columns=(
            Column("year", "Year", "financial year"),
            Column("systems", "Systems known to lose support", "words"),
            Column("count", "How many", "systems"),
            Column("cost_standing", "Yearly cost of the services on them", "GBP"),
            Column("so_far", "Systems without support by the end of the year", "systems"),
            Column("cost_so_far", "Yearly cost of the services on these", "GBP"),
        ),
        rows=tuple(rows),
        value_column="cost_standing",
        used=platform.used(),
        warnings=(
            (f"Any year may hold {show.some(undated)} too: when their support ends is not known.",)
            if undated
            else ()
        ),
        waiting=platform.waiting(),
    )


def _year(platform: Platform, one: method.YearEnd, undated: bool) -> dict[str, str | float | int | None]:
    """A year's systems and the cost on them; where none is known and some have no date, the cost is not known."""
    ending, ended = platform.cost(one.ending), platform.cost(one.by_year_end)
    return {
        "year": one.year,
        "systems": "; ".join(one.ending.systems) or ("none known" if undated else "none"),
        "count": len(one.ending.systems),
        "cost_standing": _known(ending, one.ending, undated),
        "so_far": len(one.by_year_end.systems),
        "cost_so_far": _known(ended, one.by_year_end, undated),
    }


def _known(cost: Total | None, standing: method.Standing, undated: bool) -> float | None:
    if cost is None or (undated and not standing.systems):
        return None
    return cost.value


def _year_headline(rows: list[dict[str, str | float | int | None]]) -> str:
    if not rows:
        return "When systems lose support is not known yet"
    most = max(rows, key=lambda row: int(row["count"] or 0))
    if not most["count"]:
        return "No system whose end of support is known loses it in these years"
    cost = most["cost_standing"]
    text = (
        f"Most systems lose support in {show.financial_year(most['year'])}: "
        f"{show.count(int(most['count']), 'system')}"
    )
    return text if cost is None else f"{text}, under services that cost {show.money(cost)} a year"
