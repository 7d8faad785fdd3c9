"""What changed between two days: the records that differ, in the order of the registers, for one person to see."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from wayforward.casefile import csv_text
from wayforward.findings import Findings
from wayforward.pages.marking import in_words
from wayforward.pages.past.asked import Span
from wayforward.pages.past.words import Teller, changed, markings_of, moment, title_of
from wayforward.pages.withheld import barred
from wayforward.people.permissions import COMMERCIAL
from wayforward.records import history
from wayforward.records.base import Versioned, exercise_model, kinds, record_models
from wayforward.records.history import Difference

HEAD = ("register", "code", "name", "what", "field", "before", "after", "by", "last")


@dataclass(frozen=True)
class Line:
    """A record that differs, its table, and the markings of all that showing the difference shows."""

    one: Difference
    model: type[Versioned]
    markings: tuple[str, ...]

    @property
    def code(self) -> str:
        return self.one.reference.partition(":")[2]


@dataclass(frozen=True)
class Between:
    """What changed in a span of days: what is shown of it, and how many are withheld; from and to which event."""

    first: int
    last: int
    shown: Sequence[Line]
    withheld: int
    actors: Sequence[str]  # of all that changed, whatever is shown of it
    stems: Sequence[type[Versioned]]


def between(user: Any, findings: Findings, span: Span) -> Between:
    """The records that stand otherwise at the end of the span than before it, as asked for."""
    exercise = findings.case.exercise
    first = history.last_before(exercise, history.start_of(span.first))
    last = history.last_of(exercise, span.last)
    every = list(lines(findings, history.differences(exercise, first, last)))
    seen = seen_by(user, findings, every)
    shown = [
        line
        for line in seen
        if (not span.stem or line.model.stem == span.stem)
        and (not span.person or any(did.actor == span.person for did in line.one.done))
    ]
    actors = sorted({did.actor for line in seen for did in line.one.done})
    stems = list(dict.fromkeys(line.model for line in seen))
    return Between(first, last, shown, len(every) - len(seen), actors, stems)


def lines(findings: Findings, found: Sequence[Difference]) -> Iterator[Line]:
    """Differences in the order of the registers; those of a table that there is none of any more are left out."""
    order = {model: place for place, model in enumerate([exercise_model(), *record_models()])}
    models = kinds()
    known = [(models[kind], one) for one in found if (kind := one.reference.partition(":")[0]) in models]
    for model, one in sorted(known, key=lambda pair: (order[pair[0]], pair[1].reference)):
        rows = (one.before.cells, one.after.cells)
        yield Line(one, model, tuple(filter(None, markings_of(findings, one.reference, model, *rows))))


def seen_by(user: Any, findings: Findings, some: Sequence[Line]) -> list[Line]:
    """The lines that a person may see."""
    if not barred(user, findings):
        return list(some)
    return [line for line in some if in_words(findings.case, line.markings) != COMMERCIAL]


def described(findings: Findings, line: Line, tell: Teller) -> dict[str, Any]:
    """A record that differs, in words; of one that is new or gone its name says enough."""
    one, case = line.one, findings.case
    fields = (
        changed(case, line.model, one.before.cells or {}, one.after.cells or {})
        if one.what == "changed"
        else []
    )
    code = line.code or case.exercise.code
    return {
        "stem": line.model.stem,
        "code": code,
        "reference": one.reference,
        "title": title_of(case, one.reference, one.after.cells, one.before.cells),
        "what": one.what,
        "fields": [{**field.plain(), "sentence": field.sentence, "long": field.long} for field in fields],
        "by": [tell.who(actor) for actor in dict.fromkeys(did.actor for did in one.done)],
        "last": moment(one.done[-1]),
    }


def as_csv(findings: Findings, some: Sequence[Line]) -> str:
    """Every field that differs, as it is stored, a row each; whoever changed a record by their number alone."""
    return csv_text.write([HEAD, *(row for line in some for row in _rows(findings, line))])


def _rows(findings: Findings, line: Line) -> Iterator[list[str]]:
    one = line.one
    before, after = one.before.cells or {}, one.after.cells or {}
    title = title_of(findings.case, one.reference, after, before)
    begins = [line.model.stem, line.code or findings.case.exercise.code, csv_text.neutral(title), one.what]
    by = "; ".join(dict.fromkeys(did.actor for did in one.done))
    for name in one.fields:
        cells = [csv_text.neutral(before.get(name, "")), csv_text.neutral(after.get(name, ""))]
        yield [*begins, name, *cells, csv_text.neutral(by), one.done[-1].at.isoformat(timespec="seconds")]
