"""Evidence that gives the value a record had: when the record changes, somebody says whether the evidence does too."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import QueryDict

from wayforward.pages.register.entries import Fault, with_values
from wayforward.pages.register.place import Place
from wayforward.people.permissions import may
from wayforward.records.base import Versioned, columns
from wayforward.records.case import Case
from wayforward.records.evidence_checks import as_cell, column
from wayforward.records.fields import CellFault
from wayforward.records.models import Citation

PREFIX = "c-"
WHY = "why-"
GIVES, LEFT = "gives", "left"


@dataclass(frozen=True)
class Resting:
    """A citation in use that gives the value as it was, the new value, and what was said is to become of it."""

    citation: Citation
    field: str
    label: str
    value: str
    said: str = ""
    why: str = ""

    @property
    def name(self) -> str:
        return f"{PREFIX}{self.citation.code}"

    @property
    def why_name(self) -> str:
        return f"{WHY}{self.citation.code}"


def resting(case: Case, before: Versioned, after: Versioned, names: Collection[str]) -> list[Resting]:
    """The citations in use of the changed fields that would disagree with the record."""
    return [one for name in names for one in _of_field(case, before, after, name)]


def _of_field(case: Case, before: Versioned, after: Versioned, name: str) -> Iterator[Resting]:
    field = column(before, name)
    assert field is not None  # a field of the form is a column
    stands = field.write_cell(getattr(after, name))
    for citation in case.citations(before, name):
        if not (citation.used and citation.field == name and citation.value):
            continue
        if as_cell(field, citation.value) != " ".join(stands.split()):
            yield Resting(citation, name, str(field.verbose_name), stands)


def with_answers(some: Sequence[Resting], post: QueryDict) -> list[Resting]:
    """The same, with what the form says is to become of each."""
    return [replace(one, said=post.get(one.name, ""), why=post.get(one.why_name, "").strip()) for one in some]


def read(place: Place, some: Sequence[Resting]) -> tuple[list[Citation], list[Fault]]:
    """The citations as they are to be stored, and what is not said yet or can't be."""
    made: list[Any] = []
    faults: list[Fault] = []
    for one in some:
        values, words = _values(place, one)
        if words:
            faults.append(Fault(one.name, f"{one.label}: {words}"))
        else:
            made.append(with_values(one.citation, values))
    return made, faults


def _values(place: Place, one: Resting) -> tuple[Mapping[str, Any], str]:
    if not may(place.request.user, Citation.changed_by, place.exercise):
        return (
            {},
            f"it rests on {one.citation.evidence.code}, and your part does not allow changing evidence",
        )
    if one.said == GIVES and one.value:
        return {"value": one.value}, ""
    if one.said != LEFT:
        return (
            {},
            f"choose what becomes of the evidence {one.citation.evidence.code}, which gives another value",
        )
    reason = next(field for field in columns(Citation) if field.name == "reason")
    try:
        why = reason.read_cell(one.why) or one.citation.reason
    except CellFault as fault:
        return {}, f"the reason has {fault.found}; give {fault.allowed}"
    return {"used": False, "reason": why}, ""


def left_out(some: Sequence[Resting]) -> list[Any]:
    """The citations as not in use: how a change is judged before anybody says what becomes of them."""
    return [with_values(one.citation, {"used": False, "reason": one.citation.reason or "-"}) for one in some]
