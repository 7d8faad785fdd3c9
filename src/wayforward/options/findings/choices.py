"""How the options were arrived at: the longlist, and the vehicles for each area of scope."""

from collections import Counter
from collections.abc import Mapping, Sequence

from wayforward.findings import Column, Result, finding, show
from wayforward.findings.compute import Reading
from wayforward.findings.finding import Row
from wayforward.findings.provenance import given
from wayforward.methods.direction_and_control import Verdict
from wayforward.options.findings.fit import EFFECTS, FACTS, ruled
from wayforward.options.models import (
    LONGLIST_DIMENSIONS,
    VERDICTS,
    DeliveryVehicle,
    LonglistChoice,
    Option,
    OptionService,
)
from wayforward.scope.models import CATEGORIES, Service

DIMENSIONS = dict(LONGLIST_DIMENSIONS)
AREAS = dict(CATEGORIES)
WORDS = dict(VERDICTS)


@finding(
    "options.longlist",
    title="The longlist and what became of it",
    question="Which choices were considered, and why were some not taken further?",
    method="listing",
    reads=(LonglistChoice,),
)
def longlist(case: Reading) -> Result:
    """Every choice by dimension, with its verdict and the reason for it."""
    order = list(DIMENSIONS)
    found = sorted(case.rows(LonglistChoice), key=lambda row: (order.index(row.dimension), row.code))
    rows: list[Row] = [
        {
            "dimension": DIMENSIONS[row.dimension],
            "choice": row.code,
            "name": row.name,
            "verdict": WORDS[row.verdict] if row.verdict else None,
            "reason": row.reason or None,
        }
        for row in found
    ]
    return Result(
        headline=_headline(rows, "choice", "on the longlist"),
        columns=(
            Column("dimension", "Dimension"),
            Column("choice", "Choice", refers="longlist_choice"),
            Column("name", "What it would be"),
            Column("verdict", "Verdict", "words"),
            Column("reason", "Why"),
        ),
        rows=tuple(rows),
        value_column="verdict",
        used=given(found, "verdict", "reason"),
        waiting=_waiting(rows, "the longlist of choices"),
    )


@finding(
    "options.vehicles",
    title="Vehicles for change by area of scope",
    question="Which ways of delivering change suit which area of scope, and may they be used there?",
    method="direction_and_control",
    reads=(DeliveryVehicle, Option, OptionService, Service),
)
def vehicles(case: Reading) -> Result:
    """Every vehicle by area of scope, its verdict, and what direction and control says where an option uses it."""
    order = list(AREAS)
    found = sorted(case.rows(DeliveryVehicle), key=lambda row: (order.index(row.area), row.code))
    by_vehicle = {one.code: _changes(case, one) for one in found}
    rows: list[Row] = [
        {
            "area": AREAS[row.area],
            "vehicle": row.code,
            "name": row.name,
            "detail": row.detail or None,
            "verdict": WORDS[row.verdict] if row.verdict else None,
            "reason": row.reason or None,
            "control": _control(by_vehicle[row.code]),
        }
        for row in found
    ]
    changes = [change for own in by_vehicle.values() for change in own]
    return Result(
        headline=_headline(rows, "vehicle", "for the three areas of scope"),
        columns=(
            Column("area", "Area of scope"),
            Column("vehicle", "Vehicle", refers="delivery_vehicle"),
            Column("name", "Name"),
            Column("detail", "How it would work there"),
            Column("verdict", "Verdict", "words"),
            Column("reason", "Why"),
            Column("control", "Direction and control", "words"),
        ),
        rows=tuple(rows),
        value_column="verdict",
        used=given(found, "detail", "verdict", "reason")
        + given(changes, *EFFECTS)
        + given({c.service.code: c.service for c in changes}.values(), *FACTS),
        warnings=_refused(found, by_vehicle),
        waiting=_waiting(rows, "the vehicles for change"),
    )


def _changes(case: Reading, vehicle: DeliveryVehicle) -> list[OptionService]:
    """The changes to services that options would make by a vehicle."""
    every = case.rows(OptionService)
    return [change for change in every if change.vehicle and change.vehicle.code == vehicle.code]


def _control(changes: Sequence[OptionService]) -> str:
    """What the rule says of each change by a vehicle, counted; '' where no option would use it."""
    count = Counter(ruled(change).verdict for change in changes)
    told = [
        f"{verdict.value}: {show.count(count[verdict], 'change')}" for verdict in Verdict if count[verdict]
    ]
    return "; ".join(told)


def _refused(
    found: Sequence[DeliveryVehicle], by_vehicle: Mapping[str, Sequence[OptionService]]
) -> tuple[str, ...]:
    """Each change by a vehicle that is not simply allowed, with the reason: a verdict of people can't overrule it."""
    return tuple(
        f"{vehicle.name} ({AREAS[vehicle.area]}), {change.service.name} under {change.option.short_name}: "
        f"{ruled(change).verdict.value}. {_capital(ruled(change).reason)}."
        for vehicle in found
        for change in by_vehicle[vehicle.code]
        if ruled(change).verdict is not Verdict.ALLOWED
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _waiting(rows: Sequence[Mapping[str, object]], all_of_it: str) -> tuple[str, ...]:
    if not rows:
        return (all_of_it,)
    undecided = [f"what becomes of “{row['name']}”" for row in rows if row["verdict"] is None]
    bare = [f"why “{row['name']}” was so judged" for row in rows if row["verdict"] and not row["reason"]]
    return (*undecided, *bare)


def _headline(rows: Sequence[Row], one: str, where: str) -> str:
    if not rows:
        return f"No {one} {where} is known yet"
    taken = sum(row["verdict"] in (WORDS["preferred way forward"], WORDS["carried forward"]) for row in rows)
    dropped = sum(row["verdict"] == WORDS["discounted"] for row in rows)
    undecided = len(rows) - taken - dropped
    if undecided == len(rows):
        return f"What becomes of {show.count(len(rows), one)} {where} is not known yet"
    told = [f"{taken or 'none'} taken forward", f"{dropped or 'none'} discounted"]
    told += [f"{undecided} undecided"] if undecided else []
    return f"Of {show.count(len(rows), one)} {where}, {show.listed(told)}"
