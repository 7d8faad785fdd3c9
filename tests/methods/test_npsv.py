"""Net present social value: by hand, against a peer, and its properties."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayforward.methods import discounting, flows, npsv

YEARS = 6
FACTORS = discounting.factors(discounting.bands({"0+": 0.035}), YEARS)
NOTHING = npsv.OptionFlows(flows.no_lines(YEARS), flows.no_lines(YEARS))
SAME = pytest.approx

pounds = st.integers(0, 10**9).map(float)
rows = st.lists(
    st.tuples(st.lists(pounds, min_size=YEARS, max_size=YEARS), st.floats(0, 1), st.floats(1, 3)),
    max_size=5,
)


def lines(given_rows: list[tuple[list[float], float, float]]) -> flows.Lines:
    if not given_rows:
        return flows.no_lines(YEARS)
    amounts, low, high = zip(*given_rows, strict=True)
    return flows.lines(amounts, low, high)


def test_range_by_hand() -> None:
    """Costs 100 (90 to 120), benefits 150 (75 to 165), business as usual costs 20; no discounting.

    low = 75 - (120 - 20) = -25, likely = 150 - 80 = 70, high = 165 - (90 - 20) = 95.
    """
    option = npsv.OptionFlows(flows.lines([[150]], [0.5], [1.1]), flows.lines([[100]], [0.9], [1.2]))
    usual = npsv.OptionFlows(flows.no_lines(1), flows.lines([[20]], [0.5], [2]))
    result = npsv.npsv(option, usual, [1.0])
    assert (result.npsv.low, result.npsv.likely, result.npsv.high) == SAME((-25, 70, 95))
    assert (result.pv_costs.low, result.pv_costs.likely, result.pv_costs.high) == SAME((70, 80, 100))
    assert (result.pv_benefits.low, result.pv_benefits.high) == SAME((75, 165))


def test_green_book_2003_box_15() -> None:
    """D3 of shared/acceptance/appraisal.md: 247,491 from the unrounded factors."""
    factors = discounting.factors(discounting.bands({"0-30": 0.035}), 11)
    option = npsv.OptionFlows(
        flows.lines([[0] + [150_000] * 10], [1], [1]), flows.lines([[1e6] + [0] * 10], [1], [1])
    )
    usual = npsv.OptionFlows(flows.no_lines(11), flows.no_lines(11))
    assert npsv.npsv(option, usual, factors).npsv.likely == SAME(247_491, abs=1)


@pytest.mark.extras
def test_against_numpy_financial() -> None:
    peer = pytest.importorskip("numpy_financial", reason="needs: numpy-financial")
    costs, benefits = [900.0, 300, 0, 0, 0, 0], [0.0, 250, 500, 500, 500, 500]
    option = npsv.OptionFlows(flows.lines([benefits], [1], [1]), flows.lines([costs], [1], [1]))
    ours = npsv.npsv(option, NOTHING, FACTORS).npsv.likely
    assert ours == SAME(peer.npv(0.035, np.subtract(benefits, costs)), rel=1e-12)


@given(rows, rows)
def test_business_as_usual_against_itself_is_nothing(
    benefits: list[tuple[list[float], float, float]],
    costs: list[tuple[list[float], float, float]],
) -> None:
    usual = npsv.OptionFlows(lines(benefits), lines(costs))
    result = npsv.npsv(usual, usual, FACTORS)
    assert result.npsv == flows.Range(0.0, 0.0, 0.0)


@given(rows, rows)
def test_low_likely_high_are_in_order(
    benefits: list[tuple[list[float], float, float]],
    costs: list[tuple[list[float], float, float]],
) -> None:
    found = npsv.npsv(npsv.OptionFlows(lines(benefits), lines(costs)), NOTHING, FACTORS).npsv
    assert found.low is not None
    assert found.likely is not None
    assert found.high is not None
    slack = 1e-9 * (abs(found.low) + abs(found.high) + 1)
    assert found.low <= found.likely + slack
    assert found.likely <= found.high + slack


@given(rows, rows, st.randoms(use_true_random=False))
def test_order_of_lines_does_not_matter(
    benefits: list[tuple[list[float], float, float]],
    costs: list[tuple[list[float], float, float]],
    random: "np.random.Generator",
) -> None:
    first = npsv.npsv(npsv.OptionFlows(lines(benefits), lines(costs)), NOTHING, FACTORS)
    random.shuffle(benefits)  # type: ignore[arg-type]
    random.shuffle(costs)  # type: ignore[arg-type]
    second = npsv.npsv(npsv.OptionFlows(lines(benefits), lines(costs)), NOTHING, FACTORS)
    assert first == second


@given(rows, st.floats(0.1, 10))
def test_scaling_every_line_scales_the_value(
    costs: list[tuple[list[float], float, float]], factor: float
) -> None:
    scaled = [([a * factor for a in amounts], low, high) for amounts, low, high in costs]
    one = npsv.npsv(npsv.OptionFlows(flows.no_lines(YEARS), lines(costs)), NOTHING, FACTORS)
    many = npsv.npsv(npsv.OptionFlows(flows.no_lines(YEARS), lines(scaled)), NOTHING, FACTORS)
    assert one.npsv.likely is not None
    assert many.npsv.likely == SAME(one.npsv.likely * factor, rel=1e-9, abs=1e-6)


def test_a_line_that_continues_unchanged_adds_no_range() -> None:
    """The option keeps a cost of 500 (250 to 1,000) and adds one of 100 (90 to 110)."""
    kept = ([500.0], 0.5, 2.0)
    option = npsv.OptionFlows(
        flows.no_lines(1), flows.lines([kept[0], [100]], [kept[1], 0.9], [kept[2], 1.1])
    )
    usual = npsv.OptionFlows(flows.no_lines(1), flows.lines([kept[0]], [kept[1]], [kept[2]]))
    found = npsv.npsv(option, usual, [1.0]).npsv
    assert (found.low, found.likely, found.high) == SAME((-110, -100, -90))


def test_unknown_amount_leaves_the_value_unknown() -> None:
    option = npsv.OptionFlows(flows.lines([[10, None]], [1], [1]), flows.lines([[5, 5]], [1], [1]))
    usual = npsv.OptionFlows(flows.no_lines(2), flows.no_lines(2))
    result = npsv.npsv(option, usual, [1, 1])
    assert result.npsv.likely is None
    assert result.pv_costs.likely == 10
    assert result.unknown_lines == 1


def test_unknown_range_leaves_the_bounds_unknown_only() -> None:
    option = npsv.OptionFlows(flows.lines([[10]], [None], [None]), flows.no_lines(1))
    usual = npsv.OptionFlows(flows.no_lines(1), flows.no_lines(1))
    assert npsv.npsv(option, usual, [1]).npsv == flows.Range(None, 10.0, None)
