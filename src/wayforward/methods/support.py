"""End of support: which systems are past it or near it, and what stands on them.

A system is past support after its last day, near within the months given. A service that stands
on two systems counts once, as does its yearly cost. Source: this software's rule; calendar
arithmetic.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from wayforward.methods.financial_years import financial_year
from wayforward.methods.totals import Total, total


class Support(StrEnum):
    """The state of a system's support at a date."""

    PAST = "past"
    NEAR = "near"
    SUPPORTED = "supported"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class System:
    """A system: last day of support, yearly cost (None = not known), services on it."""

    code: str
    end_of_support: date | None
    yearly_cost: float | None
    services: tuple[str, ...]


@dataclass(frozen=True)
class Standing:
    """Systems with the services that stand on them, each service once, and both yearly costs."""

    systems: tuple[str, ...]
    services: tuple[str, ...]
    system_cost: Total
    service_cost: Total


@dataclass(frozen=True)
class YearEnd:
    """A financial year: what loses support in it, and all that is out of support by its end."""

    year: int
    ending: Standing
    by_year_end: Standing


def state(end_of_support: date | None, at: date, near_months: int = 24) -> Support:
    """Return the state of support at a date; the last day itself is still supported."""
    if end_of_support is None:
        return Support.UNKNOWN
    if end_of_support < at:
        return Support.PAST
    return Support.NEAR if end_of_support <= _later(at, near_months) else Support.SUPPORTED


def by_state(
    systems: Sequence[System],
    service_costs: Mapping[str, float | None],
    at: date,
    near_months: int = 24,
) -> dict[Support, Standing]:
    """Return what stands on the systems of each state at a date.

    service_costs holds the yearly cost of each service; one that is absent is not known.
    """
    return {
        one: _standing([s for s in systems if state(s.end_of_support, at, near_months) is one], service_costs)
        for one in Support
    }


def by_year(
    systems: Sequence[System],
    service_costs: Mapping[str, float | None],
    years: Sequence[int],
) -> tuple[YearEnd, ...]:
    """Return, by financial year, what loses support in it and what is without support at its end.

    Systems with no known end of support are in no year: by_state shows them.
    """
    ends = {s.code: financial_year(s.end_of_support) for s in systems if s.end_of_support}
    rows = []
    for year in years:
        ending = [s for s in systems if ends.get(s.code) == year]
        ended = [s for s in systems if s.code in ends and ends[s.code] <= year]
        rows.append(YearEnd(year, _standing(ending, service_costs), _standing(ended, service_costs)))
    return tuple(rows)


def _standing(systems: Sequence[System], service_costs: Mapping[str, float | None]) -> Standing:
    services = sorted({service for system in systems for service in system.services})
    return Standing(
        tuple(sorted(system.code for system in systems)),
        tuple(services),
        total({system.code: system.yearly_cost for system in systems}),
        total({service: service_costs.get(service) for service in services}),
    )


def _later(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + years, month + 1, 1)
    last = (date(first.year + month // 11, (month + 1) % 12 + 1, 1) - first).days
    return first.replace(day=min(day.day, last))
