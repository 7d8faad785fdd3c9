"""Rules of the baseline: each level described once, each thing assessed once by an assessor."""

from collections.abc import Iterator

from wayforward.baseline.models import Assessment, LevelDescriptor, SystemService
from wayforward.records.case import Case
from wayforward.records.checks import Wrong, check, once


@check
def a_level_is_described_once(case: Case) -> Iterator[Wrong]:
    yield from once(case.rows(LevelDescriptor), "dimension", "level")


@check
def an_assessor_assesses_once(case: Case) -> Iterator[Wrong]:
    yield from once(case.rows(Assessment), "dimension", "service", "assessor")


@check
def a_service_stands_on_a_system_once(case: Case) -> Iterator[Wrong]:
    yield from once(case.rows(SystemService), "system", "service")
