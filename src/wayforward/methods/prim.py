"""PRIM: the conditions under which an option fails, found by peeling a box around the failures.

Peeling: from a box with every case in it, take away again and again the slice of at most alpha of
its cases, off one end of one input (or one category), that leaves the highest share of failures.
Pasting: at the end, put back the slices that raise that share. Every step is returned with its
coverage (share of all failures that are in the box), density (share of the box's cases that fail),
mass (share of all cases in the box) and, for each limit, how likely so many failures would be by
chance if the box without that limit said all (quasi-p, binomial). A person chooses the step.
Source: Friedman and Fisher, Statistics and Computing 9 (1999); coverage, density and quasi-p as in
Bryant and Lempert, Technological Forecasting and Social Change 77 (2010).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from wayforward.methods._arrays import Amounts, Floats, floats

ALPHA = 0.05
LEAST_MASS = 0.05

Side = Literal["over", "under", "one of"]
Flags = NDArray[np.bool_]
Places = NDArray[np.int64]
# What a limit is held under while a box is made: one a side.
Limits = Mapping[tuple[str, Side], "Limit"]


@dataclass(frozen=True)
class Limit:
    """One condition: an input is over a value, under a value, or one of some categories.

    quasi_p is None where it was not asked for.
    """

    name: str
    side: Side
    value: float | None = None
    categories: tuple[str, ...] = ()
    quasi_p: float | None = None


@dataclass(frozen=True)
class Step:
    """One box on the trajectory. cases and of_interest count what is in it; shares are fractions."""

    made_by: Literal["start", "peel", "paste", "hand"]
    limits: tuple[Limit, ...]
    cases: int
    of_interest: int
    coverage: float
    density: float | None
    mass: float

    @property
    def restricted(self) -> int:
        """How many inputs are limited."""
        return len({limit.name for limit in self.limits})


@dataclass(frozen=True, eq=False)
class Cases:
    """Cases with their inputs: numbers by name, categories by name, and which cases are of interest.

    eligible leaves out the cases that an earlier box has told already.
    """

    numbers: Mapping[str, Floats]
    categories: Mapping[str, NDArray[np.str_]]
    interest: Flags
    eligible: Flags


def cases(
    inputs: Mapping[str, Amounts | Sequence[str]], interest: Sequence[bool] | Flags, told: Flags | None = None
) -> Cases:
    """Return checked cases; an input is numeric, or categorical where its values are text.

    told marks cases that boxes chosen earlier hold already (see inside): they are left out, and the
    coverage of a further box stays a share of all. Raises ValueError where there is no input, the
    lengths differ, a value is not known, or no case or every case is of interest.
    """
    flags = np.array(interest, dtype=bool)
    eligible = np.ones(len(flags), dtype=bool) if told is None else ~np.array(told, dtype=bool)
    if not inputs:
        raise ValueError("no input was given to describe the cases by")
    numbers: dict[str, Floats] = {}
    groups: dict[str, NDArray[np.str_]] = {}
    for name, values in inputs.items():
        column = np.asarray(values)
        if column.shape != flags.shape or eligible.shape != flags.shape:
            raise ValueError(f"{name}: {column.shape} values for {flags.shape} cases; give one a case")
        text = column.dtype.kind == "U" or any(isinstance(value, str) for value in column.flat)
        missing = sum(v is None for v in column.flat) if text else int(np.isnan(floats(column, name)).sum())
        if missing:
            raise ValueError(
                f"{name}: not known in {missing} cases; leave them out, or make 'not known' a category"
            )
        if text:
            groups[name] = column.astype(str)
        else:
            numbers[name] = floats(column, name)
    _check_interest(flags, eligible)
    return Cases(numbers, groups, flags, eligible)


def trajectory(given: Cases, *, alpha: float = ALPHA, least_mass: float = LEAST_MASS) -> tuple[Step, ...]:
    """Return every step, from all cases through the peels to the pastes.

    It ends where every case in the box is of interest or no slice leaves least_mass of all cases.
    Of two slices that leave the same share, the one that takes less goes first, then one off an input
    limited already, then in the order of inputs. Raises ValueError for an alpha or mass outside 0 to 1.
    """
    if not 0 < alpha < 1 or not 0 <= least_mass < 1:
        raise ValueError(f"alpha {alpha:g} and least mass {least_mass:g} are shares between 0 and 1, as 0.05")
    limits: dict[tuple[str, Side], Limit] = {}
    steps = [_step(given, limits, "start")]
    orders = {name: np.argsort(column, kind="stable") for name, column in given.numbers.items()}
    while 0 < steps[-1].of_interest < steps[-1].cases:
        held = inside(given, tuple(limits.values()))
        orders = {name: order[held[order]] for name, order in orders.items()}
        limit = _best_peel(given, limits, held, orders, alpha, least_mass)
        if limit is None:
            break
        limits = _with(given, limits, limit)
        steps.append(_step(given, limits, "peel"))
    while steps[-1].of_interest < steps[-1].cases:
        better = _best_paste(given, limits, steps[-1], alpha)
        if better is None:
            break
        limits = better
        steps.append(_step(given, limits, "paste"))
    return tuple(steps)


def inside(given: Cases, box: Sequence[Limit]) -> Flags:
    """Return which cases meet every limit of a box (and are not told already)."""
    held = given.eligible.copy()
    for limit in box:
        held &= _meets(given, limit)
    return held


def measured(given: Cases, box: Sequence[Limit]) -> Step:
    """Return the step of a box whose limits a person has set, or of a found box on fresh cases.

    Raises ValueError where a limit names no input, or two limits hold one side of an input.
    """
    limits = {(limit.name, limit.side): limit for limit in box}
    if len(limits) < len(box):
        raise ValueError("two limits hold the same side of one input; keep the narrower")
    for limit in box:
        if limit.name not in (given.categories if limit.side == "one of" else given.numbers):
            raise ValueError(f"{limit.name}: no input of that name can be held to {limit.side!r}")
        if limit.value is None and limit.side != "one of":
            raise ValueError(f"{limit.name}: {limit.side} what? give the limit a value")
    return _step(given, limits, "hand")


def words(step: Step, names: Mapping[str, str], units: Mapping[str, str]) -> str:
    """Return the conditions of a step as a sentence.

    names gives what an input is called (its own name otherwise), units what stands after a value:
    "%" shows a fraction as a percentage, "£" stands before.
    """
    told = [_told(limits, names, units) for limits in _by_name(step.limits)]
    condition = f"fails where {' and '.join(told)}" if told else "without any condition"
    whole = f"{condition}: {_percent(step.coverage)} of failures"
    if step.density is None:
        return f"{whole}; there is no such case"
    return f"{whole}, and {_percent(step.density)} of such cases fail"


def _check_interest(flags: Flags, eligible: Flags) -> None:
    count, left = int((flags & eligible).sum()), int(eligible.sum())
    if left == 0:
        raise ValueError("there are no cases, or every case is told already: there is nothing to describe")
    if count == 0:
        raise ValueError(
            f"none of the {left} cases is of interest: there is no failure to find conditions for"
        )
    if count == left:
        raise ValueError(f"all {left} cases are of interest: failure does not depend on any of the inputs")


def _meets(given: Cases, limit: Limit) -> Flags:
    if limit.side == "one of":
        return np.isin(given.categories[limit.name], limit.categories)
    column, edge = given.numbers[limit.name], np.float64("nan" if limit.value is None else limit.value)
    return np.asarray(column > edge if limit.side == "over" else column < edge)


def _with(given: Cases, limits: Limits, limit: Limit) -> dict[tuple[str, Side], Limit]:
    """The limits with one put in place; one that keeps no case out of all is dropped."""
    new = {**limits, (limit.name, limit.side): limit}
    if _meets(given, limit)[given.eligible].all():
        del new[limit.name, limit.side]
    return new


def _step(given: Cases, limits: Limits, made_by: Literal["start", "peel", "paste", "hand"]) -> Step:
    meets = {key: _meets(given, limit) for key, limit in limits.items()}
    misses = sum((~met for met in meets.values()), np.zeros(len(given.interest), dtype=np.int64))
    held = given.eligible & (misses == 0)
    count, found = int(held.sum()), int((held & given.interest).sum())
    told = []
    for key, limit in limits.items():
        # Without this limit, the box also holds the cases that miss this one only.
        more = held | (given.eligible & (misses == 1) & ~meets[key])
        told.append(replace(limit, quasi_p=_chance(found, count, more, given.interest)))
    return Step(
        made_by,
        tuple(sorted(told, key=lambda limit: _rank(given, limit))),
        count,
        found,
        found / int(given.interest.sum()),
        found / count if count else None,
        count / len(given.interest),
    )


def _rank(given: Cases, limit: Limit) -> tuple[int, str]:
    return [*given.numbers, *given.categories].index(limit.name), limit.side


def _chance(found: int, count: int, more: Flags, interest: Flags) -> float:
    """P(X >= found) of a binomial of count cases at the density of the wider box."""
    from scipy.special import betainc

    if found == 0:
        return 1.0
    density = float(interest[more].mean())
    return float(betainc(found, count - found + 1, density)) if density < 1 else 1.0


def _best_peel(
    given: Cases,
    limits: Limits,
    held: Flags,
    orders: Mapping[str, Places],
    alpha: float,
    least_mass: float,
) -> Limit | None:
    count, found = int(held.sum()), int((held & given.interest).sum())
    limited = {name for name, _ in limits}
    best: tuple[float, int, bool] | None = None
    chosen = None
    for limit, taken, lost in _slices(given, held, orders, alpha):
        left = count - taken
        if left == 0 or left < least_mass * len(given.interest):
            continue
        # The density is the nearest float to a ratio of counts, so equal ratios are equal here.
        score = ((found - lost) / left, left, limit.name in limited)
        if best is None or score > best:
            best, chosen = score, limit
    return chosen


def _slices(
    given: Cases, held: Flags, orders: Mapping[str, Places], alpha: float
) -> Iterator[tuple[Limit, int, int]]:
    """Each slice that could go: the limit that takes it away, its cases, and those of interest."""
    for name, order in orders.items():
        values, hits = given.numbers[name][order], given.interest[order]
        size = _slice_size(len(values), alpha)
        first = _whole_ties(values, size)
        if first < len(values):
            limit = Limit(name, "over", _plainest(values[first - 1], values[first]))
            yield limit, first, int(hits[:first].sum())
        last = len(values) - _whole_ties(-values[::-1], size)
        if last > 0:
            limit = Limit(name, "under", _mirrored(values[last - 1], values[last]))
            yield limit, len(values) - last, int(hits[last:].sum())
    for name, column in given.categories.items():
        present, counts = np.unique(column[held], return_counts=True)
        for label, taken in zip(present, counts, strict=True):
            kept = tuple(str(other) for other in present if other != label)
            lost = int((given.interest & held & (column == label)).sum())
            yield Limit(name, "one of", categories=kept), int(taken), lost


def _slice_size(count: int, alpha: float) -> int:
    # The place of the alpha quantile: the cases that stand below it, at least one.
    return min(int((count - 1) * alpha) + 1, count)


def _whole_ties(ordered: Floats, size: int) -> int:
    """How many of the lowest values to take: at most size, or all that are equal to the lowest."""
    if size < len(ordered):
        below = int(np.searchsorted(ordered, ordered[size], side="left"))
        if below:
            return below
    return int(np.searchsorted(ordered, ordered[0], side="right"))


def _best_paste(
    given: Cases, limits: Limits, step: Step, alpha: float
) -> dict[tuple[str, Side], Limit] | None:
    """The limits with the slice put back that raises the density most; None where none does."""
    best, chosen = step.of_interest / step.cases, None
    for key in limits:
        others = inside(given, [limit for other, limit in limits.items() if other != key])
        strip = np.flatnonzero(others & ~_meets(given, limits[key]))
        for wider, added in _wider(given, limits[key], strip, _slice_size(step.cases, alpha)):
            density = (step.of_interest + int(given.interest[added].sum())) / (step.cases + len(added))
            if density > best:
                best, chosen = density, (key, wider)
    if chosen is None:
        return None
    key, limit = chosen
    without = {other: kept for other, kept in limits.items() if other != key}
    return without if limit is None else _with(given, {**limits, key: limit}, limit)


def _wider(given: Cases, limit: Limit, strip: Places, size: int) -> Iterator[tuple[Limit | None, Places]]:
    """Each way to widen a limit into the strip of cases it alone keeps out, and the cases won."""
    if len(strip) == 0:
        return
    if limit.side == "one of":
        labels = given.categories[limit.name][strip]
        for label in np.unique(labels):
            kept = tuple(sorted((*limit.categories, str(label))))
            yield replace(limit, categories=kept), strip[labels == label]
        return
    over = limit.side == "over"
    column = given.numbers[limit.name][strip]
    order = np.argsort(-column if over else column, kind="stable")
    nearest = column[order]
    taken = _whole_ties(-nearest if over else nearest, size)
    if taken == len(strip):
        yield None, strip
        return
    won, left = nearest[taken - 1], nearest[taken]
    edge = _plainest(left, won) if over else _mirrored(won, left)
    yield replace(limit, value=edge), strip[order[:taken]]


def _plainest(low: float, high: float) -> float:
    """The number with fewest decimals from low up to, not including, high."""
    for places in range(-12, 16):
        unit = Decimal(1).scaleb(-places)
        candidate = (Decimal(float(low)) / unit).to_integral_value(ROUND_CEILING) * unit
        if low <= float(candidate) < high:
            return float(candidate) + 0.0  # no zero with a sign
    return float(low)


def _mirrored(low: float, high: float) -> float:
    """The number with fewest decimals above low, up to and including high."""
    return -_plainest(-high, -low) + 0.0


def _by_name(limits: Sequence[Limit]) -> list[list[Limit]]:
    names = dict.fromkeys(limit.name for limit in limits)
    return [[limit for limit in limits if limit.name == name] for name in names]


def _told(limits: Sequence[Limit], names: Mapping[str, str], units: Mapping[str, str]) -> str:
    name = limits[0].name
    unit = units.get(name, "")
    conditions = [
        " or ".join(limit.categories)
        if limit.side == "one of"
        else f"{limit.side} {_with_unit(limit.value or 0.0, unit)}"
        for limit in limits
    ]
    return f"{names.get(name, name)} is {' and '.join(conditions)}"


def _with_unit(value: float, unit: str) -> str:
    if unit == "%":
        return f"{_digits(value * 100)}%"
    return f"£{_digits(value)}" if unit == "£" else f"{_digits(value)} {unit}".rstrip()


def _digits(value: float) -> str:
    text = f"{Decimal(f'{value:.12g}'):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _percent(share: float) -> str:
    # All and none are said of all and none only.
    if 0.995 <= share < 1:
        return "over 99%"
    if 0 < share < 0.005:
        return "under 1%"
    return f"{(Decimal(repr(share)) * 100).to_integral_value(ROUND_HALF_UP)}%"
