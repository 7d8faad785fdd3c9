"""What is being agreed, in plain values for a page: the rows of a subject, its findings, and where each step stands."""

from collections.abc import Collection
from typing import Any

from django.urls import reverse

from wayforward.exercise.models import Exercise
from wayforward.findings import Findings, show
from wayforward.pages.describe import field_text
from wayforward.pages.frame import brief
from wayforward.pages.labels import Labels
from wayforward.pages.marking import of_records
from wayforward.pages.present import Grid, Head, Shown, on_screen
from wayforward.pages.withheld import findings_for, rows_for
from wayforward.people.permissions import may
from wayforward.records.base import Versioned, columns
from wayforward.report.printed import keys_printed
from wayforward.report.signing.steps import Standing, Step, rule_of
from wayforward.report.signing.subjects import Subject, Table, rows_of

MOST_CHANGES = 10


def text_of(user: Any, findings: Findings, subject: Subject) -> tuple[list[dict[str, Any]], list[str]]:
    """The tables of a subject as a person may see them, and the markings of what is shown."""
    if subject.tables is None:
        return [], [findings.case.marking]
    shown: list[dict[str, Any]] = []
    markings: list[str] = []
    for table in subject.tables:
        every = rows_of(findings.case, table)
        rows = rows_for(user, findings, every)
        markings += of_records(findings.case, rows)
        if rows:
            build = _one if table.model is Exercise else _many
            shown.append(
                {
                    "title": "The exercise" if table.model is Exercise else table.model.plural().capitalize(),
                    "stem": table.model.stem,
                    "grid": build(table, rows),
                    "withheld": len(every) - len(rows),
                }
            )
    return shown, markings


def _fields(table: Table) -> list[Any]:
    return [f for f in columns(table.model) if not table.names or f.name in table.names]


def _one(table: Table, rows: list[Versioned]) -> Grid:
    """A table of one row: its fields down the page."""
    return Grid(
        (Head("Field", "", False), Head("As it stands", "", False)),
        tuple((Shown(str(f.verbose_name)), Shown(field_text(rows[0], f))) for f in _fields(table)),
    )


def _many(table: Table, rows: list[Versioned]) -> Grid:
    fields = [
        f
        for f in _fields(table)
        if f.name == "code" or any(getattr(row, f.name) not in (None, "") for row in rows)
    ]
    return Grid(
        tuple(Head(str(f.verbose_name), "", False) for f in fields),
        tuple(
            tuple(
                Shown(
                    row.code if f.name == "code" else field_text(row, f),
                    row.reference if f.name == "code" else "",
                )
                for f in fields
            )
            for row in rows
        ),
    )


def findings_of(user: Any, findings: Findings, subject: Subject) -> list[dict[str, Any]]:
    """The findings that belong to a subject; of the report, those that it prints, in a sentence each."""
    label = Labels(findings.case)
    keys = subject.findings if subject.tables is not None else keys_printed(findings.case)
    some = findings_for(user, findings, [findings[key] for key in keys])
    if not subject.findings:
        return [brief(one) for one in some]
    return [{**brief(one), "grid": on_screen(one, label)} for one in some]


def steps_of(user: Any, findings: Findings, standing: Standing) -> tuple[list[dict[str, Any]], list[str]]:
    """Each step with what was given, whether on this text, what changed since, and whether it is this person's.

    And the markings of what is shown.
    """
    given = [step.approval for step in standing.steps if step.approval]
    seen = {row.code for row in rows_for(user, findings, given)}
    steps = [_step(user, standing, step, seen) for step in standing.steps]
    return steps, [row.marking for row in given if row.code in seen]


def _step(user: Any, standing: Standing, step: Step, seen: Collection[str]) -> dict[str, Any]:
    exercise = standing.case.exercise
    approval = step.approval
    withheld = approval is not None and approval.code not in seen
    said = approval if not withheld else None
    changes = standing.changes(approval) if approval and not step.on_this_text else []
    mine = not step.waits_for and may(user, rule_of(step.name), exercise)
    decides = standing.subject.key == "report" and step.name == "commissioner"
    address = (
        reverse("decide", args=[exercise.code])
        if decides
        else reverse("agree", args=[exercise.code, standing.subject.key, step.name])
    )
    return {
        "step": step.name,
        "title": step.title,
        "done": step.done,
        "outcome": step.outcome,
        "given": show.day(approval.given.isoformat()) if approval else "",
        "given_by": approval.given_by if approval else "",
        "conditions": said.conditions if said else "",
        "reason": said.reason if said else "",
        "withheld": withheld,
        "version": approval.text_version if approval else "",
        "digest": approval.digest if approval else "",
        "on_this_text": step.on_this_text,
        "changes": [str(one) for one in changes[:MOST_CHANGES]],
        "more_changes": max(len(changes) - MOST_CHANGES, 0),
        "waits_for": list(step.waits_for),
        "mine": address if mine else "",
    }
