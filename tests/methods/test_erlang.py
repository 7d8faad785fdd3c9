"""Erlang's formulas against the worked figures and their definition as sums."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayforward.methods import erlang


def test_call_handling() -> None:
    """D22 of shared/acceptance/appraisal.md: 200 calls an hour of 3 minutes, 14 agents, within 20 seconds."""
    load = erlang.load(200, 180)
    assert load == pytest.approx(10)
    assert erlang.erlang_c(load, 14) == pytest.approx(0.174132, abs=1e-5)
    found = erlang.queue(load, 14, 180, 20)
    assert found.waits == pytest.approx(0.174132, abs=1e-5)
    assert found.service_level == pytest.approx(0.888350, abs=1e-5)
    assert found.seconds_to_answer == pytest.approx(7.835937, abs=1e-5)


@pytest.mark.parametrize(("load", "agents", "lost"), [(10, 20, 0.001869), (2, 5, 0.036697)])
def test_erlang_b(load: float, agents: int, lost: float) -> None:
    """D22: B(10, 20) and B(2, 5)."""
    assert erlang.erlang_b(load, agents) == pytest.approx(lost, abs=1e-6)


def by_definition(load: float, agents: int) -> tuple[float, float]:
    """B = (a^n/n!) / sum a^k/k!; C = the same with a^n/n! x n/(n - a) in both places, sum to n - 1."""
    terms = [load**k / math.factorial(k) for k in range(agents + 1)]
    last = terms[-1] * agents / (agents - load)
    return terms[-1] / math.fsum(terms), last / (math.fsum(terms[:-1]) + last)


@given(st.floats(0.01, 40), st.integers(0, 20))
def test_against_the_sums(load: float, spare: int) -> None:
    agents = math.floor(load) + 1 + spare
    if agents - load < 1e-6:
        return
    lost, waits = by_definition(load, agents)
    assert erlang.erlang_b(load, agents) == pytest.approx(lost, rel=1e-9, abs=1e-300)
    assert erlang.erlang_c(load, agents) == pytest.approx(waits, rel=1e-6, abs=1e-300)


@given(st.floats(0.1, 50), st.floats(10, 1000), st.floats(0, 60), st.floats(0, 0.99))
def test_the_fewest_agents_that_do(load: float, handling: float, within: float, level: float) -> None:
    found = erlang.agents_needed(load, handling, within, level)
    assert found == erlang.queue(load, found.agents, handling, within)
    assert found.service_level >= level
    fewer = erlang.queue(load, found.agents - 1, handling, within)
    assert fewer.service_level < level or fewer.seconds_to_answer is None


def test_one_agent_by_hand() -> None:
    """One server: a caller waits with probability a, on average a h / (1 - a)."""
    found = erlang.queue(0.5, 1, 60, 0)
    assert (found.waits, found.service_level, found.seconds_to_answer) == (0.5, 0.5, 60)


@pytest.mark.parametrize("agents", [0, 9, 10])
def test_agents_that_can_not_keep_up(agents: int) -> None:
    found = erlang.queue(10, agents, 180, 20)
    assert (found.waits, found.service_level, found.seconds_to_answer) == (1, 0, None)


def test_no_calls() -> None:
    found = erlang.queue(0, 0, 180, 20)
    assert (found.waits, found.service_level, found.seconds_to_answer) == (0, 1, 0)
    assert erlang.agents_needed(0, 180, 20, 0.9).agents == 0


def test_a_large_load_does_not_overflow() -> None:
    """500 erlangs with 500 agents: near sqrt(2 / (pi n)) by Stirling's formula (Jagerman 1974)."""
    assert erlang.erlang_b(500, 500) == pytest.approx(math.sqrt(2 / (math.pi * 500)), rel=0.03)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: erlang.load(-1, 180), "calls of 0 or more"),
        (lambda: erlang.load(1, 0), "handling time above 0"),
        (lambda: erlang.erlang_b(-1, 1), "numbers of 0 or more"),
        (lambda: erlang.erlang_b(1, -1), "numbers of 0 or more"),
        (lambda: erlang.queue(1, 2, 0, 20), "handling time above 0"),
        (lambda: erlang.agents_needed(1, 180, 20, 90), "write 90% as 0.9"),
        (lambda: erlang.agents_needed(1e9, 180, 20, 0.9), "check the load"),
    ],
)
def test_faults(call: object, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        call()
