"""Keeping a what-if as a scenario: a name, and a row for each thing that it changes, with an event for each."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction

from wayforward.appraisal.models import Scenario, ScenarioValue
from wayforward.appraisal.pages.asked import Asked, Refused, changes, in_words
from wayforward.appraisal.pages.inputs import Input
from wayforward.findings import Findings
from wayforward.records.base import Record
from wayforward.records.models import Event
from wayforward.records.save import lock, save

ACTION = "saved from a what-if"


def keep(
    findings: Findings, one: Asked, every: Mapping[str, Input], name: str, made_by: str, actor: str
) -> Scenario:
    """Store the question as a scenario; all of it or nothing.

    Raises Refused where nothing is moved, or the name is blank, too long or taken.
    """
    case = findings.case
    if not one:
        raise Refused("Nothing is moved, so there is nothing to save: move an input first.")
    scenario = Scenario(
        exercise=case.exercise,
        name=_name(findings, name),
        question="; ".join(in_words(one, every)),
        edition=one.edition,
        made_by=made_by,
        made=findings.today,
    )
    with transaction.atomic():
        lock(case.exercise)
        scenario.code = _next(case.exercise, Scenario, "SCN", 1)[0]
        save(scenario, 0, actor, ACTION)
        told = changes(case, one, every)
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


def _name(findings: Findings, given: str) -> str:
    name = given.strip()
    if not name:
        raise Refused("Give the scenario a name, such as Slow roll-out.")
    field: Any = Scenario._meta.get_field("name")
    try:
        field.parse(name)
    except ValueError as fault:
        raise Refused(f"The name of the scenario: {fault}.") from fault
    taken = next(
        (row for row in findings.case.rows(Scenario) if row.name.casefold() == name.casefold()), None
    )
    if taken is not None:
        raise Refused(f"{taken.code} is called “{taken.name}” already: give another name.")
    return name


def _next(exercise: Any, model: type[Record], stem: str, many: int) -> list[str]:
    """The next codes of a table: never one that a row has, or ever had."""
    used = set(model._default_manager.filter(exercise=exercise).values_list("code", flat=True))
    logged = Event.objects.filter(exercise=exercise, record__startswith=f"{model.kind()}:")
    used |= {record.partition(":")[2] for record in logged.values_list("record", flat=True).distinct()}
    numbers = [
        int(code.removeprefix(f"{stem}-")) for code in used if code.removeprefix(f"{stem}-").isdecimal()
    ]
    first = max(numbers, default=0) + 1
    return [f"{stem}-{number:03d}" for number in range(first, first + many)]
