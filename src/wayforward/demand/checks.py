"""Rules of demand: each kind of incident is counted once in an area."""

from collections.abc import Iterator

from wayforward.demand.models import IncidentCount
from wayforward.records.case import Case
from wayforward.records.checks import Wrong, check, once


@check
def a_type_is_counted_once(case: Case) -> Iterator[Wrong]:
    yield from once(case.rows(IncidentCount), "incident_set", "area", "crime_type")
