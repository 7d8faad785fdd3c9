"""Experiments with a cash-flow model: one by one through the other methods, by hand, and its properties."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayforward.methods import Floats, discounting, experiments, prim, profiles

YEARS = 6
FLOWS = experiments.cash_flows(
    ("A", "B"),
    [[100, 50, 10, 10, 10, 10], [300, 0, 5, 5, 5, 5]],
    [[0, 40, 80, 80, 80, 80], [0, 0, 120, 120, 120, 130]],
)
FACTORS = discounting.factors(discounting.bands({"0+": 0.035}), YEARS)
RANGES = {"costs": (0.8, 1.6), "benefits": (0.6, 1.2), "delay": (0.0, 90.0), "take-up": (0.2, 1.0)}


def drawn(count: int = 60, **more: tuple[float, float]) -> dict[str, Floats]:
    ranges = {**RANGES, **more}
    return experiments.within(experiments.uniforms(list(ranges), count, seed=1), ranges)


def test_by_hand() -> None:
    """Costs 100 at once, benefits 110 in years 0 and 1, no discounting, 18 months late, half take up.

    Of year 0, half falls into year 1 and half past the end; year 1 is lost: 55 x .5 = 27.5 won, 82.5 beyond.
    """
    flows = experiments.cash_flows(["A"], [[100, 0]], [[110, 110]])
    found = experiments.run(flows, {"delay": [18], "take-up": [0.5]}, factors=[1, 1])
    assert found.pv_benefits.tolist() == [[27.5]]
    assert found.npv.tolist() == [[-72.5]]
    assert found.beyond.tolist() == [[82.5]]


@pytest.mark.parametrize("own_rate", [False, True])
def test_each_experiment_alone(own_rate: bool) -> None:
    """Each by the methods for one option: the profile moved, cut at the last year and discounted."""
    inputs = drawn(rate=(-0.02, 0.2)) if own_rate else drawn()
    inputs["delay"] = np.round(inputs["delay"])
    found = experiments.run(FLOWS, inputs, factors=None if own_rate else FACTORS)
    for e in range(60):
        value = {name: float(column[e]) for name, column in inputs.items()}
        factors = FACTORS
        if own_rate:
            factors = discounting.factors(discounting.bands({"0+": value["rate"]}), YEARS)
        moved = profiles.shift(FLOWS.benefits * value["benefits"] * value["take-up"], int(value["delay"]))
        kept, beyond = profiles.fit(moved, YEARS)
        gain = discounting.present_value(kept, factors)
        cost = discounting.present_value(FLOWS.costs * value["costs"], factors)
        assert np.allclose(found.pv_benefits[e], gain, rtol=1e-12, atol=1e-9)
        assert np.allclose(found.pv_costs[e], cost, rtol=1e-12)
        assert np.allclose(found.npv[e], gain - cost, rtol=1e-12, atol=1e-9)
        assert np.allclose(found.beyond[e], beyond.sum(axis=-1), rtol=1e-12, atol=1e-9)


def test_one_rate_for_all_is_the_same_as_factors() -> None:
    inputs = drawn()
    own = experiments.run(FLOWS, {**inputs, "rate": np.full(60, 0.035)})
    assert np.allclose(own.npv, experiments.run(FLOWS, inputs, factors=FACTORS).npv, rtol=1e-12, atol=1e-9)


@given(st.floats(0.1, 10), st.integers(0, 200))
def test_scaling_and_nothing_lost(factor: float, months: int) -> None:
    inputs = {"delay": [float(months)], "benefits": [1.0]}
    one = experiments.run(FLOWS, inputs, factors=np.ones(YEARS))
    many = experiments.run(FLOWS, {**inputs, "benefits": [factor]}, factors=np.ones(YEARS))
    assert np.allclose(many.pv_benefits, factor * one.pv_benefits, rtol=1e-12)
    # Undiscounted, what is won and what falls past the end are all there is.
    assert np.allclose(one.pv_benefits + one.beyond, FLOWS.benefits.sum(axis=1), rtol=1e-12)


def test_no_delay_leaves_nothing_beyond() -> None:
    found = experiments.run(FLOWS, {"costs": [1.0, 2.0]}, factors=FACTORS)
    assert (found.beyond == 0).all()
    assert (np.diff(found.pv_costs, axis=0) == found.pv_costs[0]).all()


def test_options_apart_and_in_any_order() -> None:
    alone = experiments.cash_flows(("B",), FLOWS.costs[1:], FLOWS.benefits[1:])
    inputs = drawn()
    together = experiments.run(FLOWS, inputs, factors=FACTORS).npv[:, 1:]
    assert np.allclose(experiments.run(alone, inputs, factors=FACTORS).npv, together, rtol=1e-12)


def test_latin_hypercube_has_one_in_each_slice() -> None:
    unit = experiments.uniforms(["a", "b"], 1000, seed=1)
    for column in unit.values():
        assert sorted((column * 1000).astype(int)) == list(range(1000))
    assert abs(np.corrcoef(unit["a"], unit["b"])[0, 1]) < 0.1


@pytest.mark.parametrize("latin", [True, False])
def test_streams_are_by_name_and_seed(latin: bool) -> None:
    both = experiments.uniforms(["a", "b"], 50, seed=1, latin=latin)
    assert np.array_equal(experiments.uniforms(["b"], 50, seed=1, latin=latin)["b"], both["b"])
    assert not np.array_equal(experiments.uniforms(["b"], 50, seed=2, latin=latin)["b"], both["b"])
    assert all(((column >= 0) & (column < 1)).all() for column in both.values())


def test_what_comes_out_goes_into_prim() -> None:
    """The best fifth of futures and options is told by conditions on the inputs and the option."""
    inputs = drawn(2_000)
    npv = experiments.run(FLOWS, inputs, factors=FACTORS).npv
    table, worth = experiments.stacked(inputs, npv, FLOWS.options)
    assert worth.shape == (4_000,)
    assert table["option"][0] == "A"
    assert table["option"][-1] == "B"
    assert worth[2_000] == npv[0, 1]
    assert table["delay"][2_000] == inputs["delay"][0]
    steps = prim.trajectory(prim.cases(table, worth > np.quantile(worth, 0.8)))
    assert max(step.density or 0 for step in steps) > 0.9
    assert {limit.name for limit in steps[-1].limits} <= set(table)


def test_not_known_stays_where_it_is() -> None:
    flows = experiments.cash_flows(("A", "B"), [[1, None], [1, 1]], [[2, 2], [2, 2]])
    found = experiments.run(flows, {"delay": [0, None]}, factors=[1, 1])
    assert np.isnan(found.npv).tolist() == [[True, False], [True, True]]


@pytest.mark.parametrize(
    ("inputs", "factors", "message"),
    [
        ({"delays": [1]}, FACTORS, "'delays' is not one of costs, benefits, delay, take-up, rate"),
        ({}, FACTORS, "no input was given"),
        ({"costs": [1], "delay": [1, 2]}, FACTORS, "do not cover the same experiments"),
        ({"costs": []}, FACTORS, "no experiments"),
        ({"delay": [-1]}, FACTORS, "delay: -1 was given; none can be below 0"),
        ({"take-up": [80]}, FACTORS, r"take-up: 80 was given; write 80% as 0\.8"),
        ({"rate": [-1]}, None, "rate: -100% or less"),
        ({"rate": [0.1]}, FACTORS, "not both"),
        ({"costs": [1]}, None, "either a discount rate"),
        ({"costs": [1]}, [1, 1], "6 years need 6 discount factors; 2 were given"),
    ],
)
def test_bad_inputs(inputs: dict[str, list[float]], factors: list[float] | None, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        experiments.run(FLOWS, inputs, factors=factors)


def test_bad_flows_ranges_and_tables() -> None:
    with pytest.raises(ValueError, match="one row an option, over the same years"):
        experiments.cash_flows(["A"], [[1, 2]], [[1]])
    with pytest.raises(ValueError, match="named twice"):
        experiments.cash_flows(["A", "A"], [[1], [1]], [[1], [1]])
    with pytest.raises(ValueError, match="below 0"):
        experiments.cash_flows(["A"], [[-1]], [[1]])
    with pytest.raises(ValueError, match="delay: a range from 2 to 1"):
        experiments.within({"delay": [0.5]}, {"delay": (2, 1)})
    with pytest.raises(ValueError, match="delay: a range from nan"):
        experiments.within({"delay": [0.5]}, {})
    with pytest.raises(ValueError, match="0 experiments"):
        experiments.uniforms(["a"], 0)
    with pytest.raises(ValueError, match="does not fit 2 options"):
        experiments.stacked({"a": [1]}, [[1]], ["A", "B"])
