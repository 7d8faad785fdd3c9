"""Rules of the baseline. The second of two rows that say the same is told."""

from typing import Any

from wayforward.baseline import checks
from wayforward.baseline.models import Assessment, LevelDescriptor, MaturityDimension, System, SystemService
from wayforward.exercise.models import Exercise
from wayforward.records.case import Case
from wayforward.scope.models import Service


def case(*rows: Any) -> Case:
    tables: dict[Any, list[Any]] = {}
    for row in rows:
        tables.setdefault(type(row), []).append(row)
    return Case(Exercise(code="TOWN"), tables)


def told(wrongs: Any) -> list[tuple[str, str]]:
    return [(wrong.record.code, wrong.field) for wrong in wrongs]


def test_a_level_is_described_once() -> None:
    d, e = MaturityDimension(code="D"), MaturityDimension(code="E")
    rows = [LevelDescriptor(code=f"L{n}", dimension=of, level=1) for n, of in enumerate((d, e, d))]
    assert told(checks.a_level_is_described_once(case(*rows))) == [("L2", "level")]


def test_an_assessor_assesses_once_a_service_or_the_whole() -> None:
    d, s = MaturityDimension(code="D"), Service(code="S")
    rows = [
        Assessment(code="A1", dimension=d, service=s, assessor="Auditor"),
        Assessment(code="A2", dimension=d, service=None, assessor="Auditor"),
        Assessment(code="A3", dimension=d, service=s, assessor="Librarian"),
        Assessment(code="A4", dimension=d, service=None, assessor="Auditor"),
    ]
    assert told(checks.an_assessor_assesses_once(case(*rows))) == [("A4", "assessor")]


def test_a_service_stands_on_a_system_once() -> None:
    y, s, t = System(code="Y"), Service(code="S"), Service(code="T")
    rows = [SystemService(code=f"X{n}", system=y, service=of) for n, of in enumerate((s, t, s))]
    assert told(checks.a_service_stands_on_a_system_once(case(*rows))) == [("X2", "service")]
