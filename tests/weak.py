"""A case without its weakest evidence: grade-6 rows taken out, with every value that rested on them."""

from wayforward.records.base import Record
from wayforward.records.case import Case, references
from wayforward.records.models import Citation, Evidence


def without_grade_6(case: Case) -> Case:
    """Drop grade-6 evidence and its citations; drop rows that it supports whole, and blank the fields that it does.

    A row whose required field would be blank, and a row that refers to a dropped row, go too.
    """
    weak = {item.reference for item in case.rows(Evidence) if item.grade == 6}
    gone = set(weak)
    for citation in case.rows(Citation):
        if citation.evidence.reference not in weak:
            continue
        gone.add(citation.reference)
        record = case.get(citation.record)
        if not citation.used or record is None:
            continue
        if not citation.field:
            gone.add(record.reference)
            continue
        field = record._meta.get_field(citation.field)
        if field.required:
            gone.add(record.reference)
        else:
            setattr(record, citation.field, "" if getattr(field, "is_text", False) else None)
    _cascade(case, gone)
    tables = {m: [row for row in case.rows(m) if row.reference not in gone] for m in case.models()}
    return Case(case.exercise, tables)


def _cascade(case: Case, gone: set[str]) -> None:
    """Let go of what points at what is gone, until nothing does."""
    before = -1
    while before != len(gone):
        before = len(gone)
        for model in case.models():
            for row in case.rows(model):
                if row.reference not in gone and _points_at(row, gone):
                    gone.add(row.reference)


def _points_at(row: Record, gone: set[str]) -> bool:
    for field in references(type(row)):
        other = getattr(row, field.name)
        if other is not None and other.reference in gone:
            if field.required:
                return True
            setattr(row, field.name, None)
    target = getattr(row, "record", "") if isinstance(row, Citation) else ""
    return target in gone
