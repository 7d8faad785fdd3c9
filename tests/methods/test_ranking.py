"""Rank order and its display, against worked examples with ties."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayforward.methods.ranking import display, rank


def weighted(weights: list[float], scores: list[float]) -> float:
    return sum(w * s for w, s in zip(weights, scores, strict=True))


def test_joint_first_is_a_tie() -> None:
    """D20 (Penn State MANGT 510, 2.5.2): 11, 15, 15, 12."""
    rows = {"alpha": [3, 1, 2], "beta": [2, 2, 3], "gamma": [3, 3, 2], "delta": [1, 1, 3]}
    found = rank({name: weighted([1, 2, 3], row) for name, row in rows.items()})
    assert [(r.code, r.score, r.rank, r.tied) for r in found] == [
        ("beta", 15, 1, True),
        ("gamma", 15, 1, True),
        ("delta", 12, 3, False),
        ("alpha", 11, 4, False),
    ]


def test_no_false_tie_is_printed() -> None:
    """D21 (multi-criteria template): 3.75, 5.95, 4.20, 6.00; two would print as 6.0."""
    rows = [(3, 5, 4, 4), (5, 9, 6, 3), (5, 0, 8, 5), (5, 6, 8, 8)]
    scores = [weighted([0.5, 0.25, 0.15, 0.1], list(row)) for row in rows]
    assert display(scores, decimals=1) == ("3.75", "5.95", "4.20", "6.00")
    ranked = rank({str(i): s for i, s in enumerate(scores, 1)})
    assert [r.code for r in ranked] == ["4", "2", "3", "1"]
    assert not any(r.tied for r in ranked)


def test_a_true_tie_prints_alike() -> None:
    assert display([0.1 + 0.2, 0.3, 1.0]) == ("0.3", "0.3", "1.0")
    assert [r.rank for r in rank({"a": 0.1 + 0.2, "b": 0.3})] == [1, 1]


def test_rounding_does_not_part_a_tie() -> None:
    """0.35 and the next number above it round to 0.3 and 0.4, but are one score computed twice."""
    assert len(set(display([0.35, 0.35 + 2**-54], 1))) == 1


def test_unknown_is_last_without_a_rank() -> None:
    found = rank({"a": None, "b": 1.0, "c": float("nan")})
    assert [(r.code, r.rank) for r in found] == [("b", 1), ("a", None), ("c", None)]
    assert display([None, 2.0], 0) == ("not known", "2")


def test_lowest_first() -> None:
    assert [r.code for r in rank({"a": 3, "b": 1}, lowest_first=True)] == ["b", "a"]


def test_no_signed_zero() -> None:
    assert display([-0.0, -0.04, 1], 1) == ("0.00", "-0.04", "1.00")
    assert display([-0.0, 1], 1) == ("0.0", "1.0")


@given(st.lists(st.integers(-(10**6), 10**6), min_size=1, max_size=8))
def test_texts_are_alike_exactly_where_scores_are(thousandths: list[int]) -> None:
    scores = [n / 1000 for n in thousandths]
    texts = display(scores, 0)
    for a, text_a in zip(scores, texts, strict=True):
        for b, text_b in zip(scores, texts, strict=True):
            assert (a == b) == (text_a == text_b)


@given(st.dictionaries(st.text(min_size=1), st.integers(-5, 5), max_size=10))
def test_rank_is_one_more_than_the_number_above(scores: dict[str, int]) -> None:
    for row in rank(scores):
        assert row.rank == 1 + sum(other > scores[row.code] for other in scores.values())


@pytest.mark.parametrize("empty", [{}])
def test_nothing_to_rank(empty: dict[str, float]) -> None:
    assert rank(empty) == ()
    assert display([]) == ()
