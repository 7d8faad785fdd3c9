"""Erlang's formulas: how many callers are lost or wait, and how long, with a number of agents.

Load a (erlangs) = calls an hour x handling time in hours. Erlang B (calls that find all n agents busy
are lost): B(0) = 1, B(n) = a B(n-1) / (n + a B(n-1)). Erlang C (they wait): C = B / (1 - (a/n)(1 - B))
for a < n. Service level within t = 1 - C exp(-(n - a) t / h), average speed of answer = C h / (n - a),
h being the mean handling time. Source: A. K. Erlang (1917); recursion as in Cooper, Introduction to
Queueing Theory (1981).
"""

import math
from dataclasses import dataclass

# No call centre has more: a search that passes it has been given a load that is a mistake.
MOST_AGENTS = 100_000


@dataclass(frozen=True)
class Queue:
    """What callers meet: the fraction that waits, the fraction answered in time, the mean wait.

    seconds_to_answer is over all callers. It is None where the agents can't keep up: the queue then
    grows without end, everyone waits and in the long run no one is answered in time.
    """

    load: float
    agents: int
    waits: float
    service_level: float
    seconds_to_answer: float | None


def load(calls_an_hour: float, handling_seconds: float) -> float:
    """Return the load in erlangs. Raises ValueError where calls are below 0 or handling is not above 0."""
    if calls_an_hour < 0 or not handling_seconds > 0:
        raise ValueError("a load needs calls of 0 or more an hour and a handling time above 0 seconds")
    return calls_an_hour * handling_seconds / 3600


def erlang_b(erlangs: float, agents: int) -> float:
    """Return the fraction of calls lost when none can wait. Raises ValueError on a load below 0."""
    _check(erlangs, agents)
    lost = 1.0
    for number in range(1, agents + 1):
        lost = erlangs * lost / (number + erlangs * lost)
    return lost


def erlang_c(erlangs: float, agents: int) -> float:
    """Return the fraction of calls that wait; 1 where the agents can't keep up."""
    return _waits(erlangs, agents, erlang_b(erlangs, agents))


def queue(erlangs: float, agents: int, handling_seconds: float, within_seconds: float) -> Queue:
    """Return what callers meet with a number of agents.

    Raises ValueError where a number is below 0 or the handling time is not above 0.
    """
    return _queue(erlangs, agents, erlang_b(erlangs, agents), handling_seconds, within_seconds)


def agents_needed(
    erlangs: float, handling_seconds: float, within_seconds: float, service_level: float
) -> Queue:
    """Return the queue with the fewest agents that answer a fraction service_level in time.

    Raises ValueError where service_level is not from 0 to below 1, or the load is beyond reason.
    """
    if not 0 <= service_level < 1:
        raise ValueError(f"a service level of {service_level:g} is not from 0 to below 1; write 90% as 0.9")
    _check(erlangs, 0)
    lost = 1.0
    for agents in range(MOST_AGENTS + 1):
        if agents:
            lost = erlangs * lost / (agents + erlangs * lost)
        found = _queue(erlangs, agents, lost, handling_seconds, within_seconds)
        if found.service_level >= service_level and found.seconds_to_answer is not None:
            return found
    raise ValueError(f"a load of {erlangs:g} erlangs needs more than {MOST_AGENTS} agents; check the load")


def _queue(erlangs: float, agents: int, lost: float, handling: float, within: float) -> Queue:
    if not handling > 0 or within < 0:
        raise ValueError("give a handling time above 0 seconds and a time to answer of 0 or more")
    waits = _waits(erlangs, agents, lost)
    if agents <= erlangs:
        # With no call at all, no agent keeps nobody waiting.
        return Queue(erlangs, agents, waits, *((1.0, 0.0) if erlangs == 0 else (0.0, None)))
    spare = agents - erlangs
    in_time = 1 - waits * math.exp(-spare * within / handling)
    return Queue(erlangs, agents, waits, in_time, waits * handling / spare)


def _waits(erlangs: float, agents: int, lost: float) -> float:
    if agents <= erlangs:
        return 0.0 if erlangs == 0 else 1.0
    return lost / (1 - erlangs / agents * (1 - lost))


def _check(erlangs: float, agents: int) -> None:
    if not (0 <= erlangs < math.inf) or agents < 0:
        raise ValueError(f"a load of {erlangs:g} erlangs with {agents} agents: give numbers of 0 or more")
