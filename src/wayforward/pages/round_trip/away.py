"""What a person may take away of an exercise: the registers of a stage, or one of them, and only rows they may see."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from wayforward.casefile.streams import Beside, Register, Stream
from wayforward.findings import Findings, show
from wayforward.pages import marking, stages
from wayforward.pages.labels import short
from wayforward.pages.round_trip.sealed import seal
from wayforward.pages.withheld import barred, findings_for
from wayforward.pages.working_out import last_worked_out
from wayforward.people.permissions import COMMERCIAL, may, refusal
from wayforward.records.base import Versioned, columns, exercise_model, record_models
from wayforward.records.case import Case
from wayforward.records.fields import LongText, RecordRef, Reference
from wayforward.records.models import Citation, Evidence

# The locked columns beside a row, and what pages call them.
NAMES, EVIDENCE, ASSUMPTIONS, USED_IN = "_names", "_evidence", "_assumptions", "_used_in"
BESIDE = {
    NAMES: "What the codes stand for",
    EVIDENCE: "Evidence in use",
    ASSUMPTIONS: "Figures without evidence",
    USED_IN: "Used in findings",
}
NOT_YET = "not worked out yet"
NOBODY = "nobody"  # the rule of registers that are filled in elsewhere: they don't travel


def registers_of(stage: stages.Stage) -> list[type[Versioned]]:
    """The registers of a stage that people fill in."""
    return [model for model in stage.tables() if model.changed_by != NOBODY]


def register(stem: str) -> type[Versioned] | None:
    """The register of that name, if it travels."""
    every: list[type[Versioned]] = [exercise_model(), *record_models()]
    return next((model for model in every if model.stem == stem and model.changed_by != NOBODY), None)


def rows_seen(user: Any, findings: Findings, model: type[Versioned]) -> list[Versioned]:
    """The rows that a person may see; one that names what is withheld is withheld too."""
    rows = list(stages.rows(findings.case, model))
    if not barred(user, findings):
        return rows
    case = findings.case
    return [row for row in rows if marking.in_words(case, marking.of_records(case, [row])) != COMMERCIAL]


def why_locked(user: Any, findings: Findings, model: type[Versioned]) -> str:
    """Why a person may not change a register; '' where they may."""
    exercise = findings.case.exercise
    return "" if may(user, model.changed_by, exercise) else refusal(user, model.changed_by, exercise)


def stream(
    user: Any, findings: Findings, title: str, models: Sequence[type[Versioned]], *, cited: bool = True
) -> Stream:
    """What is taken away. With a stage's rows go the citations about them, without which a cited value can't change."""
    seen = {model: rows_seen(user, findings, model) for model in models}
    withheld = sum(len(stages.rows(findings.case, model)) - len(rows) for model, rows in seen.items())
    if cited and Citation not in seen:
        about = {_called(row) for rows in seen.values() for row in rows}
        seen[Citation] = [row for row in rows_seen(user, findings, Citation) if row.record in about]  # type: ignore[attr-defined]  # a citation's
    uses = _uses(user, findings)
    registers = tuple(
        Register(
            model,
            tuple(rows),
            why_locked(user, findings, model),
            (*_beside(user, findings, model, rows), _used_in(uses, rows)),
        )
        for model, rows in seen.items()
    )
    shown = (row for rows in seen.values() for row in rows)
    exercise = findings.case.exercise
    return Stream(
        title=f"{exercise.title} ({exercise.code}): {title}",
        marking=marking.in_words(findings.case, _markings(user, findings, shown)),
        registers=registers,
        codes={model: _codes(user, findings, model) for model in _named(seen)},
        seal=seal(exercise),
        told=_told(withheld, findings),
    )


def _told(withheld: int, findings: Findings) -> tuple[str, ...]:
    lines = [findings.case.exercise.notice] if findings.case.exercise.notice else []
    if withheld:
        lines.append(f"{show.count(withheld, 'row')} left out: marked commercial, which you may not open.")
    return tuple(lines)


def _markings(user: Any, findings: Findings, rows: Iterable[Versioned]) -> Iterator[str]:
    """Of all that travels: the rows, what they name, and the evidence beside them unless it is withheld."""
    case = findings.case
    hidden = barred(user, findings)
    for row in rows:
        yield from marking.of_records(case, [row])
        for item in case.evidence_for(row):
            if not (hidden and marking.in_words(case, [item.marking]) == COMMERCIAL):
                yield item.marking


def _called(row: Versioned) -> str:
    """How citations name a row: the exercise has no code there."""
    return row.reference if type(row) is not exercise_model() else row.kind()


def _named(models: Iterable[type[Versioned]]) -> set[type[Versioned]]:
    fields = (field for model in models for field in columns(model))
    return {field.table for field in fields if isinstance(field, Reference)}


def _codes(user: Any, findings: Findings, model: type[Versioned]) -> tuple[str, ...]:
    return tuple(row.code for row in rows_seen(user, findings, model))


def _beside(
    user: Any, findings: Findings, model: type[Versioned], rows: Sequence[Versioned]
) -> tuple[Beside, ...]:
    """The locked columns: what the codes of a row stand for, the evidence in use, and the figures without any."""
    case = findings.case
    found = []
    if any(isinstance(field, Reference | RecordRef) for field in columns(model)):
        cells = {row.code: _names(case, row) for row in rows}
        found.append(Beside(NAMES, "What the codes in this row stand for.", cells))
    if model not in (Citation, Evidence):
        hidden = barred(user, findings)
        cells = {row.code: _evidence(case, row, hidden=hidden) for row in rows}
        found.append(Beside(EVIDENCE, "Evidence in use for this row, each with its grade (1 best).", cells))
        cells = {row.code: _assumed(case, row) for row in rows}
        found.append(Beside(ASSUMPTIONS, "Figures in this row that rest on no evidence.", cells))
    return tuple(one for one in found if any(one.cells.values()))


@dataclass(frozen=True)
class Uses:
    """In how many findings each record is used, by its reference, of the records that they were worked out from."""

    known: Collection[str]
    counted: Counter[str]


def _uses(user: Any, findings: Findings) -> Uses:
    """Of the findings that a person may see, as they were last worked out: nobody waits for it."""
    worked = last_worked_out(findings)
    counted: Counter[str] = Counter()
    if worked is None:
        return Uses((), counted)
    for one in findings_for(user, worked, worked.all()):
        counted.update({*one.inputs, *(f"{Evidence.kind()}:{item.code}" for item in one.evidence)})
    return Uses({*worked.case.by_reference, worked.case.exercise.reference}, counted)


def _used_in(uses: Uses, rows: Sequence[Versioned]) -> Beside:
    cells = {
        row.code: show.count(uses.counted[row.reference], "finding")
        if row.reference in uses.known
        else NOT_YET
        for row in rows
    }
    return Beside(USED_IN, "In how many findings this row is used.", cells)


def _names(case: Case, row: Versioned) -> str:
    parts = []
    for field in columns(type(row)):
        value = getattr(row, field.name)
        other = case.get(value) if isinstance(field, RecordRef) and value else value
        if isinstance(other, Versioned):
            parts.append(f"{other.code}: {short(other)}" if short(other) != other.code else other.label)
    return "\n".join(dict.fromkeys(part for part in parts if part))


def _evidence(case: Case, row: Versioned, *, hidden: bool) -> str:
    items = {item.code: item for item in case.evidence_for(row)}
    parts = []
    for code, item in sorted(items.items()):
        if hidden and marking.in_words(case, [item.marking]) == COMMERCIAL:
            parts.append("withheld: commercial")
            continue
        grade = f"grade {item.grade}" if item.grade is not None else "grade not known"
        parts.append(f"{code} ({grade}{', illustrative' if item.illustrative else ''})")
    return "\n".join(dict.fromkeys(parts))


def _assumed(case: Case, row: Versioned) -> str:
    names = [
        field.name
        for field in columns(type(row))
        if field.unit
        and field.unit != "financial year"
        and not isinstance(field, LongText | Reference)
        and getattr(row, field.name) not in (None, "")
        and not case.evidence_for(row, field.name)
    ]
    return ", ".join(names)
