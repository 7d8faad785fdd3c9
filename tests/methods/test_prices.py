"""Price indices and re-pricing."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayforward.methods import prices


def test_wellby_in_2024_prices() -> None:
    """D23 of shared/acceptance/appraisal.md: 13,000 in 2019 prices, deflator of December 2025."""
    index = {2019: 81.1085, 2024: 100.0}
    assert prices.reprice(13_000, index, 2019, 2024) == pytest.approx(16_027.91, abs=0.01)


def test_financial_year_2012_13() -> None:
    """shared/facts/appraisal-methods.md 2.2: three quarters of 2012 and one of 2013, 72.3169."""
    index = prices.financial_year_index({2012: 71.9294, 2013: 73.4795})
    assert list(index) == [2012]
    assert index[2012] == pytest.approx(72.3169, abs=1e-4)


def test_index_from_inflation_by_hand() -> None:
    assert prices.index_from_inflation([0.5, 0.1, 0.2]).tolist() == pytest.approx([1, 1.1, 1.32])


def test_real_and_nominal_by_hand() -> None:
    """Prices rise 10%: 110 in cash next year is 100 in this year's prices."""
    index = prices.index_from_inflation([0, 0.1])
    assert prices.to_real([100, 110], index, 0).tolist() == pytest.approx([100, 100])
    assert prices.to_nominal([100, 100], index, 0).tolist() == pytest.approx([100, 110])


@given(
    st.lists(st.floats(0, 1e9), min_size=5, max_size=5),
    st.lists(st.floats(-0.05, 0.2), min_size=5, max_size=5),
    st.integers(0, 4),
)
def test_there_and_back(amounts: list[float], rises: list[float], base: int) -> None:
    index = prices.index_from_inflation(rises)
    back = prices.to_real(prices.to_nominal(amounts, index, base), index, base)
    assert back.tolist() == pytest.approx(amounts, rel=1e-12)


def test_unknown_inflation_makes_later_years_unknown() -> None:
    index = prices.index_from_inflation([0, None, 0.1])
    assert index[0] == 1
    assert np.isnan(index[1:]).all()


def test_level_that_is_not_held() -> None:
    with pytest.raises(ValueError, match="no price level for 2031; the index holds 2012 to 2013"):
        prices.reprice(1, {2012: 1.0, 2013: 1.0}, 2012, 2031)
    assert np.isnan(prices.levels_for({2012: 1.0}, [2012, 2031])[1])


def test_percent_typed_as_a_whole_number_below_minus_one() -> None:
    with pytest.raises(ValueError, match=r"write 2% as 0\.02"):
        prices.index_from_inflation([0, -2])


def test_index_levels_are_above_zero() -> None:
    with pytest.raises(ValueError, match="above 0"):
        prices.to_real([1], [0], 0)
