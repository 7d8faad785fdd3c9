"""The cut-off against the worked example, and ties."""

import itertools

import pytest

from wayforward.methods.cutoff import Candidate, fill, strict

# shared/acceptance/baseline.json, cutoff_knapsack: [score, days], capacity 25 days.
SERVICES = {
    "a": (9, 12), "b": (8, 10), "c": (7, 6), "d": (6, 8), "e": (5, 4), "f": (4, 5), "g": (3, 2),
    "h": (2, 3),
}  # fmt: skip
CANDIDATES = [Candidate(code, score, days) for code, (score, days) in SERVICES.items()]


def test_strict_cut() -> None:
    found = strict(CANDIDATES, 25)
    assert (found.chosen, found.days, found.score) == (("a", "b"), 22, 17)
    assert found.days_left == 3
    assert found.left_out == ("c", "d", "e", "f", "g", "h")


def test_fill() -> None:
    found = fill(CANDIDATES, 25)
    assert (found.chosen, found.days, found.score) == (("a", "b", "g"), 24, 20)


def test_tie_at_the_line_is_shown() -> None:
    """Ten days, a takes six; b and c score alike and only one of them fits."""
    services = [Candidate("a", 9, 6), Candidate("b", 8, 4), Candidate("c", 8, 4)]
    for found in (strict(services, 10), fill(services, 10)):
        assert found.chosen == ("a", "b")
        assert found.tied == ("b", "c")


def test_tie_on_one_side_of_the_line_is_no_matter() -> None:
    services = [Candidate("a", 8, 4), Candidate("b", 8, 4), Candidate("c", 1, 9)]
    assert strict(services, 10).tied == ()


def test_scores_computed_in_two_ways_still_tie() -> None:
    services = [Candidate("a", 0.1 + 0.2, 4), Candidate("b", 0.3, 4)]
    assert strict(services, 5).tied == ("a", "b")


def test_order_of_rows_does_not_matter() -> None:
    services = [Candidate("a", 8, 4), Candidate("b", 8, 3), Candidate("c", 8, 4)]
    assert len({strict(rows, 8) for rows in itertools.permutations(services)}) == 1


def test_unknown_is_named_and_not_placed() -> None:
    services = [Candidate("a", None, 1), Candidate("b", 5, None), Candidate("c", 1, 1)]
    found = strict(services, 10)
    assert (found.chosen, found.unknown) == (("c",), ("a", "b"))


def test_faults() -> None:
    with pytest.raises(ValueError, match="days available"):
        strict([], -1)
    with pytest.raises(ValueError, match="listed twice"):
        strict([Candidate("a", 1, 1), Candidate("a", 2, 1)], 5)
    with pytest.raises(ValueError, match="a: -1 days"):
        strict([Candidate("a", 1, -1)], 5)
