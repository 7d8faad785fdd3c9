"""What was done to records, in plain sentences: from the cells before and after, and never from names of people."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from types import SimpleNamespace
from typing import Any, cast

from django.utils import timezone

from wayforward.findings import Findings, show
from wayforward.findings.named import commercial_names
from wayforward.pages import describe
from wayforward.pages.comments.subjects import subject
from wayforward.pages.labels import short
from wayforward.pages.marking import of_records
from wayforward.pages.people import called
from wayforward.records.base import Versioned, columns
from wayforward.records.case import COMMERCIAL, Case
from wayforward.records.fields import CellFault, LongText, RecordRef, Reference
from wayforward.records.history import Cells, Did, differing
from wayforward.records.models import Comment

LONGEST_IN_A_SENTENCE = 90
NAMES = ("name", "title", "term", "text")  # the cells by which people know a record, as Versioned.label


@dataclass(frozen=True)
class Changed:
    """One field that differs, in words; `long` where the two texts are too long for a sentence."""

    name: str
    label: str
    before: str
    after: str

    @property
    def long(self) -> bool:
        return max(len(self.before), len(self.after)) > LONGEST_IN_A_SENTENCE

    @property
    def sentence(self) -> str:
        if self.long:
            return f"{self.label} rewritten"
        return f"{self.label} changed from {self.before} to {self.after}"

    def plain(self) -> dict[str, str]:
        """As data."""
        return {"field": self.name, "label": self.label, "before": self.before, "after": self.after}


def changed(case: Case, model: type[Versioned], before: Cells, after: Cells) -> list[Changed]:
    """The fields that differ between two rows, in the order of the table; a column of an earlier release last."""
    fields = {field.name: field for field in columns(model)}
    differ = differing(before, after)
    order = [name for name in fields if name in differ] + [name for name in differ if name not in fields]
    return [
        _changed(case, fields.get(name), name, before.get(name, ""), after.get(name, "")) for name in order
    ]


def _changed(case: Case, field: describe.Column | None, name: str, before: str, after: str) -> Changed:
    if field is None:
        return Changed(name, name.replace("_", " "), before or show.UNKNOWN, after or show.UNKNOWN)
    told = [_told(case, field, cell, describe.field_text) for cell in (before, after)]
    if told[0] == told[1]:  # £1.2m and £1.2m: as exactly as it needs to be to differ
        told = [_told(case, field, cell, describe.exact_text) for cell in (before, after)]
    if told[0] == told[1]:
        told = [before or show.UNKNOWN, after or show.UNKNOWN]
    return Changed(name, str(field.verbose_name), *told)


def _told(
    case: Case, field: describe.Column, cell: str, text: Callable[[Versioned, describe.Column], str]
) -> str:
    """A cell as people read it; a record that it names by its name, as far as that is still there."""
    try:
        value = field.read_cell(cell)
    except CellFault:
        return cell or show.UNKNOWN
    if isinstance(field, Reference | RecordRef) and cell:
        other = case.get(named(field, cell))
        return cell if other is None or short(other) == cell else f"{short(other)} ({cell})"
    if isinstance(field, LongText) and cell:
        return cell
    return text(cast(Versioned, SimpleNamespace(**{field.name: value})), field)


def named(field: Reference | RecordRef, cell: str) -> str:
    """The reference of the record that a cell names."""
    return cell if isinstance(field, RecordRef) else f"{field.table.kind()}:{cell}"


def title_of(case: Case, reference: str, *rows: Cells | None) -> str:
    """What people call a record: by its name now, else by that of the first of some rows that has one."""
    record = case.get(reference)
    if record is not None:
        return record.label or record.code
    names = [row[name] for row in rows if row for name in NAMES if row.get(name)]
    return names[0] if names else reference.partition(":")[2]


def markings_of(
    findings: Findings, reference: str, model: type[Versioned], *rows: Cells | None
) -> Iterator[str]:
    """The markings of what some rows of a record show: its own, then and now, and those of the records they name."""
    yield from _own(findings.case, reference)
    for row in rows:
        yield (row or {}).get("marking", "")
        if row and commercial_names(findings.case).said_in(row.values()):
            yield COMMERCIAL
        for field in columns(model):
            cell = (row or {}).get(field.name, "")
            if cell and isinstance(field, Reference | RecordRef):
                yield from _own(findings.case, named(field, cell))
            elif cell and model is Comment and field.name == "about":
                about = subject(findings, cell)
                yield about.marking if about else ""


def _own(case: Case, reference: str) -> Iterator[str]:
    record = case.get(reference)
    yield from of_records(case, [record]) if record is not None else ()


class Teller:
    """Who did what, and when, for one page: each person is looked up once."""

    def __init__(self, exercise: Any) -> None:
        self.who = cache(lambda actor: called(actor, exercise))

    def __call__(self, did: Did) -> str:
        """'Changed by Analyst (person 2) on 3 December 2012 at 14:05'."""
        action = did.action[:1].upper() + did.action[1:]
        return f"{action} by {self.who(did.actor)} on {moment(did)}"


def moment(did: Did) -> str:
    """'3 December 2012 at 14:05', in the time of the place."""
    at = timezone.localtime(did.at)
    return f"{show.day(at.date().isoformat())} at {at:%H:%M}"
