"""What people enter of a comment: read by the fields of the record, and told what to mend."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from wayforward.findings import Findings
from wayforward.pages.comments.subjects import Subject
from wayforward.people.models import ROLES
from wayforward.records.fields import CellFault
from wayforward.records.models import COMMENT_KINDS, Comment

KINDS = [value for value, _ in COMMENT_KINDS]
CAN_ANSWER = [words for value, words in ROLES if value not in ("guest", "operator")]


@dataclass
class Entries:
    """What was entered, and what to mend: the field's id with the sentence."""

    values: dict[str, str]
    faults: list[tuple[str, str]] = field(default_factory=list)

    @property
    def wrong(self) -> dict[str, str]:
        """The sentence of each field that has one."""
        return dict(self.faults)


def blank(about: Subject) -> Entries:
    """A new comment: given to whoever answers for what it is about."""
    return Entries({"kind": "comment", "text": "", "owner": about.owner})


def read_comment(entries: QueryDict) -> Entries:
    """A comment as it was entered."""
    read = Entries({name: entries.get(name, "").strip() for name in ("kind", "text", "owner")})
    if read.values["kind"] not in KINDS:
        read.faults.append(("kind", "Choose whether it is a comment or a challenge"))
    _read(read, "text", "text", "Write what you have to say")
    _read(read, "owner", "owner", "")
    if read.values["kind"] == "challenge" and not read.values["owner"]:
        read.faults.append(("owner", "Say who is to answer the challenge"))
    return read


def read_answer(entries: QueryDict) -> Entries:
    """An answer as it was entered."""
    read = Entries({"answer": entries.get("answer", "").strip()})
    _read(read, "answer", "answer", "Write the answer")
    return read


def _read(read: Entries, name: str, column: str, lacking: str) -> None:
    parser: Any = Comment._meta.get_field(column)
    text = read.values[name]
    if not text:
        if lacking:
            read.faults.append((name, lacking))
        return
    try:
        read.values[name] = parser.parse(text)
    except CellFault as fault:
        read.faults.append((name, f"There is {fault.found}: give {fault.allowed}"))


def owners(findings: Findings) -> list[str]:
    """Who may be asked to answer: the parts that people have, and the owners that the report's sections name."""
    return list(dict.fromkeys([*CAN_ANSWER, *_of_sections(findings)]))


def _of_sections(findings: Findings) -> Iterator[str]:
    for model in findings.case.models():
        if model.narrative:
            for row in findings.case.rows(model):
                if owner := str(getattr(row, "owner", "")):
                    yield owner
