"""Discount factors against the published schedule, and the algebra of present values."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from wayforward.methods import discounting

# Rates: Department for Transport, TAG data page. Factors: recomputed from the rates in
# shared/acceptance/appraisal.md, examples D1 and D2.
STANDARD = {
    "0-30": 0.035, "31-75": 0.03, "76-125": 0.025, "126-200": 0.02, "201-300": 0.015, "301+": 0.01,
}  # fmt: skip
HEALTH = {
    "0-30": 0.015, "31-75": 0.0129, "76-125": 0.0107, "126-200": 0.0086, "201-300": 0.0064,
    "301+": 0.0043,
}  # fmt: skip
D1 = {
    1: 0.966184, 5: 0.841973, 10: 0.708919, 20: 0.502566, 30: 0.356278, 31: 0.345901, 50: 0.197263,
    75: 0.094214, 76: 0.091916, 100: 0.050818, 125: 0.027411, 126: 0.026873, 200: 0.006207,
    300: 0.001401, 301: 0.001387,
}  # fmt: skip
D2 = {
    1: 0.985222, 10: 0.861667, 30: 0.639762, 31: 0.631615, 75: 0.359354, 100: 0.275402,
    300: 0.058671,
}  # fmt: skip

amounts = st.floats(-1e9, 1e9, allow_nan=False)
flows = arrays(np.float64, 12, elements=amounts)


@pytest.fixture(scope="module")
def standard() -> np.ndarray:
    return discounting.factors(discounting.bands(STANDARD), 302)


@pytest.mark.parametrize(("year", "expected"), D1.items())
def test_standard_schedule(standard: np.ndarray, year: int, expected: float) -> None:
    assert standard[year] == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize(("year", "expected"), D2.items())
def test_health_schedule(year: int, expected: float) -> None:
    factors = discounting.factors(discounting.bands(HEALTH), 302)
    assert factors[year] == pytest.approx(expected, abs=1e-6)


def test_sums_of_the_standard_schedule(standard: np.ndarray) -> None:
    assert standard[1:31].sum() == pytest.approx(18.3920, abs=1e-4)
    assert standard[1:76].sum() == pytest.approx(27.1275, abs=1e-4)
    assert standard[0:60].sum() == pytest.approx(26.2285, abs=1e-4)


@pytest.mark.parametrize(
    ("saving", "published", "exact"), [(150_000, 247_000, 247_491), (100_000, -168_000, -168_339)]
)
def test_green_book_2003_box_15(standard: np.ndarray, saving: float, published: float, exact: float) -> None:
    """D3: GBP 1m at year 0, a saving in years 1 to 10, 3.5%. The box rounds its factors."""
    value = float(discounting.present_value([-1e6] + [saving] * 10, standard[:11]))
    assert value == pytest.approx(published, abs=500)
    assert value == pytest.approx(exact, abs=1)


def test_mid_year_falls_half_a_year_later() -> None:
    """By hand at 21%: 1.21 ** -0.5 = 1/1.1, then 1/1.1 ** 3."""
    factors = discounting.factors(discounting.bands({"0+": 0.21}), 2, mid_year=True)
    assert factors == pytest.approx([1 / 1.1, 1 / 1.1**3])


def test_single_year_is_not_discounted() -> None:
    assert discounting.factors(discounting.bands({"0-0": 0.5}), 1).tolist() == [1.0]


@given(flows, flows, st.floats(-100, 100))
def test_present_value_is_linear(a: np.ndarray, b: np.ndarray, k: float) -> None:
    factors = discounting.factors(discounting.bands(STANDARD), 12)
    together = float(discounting.present_value(a + k * b, factors))
    apart = float(discounting.present_value(a, factors)) + k * float(discounting.present_value(b, factors))
    scale = np.abs(a).sum() + abs(k) * np.abs(b).sum() + 1
    assert together == pytest.approx(apart, abs=1e-12 * scale)


@given(flows)
def test_waiting_a_year_costs_one_step(a: np.ndarray) -> None:
    """Within one band, PV of the flows a year later is PV / 1.035."""
    factors = discounting.factors(discounting.bands(STANDARD), 13)
    now = float(discounting.present_value(np.append(a, 0), factors))
    later = float(discounting.present_value(np.append(0, a), factors))
    assert later == pytest.approx(now / 1.035, abs=1e-12 * (np.abs(a).sum() + 1))


def test_rows_are_valued_one_by_one() -> None:
    assert discounting.present_value([[1, 2], [3, 4]], [1, 0.5]).tolist() == [2.0, 5.0]


def test_unknown_year_makes_the_value_unknown() -> None:
    assert np.isnan(discounting.present_value([1.0, None], [1, 0.9]))


@pytest.mark.parametrize(
    ("rates", "words"),
    [
        ({"0-30": 0.035, "32-75": 0.03}, "must start in the year after"),
        ({"0-30": 0.035, "30-75": 0.03}, "must start in the year after"),
        ({"0+": 0.035, "31+": 0.03}, "must start in the year after"),
        ({"5+": 0.035}, "start at year 5"),
        ({}, "no discount rates"),
        ({"0+": "3.5%"}, "is not a rate"),
        ({"a": 0.03}, "is not a rate"),
        ({"0+": -1.0}, "not above -100%"),
    ],
)
def test_faulty_schedules(rates: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        discounting.bands(rates)


def test_bands_may_be_given_in_any_order() -> None:
    turned = dict(reversed(STANDARD.items()))
    assert discounting.bands(turned) == discounting.bands(STANDARD)


def test_years_past_the_schedule() -> None:
    with pytest.raises(ValueError, match="end before year 6"):
        discounting.factors(discounting.bands({"0-5": 0.03}), 7)


def test_years_must_fit() -> None:
    with pytest.raises(ValueError, match="one amount a year"):
        discounting.present_value([1, 2, 3], [1, 0.9])


def test_infinity_is_refused() -> None:
    with pytest.raises(ValueError, match="infinite"):
        discounting.present_value([float("inf")], [1])


def test_health_lines_have_their_own_schedule() -> None:
    """D1 and D2: 1,000 in year 10 is 708.919 at the standard rates and 861.667 at those of health."""
    flows = np.zeros((2, 11))
    flows[:, 10] = 1000
    held = {
        "standard": discounting.factors(discounting.bands(STANDARD), 11),
        "health": discounting.factors(discounting.bands(HEALTH), 11),
    }
    found = discounting.present_values(flows, ["standard", "health"], held)
    assert found.tolist() == pytest.approx([708.919, 861.667], abs=1e-3)


def test_a_schedule_that_is_not_there() -> None:
    with pytest.raises(ValueError, match="no discount factors for 'health'; there are standard"):
        discounting.present_values([[1.0]], ["health"], {"standard": [1.0]})
    with pytest.raises(ValueError, match="2 schedules were given"):
        discounting.present_values([[1.0]], ["standard", "health"], {"standard": [1.0]})


def test_lower_rates_value_the_future_more() -> None:
    """By hand at 3%, the first band: 1.03 ** -10; the band from year 31 is 2.57%."""
    rates = {"0-30": 0.03, "31-75": 0.0257}
    lower = discounting.factors(discounting.bands(rates), 61)
    assert lower[10] == pytest.approx(1.03**-10)
    assert lower[60] == pytest.approx(1.03**-30 * 1.0257**-30)
    assert (lower[1:] > discounting.factors(discounting.bands(STANDARD), 61)[1:]).all()


@pytest.mark.parametrize(("years", "demanded"), [(10, False), (50, False), (51, True), (60, True)])
def test_sensitivity_is_demanded_only_beyond_fifty_years(years: int, demanded: bool) -> None:
    """Green Book 2026: required where the horizon exceeds 50 years."""
    assert discounting.sensitivity_demanded(years) is demanded


def test_what_the_rate_is_made_of() -> None:
    """HM Treasury, December 2025: 0.5 + 1 + 1 x 2 = 3.5%; the lower rate sets the first to nothing, 3%."""
    assert discounting.time_preference(0.005, 0.01, 1, 0.02) == pytest.approx(0.035)
    assert discounting.time_preference(0, 0.01, 1, 0.02) == pytest.approx(0.03)


@given(flows, st.floats(0, 1))
def test_a_line_split_in_two_is_worth_the_same(a: np.ndarray, share: float) -> None:
    factors = discounting.factors(discounting.bands(STANDARD), 12)
    whole = float(discounting.present_value(a, factors))
    parts = discounting.present_value(np.array([share * a, a - share * a]), factors).sum()
    assert parts == pytest.approx(whole, abs=1e-12 * (np.abs(a).sum() + 1))


def test_a_band_that_runs_backwards_is_refused() -> None:
    with pytest.raises(ValueError, match="31-20: a band of years runs from its first to its last"):
        discounting.bands({"0-30": 0.035, "31-20": 0.03, "21+": 0.02})
