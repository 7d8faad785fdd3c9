"""What a comment is about: a figure, a section of the report or any other record."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from wayforward.findings import Findings, registered
from wayforward.pages.labels import short
from wayforward.pages.marking import of_records
from wayforward.records.base import Versioned, strictest
from wayforward.records.models import Comment

FIGURE = "finding:"
SECTION = "section:"
OF_A_FIGURE = "Analyst"  # who answers for a figure unless somebody else is named


@dataclass(frozen=True)
class Subject:
    """What is commented on: its name, its page ('' where it is no longer there), its marking and who answers for it."""

    about: str
    kind: str
    title: str
    address: str
    marking: str
    owner: str


def subject(findings: Findings, about: str) -> Subject | None:
    """What `kind:CODE` or `finding:KEY` stands for; None where it is nothing that can be commented on."""
    if about.startswith(FIGURE):
        return _figure(findings, about)
    record = findings.case.get(about)
    if record is None or isinstance(record, Comment):
        return None
    return _record(findings, record)


def subject_of(findings: Findings, comment: Comment) -> Subject:
    """What a comment is about; by its bare name where that is gone."""
    found = subject(findings, comment.about)
    return found or Subject(comment.about, "no longer there", comment.about, "", "", "")


def marking_of(findings: Findings, comment: Comment) -> str:
    """A comment's own marking or that of what it is about, whichever is stricter; '' where neither has one."""
    given = [one for one in (comment.marking, subject_of(findings, comment).marking) if one]
    return strictest(given) if given else ""


def _figure(findings: Findings, about: str) -> Subject | None:
    key = about.removeprefix(FIGURE)
    if key not in registered():
        return None
    one = findings[key]
    address = reverse("finding", args=[findings.case.exercise.code, key])
    return Subject(about, "figure", one.title, address, one.marking, OF_A_FIGURE)


def _record(findings: Findings, record: Versioned) -> Subject:
    code = findings.case.exercise.code
    given: list[str] = [one for one in of_records(findings.case, [record]) if one]
    owner = str(getattr(record, "owner", "") or "")
    marking = strictest(given) if given else ""
    if record.reference.startswith(SECTION):
        section: Any = record
        title = f"Section {section.number}, {section.title}"
        address = reverse("report-part", args=[code, f"section-{section.code}"])
        return Subject(record.reference, "section", title, address, marking, owner)
    which = record.code if ":" in record.reference else code
    address = reverse("record", args=[code, record.stem, which])
    return Subject(record.reference, record.words(), short(record), address, marking, owner)
