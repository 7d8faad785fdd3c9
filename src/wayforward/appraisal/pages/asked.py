"""What a what-if asks, as it stands in an address: read with care, written back in one way, turned into changes."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from wayforward import parameters
from wayforward.appraisal.models import ScenarioValue, SwingWeight
from wayforward.appraisal.pages.inputs import Input
from wayforward.appraisal.what_if import Change
from wayforward.findings import show
from wayforward.pages.labels import short
from wayforward.records.case import Case

NUMBER = re.compile(r"-?[0-9]{1,12}(?:\.[0-9]{1,2})?")
MOST = 100  # inputs moved at once, asked or kept
MOST_NAMED = 3  # of what is not there
LONGEST = 60  # letters of what was typed, said back
EDITION, SHOW, NAME = "edition", "show", "name"
RESERVED = (EDITION, SHOW, NAME, "saved", "scenario", "csrfmiddlewaretoken")


@dataclass(frozen=True)
class Fault:
    """What is wrong, in words for whoever typed it, and the inputs or fields of the page that it is about."""

    words: str
    about: tuple[str, ...] = ()


class Refused(ValueError):
    """A question that can't be answered, or not kept; each fault says what to mend."""

    def __init__(self, *faults: Fault | str) -> None:
        self.faults = tuple(Fault(one) if isinstance(one, str) else one for one in faults)
        super().__init__(" ".join(one.words for one in self.faults))


@dataclass(frozen=True)
class Entered:
    """What stands in the form as it was typed: the inputs by key, the edition, those on show, the scenario's name."""

    texts: Mapping[str, str] = field(default_factory=dict)
    edition: str = ""
    shown: tuple[str, ...] = ()
    name: str = ""


@dataclass(frozen=True)
class Asked:
    """The inputs moved with their values as people see them, the edition where it is another, and inputs on show."""

    moved: Mapping[str, float] = field(default_factory=dict)
    edition: str = ""
    shown: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.moved or self.edition)

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The question as an address says it, always in the same order."""
        told = [(key, text(self.moved[key])) for key in sorted(self.moved)]
        told += [(EDITION, self.edition)] if self.edition else []
        return told + [(SHOW, key) for key in self.shown if key not in self.moved]

    @property
    def query(self) -> str:
        """The question as the end of an address, as short as may be: a hundred inputs are to fit."""
        return urlencode(self.pairs, safe=":/")

    @property
    def entered(self) -> Entered:
        """The question as it stands in the form."""
        return Entered({key: text(value) for key, value in self.moved.items()}, self.edition, self.shown)


def text(value: float) -> str:
    """A number as a field of a form holds it."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def entered(query: QueryDict, every: Mapping[str, Input]) -> Entered:
    """What stands in a form that was sent; nothing is refused, so that nothing typed is lost."""
    return Entered(
        {key: str(query[key])[:LONGEST] for key in query if key in every and str(query[key]).strip()},
        query.get(EDITION, "")[:LONGEST],
        tuple(dict.fromkeys(key for key in query.getlist(SHOW) if key in every))[:MOST],
        query.get(NAME, "")[:300],
    )


def asked(query: QueryDict, every: Mapping[str, Input], edition: str) -> Asked:
    """The question of an address or a form. A blank, or a value as the record has it, moves nothing.

    Raises Refused, with all that is wrong, for an input that is not there, what is no plain number or can't stand
    there, two values for one input, and more than can be moved at once.
    """
    moved: dict[str, float] = {}
    faults: list[Fault] = []
    for key, values in query.lists():
        if key not in every:
            continue
        try:
            value = _moved(every[key], values)
        except Refused as refusal:
            faults += refusal.faults
        else:
            if value is not None and value != every[key].now:
                moved[key] = value
    if len(moved) > MOST:
        faults.append(Fault(_too_many(len(moved))))
    faults += _unknown([key for key in query if key not in RESERVED], every)
    faults += _unknown([key for key in query.getlist(SHOW) if key], every, SHOW)
    other = query.get(EDITION, "")
    if other and other not in parameters.editions():
        faults.append(Fault(f"There is no edition “{_cut(other)}”: choose one from the list.", (EDITION,)))
    if faults:
        raise Refused(*faults)
    return Asked(moved, "" if other == edition else other, entered(query, every).shown)


def _moved(one: Input, values: list[str]) -> float | None:
    """The value given to an input; None for a blank."""
    if len(values) > 1:
        raise Refused(Fault(f"{one.words} is given {len(values)} values: give one.", (one.key,)))
    given = values[0].strip()
    if not given:
        return None
    if not NUMBER.fullmatch(given):
        found = f"{one.words}: “{_cut(given)}” is no plain number of at most 2 decimals. Give {one.allowed}."
        raise Refused(Fault(found, (one.key,)))
    if not one.may_be(float(given)):
        raise Refused(Fault(f"{one.words}: give {one.allowed}, not {_cut(given)}.", (one.key,)))
    return float(given)


def _unknown(keys: Iterable[str], every: Mapping[str, Input], about: str = "") -> list[Fault]:
    """One fault for all that is not there to be moved."""
    names = [f"“{_cut(key)}”" for key in dict.fromkeys(keys) if key not in every]
    if not names:
        return []
    words = f"There is nothing called {show.some(names, MOST_NAMED)} to move: choose from the list."
    return [Fault(words, (about,) if about else ())]


def _too_many(many: int) -> str:
    return f"{many} inputs are moved at once, and the most is {MOST}: move fewer."


def _cut(words: str) -> str:
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"


def changes(case: Case, one: Asked, every: Mapping[str, Input]) -> list[Change]:
    """The changes of records that a question asks for. Raises Refused where two inputs set one field."""
    by: dict[tuple[str, str], str] = {}
    found: list[Change] = []
    for key, value in one.moved.items():
        moved = every[key]
        for target in moved.targets:
            if target in by:
                other = every[by[target]]
                words = f"{other.words} and {moved.words} move the same record: set one back."
                raise Refused(Fault(words, (other.key, key)))
            by[target] = key
            found.append(Change(*target, round(value / moved.scale, 4)))
    return _with_greatest_at_100(case, found, by)


def _with_greatest_at_100(case: Case, found: list[Change], by: Mapping[tuple[str, str], str]) -> list[Change]:
    """Swing points with the greatest of each group at 100, as they are defined: the others rise in proportion.

    Raises Refused, about the inputs (`by` what they set), where a group would give no criterion any points.
    """
    rows: dict[str, list[SwingWeight]] = defaultdict(list)
    for row in case.rows(SwingWeight):
        rows[row.group.code].append(row)
    told = {change.about: change.value for change in found if change.field == "points"}
    scaled: dict[str, Change] = {}
    for some in rows.values():
        points = {
            row.reference: told.get(row.reference, None if row.points is None else float(row.points))
            for row in some
        }
        known = [value for value in points.values() if value is not None]
        if not told.keys() & points.keys() or not known:
            continue
        if max(known) == 0:
            set_by = dict.fromkeys(by[about, "points"] for about in points if about in told)
            words = f"{some[0].group.name} would give every criterion 0 points: give one criterion 100."
            raise Refused(Fault(words, tuple(set_by)))
        if max(known) < 100:
            times = 100 / max(known)
            scaled |= {
                about: Change(about, "points", round(value * times, 4))
                for about, value in points.items()
                if value is not None
            }
    return [change for change in found if change.about not in scaled] + list(scaled.values())


def in_words(one: Asked, every: Mapping[str, Input]) -> list[str]:
    """What is otherwise, an input a sentence."""
    told = [
        f"{every[key].words}: {every[key].shown(value)}{_was(every[key])}" for key, value in one.moved.items()
    ]
    return told + ([f"Parameters: {_title(one.edition)}"] if one.edition else [])


def _was(one: Input) -> str:
    return f" (now {one.short(one.now)})" if one.now is not None else ""


def _title(edition: str) -> str:
    return parameters.load(edition).title


def editions() -> list[tuple[str, str]]:
    """The editions to choose from: their names and titles."""
    return [(name, _title(name)) for name in parameters.editions()]


def of_scenario(case: Case, code: str, every: Mapping[str, Input]) -> Asked:
    """The question that a kept scenario asks. Raises Refused where it changes what this page can't move."""
    scenario: Any = case.get(f"scenario:{code}")
    if scenario is None:
        raise Refused(f"There is no scenario {_cut(code)}: choose one from the list.")
    left: dict[tuple[str, str], float] = {
        (row.about, row.field): float(row.value)
        for row in case.rows(ScenarioValue)
        if row.scenario.code == code
    }
    moved: dict[str, float] = {}
    # Those that set several records come first: what was moved as one is shown as one.
    for one in sorted(every.values(), key=lambda one: -len(one.targets)):
        values = {left.get(target) for target in one.targets}
        if len(values) == 1 and (value := values.pop()) is not None:
            moved[one.key] = round(value * one.scale, 2)
            for target in one.targets:
                del left[target]
    if left:
        names = show.some([_named(case, about, name) for about, name in left])
        raise Refused(f"{scenario.label} changes what can't be moved here: {names}. Mend it in its register.")
    if len(moved) > MOST:
        raise Refused(_too_many(len(moved)))
    return Asked(moved, "" if scenario.edition == case.exercise.edition else scenario.edition)


def _named(case: Case, about: str, name: str) -> str:
    """A record's field in words; by its code where nothing else names it."""
    record = case.get(about)
    return f"{short(record) if record is not None else about}, {name.replace('_', ' ')}"
