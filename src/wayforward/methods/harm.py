"""Harm: counts weighted by days, and weights for the types of crime that police.uk publishes.

Harm = sum over types of count x weight. police.uk types lump several subgroups of offence
together, so the weight of a type is the mean of its subgroups' days weighted by a force's own
volumes: w(type) = sum of volume x days / sum of volume. Because another place's mix differs, the
weight carries a range: the lowest and highest that the mixes of several forces give. Source:
Cambridge Crime Harm Index (Sherman, Neyroud and Neyroud 2016): guideline starting points in days;
the derivation for police.uk types is this software's own.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Volume:
    """Offences of a subgroup recorded in a force, and the type they are published as."""

    type: str
    subgroup: str
    offences: float


@dataclass(frozen=True)
class Weight:
    """Days an offence of a type, with the low and high that mixes imply; low <= weight <= high."""

    weight: float
    low: float
    high: float


@dataclass(frozen=True)
class TypeWeight:
    """A derived weight: days an offence, offences and days behind it, and its extreme subgroups."""

    weight: float
    offences: float
    days: float
    lightest: float
    heaviest: float


@dataclass(frozen=True)
class TypeHarm:
    """The harm of one type in days with its range; None where the count or weight is not known."""

    type: str
    count: float | None
    low: float | None
    likely: float | None
    high: float | None


@dataclass(frozen=True)
class Harm:
    """Harm in days of the types that have a count and a weight.

    unweighted types have no weight in the scheme; uncounted ones have no known count. Neither is a
    zero: the totals leave them out and they are named.
    """

    low: float
    likely: float
    high: float
    rows: tuple[TypeHarm, ...]
    unweighted: tuple[str, ...]
    uncounted: tuple[str, ...]


def harm(counts: Mapping[str, float | None], weights: Mapping[str, Weight | None]) -> Harm:
    """Return the harm of counts by type. Raises ValueError on a count below 0."""
    rows = tuple(_type_harm(name, counts[name], weights.get(name)) for name in sorted(counts))
    return Harm(
        math.fsum(row.low for row in rows if row.low is not None),
        math.fsum(row.likely for row in rows if row.likely is not None),
        math.fsum(row.high for row in rows if row.high is not None),
        rows,
        tuple(name for name in sorted(counts) if weights.get(name) is None),
        tuple(name for name in sorted(counts) if counts[name] is None),
    )


def type_weights(volumes: Sequence[Volume], days: Mapping[str, float]) -> dict[str, TypeWeight]:
    """Derive the weight of each type from one force's volumes and the days of each subgroup.

    Raises ValueError where a subgroup has no days, or a volume is below 0. A type without any
    offence is left out: its mix is not known.
    """
    for row in volumes:
        if row.subgroup not in days:
            raise ValueError(f"{row.type}: the subgroup {row.subgroup!r} has no days in the scheme")
        if row.offences < 0:
            raise ValueError(f"{row.type}, {row.subgroup}: {row.offences:g} offences is below 0")
    derived = {}
    for name in sorted({row.type for row in volumes}):
        inside = [row for row in volumes if row.type == name and row.offences > 0]
        if inside:
            derived[name] = _derived(inside, days)
    return derived


def weights_with_range(
    own: Sequence[Volume], mixes: Sequence[Sequence[Volume]], days: Mapping[str, float]
) -> dict[str, Weight]:
    """Return a force's own type weights with the range that the mixes of several forces imply."""
    central = type_weights(own, days)
    others = [type_weights(mix, days) for mix in mixes]
    result = {}
    for name, row in central.items():
        spread = [row.weight, *(other[name].weight for other in others if name in other)]
        result[name] = Weight(row.weight, min(spread), max(spread))
    return result


def _derived(inside: Sequence[Volume], days: Mapping[str, float]) -> TypeWeight:
    offences = math.fsum(row.offences for row in inside)
    whole = math.fsum(row.offences * days[row.subgroup] for row in inside)
    extremes = [days[row.subgroup] for row in inside]
    return TypeWeight(whole / offences, offences, whole, min(extremes), max(extremes))


def _type_harm(name: str, count: float | None, weight: Weight | None) -> TypeHarm:
    if count is not None and not count >= 0:
        raise ValueError(f"{name}: a count of {count:g} is below 0")
    if count is None or weight is None:
        return TypeHarm(name, count, None, None, None)
    return TypeHarm(name, count, count * weight.low, count * weight.weight, count * weight.high)
