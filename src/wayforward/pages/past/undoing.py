"""Undoing by a new entry: what must be saved so that records are again as they were, and what stands in the way."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from wayforward.casefile.cells_in import Misfit, case_of
from wayforward.findings import show
from wayforward.pages.labels import short
from wayforward.pages.past.words import named
from wayforward.people.permissions import may
from wayforward.records.base import Record, Versioned, columns, exercise_model, model_of
from wayforward.records.case import Case
from wayforward.records.checks import Wrong, run_checks
from wayforward.records.fields import RecordRef, Reference
from wayforward.records.history import Act, Cells, State, differences
from wayforward.records.models import Event
from wayforward.records.rows import cells
from wayforward.records.save import Change

NOBODY = "nobody"  # the rule of what is never changed once it is said


@dataclass(frozen=True)
class Hindrance:
    """What stands in the way of undoing, and the record that it is about."""

    words: str
    reference: str = ""


@dataclass(frozen=True)
class Plan:
    """Records as they are to be again: for each the state it is in now, and the cells it is to have (None: gone)."""

    now: Mapping[str, State]
    wanted: Mapping[str, Cells | None]
    hindered: tuple[Hindrance, ...]

    @property
    def needless(self) -> bool:
        """Whether all is so already."""
        return all(self.now[reference].cells == cells for reference, cells in self.wanted.items())

    @property
    def version(self) -> int:
        """The version that the person is shown, of a plan for one record."""
        return max(state.version for state in self.now.values())


def plan(user: Any, case: Case, wanted: Mapping[str, Cells | None], versions: Mapping[str, int]) -> Plan:
    """What putting some records back means now, and all that hinders it.

    `versions` are those of each record's last event, which goes on counting where it is gone.
    """
    now = {reference: State(_cells(case, reference), versions[reference]) for reference in wanted}
    hindered = [*_not_allowed(user, case, wanted), *_named_still(case, wanted)]
    if not hindered:
        hindered = list(_broken(case, wanted))
    return Plan(now, wanted, tuple(dict.fromkeys(hindered)))


def plan_for_act(user: Any, case: Case, act: Act) -> Plan:
    """What undoing a whole act means: only where nothing was done to its records since."""
    exercise = case.exercise
    found = differences(exercise, act.first - 1, act.last)
    wanted = {one.reference: one.before.cells for one in found}
    made = Plan({one.reference: one.after for one in found}, wanted, ())
    if wanted.get("exercise", {}) is None:
        words = "This brought the exercise itself here. An exercise is not taken away."
        return Plan(made.now, wanted, (Hindrance(words),))
    touched = Event.objects.filter(exercise=exercise, sequence__gt=act.last)
    later = {name for name in touched.values_list("record", flat=True).distinct() if name in wanted}
    if later:
        words = "{} was changed since: put it back from its own history, or leave it as it is"
        since = tuple(Hindrance(words.format(_called(case, name)), name) for name in sorted(later))
        return Plan(made.now, wanted, since)
    return plan(user, case, wanted, {one.reference: one.after.version for one in found})


def changes_of(made: Plan, exercise: Any) -> list[Change]:
    """The changes that carry a plan out, on rows freshly read; those that are so already are left out."""
    todo = {name: row for name, row in made.wanted.items() if made.now[name].cells != row}
    records = _stored(exercise, todo)
    new = {name for name in todo if name not in records}
    for name in new:
        model: Any = model_of(name.partition(":")[0])
        records[name] = model(exercise=exercise, code=name.partition(":")[2])
    others: dict[Any, dict[str, Versioned]] = {}
    for name, row in todo.items():
        if row is not None:
            _fill(records[name], row, exercise, records, others)
    return [
        Change(records[name], made.now[name].version, gone=row is None, back=name in new)
        for name, row in todo.items()
    ]


def _fill(
    record: Versioned,
    row: Cells,
    exercise: Any,
    together: Mapping[str, Versioned],
    others: dict[Any, dict[str, Versioned]],
) -> None:
    """Give a record the cells of a row; what it names is one of those put back with it, or one that is stored."""
    for field in columns(type(record)):
        cell = row.get(field.name, "")
        if field.name == "code":
            continue
        if not isinstance(field, Reference):
            setattr(record, field.name, field.read_cell(cell))
            continue
        if field.table not in others:
            stored = field.table._default_manager.filter(exercise=exercise)
            others[field.table] = {other.code: other for other in stored}
        setattr(record, field.name, together.get(named(field, cell)) or others[field.table].get(cell))


def _stored(exercise: Any, names: Mapping[str, Any]) -> dict[str, Versioned]:
    """Those of some records that are there, as the database holds them."""
    codes: dict[str, set[str]] = defaultdict(set)
    for name in names:
        kind, _, code = name.partition(":")
        codes[kind].add(code)
    found: dict[str, Versioned] = {}
    for kind, some in codes.items():
        if kind == "exercise":
            found["exercise"] = exercise_model().objects.get(pk=exercise.pk)
            continue
        model: Any = model_of(kind)  # every other kind is of an exercise
        rows = model._default_manager.filter(exercise=exercise)
        found |= {row.reference: row for row in rows if row.code in some}
    return found


def _cells(case: Case, reference: str) -> Cells | None:
    record = case.get(reference)
    return cells(record) if record is not None else None


def _called(case: Case, reference: str) -> str:
    """'service S1, Parks' where it is there; else 'service S1'."""
    kind, _, code = reference.partition(":")
    words = f"{model_of(kind).words()} {code}".strip()
    record = case.get(reference)
    return words if record is None or short(record) == code else f"{words}, {short(record)},"


def _not_allowed(user: Any, case: Case, wanted: Mapping[str, Any]) -> Iterator[Hindrance]:
    rules = dict.fromkeys(_rule(case, name, row is None) for name, row in wanted.items())
    for model, rule in rules:
        if rule == NOBODY:
            yield Hindrance(f"What stands under {model.plural()} is not undone: it was said, and stays said")
        elif not may(user, rule, case.exercise):
            yield Hindrance(f"Your part in this exercise does not allow changing {model.plural()}")
    if "exercise" in wanted and wanted["exercise"] is None:
        yield Hindrance("An exercise is not taken away")


def _rule(case: Case, name: str, goes: bool) -> tuple[type[Versioned], str]:
    """The register of a record, and the rule for changing it, or for taking it away or bringing it back."""
    model = model_of(name.partition(":")[0])
    going_or_coming = goes or case.get(name) is None
    return model, (going_or_coming and model.removed_by) or model.changed_by


def _named_still(case: Case, wanted: Mapping[str, Cells | None]) -> Iterator[Hindrance]:
    """The records that stay and name one that is to go."""
    going = {name for name, row in wanted.items() if row is None}
    if not going:
        return
    for model in case.models():
        pointing = [f for f in columns(model) if isinstance(f, Reference | RecordRef)]
        for record in case.rows(model) if pointing else ():
            for field in pointing if record.reference not in wanted else ():
                value = getattr(record, field.name)
                name = value.reference if isinstance(value, Record) else value
                if name in going:
                    words = f"{_called(case, record.reference)} names {name.partition(':')[2]} ({field.verbose_name})"
                    yield Hindrance(f"{words}: change that first", record.reference)


def _broken(case: Case, wanted: Mapping[str, Cells | None]) -> Iterator[Hindrance]:
    """What would be wrong with the case that is not wrong now: cells, references, and the rules of the stages."""
    rows: list[Versioned] = [case.exercise, *(row for model in case.models() for row in case.rows(model))]
    states = {row.reference: State(cells(row), row.version) for row in rows}
    states |= {name: State(row, 0) for name, row in wanted.items()}
    then, misfits = case_of(states, case.exercise.pk)
    for misfit in misfits:
        yield _misfit(case, misfit)
    if not misfits:
        before = {_told(wrong) for wrong in run_checks(case)}
        for wrong in run_checks(then):
            if _told(wrong) not in before:
                yield Hindrance(
                    _faulty(then, wrong.record.reference, wrong.field, wrong.found, wrong.allowed),
                    wrong.record.reference,
                )


def _misfit(case: Case, misfit: Misfit) -> Hindrance:
    words = _faulty(case, misfit.reference, misfit.field, misfit.found, misfit.allowed)
    return Hindrance(words, misfit.reference)


def _faulty(case: Case, reference: str, field: str, found: str, allowed: str) -> str:
    labels = {f.name: str(f.verbose_name) for f in columns(model_of(reference.partition(":")[0]))}
    return f"{_called(case, reference)} {labels.get(field, field)} would be {found or show.UNKNOWN}; allowed: {allowed}"


def _told(wrong: Wrong) -> tuple[str, str, str, str]:
    return wrong.record.reference, wrong.field, wrong.found, wrong.allowed
