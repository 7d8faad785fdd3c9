"""The only places that write records: one or several by a person, or a whole case by an import."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from wayforward.records import events
from wayforward.records.base import Record, Versioned
from wayforward.records.case import Case, references
from wayforward.records.models import Event, Submission

A_BATCH = 500


class ChangedMeanwhile(Exception):  # says what happened
    """Somebody saved the record after the version that this change was made from."""

    def __init__(self, record: Versioned, seen: int, stored: int) -> None:
        super().__init__(
            f"{record.reference} was changed meanwhile: this change began from version {seen}, "
            f"version {stored} is stored"
        )
        self.record, self.seen, self.stored = record, seen, stored


class AlreadyReceived(Exception):  # nothing is wrong
    """The same form came before and was kept: there is nothing left to do."""


class SentOtherwise(Exception):  # says what happened
    """The key of a form that was kept came again, with other content: nothing of that is kept."""


class StillNamed(Exception):  # says what happened
    """A record can't be taken away while others name it."""

    def __init__(self, record: Versioned, others: Sequence[str]) -> None:
        super().__init__(f"{record.reference} is named by {', '.join(others)}")
        self.record, self.others = record, list(others)


class CodeUsed(Exception):  # says what happened
    """A new record has a code that a record which is there no longer had: a code is never used again."""

    def __init__(self, record: Versioned) -> None:
        super().__init__(f"{record.reference} was a record that has been removed: give another code")
        self.record = record


@dataclass(frozen=True)
class Sent:
    """A form that was sent: its key, and a digest of what it says (blank where it says nothing but itself)."""

    key: UUID
    digest: str = ""


@dataclass(frozen=True)
class Change:
    """A record as it is to be stored, and the version that the change was made from (0: it is new).

    `gone`: it is to be taken away. `back`: it was taken away, and is to be there again under its code.
    """

    record: Versioned
    seen_version: int
    gone: bool = False
    back: bool = False

    @property
    def stored_version(self) -> int:
        """The version that must be stored for the change to be made; 0 where the record must not be there."""
        return 0 if self.back else self.seen_version


def save(
    record: Versioned,
    seen_version: int,
    actor: str,
    action: str = "changed",
    submission: Sent | UUID | None = None,
) -> None:
    """Save one record, or the exercise itself, and its event in one transaction.

    Raises ChangedMeanwhile when the stored version is not the one the person saw: nothing is overwritten silently.
    Raises AlreadyReceived when this form was kept before, SentOtherwise when its key was with other content, and
    CodeUsed for a new record with an old code.
    """
    save_all([Change(record, seen_version)], actor, action, submission)


def remove(
    record: Versioned,
    seen_version: int,
    actor: str,
    action: str = "removed",
    submission: Sent | UUID | None = None,
) -> None:
    """Take one record away, with an event whose row is blank; its code is never used again.

    Raises as `save` does, and StillNamed while another record names it.
    """
    save_all([Change(record, seen_version, gone=True)], actor, action, submission)


def save_all(
    changes: Sequence[Change], actor: str, action: str = "changed", submission: Sent | UUID | None = None
) -> None:
    """Make several changes of one exercise, with an event each, in one transaction: all of them or none.

    A record may name another that is new in the same changes. Raises as `save` and `remove` do.
    """
    if not changes:
        return
    first = changes[0].record
    exercise: Any = first.exercise if isinstance(first, Record) else first
    with transaction.atomic():
        lock(exercise)
        _refuse_received(submission)
        _refuse_changed(changes)
        for change in changes:
            change.record.version = change.seen_version + 1
        for change in _those_named_first([c for c in changes if not c.gone]):
            _join(change.record)
            new = change.stored_version == 0
            change.record.save(force_insert=new, force_update=not new)
        for change in reversed(_those_named_first([c for c in changes if c.gone])):
            _take_away(change.record)
        logged = events.append(
            exercise, actor, action, [c.record for c in changes], {id(c.record) for c in changes if c.gone}
        )
        _receive(exercise, submission, logged)


def was_received(submission: Sent | UUID | None) -> bool:
    """Whether this form came before and was kept. Raises SentOtherwise where its key did with other content."""
    if submission is None:
        return False
    sent = _as_sent(submission)
    kept = Submission.objects.filter(key=sent.key).values_list("digest", flat=True).first()
    if kept and sent.digest and kept != sent.digest:
        raise SentOtherwise(str(sent.key))
    return kept is not None


def _as_sent(submission: Sent | UUID) -> Sent:
    return submission if isinstance(submission, Sent) else Sent(submission)


def _refuse_received(submission: Sent | UUID | None) -> None:
    if was_received(submission):
        raise AlreadyReceived(str(submission))


def _receive(exercise: Any, submission: Sent | UUID | None, logged: Sequence[Event]) -> None:
    """Remember a form that has led to these events."""
    if submission is not None:
        sent, last = _as_sent(submission), logged[-1].sequence
        Submission.objects.create(
            exercise=exercise, key=sent.key, digest=sent.digest, sequence=last, at=timezone.now()
        )


def _refuse_changed(changes: Sequence[Change]) -> None:
    """Raise ChangedMeanwhile at the first record whose stored version is another than was seen."""
    tables: dict[Any, list[Change]] = defaultdict(list)
    for change in changes:
        tables[type(change.record)].append(change)
    for model, some in tables.items():
        first = some[0].record
        rows = model._default_manager.all()
        rows = rows.filter(exercise=first.exercise) if isinstance(first, Record) else rows.filter(pk=first.pk)
        for start in range(0, len(some), A_BATCH):
            batch = some[start : start + A_BATCH]
            found = rows.filter(code__in=[c.record.code for c in batch])
            stored = dict(found.values_list("code", "version"))
            for change in batch:
                now = stored.get(change.record.code, 0)
                if now != change.stored_version:
                    raise ChangedMeanwhile(change.record, change.seen_version, now)
            _refuse_used([change.record for change in batch if change.seen_version == 0])


def _refuse_used(new: Sequence[Versioned]) -> None:
    """Raise CodeUsed at the first new record whose code the log knows already."""
    records = {record.reference: record for record in new if isinstance(record, Record)}
    if records:
        exercise: Any = next(iter(records.values())).exercise
        known = Event.objects.filter(exercise=exercise, record__in=list(records))
        if used := known.values_list("record", flat=True).first():
            raise CodeUsed(records[used])


def _those_named_first(changes: Sequence[Change]) -> list[Change]:
    """The changes so that a record comes after those among them that it names, as an object or by its key."""
    among = {id(change.record): change for change in changes}
    stored = {(type(c.record), c.record.pk): c for c in changes if c.record.pk is not None}
    done: dict[int, Change] = {}

    def visit(change: Change, above: frozenset[int]) -> None:
        key = id(change.record)
        if key in done or key in above:
            return
        for field in references(type(change.record)):
            named = among.get(id(field.get_cached_value(change.record, default=None)))
            other = named or stored.get((field.table, getattr(change.record, field.attname)))
            if other is not None:
                visit(other, above | {key})
        done[key] = change

    for change in changes:
        visit(change, frozenset())
    return list(done.values())


def _join(record: Versioned) -> None:
    """Let a reference know the key of a record that was new until now."""
    for field in references(type(record)):
        if field.is_cached(record):
            setattr(record, field.name, field.get_cached_value(record))


def _take_away(record: Versioned) -> None:
    key = record.pk
    try:
        record.delete()
    except ProtectedError as error:
        named = sorted(other.reference for other in error.protected_objects if isinstance(other, Versioned))
        raise StillNamed(record, named) from error
    record.pk = key  # as it was, for whoever shows what was taken away


def lock(exercise: Versioned) -> None:
    """Let one writer at a time into an exercise, so that the chain of events has one order."""
    type(exercise)._default_manager.select_for_update().get(pk=exercise.pk)


def used_codes(exercise: Any, model: type[Record]) -> set[str]:
    """Every code of a table that a row has or ever had; a code is never used again."""
    kind = model.kind()
    logged = Event.objects.filter(exercise=exercise, record__startswith=f"{kind}:")
    used = {record.partition(":")[2] for record in logged.values_list("record", flat=True).distinct()}
    return used | set(model._default_manager.filter(exercise=exercise).values_list("code", flat=True))


def save_case(
    case: Case, actor: str, action: str = "imported", submission: Sent | UUID | None = None
) -> None:
    """Store a whole new case, with an event a row, in one transaction: all of it or nothing.

    The rows of a case that was read hold their references as objects; those are stored first. Raises AlreadyReceived
    when this form was kept before, and SentOtherwise when its key was with other content.
    """
    with transaction.atomic():
        _refuse_received(submission)
        case.exercise.save(force_insert=True)
        written: list[Versioned] = [case.exercise]
        for model in storing_order(case):
            rows = case.rows(model)
            for row in rows:
                row.exercise = case.exercise
            for batch in generations(model, rows):
                for row in batch:
                    for field in references(model):
                        setattr(row, field.name, getattr(row, field.name))
                model._default_manager.bulk_create(batch, batch_size=500)
            written.extend(rows)
        logged = events.append(case.exercise, actor, action, written)
        _receive(case.exercise, submission, logged)


def storing_order(case: Case) -> list[type[Record]]:
    """The tables so that each comes after those it points to."""
    waiting = {model: {f.related_model for f in references(model)} - {model} for model in case.models()}
    order: list[type[Record]] = []
    while waiting:
        ready = [model for model, needs in waiting.items() if not needs & waiting.keys()]
        if not ready:
            raise RuntimeError(f"tables point at each other in a ring: {sorted(m.stem for m in waiting)}")
        for model in ready:
            order.append(model)
            del waiting[model]
    return order


def generations(model: type[Record], rows: list[Record]) -> list[list[Record]]:
    """Rows that point into their own table (a service's parent), those pointed at first."""
    own = [f.name for f in references(model) if f.related_model is model]
    if not own:
        return [rows]
    batches: list[list[Record]] = []
    stored: set[str] = set()
    left = list(rows)
    while left:
        ready = [
            row
            for row in left
            if all((to := getattr(row, name)) is None or to.code in stored for name in own)
        ]
        if not ready:
            raise RuntimeError(f"{model.stem} point at each other in a ring")
        batches.append(ready)
        stored.update(row.code for row in ready)
        left = [row for row in left if row.code not in stored]
    return batches
