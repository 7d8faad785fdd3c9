"""Cross-consistency: by hand, and against counting every combination one by one."""

from itertools import combinations as pairs_of
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayforward.methods.consistency import Combination, Strike, combination, combinations

CHOICES = {"scope": ["S1", "S2"], "delivery": ["D1", "D2", "D3"], "funding": ["F1", "F2"]}


def test_by_hand() -> None:
    """2 x 3 x 2 = 12. S1-D1 strikes 2, D1-F2 strikes 2, S1-D1-F2 is struck by both: 12 - 2 - 2 + 1 = 9."""
    found = combinations(CHOICES, [("S1", "D1"), ("F2", "D1")])
    assert (found.possible, found.left) == (12, 9)
    assert found.strikes == (Strike("S1", "D1", 2, 1), Strike("F2", "D1", 2, 1))
    # D1 stands only in S2-D1-F1; S1 in its 6 less 2; F1 in 6 less S1-D1-F1.
    assert (found.stands_in["D1"], found.stands_in["S1"], found.stands_in["F1"]) == (1, 4, 5)


def test_a_dimension_that_no_conflict_touches() -> None:
    """S1-D1 strikes 1 x 1 x 2: of 12, 10 are left, 5 with each way of funding."""
    found = combinations(CHOICES, [("S1", "D1")])
    assert (found.left, found.stands_in["F1"], found.stands_in["F2"]) == (10, 5, 5)


def test_choices_of_one_dimension_never_meet() -> None:
    found = combinations(CHOICES, [("S1", "S2")])
    assert (found.left, found.strikes) == (12, (Strike("S1", "S2", 0, 0),))


def test_an_empty_dimension_leaves_nothing() -> None:
    found = combinations({**CHOICES, "solution": []}, [("S1", "D1")])
    assert (found.possible, found.left) == (0, 0)
    assert combinations({}, []).possible == 0


def test_one_option() -> None:
    held = combination(["S1", "D1", "D2"], CHOICES, [("D1", "S1"), ("D1", "F1")])
    assert held == Combination(lacks=("funding",), repeats=("delivery",), clashes=(("D1", "S1"),))


def test_faults() -> None:
    with pytest.raises(ValueError, match="S1 is listed twice"):
        combinations({"scope": ["S1"], "delivery": ["S1"]}, [])
    with pytest.raises(ValueError, match="names X, which is no choice"):
        combinations(CHOICES, [("S1", "X")])
    with pytest.raises(ValueError, match="conflict with itself"):
        combinations(CHOICES, [("S1", "S1")])
    with pytest.raises(ValueError, match="given twice"):
        combinations(CHOICES, [("S1", "D1"), ("D1", "S1")])
    many = {d: [f"{d}{n}" for n in range(300)] for d in "abc"}
    with pytest.raises(ValueError, match="more than 20,000,000"):
        combinations(many, [("a0", "b0"), ("b1", "c1")])
    with pytest.raises(ValueError, match="X is in no dimension"):
        combination(["X"], CHOICES, [])


@st.composite
def longlists(draw: st.DrawFn) -> tuple[dict[str, list[str]], list[tuple[str, str]]]:
    sizes = draw(st.lists(st.integers(1, 4), min_size=1, max_size=5))
    choices = {f"d{d}": [f"d{d}c{c}" for c in range(size)] for d, size in enumerate(sizes)}
    every = list(pairs_of([code for own in choices.values() for code in own], 2))
    conflicts = draw(st.lists(st.sampled_from(every), unique=True, max_size=8)) if every else []
    return choices, conflicts


@given(longlists())
def test_against_counting_one_by_one(longlist: tuple[dict[str, list[str]], list[tuple[str, str]]]) -> None:
    choices, conflicts = longlist
    every = [set(one) for one in product(*choices.values())]
    hit = [[pair for pair in conflicts if set(pair) <= one] for one in every]
    found = combinations(choices, conflicts)
    assert found.possible == len(every)
    assert found.left == sum(not pairs for pairs in hit)
    for strike in found.strikes:
        pair = (strike.first, strike.second)
        assert strike.strikes == sum(pair in pairs for pairs in hit)
        assert strike.alone == sum(pairs == [pair] for pairs in hit)
    for code, count in found.stands_in.items():
        assert count == sum(code in one and not pairs for one, pairs in zip(every, hit, strict=True))
