"""Rank correlations: what is asked for is what comes out, and what can't be is refused by name."""

import math

import numpy as np
import pytest

from wayforward.methods import correlation

SAME = pytest.approx
DRAWS = 100_000


def ranks(draws: np.ndarray) -> np.ndarray:
    """Spearman's rank correlations by their definition: Pearson's, of ranks."""
    return np.corrcoef(draws.argsort(axis=0).argsort(axis=0), rowvar=False)


@pytest.fixture(scope="module")
def uniforms() -> np.ndarray:
    return np.random.default_rng(3).uniform(1e-12, 1, (DRAWS, 3))


def test_normal_correlation_by_hand() -> None:
    """2 sin(pi / 12) = 0.517638 at a half; 2 sin(pi / 6) = 1."""
    assert correlation.normal_correlation([0.5, 0, 1, -1]) == SAME([0.5176380902050415, 0, 1, -1])


def test_spearman_is_what_was_asked(uniforms: np.ndarray) -> None:
    """The standard error of a rank correlation of none is 1 / sqrt(n - 1) = 0.0032: three of them."""
    asked = correlation.matrix(["a", "b", "c"], {("a", "b"): 0.7, ("b", "c"): -0.4, ("c", "a"): 0.2})
    moved = correlation.correlate(uniforms, asked)
    assert np.abs(ranks(moved) - asked).max() < 3 / math.sqrt(DRAWS - 1)


def test_each_input_stays_uniform(uniforms: np.ndarray) -> None:
    moved = correlation.correlate(uniforms, correlation.matrix("abc", {("a", "b"): 0.7, ("b", "c"): 0.6}))
    assert (moved > 0).all()
    assert (moved < 1).all()
    three = 3 * math.sqrt(1 / 12 / DRAWS)
    assert np.abs(moved.mean(axis=0) - 0.5).max() < three
    # Variance 1/12; that of a square's mean is 1/180 / n.
    assert np.abs(moved.var(axis=0) - 1 / 12).max() < 3 * math.sqrt(1 / 180 / DRAWS)


def test_inputs_that_move_with_none_keep_their_draws(uniforms: np.ndarray) -> None:
    moved = correlation.correlate(uniforms, correlation.matrix("abc", {("a", "c"): 0.5}))
    assert (moved[:, :2] == uniforms[:, :2]).all()
    assert (moved[:, 2] != uniforms[:, 2]).any()


def test_as_one_and_against_one_another(uniforms: np.ndarray) -> None:
    """At 1 two inputs draw alike, at -1 they mirror each other: a singular matrix, and a possible one."""
    moved = correlation.correlate(
        uniforms, correlation.matrix("abc", {("a", "b"): 1, ("a", "c"): -1, ("b", "c"): -1})
    )
    assert moved[:, 1] == SAME(moved[:, 0], abs=1e-12)
    assert moved[:, 2] == SAME(1 - moved[:, 0], abs=1e-12)


def test_contradiction_names_the_pairs() -> None:
    """a with b and b with c at 0.9 leave no room for a with c at -0.9; d with e has no part in it."""
    pairs = {("a", "b"): 0.9, ("b", "c"): 0.9, ("a", "c"): -0.9, ("d", "e"): 0.5}
    with pytest.raises(ValueError, match=r"a with b \(0.9\); b with c \(0.9\); a with c \(-0.9\)\.") as told:
        correlation.matrix("abcde", pairs)
    assert "d with e" not in str(told.value)


def test_pair_left_out_counts_as_unrelated() -> None:
    with pytest.raises(ValueError, match="not given counts as unrelated: bring these nearer to 0, or give"):
        correlation.matrix("abc", {("a", "b"): 0.9, ("b", "c"): 0.9})
    correlation.matrix("abc", {("a", "b"): 0.9, ("b", "c"): 0.9, ("a", "c"): 0.8})


@pytest.mark.parametrize(
    ("pairs", "message"),
    [
        ({("a", "z"): 0.1}, "correlation of a with z: z is not an input"),
        ({("a", "a"): 0.1}, "a with a: an input moves with itself"),
        ({("a", "b"): 1.2}, "a with b is 1.2; a correlation lies from -1 to 1"),
        ({("a", "b"): math.nan}, "a with b is nan"),
        ({("a", "b"): 0.1, ("b", "a"): 0.1}, "is given twice, once each way"),
    ],
)
def test_refused_by_name(pairs: dict[tuple[str, str], float], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        correlation.matrix("abc", pairs)


def test_matrix_made_by_hand_is_checked_too() -> None:
    draws = np.full((2, 3), 0.5)
    with pytest.raises(ValueError, match="can't all hold"):
        correlation.correlate(draws, [[1, 0.9, -0.9], [0.9, 1, 0.9], [-0.9, 0.9, 1]])
    with pytest.raises(ValueError, match="can't all hold"):
        correlation.correlate(draws, [[1, 1, 0.5], [1, 1, 0.9], [0.5, 0.9, 1]])
    with pytest.raises(ValueError, match=r"shape \(2, 3\) don't fit"):
        correlation.correlate(draws, np.eye(2))
