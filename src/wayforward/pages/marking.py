"""The handling marking of what a page or a file shows: the strictest of all that is in it."""

from collections.abc import Iterable, Iterator

from wayforward.findings.named import commercial_names, tells
from wayforward.records.base import MARKINGS, Versioned, columns, strictest
from wayforward.records.case import COMMERCIAL, Case
from wayforward.records.fields import RecordRef, Reference
from wayforward.records.models import Citation, Evidence

WORDS = dict(MARKINGS)


def in_words(case: Case, markings: Iterable[str] = ()) -> str:
    """The strictest of some markings and the exercise's own, as it is shown; a blank one is as the exercise."""
    return WORDS[strictest([case.exercise.handling, *filter(None, markings)])]


def of_records(case: Case, records: Iterable[Versioned]) -> Iterator[str]:
    """The markings of records, and of those that their cells name.

    A record that says the name of what is commercial is as commercial as that, and so is one that names it, even by
    way of a record that is called after it.
    """
    names = commercial_names(case)
    for record in records:
        yield _own(record)
        if tells(case, record):
            yield COMMERCIAL
        for other in named_by(case, record):
            yield COMMERCIAL if names.said_in([other.label]) else _own(other)


def named_by(case: Case, record: Versioned) -> Iterator[Versioned]:
    """The records that a record's cells name."""
    for field in columns(type(record)):
        value = getattr(record, field.name) if isinstance(field, RecordRef | Reference) else None
        other = case.get(value) if isinstance(value, str) else value
        if other is not None:
            yield other


def of_evidence(case: Case, record: Versioned) -> Iterator[str]:
    """The markings of the evidence that stands beside a record's values."""
    for field in columns(type(record)):
        for item in case.evidence_for(record, field.name):
            yield item.marking


def of_supported(case: Case, record: Versioned) -> Iterator[str]:
    """On a piece of evidence: the markings of the citations of it, and of the records that they are about."""
    for citation in case.rows(Citation) if isinstance(record, Evidence) else ():
        if citation.evidence == record:
            about = case.get(citation.record)
            yield citation.marking
            yield _own(about) if about is not None else ""


def _own(record: Versioned) -> str:
    return str(getattr(record, "marking", "") or "")
