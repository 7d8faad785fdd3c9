"""Switching values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayforward.methods import discounting
from wayforward.methods.switching import Switch, crossing, switching_value, tie_value


def test_green_book_2003_box_15() -> None:
    """D3: the saving at which GBP 1m is just returned, 120,241.37 a year."""
    factors = discounting.factors(discounting.bands({"0-30": 0.035}), 11)
    value = 150_000 * float(factors[1:].sum())
    found = switching_value(150_000, value - 1e6, value)
    assert found.value == pytest.approx(120_241.37, abs=0.005)


def test_cost_by_hand() -> None:
    """Net 50 with a cost of 100: the cost may rise by half."""
    assert switching_value(100, 50, -100) == Switch(150, 0.5)


def test_input_that_moves_nothing() -> None:
    found = switching_value(1, 50, 0)
    assert (found.value, found.change, found.inside) == (None, None, None)
    assert found.reason == "nothing in the result moves with this input"


def box_15(saving: float) -> float:
    """NPV of Green Book 2003 Box 15 at another saving a year."""
    factors = discounting.factors(discounting.bands({"0-30": 0.035}), 11)
    return float(discounting.present_value([-1e6] + [saving] * 10, factors))


def test_box_15_in_posts() -> None:
    """D3: at GBP 10,000 a post the saving is 12.02 posts, 19.8% below the 15 expected: 12.02 / 15 - 1."""
    found = switching_value(15, box_15(150_000), box_15(150_000) + 1e6, plausible=(13, 17))
    assert found.value == pytest.approx(12.024, abs=0.0005)
    assert found.change == pytest.approx(12.024137 / 15 - 1, abs=1e-6)
    assert found.inside is False


def test_halving_finds_the_same() -> None:
    found = crossing(box_15, 150_000, (0, 1e6), plausible=(100_000, 200_000))
    assert found.value == pytest.approx(120_241.37, abs=0.01)
    assert found.change == pytest.approx(120_241.37 / 150_000 - 1, abs=1e-6)
    assert found.inside


def test_two_options_tie_by_hand() -> None:
    """Wages of 10: A is worth 50 with 100 of wages in its cost, B 20 with 40. Level where 50 - 60 x change = 20."""
    found = tie_value(10, (50, 20), (-100, -40), plausible=(10, 15))
    assert found == Switch(15, 0.5, True)


def test_an_input_that_moves_both_alike() -> None:
    found = tie_value(10, (50, 20), (-0.1 - 0.2, -0.3))
    assert (found.value, found.reason) == (None, "this input moves both options alike")


def test_a_square_root_by_halving() -> None:
    found = crossing(lambda x: x * x - 2, 1, (0, 2))
    assert found.value == pytest.approx(2**0.5, abs=1e-8)


@pytest.mark.parametrize(("search", "value"), [((1, 3), 1), ((0, 1), 1)])
def test_an_end_of_the_range_may_be_the_value(search: tuple[float, float], value: float) -> None:
    assert crossing(lambda x: x - 1, 2, search).value == value


def test_no_percentage_of_nothing() -> None:
    assert crossing(lambda x: x - 1, 0, (-1, 2)).change is None


def test_no_crossing_within_the_range() -> None:
    found = crossing(lambda x: x + 1, 2, (0, 5))
    assert found == Switch(None, None, None, "the result is above 0 at both ends, 0 and 5")
    assert "below 0" in crossing(lambda x: -x - 1, 2, (0, 5)).reason


def test_faults() -> None:
    with pytest.raises(ValueError, match="plausible range runs from 2 to 1"):
        switching_value(1, 1, 1, plausible=(2, 1))
    with pytest.raises(ValueError, match="range to search runs from 2 to 1"):
        crossing(lambda x: x, 1, (2, 1))
    with pytest.raises(ValueError, match="not known at an input of 0"):
        crossing(lambda x: float("nan"), 1, (0, 1))


@given(st.floats(1, 1e6), st.floats(-1e6, 1e6), st.floats(1, 1e6), st.booleans())
def test_the_result_is_nothing_at_the_switching_value(
    now: float, fixed: float, moving: float, cost: bool
) -> None:
    part = -moving if cost else moving
    found = switching_value(now, fixed + part, part)
    assert found.value is not None
    assert fixed + part * found.value / now == pytest.approx(0, abs=1e-6)


@given(st.floats(1, 1e3), st.floats(-1e3, 1e3), st.floats(1, 1e3))
def test_straight_line_and_halving_agree(now: float, fixed: float, moving: float) -> None:
    line = switching_value(now, fixed + moving, moving)
    assert line.value is not None
    ends = (line.value - 7, line.value + 5)
    found = crossing(lambda x: fixed + moving * x / now, now, ends)
    assert found.value == pytest.approx(line.value, abs=1e-6)


@given(st.floats(0.001, 1e3), st.floats(-1e3, 1e3), st.floats(1, 1e3))
def test_other_units_of_money_switch_at_the_same(times: float, net: float, moving: float) -> None:
    once, scaled = switching_value(3, net, moving), switching_value(3, times * net, times * moving)
    assert scaled.value == pytest.approx(once.value, rel=1e-9, abs=1e-9)
