"""Annex F: who agreed to what and when, the assurer's statement, and the decision with its notice."""

from collections.abc import Sequence

from wayforward.exercise.models import Approval, AssuranceStatement, DecisionNotice
from wayforward.pages.describe import field_text
from wayforward.records.base import Record, columns
from wayforward.records.case import Case
from wayforward.report.typeset.document import Block, Cell, Column, Heading, Table

CODES = ("code", "marking", "digest")  # not words for a reader of the report


def agreement(case: Case) -> list[Block]:
    """The blocks of the annex; none while nobody has agreed to anything."""
    approvals = case.rows(Approval)
    notices, statements = case.rows(DecisionNotice)[-1:], case.rows(AssuranceStatement)[-1:]
    if not (approvals or notices or statements):
        return []
    made: list[Block] = [Heading(1, "Agreement and decision", "annex-agreement", "F")]
    made += [in_full(row, "The decision", "annex-decision") for row in notices]
    made += [in_full(row, "The assurance statement", "annex-assurance") for row in statements]
    if approvals:
        made.append(_approvals(approvals))
    return made


def in_full(row: Record, caption: str, id: str) -> Table:
    """Every field of one record, a row each."""
    return Table(
        caption=caption,
        id=id,
        columns=(Column("What", width=1.0), Column("What is said", width=3.6)),
        rows=tuple(
            (str(field.verbose_name), field_text(row, field))
            for field in columns(type(row))
            if field.name not in CODES and getattr(row, field.name) not in (None, "")
        ),
    )


def _approvals(rows: Sequence[Approval]) -> Table:
    names = ("subject", "text_version", "step", "outcome", "given", "conditions")
    fields = [next(field for field in columns(Approval) if field.name == name) for name in names]
    widths = (0.9, 0.6, 1.3, 1.0, 0.9, 2.0)
    return Table(
        caption="Approvals and advice, in the order in which they were given",
        id="annex-approvals",
        columns=tuple(
            Column(str(field.verbose_name), width=width) for field, width in zip(fields, widths, strict=True)
        ),
        rows=tuple(
            tuple(
                Cell(field_text(row, field) if getattr(row, field.name) not in (None, "") else "–")
                for field in fields
            )
            for row in rows
        ),
        row_headers=False,
    )
