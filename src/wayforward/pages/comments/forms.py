"""What people enter of a comment: read by the fields of the record, and told what to mend."""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from wayforward.findings import Findings
from wayforward.pages.comments.subjects import Subject
from wayforward.people.models import ROLES, Membership
from wayforward.records.base import columns
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


def read_comment(entries: QueryDict, findings: Findings) -> Entries:
    """A comment as it was entered."""
    read = Entries({name: entries.get(name, "").strip() for name in ("kind", "text", "owner")})
    if read.values["kind"] not in KINDS:
        read.faults.append(("kind", "Choose whether it is a comment or a challenge"))
    _read(read, "text", "text", "Write what you have to say")
    _read(read, "owner", "owner", "")
    if read.values["kind"] == "challenge" and not read.values["owner"]:
        read.faults.append(("owner", "Say who is to answer the challenge"))
    if read.values["owner"] and "owner" not in read.wrong:
        _name_owner(read, findings)
    return read


def _name_owner(read: Entries, findings: Findings) -> None:
    """The owner as the exercise writes them, whatever the capitals; told where nobody in it is called so."""
    typed = read.values["owner"]
    known = {one.casefold(): one for one in (*_who_own_records(findings), *owners(findings))}
    if typed.casefold() in known:
        read.values["owner"] = known[typed.casefold()]
        return
    near = difflib.get_close_matches(typed.casefold(), known, n=1)
    meant = f"; did you mean {known[near[0]]}?" if near else ""
    words = "Who is to answer: give a part in this exercise, such as Analyst, or somebody as its records name them"
    read.faults.append(("owner", f"{words}{meant}"))


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
    """Who may be asked to answer: parts, people as the exercise calls them, and the owners of the report's sections."""
    return list(dict.fromkeys([*CAN_ANSWER, *_of_people(findings), *_of_sections(findings)]))


def _of_people(findings: Findings) -> Iterator[str]:
    for joined in Membership.objects.filter(exercise=findings.case.exercise).order_by("pk"):
        yield from joined.names


def _who_own_records(findings: Findings) -> Iterator[str]:
    """The owners that records name: roles of the exercise, whoever has them."""
    for model in findings.case.models():
        if model is not Comment and any(one.name == "owner" for one in columns(model)):
            yield from (str(row.owner) for row in findings.case.rows(model) if row.owner)  # type: ignore[attr-defined]  # asked above


def _of_sections(findings: Findings) -> Iterator[str]:
    for model in findings.case.models():
        if model.narrative:
            for row in findings.case.rows(model):
                if owner := str(getattr(row, "owner", "")):
                    yield owner
