"""Analytic hierarchy process: priorities from judgements of pairs, and how consistent they are.

A judgement a_ij says how many times i matters more than j; a_ji = 1 / a_ij. The priorities are the
principal eigenvector, scaled to sum to one. Consistency index = (lambda - n) / (n - 1); over the index of
random judgements it is the consistency ratio, by custom to stay at or below 0.1.
Source: Saaty 1980, The analytic hierarchy process (and its random indices up to ten).
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from wayforward.methods._arrays import Floats
from wayforward.methods.ranking import Ranked, rank

RANDOM_INDEX = (0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49)


@dataclass(frozen=True)
class Priorities:
    """Priorities by name, summing to one, the largest eigenvalue and the consistency of the judgements.

    ratio is None where it has no meaning: two names or fewer can't contradict each other, and for more
    than ten no random index is given.
    """

    priorities: dict[str, float]
    eigenvalue: float
    index: float
    ratio: float | None


@dataclass(frozen=True)
class Hierarchy:
    """Overall priorities of the options, summing to one, and the order."""

    overall: dict[str, float]
    ranked: tuple[Ranked, ...]


def priorities(names: Sequence[str], judgements: Sequence[float | None]) -> Priorities:
    """Return priorities from the judgements above the diagonal, row by row: n (n - 1) / 2 of them.

    Raises ValueError where a judgement is missing or not above nought, naming the pair.
    """
    matrix = _matrix(names, judgements)
    values, vectors = np.linalg.eig(matrix)
    largest = int(np.argmax(values.real))
    vector = np.abs(vectors[:, largest].real)
    size, eigenvalue = len(names), float(values[largest].real)
    index = (eigenvalue - size) / (size - 1) if size > 1 else 0.0
    ratio = index / RANDOM_INDEX[size - 1] if 2 < size <= len(RANDOM_INDEX) else None
    return Priorities(
        dict(zip(names, (vector / vector.sum()).tolist(), strict=True)), eigenvalue, index, ratio
    )


def ahp(criteria: Priorities, options: Mapping[str, Priorities]) -> Hierarchy:
    """Return each option's overall priority: its priorities by criterion, weighed by the criteria's.

    Raises ValueError where a criterion has no priorities of options, or the options differ between them.
    """
    if set(criteria.priorities) != set(options):
        apart = ", ".join(sorted(set(criteria.priorities) ^ set(options)))
        raise ValueError(f"criteria and judgements of options do not match: look at {apart}")
    names = list(next(iter(options.values())).priorities)
    for criterion, found in options.items():
        if set(found.priorities) != set(names):
            apart = ", ".join(sorted(set(found.priorities) ^ set(names)))
            raise ValueError(f"{criterion} compares other options than the rest: look at {apart}")
    overall = {
        name: math.fsum(w * options[c].priorities[name] for c, w in criteria.priorities.items())
        for name in names
    }
    return Hierarchy(overall, rank(overall))


def _matrix(names: Sequence[str], judgements: Sequence[float | None]) -> Floats:
    size = len(names)
    if size == 0 or len(set(names)) < size:
        raise ValueError("give at least one name, and each name once")
    if len(judgements) != size * (size - 1) // 2:
        raise ValueError(
            f"{size} names make {size * (size - 1) // 2} pairs, but {len(judgements)} judgements were given"
        )
    matrix = np.eye(size)
    pairs = combinations(range(size), 2)
    for (i, j), judgement in zip(pairs, judgements, strict=True):
        if judgement is None or not (0 < judgement < math.inf):
            raise ValueError(
                f"{names[i]} against {names[j]}: give how many times more the first matters, above nought"
            )
        matrix[i, j], matrix[j, i] = judgement, 1 / judgement
    return matrix
