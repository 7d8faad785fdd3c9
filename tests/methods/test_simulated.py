"""What is told of simulated figures: by hand, against closed forms, and how often intervals cover."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayforward.methods import simulated
from wayforward.methods.simulated import NOT_KNOWN, Simulated

SAME = pytest.approx
REPLICATIONS = 1_000


def coverage(figures: list[Simulated], true: float) -> float:
    return float(
        np.mean([f.low is not None and f.high is not None and f.low <= true <= f.high for f in figures])
    )


def test_mean_by_hand() -> None:
    """1, 2, 3, 4: s2 = 5/3, error sqrt(5/12); t with 3 degrees of freedom is 3.182446 in tables."""
    error = math.sqrt(5 / 12)
    found = simulated.mean([1, 2, 3, 4])
    assert (found.value, found.standard_error) == SAME((2.5, error))
    assert (found.low, found.high) == SAME((2.5 - 3.182446 * error, 2.5 + 3.182446 * error), abs=1e-6)


def test_interval_of_a_mean_covers_what_it_says() -> None:
    """1,000 replications of 40 draws: 93% to 97% hold the mean, for a normal and for a uniform input."""
    rng = np.random.default_rng(5)
    normal = [simulated.mean(draws) for draws in rng.normal(3, 2, (REPLICATIONS, 40))]
    uniform = [simulated.mean(draws) for draws in rng.uniform(0, 1, (REPLICATIONS, 40))]
    assert 0.93 <= coverage(normal, 3) <= 0.97
    assert 0.93 <= coverage(uniform, 0.5) <= 0.97


def test_interval_of_a_percentile_covers_what_it_says() -> None:
    """1,000 replications of 2,000 exponential draws, whose percentile p is -ln(1 - p): 93% to 97% hold it."""
    rng = np.random.default_rng(6)
    told = [simulated.percentiles(draws, [25, 90]) for draws in rng.exponential(1, (REPLICATIONS, 2000))]
    for place, percent in enumerate((25, 90)):
        true = -math.log(1 - percent / 100)
        assert 0.93 <= coverage([row[place].figure for row in told], true) <= 0.97


def test_standard_error_of_a_percentile_against_its_closed_form() -> None:
    """For large n it is sqrt(p (1 - p) / n) / density: for a uniform input the density is 1."""
    told = simulated.percentiles(np.random.default_rng(7).random(100_000))
    for found in told:
        p = found.percent / 100
        assert found.figure.value == SAME(p, abs=3 * math.sqrt(p * (1 - p) / 100_000))
        assert found.figure.standard_error == SAME(math.sqrt(p * (1 - p) / 100_000), rel=0.15)


def test_percentiles_by_hand() -> None:
    """1 to 101: percentile p is 1 + p. The median is bounded by draws floor(50.5 - 9.85) = 40 and 61."""
    found = {row.percent: row.figure for row in simulated.percentiles(np.arange(101, 0, -1.0))}
    assert [figure.value for figure in found.values()] == SAME([6, 26, 51, 76, 96])
    median = found[50]
    assert (median.low, median.high) == (40, 61)
    assert median.standard_error == SAME(21 / (2 * 1.959964), rel=1e-6)


def test_too_few_draws_for_an_interval() -> None:
    assert simulated.percentiles([1, 2, 3], [50])[0].figure == Simulated(2.0, None, None, None)
    assert simulated.mean([7]) == Simulated(7.0, None, None, None)


def test_probability_by_hand() -> None:
    """30 of 100: error sqrt(.3 x .7 / 100); Wilson's interval 0.2189 to 0.3958."""
    found = simulated.probability([True] * 30 + [False] * 70)
    assert found.value == SAME(0.3)
    assert found.standard_error == SAME(0.0458257569)
    assert (found.low, found.high) == SAME((0.21895, 0.39585), abs=5e-5)


def test_seen_never_is_not_said_to_be_impossible() -> None:
    """Wilson: z2 / (n + z2) = 3.8415 / 103.8415 = 0.03699 at none of 100."""
    never = simulated.probability(np.zeros(100))
    assert (never.value, never.low) == (0, 0)
    assert never.high == SAME(0.036993, abs=1e-6)
    always = simulated.probability(np.ones(100))
    assert (always.low, always.high) == (SAME(1 - 0.036993, abs=1e-6), 1)


def test_interval_of_a_probability_covers_what_it_says() -> None:
    draws = np.random.default_rng(8).random((REPLICATIONS, 500)) < 0.1
    assert 0.93 <= coverage([simulated.probability(row) for row in draws], 0.1) <= 0.97


def test_best_with_ties_by_hand() -> None:
    """Option 0 first, 0 and 1 alike, all alike, 2 first: 1 + 1/2 + 1/3, 1/2 + 1/3 and 1/3 + 1, of 4."""
    values = [[3, 1, 1], [2, 2, 0], [5, 5, 5], [0, 0, 1]]
    found = simulated.probability_best(values)
    assert [f.value for f in found] == SAME([11 / 24, 5 / 24, 8 / 24])
    lowest = simulated.probability_best([[3, 1, 1], [0, 4, 5]], lowest=True)
    assert [f.value for f in lowest] == SAME([0.5, 0.25, 0.25])


def test_a_rounding_is_a_tie() -> None:
    """0.1 + 0.2 and 0.3 differ in the last bit, and not in worth."""
    found = simulated.probability_best([[0.1 + 0.2, 0.3], [1e9 * (0.1 + 0.2), 1e9 * 0.3]])
    assert [f.value for f in found] == [0.5, 0.5]


def test_best_of_two_normals_in_closed_form() -> None:
    """P(X > Y) for N(1, 1) and N(0, 1) is Phi(1 / sqrt 2) = 0.760250."""
    draws = np.random.default_rng(9).normal([1, 0], 1, (100_000, 2))
    first, second = simulated.probability_best(draws)
    assert first.standard_error is not None
    assert abs((first.value or 0) - 0.7602499) < 3 * first.standard_error
    assert second.standard_error == first.standard_error


def test_thresholds() -> None:
    """At the threshold is neither below nor above it: a budget met is not broken, a due day not missed."""
    values = [1.0, 2, 2, 3]
    assert simulated.probability_below(values, 2).value == 0.25
    assert simulated.probability_above(values, 2).value == 0.25
    assert simulated.probability_missed(values, 2).value == 0.25
    assert simulated.probability_missed(values, 1.5).value == 0.75


def test_unknown_is_told_as_unknown() -> None:
    holed = [1.0, None, 3]
    assert simulated.mean(holed) == NOT_KNOWN
    assert simulated.percentiles(holed, [50])[0].figure == NOT_KNOWN
    assert simulated.probability_below(holed, 2) == NOT_KNOWN
    assert simulated.probability_above([1.0], None) == NOT_KNOWN
    assert simulated.probability_missed([1.0], math.nan) == NOT_KNOWN
    assert simulated.probability([1.0, math.nan]) == NOT_KNOWN
    assert simulated.probability_best([[1.0, math.nan]]) == (NOT_KNOWN, NOT_KNOWN)


@given(st.lists(st.lists(st.integers(0, 3).map(float), min_size=3, max_size=3), min_size=1, max_size=20))
def test_probabilities_of_being_best_add_up_to_one(values: list[list[float]]) -> None:
    found = simulated.probability_best(values)
    assert sum(f.value or 0 for f in found) == SAME(1)
    turned = simulated.probability_best([row[::-1] for row in values])
    assert [f.value for f in turned] == [f.value for f in found][::-1]


def test_refused() -> None:
    for work in (simulated.mean, simulated.percentiles, simulated.probability):
        with pytest.raises(ValueError, match="a draw each"):
            work([])
    with pytest.raises(ValueError, match="between 0 and 100, and 100 was asked"):
        simulated.percentiles([1.0], [100])
    with pytest.raises(ValueError, match="true or false, or shares"):
        simulated.probability([2.0])
    with pytest.raises(ValueError, match="by draw and option"):
        simulated.probability_best([1.0, 2])
    with pytest.raises(ValueError, match="infinite"):
        simulated.mean([1.0, math.inf])
