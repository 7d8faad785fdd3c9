"""Keeping a what-if as a scenario: a name, and a row for each thing that it changes, with an event for each."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction

from wayforward.appraisal.models import Scenario, ScenarioValue
from wayforward.appraisal.pages.asked import NAME, Asked, Fault, Refused, changes, in_words
from wayforward.appraisal.pages.inputs import Input
from wayforward.findings import Findings
from wayforward.records.base import Record
from wayforward.records.fields import CellFault
from wayforward.records.save import lock, save, used_codes

ACTION = "saved from a what-if"
MOST_KEPT = 60  # scenarios of a case: the findings play each of them


def keep(
    findings: Findings, one: Asked, every: Mapping[str, Input], name: str, made_by: str, actor: str
) -> Scenario:
    """Store the question as a scenario; all of it or nothing.

    Raises Refused where nothing is moved, the name is blank, too long or taken, or the case has scenarios enough.
    """
    case, told = findings.case, changes(findings.case, one, every)
    if not one:
        raise Refused("Nothing is moved, so there is nothing to save: move an input first.")
    scenario = Scenario(
        exercise=case.exercise,
        name=_name(name),
        question="; ".join(in_words(one, every)),
        edition=one.edition,
        made_by=made_by,
        made=findings.today,
    )
    with transaction.atomic():
        lock(case.exercise)
        _refuse_taken(case.exercise, scenario.name)
        scenario.code = _next(case.exercise, Scenario, "SCN", 1)[0]
        save(scenario, 0, actor, ACTION)
        codes = _next(case.exercise, ScenarioValue, "SCV", len(told))
        for code, change in zip(codes, told, strict=True):
            row = ScenarioValue(
                exercise=case.exercise,
                code=code,
                scenario=scenario,
                about=change.about,
                field=change.field,
                value=Decimal(f"{change.value:.4f}"),
            )
            save(row, 0, actor, ACTION)
    return scenario


def _name(given: str) -> str:
    name = given.strip()
    if not name:
        raise _of_name("Give the scenario a name, such as Slow roll-out.")
    field: Any = Scenario._meta.get_field("name")
    try:
        field.parse(name)
    except CellFault as fault:
        raise _of_name(f"The name has {fault.found}: give {fault.allowed}.") from fault
    return name


def _refuse_taken(exercise: Any, name: str) -> None:
    """Refuse a name that is taken or one scenario too many, as the database has them: the caller holds the lock."""
    kept = Scenario.objects.filter(exercise=exercise).values_list("code", "name")
    if len(kept) >= MOST_KEPT:
        raise _of_name(f"{len(kept)} scenarios are kept, and the most is {MOST_KEPT}: no other can be saved.")
    taken = next((one for one in kept if one[1].casefold() == name.casefold()), None)
    if taken is not None:
        raise _of_name(f"There is a scenario called “{taken[1]}” already: give another name.")


def _of_name(words: str) -> Refused:
    return Refused(Fault(words, (NAME,)))


def _next(exercise: Any, model: type[Record], stem: str, many: int) -> list[str]:
    """The next codes of a table: never one that a row has, or ever had."""
    numbers = [
        int(code.removeprefix(f"{stem}-"))
        for code in used_codes(exercise, model)
        if code.removeprefix(f"{stem}-").isdecimal()
    ]
    first = max(numbers, default=0) + 1
    return [f"{stem}-{number:03d}" for number in range(first, first + many)]
