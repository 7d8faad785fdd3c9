"""Cross-consistency: which combinations of choices, one from each dimension, can stand together.

Two choices that can't stand in one option strike every combination that holds both. With n_d choices in
dimension d there are prod(n_d) combinations; those struck by no conflict are left. Source: morphological
analysis, Zwicky, Discovery, Invention, Research (1969); cross-consistency assessment, Ritchey, Journal
of the Operational Research Society 57 (2006).
"""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MOST = 20_000_000  # combinations of the dimensions that conflicts touch; a grid of 40 MB

Counts = NDArray[np.uint16]
Conflict = tuple[str, str]


@dataclass(frozen=True)
class Strike:
    """Two choices that can't stand together: how many combinations that strikes, and how many it alone strikes."""

    first: str
    second: str
    strikes: int
    alone: int


@dataclass(frozen=True)
class Consistency:
    """How many combinations there are and are left; each conflict's strikes; by choice, in how many left it stands."""

    possible: int
    left: int
    strikes: tuple[Strike, ...]
    stands_in: Mapping[str, int]


@dataclass(frozen=True)
class Combination:
    """A set of choices held against the dimensions and conflicts: what it lacks, repeats, and what clashes in it."""

    lacks: tuple[str, ...]
    repeats: tuple[str, ...]
    clashes: tuple[Conflict, ...]


def combinations(choices: Mapping[str, Sequence[str]], conflicts: Sequence[Conflict]) -> Consistency:
    """Return how many combinations of one choice a dimension are consistent.

    choices: codes by dimension. conflicts: pairs of codes; two choices of one dimension are never in one
    combination, so such a pair strikes nothing. Raises ValueError on a code in two places, a conflict
    that names an unknown code, the same code twice or a pair given before, and where the dimensions that
    conflicts touch have more than 20 million combinations.
    """
    place = _places(choices)
    _check(place, conflicts)
    touched = [d for d in choices if any(place[code][0] == d for pair in conflicts for code in pair)]
    struck = _grid([len(choices[d]) for d in touched])
    cells = [_cells(place[a], place[b], touched) for a, b in conflicts]
    for cell in cells:
        if cell is not None:
            struck[cell] += 1
    rest = math.prod(len(choices[d]) for d in choices if d not in touched)
    possible = math.prod(len(own) for own in choices.values()) if choices else 0
    left = int((struck == 0).sum()) * rest if choices else 0
    strikes = tuple(
        Strike(a, b, 0, 0)
        if cell is None
        else Strike(a, b, struck[cell].size * rest, int((struck[cell] == 1).sum()) * rest)
        for (a, b), cell in zip(conflicts, cells, strict=True)
    )
    return Consistency(possible, left, strikes, _stands_in(choices, touched, struck, left))


def combination(
    chosen: Collection[str], choices: Mapping[str, Sequence[str]], conflicts: Sequence[Conflict]
) -> Combination:
    """Return what one set of choices lacks, where it holds several of one dimension, and its conflicts.

    Raises ValueError on a code that is in no dimension.
    """
    place = _places(choices)
    unknown = [code for code in chosen if code not in place]
    if unknown:
        raise ValueError(f"{unknown[0]} is in no dimension; give codes of the choices")
    count = {d: sum(place[code][0] == d for code in chosen) for d in choices}
    return Combination(
        tuple(d for d in choices if count[d] == 0),
        tuple(d for d in choices if count[d] > 1),
        tuple((a, b) for a, b in conflicts if a in chosen and b in chosen),
    )


def _places(choices: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, int]]:
    place: dict[str, tuple[str, int]] = {}
    for dimension, own in choices.items():
        for index, code in enumerate(own):
            if code in place:
                raise ValueError(f"{code} is listed twice; give each choice once, in one dimension")
            place[code] = (dimension, index)
    return place


def _check(place: Mapping[str, tuple[str, int]], conflicts: Sequence[Conflict]) -> None:
    seen: set[frozenset[str]] = set()
    for a, b in conflicts:
        for code in (a, b):
            if code not in place:
                raise ValueError(f"the conflict of {a} and {b} names {code}, which is no choice")
        pair = frozenset((a, b))
        if len(pair) == 1:
            raise ValueError(f"{a} is said to conflict with itself; name two choices")
        if pair in seen:
            raise ValueError(f"the conflict of {a} and {b} is given twice; give it once")
        seen.add(pair)


def _grid(sizes: Sequence[int]) -> Counts:
    if math.prod(sizes) > MOST:
        raise ValueError(
            f"{math.prod(sizes):,} combinations are more than {MOST:,}; discount choices before combining them"
        )
    return np.zeros(sizes, dtype=np.uint16)


def _cells(
    first: tuple[str, int], second: tuple[str, int], touched: Sequence[str]
) -> tuple[slice | int, ...] | None:
    """The part of the grid in which both choices stand; None where they are of one dimension."""
    if first[0] == second[0]:
        return None
    at = dict((first, second))
    return tuple(at.get(dimension, slice(None)) for dimension in touched)


def _stands_in(
    choices: Mapping[str, Sequence[str]], touched: Sequence[str], struck: Counts, left: int
) -> dict[str, int]:
    free = struck == 0
    found: dict[str, int] = {}
    for dimension, own in choices.items():
        if dimension not in touched:
            found |= dict.fromkeys(own, left // len(own) if own else 0)
            continue
        axis = touched.index(dimension)
        rest = math.prod(len(choices[d]) for d in choices if d not in touched)
        by_choice = free.sum(axis=tuple(a for a in range(free.ndim) if a != axis))
        found |= {code: int(count) * rest for code, count in zip(own, by_choice, strict=True)}
    return found
