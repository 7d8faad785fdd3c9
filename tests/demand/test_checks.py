"""Rules of demand. Two rows that say the same thing are told at the second."""

from typing import Any

from wayforward.demand import checks
from wayforward.demand.models import Area, IncidentCount, IncidentSet
from wayforward.exercise.models import Exercise
from wayforward.records.case import Case


def case(*rows: Any) -> Case:
    tables: dict[Any, list[Any]] = {}
    for row in rows:
        tables.setdefault(type(row), []).append(row)
    return Case(Exercise(code="TOWN"), tables)


def told(wrongs: Any) -> list[tuple[str, str]]:
    return [(wrong.record.code, wrong.field) for wrong in wrongs]


def test_a_type_is_counted_once_in_an_area_of_a_set() -> None:
    a, b, s = Area(code="A"), Area(code="B"), IncidentSet(code="S")
    rows = [
        IncidentCount(code=f"C{n}", incident_set=s, area=area, crime_type="drugs", count=n)
        for n, area in enumerate((a, b, a))
    ]
    assert told(checks.a_type_is_counted_once(case(*rows))) == [("C2", "crime_type")]
