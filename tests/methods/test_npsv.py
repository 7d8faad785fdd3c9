"""Net present social value: by hand, against a peer, against every corner of the ranges, and its properties."""

import itertools

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


def lines(given_rows: list[tuple[list[float], float, float]], named: bool = False) -> flows.Lines:
    """Lines that vary each by itself; named, those at one place of two lists vary as one."""
    if not given_rows:
        return flows.no_lines(YEARS)
    amounts, low, high = zip(*given_rows, strict=True)
    return flows.lines(amounts, low, high, range(len(low)) if named else ())


def test_range_by_hand() -> None:
    """Costs 100 (90 to 120), benefits 150 (75 to 165), business as usual costs 20 (10 to 40); no discounting.

    low = 75 - (120 - 10) = -35, likely = 150 - 80 = 70, high = 165 - (90 - 40) = 115.
    """
    option = npsv.OptionFlows(flows.lines([[150]], [0.5], [1.1]), flows.lines([[100]], [0.9], [1.2]))
    usual = npsv.OptionFlows(flows.no_lines(1), flows.lines([[20]], [0.5], [2]))
    result = npsv.npsv(option, usual, [1.0])
    assert (result.npsv.low, result.npsv.likely, result.npsv.high) == SAME((-35, 70, 115))
    assert (result.pv_costs.low, result.pv_costs.likely, result.pv_costs.high) == SAME((50, 80, 110))
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
    usual = npsv.OptionFlows(lines(benefits, named=True), lines(costs, named=True))
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


@pytest.mark.parametrize("parts", [[500.0], [250.0, 250.0], [0.1, 0.2, 499.7]])
def test_a_line_that_continues_unchanged_adds_no_range(parts: list[float]) -> None:
    """The option keeps a cost of 500 (250 to 1,000), be it in parts, and adds one of 100 (90 to 110)."""
    many = len(parts)
    option = flows.lines(
        [*([part] for part in parts), [100.0]],
        [0.5] * many + [0.9],
        [2] * many + [1.1],
        ["kept"] * many + ["new"],
    )
    usual = flows.lines([[500.0]], [0.5], [2], ["kept"])
    nothing = flows.no_lines(1)
    found = npsv.npsv(npsv.OptionFlows(nothing, option), npsv.OptionFlows(nothing, usual), [1.0]).npsv
    assert (found.low, found.likely, found.high) == SAME((-110, -100, -90), rel=1e-12)


def test_what_varies_as_one_ranges_over_what_it_changes() -> None:
    """Staff cost 1,000 as usual and 600 in the option, of one driver from 0.8 to 1.3: 400 saved, 320 to 520."""
    nothing = flows.no_lines(1)
    option, usual = (flows.lines([[amount]], [0.8], [1.3], ["pay"]) for amount in (600.0, 1000.0))
    found = npsv.npsv(npsv.OptionFlows(nothing, option), npsv.OptionFlows(nothing, usual), [1.0]).npsv
    assert (found.low, found.likely, found.high) == SAME((320, 400, 520))


def test_lines_alike_that_vary_apart_do_not_cancel() -> None:
    """500 (250 to 1,000) on each side, of two drivers: 750 either way."""
    nothing = flows.no_lines(1)
    option, usual = (flows.lines([[500.0]], [0.5], [2], [name]) for name in ("estate", "fleet"))
    found = npsv.npsv(npsv.OptionFlows(nothing, option), npsv.OptionFlows(nothing, usual), [1.0]).npsv
    assert (found.low, found.likely, found.high) == SAME((-750, 0, 750))


def test_a_driver_moves_all_years_of_a_line_alike() -> None:
    """100 brought and 40 lost a year later, between half and double: 30 to 120, not 100/2 - 40 x 2."""
    nothing = flows.no_lines(2)
    option = npsv.OptionFlows(flows.lines([[100.0, -40.0]], [0.5], [2]), nothing)
    found = npsv.npsv(option, npsv.OptionFlows(nothing, nothing), [1.0, 1.0]).npsv
    assert (found.low, found.likely, found.high) == SAME((30, 60, 120))


moved = st.lists(
    st.tuples(st.sampled_from("ab"), st.sampled_from([(0.5, 2.0), (0.9, 1.1)]), st.integers(-999, 999)),
    max_size=4,
)


def of_one_year(given_rows: list[tuple[str, tuple[float, float], int]]) -> flows.Lines:
    if not given_rows:
        return flows.no_lines(1)
    drivers, ranges, amounts = zip(*given_rows, strict=True)
    low, high = zip(*ranges, strict=True)
    return flows.lines([[amount] for amount in amounts], low, high, drivers)


@given(moved, moved, moved, moved)
def test_low_and_high_are_the_least_and_the_most_of_every_corner(
    gain: list[tuple[str, tuple[float, float], int]],
    gain_as_usual: list[tuple[str, tuple[float, float], int]],
    cost: list[tuple[str, tuple[float, float], int]],
    cost_as_usual: list[tuple[str, tuple[float, float], int]],
) -> None:
    """Every end of every driver and range, on each side, tried with every other; worth is linear in each."""
    option = npsv.OptionFlows(of_one_year(gain), of_one_year(cost))
    usual = npsv.OptionFlows(of_one_year(gain_as_usual), of_one_year(cost_as_usual))
    found = npsv.npsv(option, usual, [1.0]).npsv
    parts = (("gain", 1, gain), ("gain", -1, gain_as_usual), ("cost", -1, cost), ("cost", 1, cost_as_usual))
    signed = [
        ((side, name, ends), sign * amount) for side, sign, rows in parts for name, ends, amount in rows
    ]
    keys = sorted({key for key, _ in signed})
    worths = []
    for corner in itertools.product(*(ends for _, _, ends in keys)):
        at = dict(zip(keys, corner, strict=True))
        worths.append(sum(at[key] * amount for key, amount in signed))
    assert (found.low, found.high) == SAME((min(worths), max(worths)), abs=1e-6)


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
