"""Price indices and re-pricing."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayforward.methods import prices
from wayforward.parameters.table import read_table

# HM Treasury, GDP deflators of December 2025 (shared/facts/appraisal-methods.md 2.2), calendar years.
SERIES = {2019: 81.1085, 2020: 85.2137, 2024: 100.0}


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


def test_wellby_by_year_and_back() -> None:
    """D23 by the series: 13,000 of 2019 is 16,027.91 in 2024 prices, and that is 13,000 of 2019 again."""
    assert prices.real_in([13_000], [2019], SERIES, 2024)[0] == pytest.approx(16_027.91, abs=0.01)
    assert prices.nominal_in([16_027.91], [2019], SERIES, 2024)[0] == pytest.approx(13_000, abs=0.01)


def test_the_editions_table_gives_financial_years() -> None:
    """2012-13 is 72.3169 by three quarters and one; 2024-25 needs 2025, which the series lacks."""
    table = read_table("gdp-deflator-2025-12")
    index = prices.financial_year_index(table.by_year("calendar"), table.number("financial_year/first_share"))
    assert index[2012] == pytest.approx(72.3169, abs=5e-5)
    assert max(index) == 2023
    assert prices.nominal_in([100], [2013], index, 2012)[0] == pytest.approx(100 * 73.772725 / 72.316925)


def test_a_year_without_a_level_is_not_known() -> None:
    found = prices.real_in([[1, 1], [2, 2]], [2024, 2025], SERIES, 2024)
    assert found[:, 0].tolist() == [1, 2]
    assert np.isnan(found[:, 1]).all()


def test_a_base_year_without_a_level() -> None:
    with pytest.raises(ValueError, match="no price level for 2031; the index holds 2019 to 2024"):
        prices.real_in([1], [2024], SERIES, 2031)


def test_years_must_fit() -> None:
    with pytest.raises(ValueError, match="do not fit 2 years"):
        prices.nominal_in([1], [2019, 2020], SERIES, 2024)


def test_an_index_carried_on() -> None:
    """By hand: 100, 102, 105.06; 2027 has no rise, so it and 2028 are not known."""
    found = prices.extended(SERIES, {2020: 0.5, 2025: 0.02, 2026: 0.03, 2028: 0.02}, 2030)
    assert found == {**SERIES, 2025: pytest.approx(102), 2026: pytest.approx(105.06)}
    assert prices.extended(SERIES, {}, 2024) == SERIES


def test_an_index_that_can_not_be_carried_on() -> None:
    with pytest.raises(ValueError, match="at least one year"):
        prices.extended({}, {}, 2030)
    with pytest.raises(ValueError, match=r"inflation of -2 in 2025: write 2% as 0\.02"):
        prices.extended(SERIES, {2025: -2}, 2030)


@given(
    st.lists(st.floats(0, 1e9), min_size=3, max_size=3),
    st.sampled_from([2019, 2020, 2024]),
    st.floats(0, 100),
)
def test_real_and_back_whatever_the_base(amounts: list[float], base: int, times: float) -> None:
    years = [2019, 2020, 2024]
    real = prices.real_in(amounts, years, SERIES, base)
    assert prices.nominal_in(real, years, SERIES, base).tolist() == pytest.approx(amounts, rel=1e-12)
    # Another unit of the index (2019 = 1) says the same.
    scaled = {year: level / SERIES[2019] for year, level in SERIES.items()}
    assert prices.real_in(amounts, years, scaled, base).tolist() == pytest.approx(real.tolist(), rel=1e-12)
    more = prices.real_in([times * amount for amount in amounts], years, SERIES, base)
    assert more.tolist() == pytest.approx((times * real).tolist(), rel=1e-9, abs=1e-9)
