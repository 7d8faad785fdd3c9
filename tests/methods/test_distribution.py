"""Distributional weights against the Green Book."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayforward.methods.distribution import Weight, by_income, by_quintile, weight, weighted
from wayforward.parameters.table import read_table


def test_half_the_median() -> None:
    """D19: elasticity 1.3 at half the median income, 2.462289; at 1, 20k against 40k, 2."""
    assert weight(20_000, 40_000) == pytest.approx(2.462289, abs=1e-6)
    assert weight(20_000, 40_000, eta=1) == pytest.approx(2)
    assert weight(40_000, 40_000) == 1


def test_income_of_nothing() -> None:
    with pytest.raises(ValueError, match="above 0"):
        weight(0, 40_000)


def test_by_income_of_groups() -> None:
    found = by_income({"low": 20_000, "middle": 40_000, "unknown": None}, 40_000, eta=1)
    assert found == {"low": Weight(2, 2, 2), "middle": Weight(1, 1, 1), "unknown": None}


def test_an_income_of_nothing_is_named() -> None:
    with pytest.raises(ValueError, match="low: a distributional weight needs an income above 0, not 0"):
        by_income({"low": 0}, 40_000)


def test_quintiles_of_2003() -> None:
    """shared/facts/appraisal-methods.md 2.6: 1.9-2.0, 1.3-1.4, 0.9-1.0, 0.7-0.8, 0.4-0.5; middles by hand."""
    found = by_quintile(read_table("distribution-quintiles-2003").values["quintiles"])
    assert {name: w and (w.low, w.high) for name, w in found.items()} == {
        "bottom": (1.9, 2.0), "second": (1.3, 1.4), "third": (0.9, 1.0), "fourth": (0.7, 0.8), "top": (0.4, 0.5),
    }  # fmt: skip
    assert found["bottom"] is not None
    assert found["bottom"].likely == pytest.approx(1.95)


@pytest.mark.parametrize("row", [{}, {"low": 2, "high": 1}, {"low": 0, "high": 1}, {"low": "1", "high": 2}])
def test_a_quintile_without_a_range(row: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"bottom: .* is no range of weights"):
        by_quintile({"bottom": row})


def test_weighted_beside_unweighted() -> None:
    """100 to the poor at 1.9 to 2.1 and -50 to the rich at 0.4 to 0.6: 50 as it is, likely 200 - 25."""
    weights = {"poor": Weight(1.9, 2, 2.1), "rich": Weight(0.4, 0.5, 0.6)}
    found = weighted({"rich": -50, "poor": 100}, weights)
    assert [row.group for row in found.rows] == ["poor", "rich"]
    assert found.unweighted.value == 50
    assert found.likely.value == 175
    assert (found.low.value, found.high.value) == pytest.approx((160, 190))


def test_an_unknown_weight_is_not_one() -> None:
    found = weighted({"poor": 100, "who": 5}, {"poor": Weight(2, 2, 2), "who": None})
    assert found.unweighted.value == 105
    assert (found.likely.value, found.likely.known, found.likely.unknown) == (None, 200, ("who",))


def test_a_group_without_a_weight() -> None:
    with pytest.raises(ValueError, match="no weight for 'who'; there are poor"):
        weighted({"who": 1}, {"poor": None})


@given(st.floats(1_000, 1e6), st.floats(1_000, 1e6), st.floats(0, 4))
def test_weights_depend_on_the_ratio_alone_and_fall_with_income(
    income: float, median: float, eta: float
) -> None:
    assert weight(2 * income, 2 * median, eta) == pytest.approx(weight(income, median, eta))
    assert weight(2 * income, median, eta) <= weight(income, median, eta)


@given(st.floats(-1e9, 1e9), st.floats(-1e9, 1e9), st.floats(0.1, 3))
def test_weighting_is_linear(one: float, other: float, size: float) -> None:
    weights = {"a": Weight(size, size, size), "b": Weight(size, size, size)}
    found = weighted({"a": one, "b": other}, weights)
    assert found.likely.value == pytest.approx(size * (one + other), rel=1e-9, abs=1e-3)
