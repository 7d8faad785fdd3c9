"""What is agreed: the rows that make each subject, their digest, and what changed in them since somebody agreed."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from wayforward.exercise.models import (
    Approval,
    AssuranceStatement,
    Constraint,
    DecisionNotice,
    Exercise,
    GovernanceGroup,
    Objective,
    PeerReview,
    ReportVersion,
    Section,
)
from wayforward.records.base import Versioned, columns
from wayforward.records.case import Case
from wayforward.records.models import Comment, Event
from wayforward.records.rows import cells
from wayforward.report.printed import tables_printed
from wayforward.scope.models import Definition, Rating, Service

# What is said about the report: none of it is the report's own text.
AROUND = (Approval, AssuranceStatement, Comment, DecisionNotice, PeerReview, ReportVersion)
EVERY: tuple[str, ...] = ()  # column of a table


@dataclass(frozen=True)
class Table:
    """A table of a subject, and those of its columns that are agreed; none named: every one."""

    model: type[Versioned]
    names: tuple[str, ...] = EVERY

    def cells(self, row: Versioned) -> dict[str, str]:
        """What is agreed of a row, as text."""
        return self.chosen(cells(row))

    def chosen(self, every: dict[str, str]) -> dict[str, str]:
        """Of all cells of a row, those that are agreed."""
        return {name: text for name, text in every.items() if not self.names or name in self.names}


@dataclass(frozen=True)
class Subject:
    """Something that is agreed step by step; `tables` None is all that the report prints or is worked out from."""

    key: str
    title: str
    asks: str
    tables: tuple[Table, ...] | None
    findings: tuple[str, ...] = ()

    def of(self, case: Case) -> tuple[Table, ...]:
        """The tables whose rows make it."""
        if self.tables is not None:
            return self.tables
        return (Table(Exercise), *(Table(model) for model in tables_printed(case) if model not in AROUND))


def _but(model: type[Versioned], *left_out: str) -> Table:
    return Table(model, tuple(field.name for field in columns(model) if field.name not in left_out))


# The day on which the figures stand moves on without a change of the terms.
TERMS = (
    _but(Exercise, "status_date"),
    Table(Objective),
    _but(Section, "body"),
    Table(Constraint),
    Table(GovernanceGroup),
)
SCOPE = _but(Service, "yearly_cost", "people", "yearly_demand", "demand_unit", "baseline_days")
CUT_OFF = (Table(Exercise, ("team_days",)), Table(Service, ("name", "baseline_days")), Table(Rating))
SUBJECTS = (
    Subject("terms", "Terms of reference", "What is asked, by whom, by when, and in which sections.", TERMS),
    Subject(
        "definitions",
        "Definitions",
        "What core, support and ICT services are, in words.",
        (Table(Definition),),
    ),
    Subject(
        "scope",
        "Scope",
        "Which service is core, support or ICT, and on what facts.",
        (SCOPE,),
        ("scope.category",),
    ),
    Subject(
        "cut-off",
        "Cut-off",
        "Which services are baselined in the days that there are.",
        CUT_OFF,
        ("scope.cutoff",),
    ),
    Subject("report", "Report", "The report with every figure, as it stands.", None),
)
BY_KEY = {subject.key: subject for subject in SUBJECTS}


def rows_of(case: Case, table: Table) -> list[Any]:
    """The rows of a table of a subject; the exercise is a table of one."""
    model: Any = table.model
    return [case.exercise] if model is Exercise else list(case.rows(model))


def digest(case: Case, subject: Subject) -> str:
    """SHA-256 of what is agreed of a subject's rows, by their references."""
    said = {row.reference: table.cells(row) for table in subject.of(case) for row in rows_of(case, table)}
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Changed:
    """A record of a subject that was added, removed or changed, and in which columns."""

    record: str
    how: str
    columns: tuple[str, ...] = ()

    def __str__(self) -> str:
        which = f" ({', '.join(self.columns)})" if self.columns else ""
        return f"{self.record} {self.how}{which}"


def changed_since(case: Case, subject: Subject, sequence: int) -> list[Changed]:
    """What changed in a subject after an event of the log, by record."""
    tables = {table.model.kind(): table for table in subject.of(case)}
    log = Event.objects.filter(exercise=case.exercise)
    later = log.filter(sequence__gt=sequence)
    if subject.tables is not None:
        later = later.filter(_of_kinds(tables))
    touched = sorted(
        {one for one in later.values_list("record", flat=True) if one.partition(":")[0] in tables}
    )
    return [
        found
        for reference in touched
        if (found := _changed(case, log, tables[reference.partition(":")[0]], reference, sequence))
    ]


def _of_kinds(kinds: Any) -> Q:
    asked = Q(record="exercise")
    for kind in kinds:
        asked |= Q(record__startswith=f"{kind}:")
    return asked


def _changed(case: Case, log: Any, table: Table, reference: str, sequence: int) -> Changed | None:
    before = log.filter(record=reference, sequence__lte=sequence).order_by("-sequence").first()
    now = case.get(reference)
    if before is None or not before.row:
        return Changed(reference, "was added") if now is not None else None
    if now is None:
        return Changed(reference, "was removed")
    then, these = table.chosen(json.loads(before.row)), table.cells(now)
    names = tuple(_titles(table.model, [n for n in these if these[n] != then.get(n, "")]))
    return Changed(reference, "was changed", names) if names else None


def _titles(model: type[Versioned], names: list[str]) -> Iterator[str]:
    titles = {field.name: str(field.verbose_name) for field in columns(model)}
    yield from (titles[name].lower() for name in names)
