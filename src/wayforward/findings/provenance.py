"""Where a finding comes from: its inputs, the evidence behind them, the worst grade and the strictest marking."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wayforward.findings.finding import Evidence, Finding, Used
from wayforward.records.base import Record, strictest
from wayforward.records.case import Case
from wayforward.records.models import Evidence as EvidenceRecord


@dataclass(frozen=True)
class Behind:
    """What stands behind a finding. `assumptions` are inputs, as kind:CODE/field, that no evidence supports."""

    inputs: tuple[str, ...]
    assumptions: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    grade: int | None
    marking: str


def used(records: Iterable[Record], *fields: str) -> tuple[Used, ...]:
    """The given records as inputs: of the named fields, or of whole rows."""
    return tuple(Used(record.reference, fields) for record in records)


def given(records: Iterable[Record], *fields: str) -> tuple[Used, ...]:
    """The records as inputs, each by those of the named fields that hold a value: a blank is waited for."""
    found: list[Used] = []
    for record in records:
        filled = [name for name in fields if getattr(record, name) not in (None, "", {})]
        if filled:
            found += used([record], *filled)
    return tuple(found)


def grade_of(case: Case, reference: str, fields: Sequence[str]) -> int | None:
    """The worst grade in use behind some fields of a record; None where any of them has no graded evidence."""
    record = case.get(reference)
    if record is None:
        return None
    grades: list[int] = []
    for field in fields or (None,):
        of_field = [item.grade for item in case.evidence_for(record, field) if item.grade]
        if not of_field:
            return None
        grades.append(max(of_field))
    return max(grades)


def trace(case: Case, inputs: Iterable[Used], needs: Sequence[Finding]) -> Behind:
    """Follow every input to its evidence, and take over what stands behind the findings that were needed."""
    references: dict[str, None] = {}
    assumptions: dict[str, None] = {}
    uses: Counter[str] = Counter()
    marking = case.exercise.handling
    for item in inputs:
        record = case.get(item.reference)
        if record is None:
            raise LookupError(f"a finding names {item.reference}, which is not in the case")
        references[item.reference] = None
        marking = strictest([marking, getattr(record, "marking", "") or marking])
        for field in item.fields or (None,):
            evidence = case.evidence_for(record, field)
            uses.update(one.code for one in evidence)
            if not evidence:
                assumptions[f"{item.reference}/{field}" if field else item.reference] = None
    own = {item.code: item for item in _evidence(case, uses)}
    for need in needs:
        references.update(dict.fromkeys(need.inputs))
        assumptions.update(dict.fromkeys(need.assumptions))
        marking = strictest([marking, need.marking])
        for inherited in need.evidence:
            own.setdefault(inherited.code, inherited)
    grades = [item.grade for item in own.values() if item.grade]
    return Behind(
        inputs=tuple(references),
        assumptions=tuple(assumptions),
        evidence=tuple(own[code] for code in sorted(own)),
        grade=max(grades, default=None),
        marking=marking,
    )


def _evidence(case: Case, uses: Counter[str]) -> Iterable[Evidence]:
    for item in case.rows(EvidenceRecord):
        if item.code in uses:
            yield Evidence(item.code, item.title, item.evidence_kind, item.grade, uses[item.code])
