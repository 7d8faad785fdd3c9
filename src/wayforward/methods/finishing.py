"""The chance of finishing in time: the critical path with durations that vary, drawn many times.

In each draw the days of a task are its planned days times (c s + (1 - c) o): s is one multiplier for
all tasks of the draw, o one of the task's own, and c the share that is common. The tasks are then
placed as on the critical path. Multipliers are drawn from those seen so far, with replacement, or
from a PERT distribution. Source: R. M. Van Slyke (1963), Monte Carlo Methods and the PERT Problem,
Operations Research 11(5), pages 839-860; B. Efron and R. J. Tibshirani, An Introduction to the
Bootstrap (1993), for drawing with replacement.
"""

import math
from collections.abc import Sequence
from zlib import crc32

import numpy as np

from wayforward.methods._arrays import Floats
from wayforward.methods.critical_path import Task, in_order
from wayforward.methods.distributions import distribution, quantile

SAME = 1e-9  # days; by less than this nothing is late


def multipliers(
    draws: int, tasks: int, spread: tuple[float, float, float], seen: Sequence[float] = (), seed: int = 0
) -> tuple[Floats, Floats]:
    """Return the common (draws,) and the own (draws, tasks) multipliers of days.

    spread is the low, likely and high multiplier of a PERT distribution, used where none was seen. Raises
    ValueError on a multiplier seen that is below 0.
    """
    if any(one < 0 for one in seen):
        raise ValueError("a multiplier seen is below 0")
    stream = np.random.default_rng(np.random.SeedSequence([seed, crc32(b"finishing")]))
    shares = stream.random((draws, tasks + 1))
    if seen:
        ordered = np.sort(np.asarray(seen, dtype=float))
        drawn = ordered[np.minimum((shares * len(ordered)).astype(int), len(ordered) - 1)]
    else:
        drawn = quantile(distribution("pert", *spread, what="multiplier of days"), shares)
    return drawn[:, 0], drawn[:, 1:]


def ends(tasks: Sequence[Task], common: Floats, own: Floats, share: float) -> dict[str, Floats]:
    """Return the end of each task in each draw (draws,), by code; own follows the order of tasks.

    Raises ValueError where share is not from 0 to 1, or as in_order does.
    """
    if not 0 <= share <= 1:
        raise ValueError(f"the common share is {share:g}; it goes from 0 to 1")
    place = {task.code: number for number, task in enumerate(tasks)}
    found: dict[str, Floats] = {}
    for task in in_order(tasks):
        days = task.days * (share * common + (1 - share) * own[:, place[task.code]])
        start = np.full(len(common), float(task.earliest))
        for code in task.after:
            start = np.maximum(start, found[code])
        found[task.code] = start + days
    return found


def last(some: Sequence[Floats]) -> Floats:
    """Return when the last of several has ended, draw by draw."""
    return np.asarray(np.max(np.stack(list(some)), axis=0))


def whole_days(end: float) -> int:
    """Return where the day ends in which work ends, for work that ends within a day."""
    return math.ceil(end - SAME)


def in_time(end: Floats, deadline: float) -> Floats:
    """Return 1.0 for each draw that ends by the deadline, else 0.0."""
    return np.asarray(end <= deadline + SAME, dtype=float)
