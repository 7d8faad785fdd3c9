"""Cycles in a directed graph."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayforward.methods.cycles import cycle


@pytest.mark.parametrize(
    ("edges", "expected"),
    [
        ({}, ()),
        ({"a": ["b"], "b": ["c"]}, ()),
        ({"a": ["b", "c"], "b": ["d"], "c": ["d"]}, ()),  # two ways to d are no cycle
        ({"a": ["a"]}, ("a",)),
        ({"c": ["a"], "a": ["b"], "b": ["c"]}, ("a", "b", "c")),
        ({"x": ["b"], "b": ["a"], "a": ["b"]}, ("a", "b")),  # x leads in but is not part
    ],
)
def test_by_hand(edges: dict[str, list[str]], expected: tuple[str, ...]) -> None:
    assert cycle(edges) == expected


@given(st.dictionaries(st.integers(0, 12), st.sets(st.integers(0, 12), max_size=3)))
def test_edges_that_only_go_up_have_no_cycle(graph: dict[int, set[int]]) -> None:
    up = {f"{a:02d}": [f"{b:02d}" for b in to if b > a] for a, to in graph.items()}
    assert cycle(up) == ()


@given(st.dictionaries(st.sampled_from("abcdef"), st.sets(st.sampled_from("abcdef"))))
def test_what_is_found_is_a_cycle_and_nothing_is_missed(graph: dict[str, set[str]]) -> None:
    found = cycle(graph)
    for here, there in zip(found, found[1:] + found[:1], strict=True):
        assert there in graph[here]
    # Warshall's closure: there is a cycle if and only if some code reaches itself.
    reach = {(a, b) for a, to in graph.items() for b in to}
    for k in "abcdef":
        reach |= {(a, b) for a, x in reach for y, b in reach if x == k == y}
    assert bool(found) == any(a == b for a, b in reach)


def test_long_chain() -> None:
    chain = {f"{i:06d}": [f"{i + 1:06d}"] for i in range(50_000)}
    assert cycle(chain) == ()
