"""What a change would bring in: the rules of the stages, asked of the case as it would be."""

from collections import OrderedDict
from collections.abc import Collection, Sequence
from threading import Lock

from wayforward.pages.labels import short
from wayforward.pages.register.entries import Fault
from wayforward.records.base import Versioned, columns
from wayforward.records.case import Case
from wayforward.records.checks import Wrong
from wayforward.records.judged import Judgement, judge
from wayforward.records.models import Citation

MOST_EXERCISES = 4  # whose rules are kept in mind


def brought_in(case: Case, put: Sequence[Versioned] = (), gone: Sequence[Versioned] = ()) -> list[Wrong]:
    """What is wrong once these rows are stored, or gone, and was not wrong before.

    What was wrong with another record before, and still is in other words (a sum that is still not 1), is not new.
    """
    before = _judged(case)
    after = list(judge(case.changed(put, gone), before))
    if not after:
        return []
    own = {row.reference for row in put}
    exact = {_exactly(wrong) for _, wrong in before}
    roughly = {_roughly(rule, wrong) for rule, wrong in before}
    return [
        wrong
        for rule, wrong in after
        if _exactly(wrong) not in exact
        and (wrong.record.reference in own or _roughly(rule, wrong) not in roughly)
    ]


_latest: OrderedDict[int, Judgement] = (
    OrderedDict()
)  # of each exercise whose rules were asked in this process
_one_at_a_time = Lock()


def _judged(case: Case) -> Judgement:
    """What is wrong with a case as it stands: asked once, and of what changed since it was asked before."""
    key = case.exercise.pk
    before = _latest.get(key)
    if before is not None and before.case is case:
        return before
    with _one_at_a_time:
        before = _latest.get(key)
        if before is None or before.case is not case:
            before = _latest[key] = judge(case, before)
            _latest.move_to_end(key)
            while len(_latest) > MOST_EXERCISES:
                _latest.popitem(last=False)
        return before


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
