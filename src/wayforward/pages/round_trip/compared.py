"""An upload against the exercise as it stands: what differs, and what of that can be kept."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from wayforward.casefile.differences import CONFLICTING, Difference, Earlier, Now, compare
from wayforward.casefile.settling import WORD, Place, Settled, settle, told
from wayforward.casefile.stream_in import Table, Upload
from wayforward.casefile.streams import seen
from wayforward.findings import Findings
from wayforward.pages.round_trip import sealed
from wayforward.pages.round_trip.away import register, rows_seen, why_locked
from wayforward.pages.withheld import barred
from wayforward.records.base import Record, Versioned
from wayforward.records.checks import Wrong
from wayforward.records.models import Event
from wayforward.records.save import used_codes

AT_ONCE = 500
NO_SEAL = (
    "This file doesn’t say what was downloaded, so it can’t be told what you changed from what others changed. "
    "Each cell that differs is asked of you."
)
HIDDEN = ("what you entered", "what fits with records marked commercial, which you may not open")


@dataclass(frozen=True)
class Compared:
    """What an upload would change, and what of that can be kept as conflicts are decided so far."""

    differences: tuple[Difference, ...]
    settled: Settled
    rows: int
    notices: tuple[str, ...]

    @property
    def conflicts(self) -> list[Place]:
        """The cells that somebody else changed too."""
        return [
            (one.stem, one.code, cell.column)
            for one in self.differences
            for cell in one.cells
            if cell.mark == CONFLICTING
        ]

    @property
    def digest(self) -> str:
        """By this it is known again whether a person saw all this before they agreed to it."""
        refused = sorted((list(place), list(fault)) for place, fault in self.settled.refused.items())
        said = json.dumps([[repr(one) for one in self.differences], refused])
        return hashlib.sha256(said.encode()).hexdigest()


def wrong_exercise(upload: Upload, exercise: Any) -> str:
    """What to say of a file that was downloaded from another exercise; '' where it was not."""
    of = sealed.read(upload.seal, exercise).exercise
    if of in ("", exercise.code):
        return ""
    return f"{upload.name} was downloaded from another exercise, {of}: nothing of it is read here."


def compared(
    user: Any,
    findings: Findings,
    upload: Upload,
    choices: Mapping[Place, str],
    advance: Callable[[str], None] = lambda words: None,
) -> Compared:
    """What an upload would change of the exercise as it stands. `advance` hears what comes next."""
    exercise = findings.case.exercise
    seal = sealed.read(upload.seal, exercise)
    believed = seal.exercise == exercise.code and seal.since is not None
    differences: list[Difference] = []
    notices = list(_notices(believed, seal.since))
    for table in upload.tables:
        advance(f"Comparing {len(table.rows):,} rows of {table.stem}")
        model = register(table.stem)
        if model is None:
            notices.append(f"{table.stem} is filled in elsewhere in the workbench: its sheet is not read.")
            continue
        if not believed:
            for row in table.rows:
                row.ticket = ""
        now = _now(user, findings, table, model)
        differences += compare(table, now, _earlier(exercise, table, now))
    advance("Trying the rules of the case")
    visible = _visible(user, findings)
    settled = settle(findings.case, differences, choices, visible, _tell(user, findings, visible))
    rows = sum(len(table.rows) for table in upload.tables)
    return Compared(tuple(differences), settled, rows, tuple(notices))


def _notices(believed: bool, since: int | None) -> Iterator[str]:
    if not believed:
        yield NO_SEAL
    elif since:
        yield f"Since this was downloaded, {since:,} {'change was' if since == 1 else 'changes were'} saved here."


def _now(user: Any, findings: Findings, table: Table, model: type[Versioned]) -> Now:
    rows = {row.code: row for row in rows_seen(user, findings, model)}
    new = any(row.code not in rows for row in table.rows)
    used = used_codes(findings.case.exercise, model) if new and issubclass(model, Record) else ()
    return Now(model, rows, used, why_locked(user, findings, model))


def _earlier(exercise: Any, table: Table, now: Now) -> Earlier:
    """The rows as they were taken away, where they have changed since: the log holds each version."""
    wanted = set()
    for row in table.rows:
        stored = now.rows.get(row.code)
        version = seen(row.ticket, row.code)
        if stored is not None and version not in (None, stored.version):
            wanted.add((stored.reference, version))
    names = sorted({reference for reference, _ in wanted})
    found: dict[tuple[str, int], Mapping[str, str]] = {}
    for start in range(0, len(names), AT_ONCE):
        events = Event.objects.filter(exercise=exercise, record__in=names[start : start + AT_ONCE])
        for record, at, cells in events.values_list("record", "record_version", "row"):
            if (record, at) in wanted and cells:
                found[record, at] = json.loads(cells)
    return lambda reference, version: found.get((reference, version))


def _visible(user: Any, findings: Findings) -> set[str]:
    """What a cell may name."""
    case = findings.case
    if not barred(user, findings):
        return set(case.by_reference)
    rows = (row for model in case.models() for row in rows_seen(user, findings, model))
    return {case.exercise.kind(), *(row.reference for row in rows)}


def _tell(user: Any, findings: Findings, visible: set[str]) -> Any:
    """How what a rule finds is told: nothing of what is withheld."""
    hidden = set(findings.case.by_reference) - visible
    codes = {reference.partition(":")[2] for reference in hidden}

    def tell(wrong: Wrong) -> tuple[str, str]:
        said = {*WORD.findall(wrong.found), *WORD.findall(wrong.allowed)}
        return HIDDEN if wrong.record.reference in hidden or said & codes else told(wrong)

    return tell if hidden else told
