"""Distributions: by hand, against scipy.stats, by simulation, and what is refused."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayforward.methods import distributions
from wayforward.methods.distributions import Distribution, distribution, mean, percentile, quantile, variance

SAME = pytest.approx
EACH = {
    "fixed": distribution("fixed", likely=3),
    "uniform": distribution("uniform", -1, 0, 4),
    "triangular": distribution("triangular", 2, 5, 14),
    "pert": distribution("pert", 2, 5, 14),
    "normal": distribution("normal", 80, 100, 120),
    "lognormal": distribution("lognormal", 0.5, 1, 2),
    "discrete": distribution("discrete", outcomes=[(10, 0.2), (0, 0.5), (25, 0.3)]),
}


def test_every_shape_is_tested() -> None:
    assert tuple(EACH) == distributions.SHAPES


@pytest.mark.parametrize(
    ("shape", "middle", "spread"),
    [
        ("fixed", 3, 0),
        ("uniform", 1.5, 25 / 12),  # width squared / 12
        ("triangular", 7, (9 + 27 + 81) / 18),  # (a2 + ab + b2) / 18, a = 3, b = 9
        ("pert", 6, 4 * 8 / 7),  # (2 + 20 + 14) / 6; (mean - low) x (high - mean) / 7
        ("normal", 100, (20 / 1.6448536269514722) ** 2),
        ("discrete", 9.5, 20 + 187.5 - 9.5**2),  # E x2 - (E x)2
    ],
)
def test_mean_and_variance_by_hand(shape: str, middle: float, spread: float) -> None:
    assert mean(EACH[shape]) == SAME(middle)
    assert variance(EACH[shape]) == SAME(spread)


def test_against_scipy_stats() -> None:
    """Independent code for quantiles, means and variances; PERT is Beta(1 + 4 m, 5 - 4 m), m the mode."""
    stats = pytest.importorskip("scipy.stats")
    peers = {
        "uniform": stats.uniform(-1, 5),
        "triangular": stats.triang(c=0.25, loc=2, scale=12),
        "pert": stats.beta(2, 4, loc=2, scale=12),
        "normal": stats.norm(100, 20 / stats.norm.ppf(0.95)),
        "lognormal": stats.lognorm(s=math.log(4) / (2 * stats.norm.ppf(0.95)), scale=1),
    }
    u = np.concatenate((np.linspace(0.001, 0.999, 999), [1e-12, 1e-6, 1 - 1e-6, 1 - 1e-12]))
    for shape, peer in peers.items():
        assert quantile(EACH[shape], u) == SAME(peer.ppf(u), rel=1e-9), shape
        assert mean(EACH[shape]) == SAME(peer.mean(), rel=1e-12), shape
        assert variance(EACH[shape]) == SAME(peer.var(), rel=1e-12), shape


@pytest.mark.parametrize("mode", [0, 1e-6, 0.01, 0.3, 0.5, 0.9, 1])
def test_pert_quantiles_against_scipy_stats(mode: float) -> None:
    """To 1e-9 of the width wherever the mode lies, an end included, far into both tails."""
    stats = pytest.importorskip("scipy.stats")
    tail = 10.0 ** -np.arange(1, 16)
    u = np.concatenate((np.random.default_rng(1).random(2_000), tail, 1 - tail))
    found = quantile(distribution("pert", 0, mode, 1), u)
    assert np.abs(found - stats.beta(1 + 4 * mode, 5 - 4 * mode).ppf(u)).max() < 1e-9


@pytest.mark.parametrize("shape", EACH)
def test_simulated_mean_and_deviation_within_three_standard_errors(shape: str) -> None:
    """The standard error of a variance is sqrt((m4 - v2) / n), m4 the fourth central moment."""
    drawn = quantile(EACH[shape], np.random.default_rng(11).random(200_000))
    middle, spread = mean(EACH[shape]), variance(EACH[shape])
    fourth = float(((drawn - middle) ** 4).mean())
    assert abs(drawn.mean() - middle) <= 3 * math.sqrt(spread / len(drawn))
    assert abs(drawn.var() - spread) <= 3 * math.sqrt((fourth - spread**2) / len(drawn))


def test_low_and_high_are_percentiles_of_a_normal_and_a_lognormal() -> None:
    for shape in ("normal", "lognormal"):
        found = [percentile(EACH[shape], percent) for percent in (5, 50, 95)]
        assert found == SAME([EACH[shape].low, EACH[shape].likely, EACH[shape].high])


@pytest.mark.parametrize("shape", ["fixed", "uniform", "triangular", "pert", "discrete"])
def test_ends_are_reached_and_not_passed(shape: str) -> None:
    given = EACH[shape]
    assert (percentile(given, 0), percentile(given, 100)) == (given.low, given.high)


def test_discrete_by_hand() -> None:
    """0 up to a half, 10 up to 0.7, 25 beyond; likely is the most probable."""
    given = EACH["discrete"]
    assert (given.low, given.likely, given.high) == (0, 0, 25)
    assert quantile(given, np.array([0, 0.5, 0.500001, 0.7, 0.700001, 1])).tolist() == [0, 0, 10, 10, 25, 25]


def test_discrete_likely_of_several_is_the_nearest_to_the_mean() -> None:
    """Mean 12; 0 and 10 are equally probable, and 10 is nearer to it."""
    assert distribution("discrete", outcomes=[(0, 0.4), (10, 0.4), (40, 0.2)]).likely == 10


def test_discrete_that_can_not_happen_is_no_end() -> None:
    given = distribution("discrete", outcomes=[(-5, 0), (1, 0.5), (2, 0.5), (9, 0)])
    assert (given.low, given.high) == (1, 2)
    assert (percentile(given, 0), percentile(given, 100)) == (1, 2)


@pytest.mark.parametrize("shape", EACH)
def test_whole_numbers_give_fractions(shape: str) -> None:
    """EACH is given in whole numbers; neither the distribution nor its draws may stay whole."""
    given_ = EACH[shape]
    assert all(isinstance(value, float) for value in (given_.low, given_.likely, given_.high))
    assert quantile(given_, np.array([0.3])).dtype == np.float64
    bare = Distribution(shape, 1, 2, 4, ((1, 0.5), (4, 0.5)))
    assert quantile(bare, np.array([0.3])).dtype == np.float64


def test_uniform_needs_no_likely() -> None:
    assert distribution("uniform", 2, high=4).likely == 3


@given(
    st.sampled_from(["triangular", "pert"]),
    st.floats(-1e6, 1e6),
    st.floats(0, 1),
    st.floats(1e-3, 1e6),
    st.lists(st.floats(0, 1), min_size=2, max_size=20),
)
def test_a_greater_share_has_no_lesser_quantile(
    shape: str, low: float, mode: float, width: float, shares: list[float]
) -> None:
    given = Distribution(shape, low, min(low + mode * width, low + width), low + width)
    found = quantile(given, sorted(shares))
    # A PERT quantile may turn back by what it is good to.
    assert (np.diff(found) >= -1e-9 * width).all()
    rounding = 1e-9 * (abs(low) + width)
    assert found.min() >= low - rounding
    assert found.max() <= low + width + rounding


@pytest.mark.parametrize("shape", ["uniform", "triangular", "pert", "normal", "lognormal"])
@given(factor=st.floats(0.01, 1e6))
def test_scale(shape: str, factor: float) -> None:
    u = np.linspace(0.01, 0.99, 9)
    one = Distribution(shape, 1.0, 2.0, 4.0)
    many = Distribution(shape, factor, 2 * factor, 4 * factor)
    assert quantile(many, u) == SAME(factor * quantile(one, u), rel=1e-9)
    assert mean(many) == SAME(factor * mean(one))
    assert variance(many) == SAME(factor**2 * variance(one))


@pytest.mark.parametrize(
    ("shape", "range_", "message"),
    [
        ("bell", (1, 2, 3), "no shape 'bell'; choose one of fixed, uniform"),
        ("triangular", (3, 2, 4), "line 7: low 3 is above likely 2"),
        ("pert", (1, 5, 4), "line 7: likely 5 is above high 4"),
        ("uniform", (2, 2, 2), "low and high are both 2; widen them, or make the input fixed"),
        ("triangular", (None, 2, 4), "a triangular input needs low"),
        ("normal", (None, 2, None), "a normal input needs low and high"),
        ("uniform", (1, None, None), "a uniform input needs likely and high"),
        ("fixed", (None, None, None), "a fixed input needs its likely value"),
        ("fixed", (1, 2, 3), "it is fixed at 2 and yet has a range"),
        ("pert", (1, math.nan, 3), "likely is nan; give a number"),
        ("normal", (1, 2, math.inf), "high is inf; give a number"),
        ("normal", (80, 100, 140), "make likely 110, or choose triangular or pert"),
        ("lognormal", (0, 1, 2), "always above 0, but low is 0"),
        ("lognormal", (1, 3, 4), "make likely 2 .it is 3., or choose triangular or pert"),
    ],
)
def test_impossible_ranges(shape: str, range_: tuple[float | None, ...], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        distribution(shape, *range_, what="line 7")


@pytest.mark.parametrize(
    ("outcomes", "message"),
    [
        ([], "needs its outcomes"),
        ([(1, 0.5), (2, 0.499)], "add up to 0.999, not 1"),
        ([(1, 1.5), (2, -0.5)], "outcome 2 has the negative probability -0.5"),
        ([(1, 0.5), (1, 0.5)], "outcome 1 is given twice"),
        ([(1, 0.5), (math.nan, 0.5)], "an outcome of nan"),
        ([(1, math.inf)], "probability inf"),
    ],
)
def test_impossible_outcomes(outcomes: list[tuple[float, float]], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        distribution("discrete", outcomes=outcomes)


def test_probabilities_may_miss_one_by_a_rounding() -> None:
    assert mean(distribution("discrete", outcomes=[(1, 1 / 3), (2, 1 / 3), (3, 0.3333333333)])) == SAME(2)


def test_range_of_outcomes_that_differs_from_them() -> None:
    with pytest.raises(ValueError, match="likely 3 is not among the outcomes"):
        distribution("discrete", likely=3, outcomes=[(1, 0.5), (2, 0.5)])
    with pytest.raises(ValueError, match="high is 3, but the outcomes end at 2"):
        distribution("discrete", high=3, outcomes=[(1, 0.5), (2, 0.5)])
    with pytest.raises(ValueError, match="outcomes belong to a discrete"):
        distribution("pert", 1, 2, 3, outcomes=[(1, 1)])


@pytest.mark.parametrize("share", [-0.1, 90, math.nan])
def test_share_out_of_range(share: float) -> None:
    with pytest.raises(ValueError, match=r"write 90% as 0\.9"):
        quantile(EACH["uniform"], np.array([share]))


def test_symmetry_is_asked_to_one_percent() -> None:
    """0.9% off midway is taken, and its mean is the likely value."""
    assert mean(distribution("normal", 0, 50.9, 100)) == 50.9
