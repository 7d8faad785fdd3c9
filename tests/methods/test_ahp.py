"""The analytic hierarchy process against its worked example."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayforward.methods.ahp import Priorities, ahp, priorities

PEOPLE = ("T", "D", "H")
LEADER = ("experience", "education", "charisma", "age")


def leader() -> Priorities:
    return priorities(LEADER, [4, 3, 7, 1 / 3, 3, 5])


def test_d12_criteria() -> None:
    """D12 (Wikipedia, choosing a leader): tolerance 1e-3; ratio .0395 / .90."""
    found = leader()
    assert list(found.priorities.values()) == pytest.approx([0.5476, 0.1266, 0.2699, 0.0559], abs=1e-3)
    assert found.eigenvalue == pytest.approx(4.1184, abs=1e-3)
    assert found.index == pytest.approx(0.0395, abs=1e-3)
    assert found.ratio == pytest.approx(0.0439, abs=1e-3)


def test_d12_overall() -> None:
    """D12: T .358, D .493, H .149; tolerance 1e-3."""
    judged = {
        "experience": ([1 / 4, 4, 9], [0.217, 0.717, 0.066]),
        "education": ([3, 1 / 5, 1 / 7], [0.188, 0.081, 0.731]),
        "charisma": ([5, 9, 4], [0.743, 0.194, 0.063]),
        "age": ([1 / 3, 5, 9], [0.265, 0.672, 0.063]),
    }
    options = {name: priorities(PEOPLE, pairs) for name, (pairs, _) in judged.items()}
    for name, (_, expected) in judged.items():
        assert list(options[name].priorities.values()) == pytest.approx(expected, abs=1e-3)
    found = ahp(leader(), options)
    assert list(found.overall.values()) == pytest.approx([0.358, 0.493, 0.149], abs=1e-3)
    assert [r.code for r in found.ranked] == ["D", "T", "H"]


def test_two_can_not_contradict_each_other() -> None:
    """3 to 1: .75 and .25."""
    found = priorities(["a", "b"], [3])
    assert list(found.priorities.values()) == pytest.approx([0.75, 0.25])
    assert found.ratio is None


@pytest.mark.parametrize(
    ("names", "judgements", "message"),
    [
        ("abc", [1, 2], "3 names make 3 pairs, but 2"),
        ("abc", [1, None, 2], "a against c"),
        ("abc", [1, 2, 0], "b against c"),
        ("ab", [math.nan], "a against b"),
        ("ab", [math.inf], "a against b"),
        ("aa", [1], "each name once"),
        ("", [], "at least one name"),
    ],
)
def test_refused(names: str, judgements: list[float | None], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        priorities(list(names), judgements)


def test_criteria_and_options_must_match() -> None:
    with pytest.raises(ValueError, match="do not match: look at b"):
        ahp(priorities(["a", "b"], [1]), {"a": priorities(["x", "y"], [1])})
    with pytest.raises(ValueError, match="b compares other options than the rest: look at y, z"):
        ahp(
            priorities(["a", "b"], [1]),
            {"a": priorities(["x", "y"], [1]), "b": priorities(["x", "z"], [1])},
        )


@given(st.lists(st.floats(0.1, 10), min_size=3, max_size=6))
def test_consistent_judgements_give_back_what_they_came_from(worth: list[float]) -> None:
    """a_ij = w_i / w_j has w for its eigenvector, and n for its eigenvalue."""
    names = [str(i) for i in range(len(worth))]
    pairs = [a / b for i, a in enumerate(worth) for b in worth[i + 1 :]]
    found = priorities(names, pairs)
    assert list(found.priorities.values()) == pytest.approx([w / sum(worth) for w in worth], rel=1e-9)
    assert found.ratio == pytest.approx(0, abs=1e-9)
