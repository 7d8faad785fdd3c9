"""The critical path: when each task can start and end, how late it may end, and the slack between.

Tasks of d days that start once all they come after have ended: start = max(earliest, ends of those),
end = start + d. Backwards, latest end = min(own deadline, latest starts of those that come after it),
and slack = latest end - end: below 0, a deadline is missed. Numbers are days of work from any origin.
Source: J. E. Kelley and M. R. Walker (1959), Critical-Path Planning and Scheduling, Proceedings of
the Eastern Joint Computer Conference, pages 160-173.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wayforward.methods.cycles import cycle


@dataclass(frozen=True)
class Task:
    """A task: the day before which it can't start, its days, what it comes after, and when it must have ended."""

    code: str
    earliest: float
    days: float
    after: tuple[str, ...] = ()
    deadline: float | None = None


@dataclass(frozen=True)
class Placed:
    """A task in time. latest_end and slack are None where neither it nor any task after it has a deadline."""

    start: float
    end: float
    latest_end: float | None
    slack: float | None


def in_order(tasks: Sequence[Task]) -> list[Task]:
    """Return the tasks, each after all that it comes after, otherwise in the order of their codes.

    Raises ValueError on a code used twice, one that there is not, a ring, or days below 0.
    """
    by_code = {task.code: task for task in tasks}
    if len(by_code) < len(tasks):
        raise ValueError("two tasks have one code")
    for task in tasks:
        if task.days < 0:
            raise ValueError(f"{task.code}: {task.days:g} days is below 0")
        if unknown := [code for code in task.after if code not in by_code]:
            raise ValueError(f"{task.code} comes after {unknown[0]}, which is no task")
    if ring := cycle({task.code: task.after for task in tasks}):
        raise ValueError(f"{' after '.join([*ring, ring[0]])}: the tasks wait for each other")
    waits = {task.code: set(task.after) for task in tasks}
    found: list[Task] = []
    while waits:
        ready = sorted(code for code, after in waits.items() if not after)
        found += [by_code[code] for code in ready]
        waits = {code: after.difference(ready) for code, after in waits.items() if code not in ready}
    return found


def place(tasks: Sequence[Task]) -> dict[str, Placed]:
    """Place tasks as early as they can be, by code. Raises ValueError as in_order does."""
    ordered = in_order(tasks)
    starts: dict[str, float] = {}
    ends: dict[str, float] = {}
    for task in ordered:
        starts[task.code] = max([task.earliest, *(ends[code] for code in task.after)])
        ends[task.code] = starts[task.code] + task.days
    latest = _latest_ends(ordered)
    return {
        task.code: Placed(
            starts[task.code],
            ends[task.code],
            latest[task.code],
            None if (limit := latest[task.code]) is None else limit - ends[task.code],
        )
        for task in ordered
    }


def _latest_ends(ordered: Sequence[Task]) -> dict[str, float | None]:
    latest: dict[str, float | None] = {task.code: task.deadline for task in ordered}
    for task in reversed(ordered):
        limit = latest[task.code]
        if limit is None:
            continue
        for code in task.after:
            other = latest[code]
            latest[code] = limit - task.days if other is None else min(other, limit - task.days)
    return latest


def critical(placed: Mapping[str, Placed]) -> tuple[str, ...]:
    """Return the codes of the tasks with the least slack, by their start; () where no task has any."""
    slacks = [one.slack for one in placed.values() if one.slack is not None]
    if not slacks:
        return ()
    least = min(slacks)
    found = [code for code, one in placed.items() if one.slack == least]
    return tuple(sorted(found, key=lambda code: (placed[code].start, code)))
