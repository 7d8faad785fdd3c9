"""What a change would bring in: the rules of the stages, asked of the case as it would be."""

from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache

from wayforward.pages.labels import short
from wayforward.pages.register.entries import Fault
from wayforward.records.base import Versioned, columns
from wayforward.records.case import Case
from wayforward.records.checks import CHECKS, Wrong
from wayforward.records.models import Citation

Told = tuple[str, Wrong]  # by the name of its rule


def brought_in(case: Case, put: Sequence[Versioned] = (), gone: Sequence[Versioned] = ()) -> list[Wrong]:
    """What is wrong once these rows are stored, or gone, and was not wrong before.

    What was wrong with another record before, and still is in other words (a sum that is still not 1), is not new.
    """
    after = list(_found(case.changed(put, gone)))
    if not after:
        return []
    own = {row.reference for row in put}
    before = _wrongs(case)
    exact = {_exactly(wrong) for _, wrong in before}
    roughly = {_roughly(rule, wrong) for rule, wrong in before}
    return [
        wrong
        for rule, wrong in after
        if _exactly(wrong) not in exact
        and (wrong.record.reference in own or _roughly(rule, wrong) not in roughly)
    ]


@lru_cache(maxsize=2)
def _wrongs(case: Case) -> list[Told]:
    """What is wrong with a case as it stands: asked once, and not of each change of it."""
    return list(_found(case))


def _found(case: Case) -> Iterator[Told]:
    for rule in CHECKS:
        for wrong in rule(case):
            yield rule.__name__, wrong


def _exactly(wrong: Wrong) -> tuple[str, str, str, str]:
    return wrong.record.reference, wrong.field, wrong.found, wrong.allowed


def _roughly(rule: str, wrong: Wrong) -> tuple[str, str, str]:
    return rule, wrong.record.reference, wrong.field


def as_faults(wrongs: Collection[Wrong], one: Versioned | None, fields: Collection[str]) -> list[Fault]:
    """What rules find wrong, for the form of one record: at its fields, or about another record by its name."""
    return [_fault(wrong, one, fields) for wrong in wrongs]


def _fault(wrong: Wrong, one: Versioned | None, fields: Collection[str]) -> Fault:
    label = next(
        (str(f.verbose_name) for f in columns(type(wrong.record)) if f.name == wrong.field), wrong.field
    )
    said = f"found {wrong.found}; allowed: {wrong.allowed}"
    if one is not None and wrong.record.reference == one.reference:
        name = wrong.field if wrong.field in fields else ""
        return Fault(name, f"{label}: {said}")
    return Fault("", f"{called(wrong.record)}, {label}: {said}", wrong.record.reference)


def called(record: Versioned) -> str:
    """A record in a sentence: 'Service SVC-012, Custody'."""
    name = record.label if isinstance(record, Citation) else short(record)
    words = f"{record.words()} {record.code}"
    return f"{words[:1].upper()}{words[1:]}" + (f", {name}" if name != record.code else "")
