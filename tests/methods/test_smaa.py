"""SMAA-2: against exact values and a plain second reckoning; its properties; weights within constraints."""

import itertools
import math
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayforward.methods import smaa as module
from wayforward.methods.ranking import rank
from wayforward.methods.smaa import beside, draw_weights, smaa
from wayforward.methods.swing_weights import Interval
from wayforward.methods.value_functions import ValueFunction, values

ABCD = ("a", "b", "c", "d")


def test_d18_exact_oracle() -> None:
    """D18: A (1, 0), B (0, 1), C (.6, .6): acceptabilities .4, .4, .2; central w1 .8, .2, .5; n 100,000."""
    found = smaa([[1, 0], [0, 1], [0.6, 0.6]], draw_weights("ab", 100_000, seed=1))
    assert found.ranks[:, 0] == pytest.approx([0.4, 0.4, 0.2], abs=0.006)
    assert [one[0] for one in found.central if one is not None] == pytest.approx([0.8, 0.2, 0.5], abs=0.006)
    assert found.confidence == (1, 1, 1)
    assert found.draws == 100_000
    # The other ranks by hand: where w1 < .4 the order is B, C, A, and A is second only in .5 < w1 < .6.
    assert found.ranks == pytest.approx(
        np.array([[0.4, 0.1, 0.5], [0.4, 0.1, 0.5], [0.2, 0.8, 0]]), abs=0.006
    )


def test_standard_error() -> None:
    """Root of .25 x .75 / n, the share being of whole draws."""
    found = smaa([[1, 0], [0, 1]], [[0.9, 0.1], [0.2, 0.8], [0.3, 0.7], [0.4, 0.6]])
    assert found.ranks[0].tolist() == [0.25, 0.75]
    assert found.errors[0] == pytest.approx([math.sqrt(0.25 * 0.75 / 4)] * 2)


def test_exact_ties_share_the_ranks_they_span() -> None:
    found = smaa([[1, 0], [1, 0], [0, 0]], [[0.5, 0.5], [0.25, 0.75]])
    assert found.ranks.tolist() == [[0.5, 0.5, 0], [0.5, 0.5, 0], [0, 0, 1]]
    assert found.confidence == (0.5, 0.5, None)
    assert found.central[0] is not None
    assert found.central[0].tolist() == [0.375, 0.625]


def test_a_tie_but_for_rounding_is_a_tie() -> None:
    """.1, .2, .3 and the reverse, with equal weights: one sum added up in two orders."""
    found = smaa([[0.1, 0.2, 0.3], [0.3, 0.2, 0.1]], [1 / 3, 1 / 3, 1 / 3])
    assert found.ranks.tolist() == [[0.5, 0.5], [0.5, 0.5]]


def test_never_first_has_no_central_weight() -> None:
    found = smaa([[5, 5], [4, 4]], draw_weights("ab", 100, seed=1))
    assert found.central[1] is None
    assert found.confidence == (1, None)
    assert found.ranks.tolist() == [[1, 0], [0, 1]]


def test_confidence_by_hand() -> None:
    """Settled weights, four draws: A is first in three, so its confidence is 3/4 and B's 1/4."""
    scores = [[[2, 2], [1, 1]], [[2, 2], [1, 1]], [[2, 2], [1, 1]], [[0, 0], [1, 1]]]
    found = smaa(scores, [0.5, 0.5])
    assert found.ranks.tolist() == [[0.75, 0.25], [0.25, 0.75]]
    assert found.confidence == (0.75, 0.25)


def test_money_is_one_more_criterion() -> None:
    """The money of A beats that of B in one draw of two; all else is the same."""
    scores = beside([[50], [50]], [[80, 20], [10, 90]])
    assert scores.tolist() == [[[50, 80], [50, 20]], [[50, 10], [50, 90]]]
    assert smaa(scores, [0.7, 0.3]).ranks.tolist() == [[0.5, 0.5], [0.5, 0.5]]
    assert beside(scores, [[1, 2], [3, 4]])[1].tolist() == [[50, 10, 3], [50, 90, 4]]


def _plainly(scores: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Acceptabilities, central weights (nan: none) and confidence, from the definition, by ranking.rank."""
    draws, options = len(weights), scores.shape[1]
    found, first = np.zeros((options, options)), np.zeros((options, weights.shape[1]))
    for worth, weighing in zip(scores, weights, strict=True):
        places = {int(r.code): r.rank for r in rank({str(i): s @ weighing for i, s in enumerate(worth)})}
        spans = Counter(places.values())
        for option, place in places.items():
            assert place is not None
            found[option, place - 1 : place - 1 + spans[place]] += 1 / spans[place]
            first[option] += weighing * (place == 1) / spans[place]
    with np.errstate(invalid="ignore"):
        central = first / found[:, :1]
    sure = np.zeros(options)
    for option, worth in itertools.product(range(options), scores):
        leaders = [int(r.code) for r in rank({str(i): s @ central[option] for i, s in enumerate(worth)})
                   if r.rank == 1]  # fmt: skip
        sure[option] += (option in leaders) / max(1, len(leaders))
    return found / draws, central, sure / draws


@pytest.mark.parametrize("whole", [False, True], ids=["no ties", "many ties"])
def test_against_a_plain_second_reckoning(whole: bool) -> None:
    generator = np.random.default_rng(5)
    scores = generator.uniform(0, 3, (200, 5, 3))
    weights = draw_weights("abc", 200, seed=2)
    if whole:
        # Quarters and whole numbers add up exactly.
        scores, weights = np.floor(scores), generator.permuted(np.tile([0.5, 0.25, 0.25], (200, 1)), axis=1)
    acceptable, central, sure = _plainly(scores, weights)
    found = smaa(scores, weights)
    assert found.ranks == pytest.approx(acceptable)
    for option in range(5):
        if acceptable[option, 0]:
            assert found.central[option] == pytest.approx(central[option])
            assert found.confidence[option] == pytest.approx(sure[option])
        else:
            assert found.central[option] is None


@pytest.mark.parametrize(
    ("scores", "weights", "message"),
    [
        ([[1, 2]], [[0.5, 0.3, 0.2]], "the criteria do not match"),
        ([1, 2], [0.5, 0.5], "the criteria do not match"),
        ([[1, None], [1, 2]], [0.5, 0.5], "option 1 has no known score on criterion 2"),
        ([[1, 2], [3, 4]], [0.5, 0.6], "sum to one"),
        ([[1, 2], [3, 4]], [1.5, -0.5], "sum to one"),
        ([[1, 2], [3, 4]], [0.5, None], "sum to one"),
        (np.ones((3, 2, 2)), np.full((2, 2), 0.5), "3 draws of scores, 2 of weights"),
    ],
)
def test_refused(scores: object, weights: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        smaa(scores, weights)  # type: ignore[arg-type]


def test_beside_refuses_other_options_and_other_draws() -> None:
    with pytest.raises(ValueError, match="the options do not match"):
        beside([[1], [2]], [[1, 2, 3]])
    with pytest.raises(ValueError, match="give as many"):
        beside(np.ones((3, 2, 1)), np.ones((4, 2)))


tables = st.integers(2, 4).flatmap(
    lambda criteria: st.lists(
        st.lists(st.integers(0, 4), min_size=criteria, max_size=criteria), min_size=1, max_size=5
    )
)


def _weights(scores: list[list[int]]) -> np.ndarray:
    return draw_weights(ABCD[: len(scores[0])], 64, seed=7)


@given(tables)
def test_acceptabilities_sum_to_one_by_option_and_by_rank(scores: list[list[int]]) -> None:
    found = smaa(scores, _weights(scores)).ranks
    assert found.sum(axis=0) == pytest.approx(1)
    assert found.sum(axis=1) == pytest.approx(1)
    assert (found >= 0).all()


@given(tables, st.randoms(use_true_random=False))
def test_permuting_options_permutes(scores: list[list[int]], chance: object) -> None:
    order = list(range(len(scores)))
    chance.shuffle(order)  # type: ignore[attr-defined]
    plain, moved = smaa(scores, _weights(scores)), smaa([scores[i] for i in order], _weights(scores))
    assert moved.ranks.tolist() == plain.ranks[order].tolist()
    assert moved.confidence == tuple(plain.confidence[i] for i in order)


@given(tables)
def test_a_dominated_option_changes_no_first_rank(scores: list[list[int]]) -> None:
    plain = smaa(scores, _weights(scores))
    more = smaa([*scores, [level - 1 for level in scores[0]]], _weights(scores))
    assert more.ranks[:-1, 0].tolist() == plain.ranks[:, 0].tolist()
    assert more.ranks[-1, 0] == 0
    assert more.central[-1] is None


@given(tables, st.lists(st.integers(0, 3), min_size=4, max_size=4))
def test_adding_the_same_to_all_options_changes_nothing(scores: list[list[int]], more: list[int]) -> None:
    raised = [[level + add for level, add in zip(row, more, strict=False)] for row in scores]
    plain = smaa(scores, _weights(scores)).ranks
    assert smaa(raised, _weights(scores)).ranks.tolist() == plain.tolist()


@given(tables, st.sampled_from([-4.0, 0.125, 2.0, 1024.0]))
def test_scaling_a_criterion_with_its_anchors_changes_nothing(scores: list[list[int]], scale: float) -> None:
    """Powers of two, so that no bit may differ."""
    levels = np.array(scores, dtype=float)
    rest = levels[:, 1:]
    plain = np.column_stack((values(ValueFunction(-1, 5), levels[:, 0]), rest))
    scaled = np.column_stack((values(ValueFunction(-scale, 5 * scale), scale * levels[:, 0]), rest))
    assert smaa(scaled, _weights(scores)).ranks.tolist() == smaa(plain, _weights(scores)).ranks.tolist()


def test_the_same_seed_gives_the_same_bits_and_more_draws_begin_alike() -> None:
    some, more = draw_weights(ABCD, 12_000, seed=(3, 4)), draw_weights(ABCD, 25_000, seed=(3, 4))
    assert some.tobytes() == more[:12_000].tobytes()
    assert some.tobytes() != draw_weights(ABCD, 12_000, seed=(3, 5)).tobytes()
    assert not np.array_equal(more[:5_000], more[10_000:15_000])


def test_uniform_weights_have_the_moments_of_the_simplex() -> None:
    """Dirichlet with all ones: mean 1/4, variance (1/4)(3/4)/5, P(w > t) = (1 - t)^3."""
    weights = draw_weights(ABCD, 40_000, seed=1)
    assert weights.mean(axis=0) == pytest.approx([0.25] * 4, abs=3 * math.sqrt(0.0375 / 40_000))
    assert weights.var(axis=0) == pytest.approx([0.0375] * 4, rel=0.03)
    assert (weights > 0.3).mean(axis=0) == pytest.approx([0.7**3] * 4, abs=3 * math.sqrt(0.25 / 40_000))


def test_ordered_weights_have_rank_order_centroids() -> None:
    """Mean of the k-th of n ordered uniform weights: (1/k + ... + 1/n) / n (Barron and Barrett 1996)."""
    weights = draw_weights(ABCD, 40_000, seed=1, order=[["c"], ["a"], ["d"], ["b"]])
    assert (np.diff(weights[:, [2, 0, 3, 1]], axis=1) <= 0).all()
    centroids = [sum(1 / i for i in range(k, 5)) / 4 for k in range(1, 5)]
    assert weights.mean(axis=0)[[2, 0, 3, 1]] == pytest.approx(centroids, abs=0.002)


def test_a_joint_rank_leaves_either_heavier_and_no_rank_leaves_free() -> None:
    """b over c and d, which share a rank; a is free. By symmetry b has the mean of the greatest of three."""
    weights = draw_weights(ABCD, 40_000, seed=1, order=[["b"], ["c", "d"]])
    assert (weights[:, [1]] >= weights[:, [2, 3]]).all()
    assert (weights[:, 2] > weights[:, 3]).mean() == pytest.approx(0.5, abs=0.008)
    # a keeps 1/4; the greatest of the other three has (1 + 1/2 + 1/3) / 3 of their 3/4.
    assert weights.mean(axis=0)[:2] == pytest.approx([0.25, 0.75 * (1 + 1 / 2 + 1 / 3) / 3], abs=0.003)


WITHIN = {"a": Interval(0.3, 0.6), "b": Interval(0.1, 0.35), "c": Interval(0.05, 0.3)}
CASES: list[tuple[Mapping[str, Interval], Sequence[Sequence[str]]]] = [
    (WITHIN, []),
    (WITHIN, [["a"], ["b", "d"]]),
    (dict.fromkeys(ABCD, Interval(0.1, 0.4)), [["b"], ["a"], ["d"], ["c"]]),
]


@pytest.mark.parametrize(("within", "order"), CASES)
def test_the_walk_draws_like_drawing_until_it_fits(
    within: Mapping[str, Interval], order: Sequence[Sequence[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two ways of drawing from one set: means, spreads and correlations agree within sampling error."""
    monkeypatch.setattr(module, "ENOUGH_FIT", 0.0)
    fitted = draw_weights(ABCD, 30_000, seed=1, within=within, order=order)
    monkeypatch.setattr(module, "ENOUGH_FIT", 2.0)
    walked = draw_weights(ABCD, 30_000, seed=2, within=within, order=order)
    error = fitted.std(axis=0) * math.sqrt(2 / 30_000)
    assert (abs(fitted.mean(axis=0) - walked.mean(axis=0)) < 4 * error).all()
    assert walked.std(axis=0) == pytest.approx(fitted.std(axis=0), rel=0.03)
    assert np.corrcoef(walked.T) == pytest.approx(np.corrcoef(fitted.T), abs=0.03)
    # Draws that lean on the one before would make standard errors too small.
    moved = walked[:10_000] - walked[:10_000].mean(axis=0)
    leaning = (moved[1:] * moved[:-1]).mean(axis=0) / (moved**2).mean(axis=0)
    assert abs(leaning).max() < 0.05


def test_a_narrow_room_with_many_criteria() -> None:
    """Few fit of ten criteria by chance, so the walk draws; by symmetry each has a mean of a tenth."""
    names = [f"c{i}" for i in range(10)]
    weights = draw_weights(names, 20_000, seed=1, within=dict.fromkeys(names, Interval(0.08, 0.12)))
    assert weights.mean(axis=0) == pytest.approx([0.1] * 10, abs=0.0004)
    assert ((weights >= 0.08 - 1e-12) & (weights <= 0.12 + 1e-12)).all()
    assert weights.sum(axis=1) == pytest.approx(1, abs=1e-9)


def test_the_walk_too_begins_alike_and_repeats() -> None:
    within = dict.fromkeys(ABCD, Interval(0.24, 0.255))
    some = draw_weights(ABCD, 50, seed=1, within=within)
    assert some.tobytes() == draw_weights(ABCD, 70, seed=1, within=within)[:50].tobytes()


def test_settled_weights_stay_where_they_are() -> None:
    within = {"a": Interval(0.5, 0.5), "b": Interval(0.2, 0.2)}
    weights = draw_weights(ABCD, 2_000, seed=1, within=within)
    assert weights[:, :2] == pytest.approx(np.tile([0.5, 0.2], (2_000, 1)))
    # What is left is uniform between two: mean .15, spread .3 / root 12.
    assert weights[:, 2].mean() == pytest.approx(0.15, abs=0.006)
    assert weights[:, 2].std() == pytest.approx(0.3 / math.sqrt(12), rel=0.04)
    point = {code: Interval(w, w) for code, w in zip(ABCD, (0.4, 0.3, 0.2, 0.1), strict=True)}
    assert draw_weights(ABCD, 3, seed=1, within=point) == pytest.approx(np.tile([0.4, 0.3, 0.2, 0.1], (3, 1)))


@pytest.mark.parametrize(
    ("within", "order", "message"),
    [
        ({"a": Interval(0.6, 0.9), "b": Interval(0.5, 0.6)}, [], "no weights meet the intervals: the least"),
        (dict.fromkeys(ABCD, Interval(0, 0.2)), [], r"the most to 0\.8"),
        ({"a": Interval(0, 0.1), "b": Interval(0.3, 0.5)}, [["a"], ["b"]], "intervals and the order"),
        ({"a": Interval(0.4, 0.3)}, [], r"weight of a from 0\.4 to 0\.3"),
        ({"z": Interval(0, 1)}, [], "z: no such criterion"),
        ({}, [["z"]], "z: no such criterion"),
        ({}, [["a"], ["a"]], "stands twice"),
    ],
)
def test_no_such_weights(within: dict[str, Interval], order: list[list[str]], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        draw_weights(ABCD, 10, seed=1, within=within, order=order)


@pytest.mark.parametrize(("criteria", "draws"), [((), 10), (ABCD, 0)])
def test_nothing_to_draw(criteria: tuple[str, ...], draws: int) -> None:
    with pytest.raises(ValueError, match="nothing to draw"):
        draw_weights(criteria, draws, seed=1)


intervals = st.lists(st.tuples(st.floats(0, 0.3), st.floats(0.35, 1)), min_size=3, max_size=3)


@given(intervals, st.sampled_from([[], [["a"], ["b"]], [["c"], ["a"], ["b"]], [["a", "b"], ["c"]]]))
def test_weights_sum_to_one_and_respect_intervals_and_order(
    ends: list[tuple[float, float]], order: list[list[str]]
) -> None:
    within = {code: Interval(low, high) for code, (low, high) in zip("abc", ends, strict=True)}
    # Lows sum to under one, highs to over one, and every low is under every high: some weights fit.
    weights = draw_weights("abc", 200, seed=1, within=within, order=order)
    assert weights.sum(axis=1) == pytest.approx(1, abs=1e-9)
    for column, (low, high) in enumerate(ends):
        assert (weights[:, column] >= low - 1e-9).all()
        assert (weights[:, column] <= high + 1e-9).all()
    for upper, lower in itertools.pairwise(order):
        for one, other in itertools.product(upper, lower):
            assert (weights[:, "abc".index(one)] >= weights[:, "abc".index(other)] - 1e-9).all()
