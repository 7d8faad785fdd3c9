"""Opening an exercise for a person: those with no part in it learn nothing of it."""

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import Any

from django.db import connection
from django.http import Http404, HttpRequest
from django.utils import timezone

from wayforward.findings import Findings
from wayforward.people.permissions import demand, may
from wayforward.records.base import exercise_model
from wayforward.records.case import Case, changed_rows
from wayforward.records.models import Event

# How a reading begins that sees the database as it is at its first query, whatever others save meanwhile. SQLite keeps
# such a view by itself (WAL) unless asked to write; PostgreSQL by default looks anew at each query.
MOST_READ_ANEW = 200  # changes; beyond, the whole case is read
MOST_EXERCISES = 4  # that a process keeps in mind
OPENED = "wayforward_opened"  # the attribute of a request that holds what it opened
AT_ONE_MOMENT = {"sqlite": "BEGIN DEFERRED", "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"}


def visible_exercises(user: Any) -> list[Any]:
    """The exercises that a person may open, by code."""
    every = exercise_model().objects.all()
    chosen = every if user.is_superuser else every.filter(pk__in=user.memberships.values("exercise_id"))
    if only := getattr(user, "only_exercise", None):
        chosen = chosen.filter(pk=only)  # a token reads its own alone
    return sorted(chosen, key=lambda exercise: exercise.code)


def opened(request: HttpRequest, code: str, to: str = "see") -> Findings:
    """The findings of an exercise that this person may see.

    Raises Http404 alike for none and for not theirs; PermissionDenied where their part does not allow what they came
    for, which is a rule of people/permissions.py by its name.
    """
    exercise = exercise_model().objects.filter(code=code).first()
    if exercise is None or not may(request.user, "see", exercise):
        raise Http404("There is no such exercise, or it is not yours to see.")
    demand(request.user, to, exercise)
    findings = as_it_stands(exercise)
    setattr(request, OPENED, findings)
    return findings


def as_it_stands(exercise: Any) -> Findings:
    """The findings of an exercise as it stands now: read once, and from then on followed change by change."""
    head = (
        Event.objects.filter(exercise=exercise).order_by("-sequence").values_list("hash", flat=True).first()
    )
    kept = _latest.get(exercise.pk)
    if kept is None or not kept.is_of(head):
        # Who asks meanwhile waits, and reads nothing a second time.
        with _reading.setdefault(exercise.pk, Lock()):
            kept = _read(exercise.pk)
    return kept.findings


@dataclass(frozen=True)
class Standing:
    """The findings of a case as it stood at an event of its log."""

    sequence: int
    hash: str
    today: str
    findings: Findings

    def is_of(self, head: str | None) -> bool:
        """Whether this is how the case stands at that event, today."""
        return (self.hash, self.today) == (head or "", str(timezone.localdate()))


_latest: OrderedDict[int, Standing] = OrderedDict()  # of each exercise that this process has opened last
_reading: dict[int, Lock] = {}


def _read(key: int) -> Standing:
    """A case as it stands at the last event of its log."""
    with one_moment():
        exercise = exercise_model().objects.get(pk=key)
        last = Event.objects.filter(exercise=exercise).order_by("-sequence").first()
        before = _latest.get(key)
        if before and before.is_of(last.hash if last else None):
            return before
        findings = _moved_on(before, exercise, last) if before and last else None
        if findings is None:
            findings = Findings(Case.of(exercise))
    today = str(timezone.localdate())
    now = Standing(last.sequence if last else 0, last.hash if last else "", today, findings)
    _latest[key] = now
    _latest.move_to_end(key)
    while len(_latest) > MOST_EXERCISES:
        _latest.popitem(last=False)
    return now


def _moved_on(before: Standing, exercise: Any, last: Event) -> Findings | None:
    """The findings of a case with the few records that were changed since read anew; None where that is no gain."""
    log = Event.objects.filter(exercise=exercise)
    known = log.filter(sequence=before.sequence).values_list("hash", flat=True).first()
    references = list(
        log.filter(sequence__gt=before.sequence).values_list("record", flat=True)[: MOST_READ_ANEW + 1]
    )
    if known != before.hash or len(references) > MOST_READ_ANEW or before.today != str(timezone.localdate()):
        return None
    case = before.findings.case
    put, gone = changed_rows(case, exercise, set(references))
    touched = {type(row) for row in (*put, *gone)}
    return before.findings.moved_on(case.changed(put, gone), touched) if touched else before.findings


@contextmanager
def one_moment() -> Iterator[None]:
    """All that is read within is of one moment. It neither waits for writers nor holds them up; nothing may be saved.

    Django's own transaction would take SQLite's write lock; within one, the reader already reads as that one does.
    """
    if connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(AT_ONE_MOMENT[connection.vendor])
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")
