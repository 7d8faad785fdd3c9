"""What a what-if asks, as it stands in an address: read with care, written back in one way, turned into changes."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.http import urlencode

from wayforward import parameters
from wayforward.appraisal.models import ScenarioValue, SwingWeight
from wayforward.appraisal.pages.inputs import Input
from wayforward.appraisal.what_if import Change
from wayforward.findings import show
from wayforward.records.case import Case

NUMBER = re.compile(r"-?[0-9]{1,12}(?:\.[0-9]{1,2})?")
MOST = 30  # inputs moved at once
RESERVED = ("edition", "show", "saved", "scenario", "csrfmiddlewaretoken", "name")


class Refused(ValueError):
    """A question that can't be answered; the message says what to mend."""


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
        told += [("edition", self.edition)] if self.edition else []
        return told + [("show", key) for key in self.shown if key not in self.moved]

    @property
    def query(self) -> str:
        """The question as the end of an address."""
        return urlencode(self.pairs)


def text(value: float) -> str:
    """A number as a field of a form holds it."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def asked(query: QueryDict, every: Mapping[str, Input], edition: str) -> Asked:
    """The question of an address. A blank, or a value as the record has it, moves nothing.

    Raises Refused, in words for whoever typed it, for an input that is not there, what is no plain number, two values
    for one input, and more than can be moved at once.
    """
    moved: dict[str, float] = {}
    for key, values in query.lists():
        if key in RESERVED:
            continue
        one = every.get(key)
        if one is None:
            raise Refused(f"There is nothing called “{_cut(key)}” to move: choose one from the list.")
        if len(values) > 1:
            raise Refused(f"{one.words} is given {len(values)} values: give one.")
        value = _number(one, values[0].strip())
        if value is not None and value != one.now:
            moved[key] = value
    if len(moved) > MOST:
        raise Refused(f"{len(moved)} inputs are moved at once, and the most is {MOST}: move fewer.")
    return Asked(moved, _edition(query.get("edition", ""), edition), _shown(query.getlist("show"), every))


def _number(one: Input, given: str) -> float | None:
    if not given:
        return None
    if not NUMBER.fullmatch(given):
        raise Refused(f"{one.words}: “{_cut(given)}” is no plain number: give one such as {text(one.high)}.")
    return float(given)


def _edition(given: str, edition: str) -> str:
    if given and given not in parameters.editions():
        raise Refused(f"There is no edition “{_cut(given)}”: choose one from the list.")
    return "" if given == edition else given


def _shown(keys: Iterable[str], every: Mapping[str, Input]) -> tuple[str, ...]:
    some = tuple(dict.fromkeys(key for key in keys if key))
    unknown = next((key for key in some if key not in every), None)
    if unknown is not None:
        raise Refused(f"There is nothing called “{_cut(unknown)}” to move: choose one from the list.")
    return some[:MOST]


def _cut(words: str) -> str:
    return words if len(words) <= 60 else f"{words[:59]}…"


def changes(case: Case, one: Asked, every: Mapping[str, Input]) -> list[Change]:
    """The changes of records that a question asks for. Raises Refused where two inputs set one field."""
    by: dict[tuple[str, str], str] = {}
    found: list[Change] = []
    for key, value in one.moved.items():
        moved = every[key]
        for target in moved.targets:
            if target in by:
                raise Refused(
                    f"{every[by[target]].words} and {moved.words} move the same record: set one back."
                )
            by[target] = key
            found.append(Change(*target, round(value / moved.scale, 4)))
    return _with_greatest_at_100(case, found)


def _with_greatest_at_100(case: Case, found: list[Change]) -> list[Change]:
    """Swing points with the greatest of each group at 100, as they are defined: the others rise in proportion."""
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
        if told.keys() & points.keys() and known and 0 < max(known) < 100:
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
    scenario = case.get(f"scenario:{code}")
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
        names = show.some([f"{about}/{name}" for about, name in left])
        raise Refused(f"{code} changes what can't be moved here: {names}. Mend it in its register.")
    return Asked(moved, _edition(_cell(scenario), case.exercise.edition))


def _cell(scenario: Any) -> str:
    return str(scenario.edition)
