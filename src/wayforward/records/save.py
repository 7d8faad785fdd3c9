"""The only two places that write records: one record by a person, or a whole case by an import."""

from django.db import transaction

from wayforward.records import events
from wayforward.records.base import Record, Versioned
from wayforward.records.case import Case, references


class ChangedMeanwhile(Exception):  # says what happened
    """Somebody saved the record after the version that this change was made from."""

    def __init__(self, record: Versioned, seen: int, stored: int) -> None:
        super().__init__(
            f"{record.reference} was changed meanwhile: this change began from version {seen}, "
            f"version {stored} is stored"
        )


def save(record: Versioned, seen_version: int, actor: str, action: str = "changed") -> None:
    """Save one record, or the exercise itself, and its event in one transaction.

    Raises ChangedMeanwhile when the stored version is not the one the person saw: nothing is overwritten silently.
    """
    model = type(record)
    exercise = record.exercise if isinstance(record, Record) else record
    with transaction.atomic():
        lock(exercise)
        stored = model._default_manager.filter(pk=record.pk).values_list("version", flat=True).first()
        if (stored or 0) != seen_version:
            raise ChangedMeanwhile(record, seen_version, stored or 0)
        record.version = seen_version + 1
        record.save(force_insert=stored is None)
        events.append(exercise, actor, action, [record])


def lock(exercise: Versioned) -> None:
    """Let one writer at a time into an exercise, so that the chain of events has one order."""
    type(exercise)._default_manager.select_for_update().get(pk=exercise.pk)


def save_case(case: Case, actor: str) -> None:
    """Store a whole new case, with an event a row, in one transaction: all of it or nothing.

    The rows of a case that was read hold their references as objects; those are stored first.
    """
    with transaction.atomic():
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
        events.append(case.exercise, actor, "imported", written)


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
