"""Break-even worth of what has no price; expected values by hand, and by making the change."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayforward.methods import break_even, discounting
from wayforward.methods.break_even import Lasting, MustBeWorth, to_overtake, to_unseat

HALF = [1.0, 0.5, 0.25]
VALUES = {"A": 100.0, "B": 70.0, "C": 10.0}
EFFECTS = (Lasting("E-A", "A", 0, 2), Lasting("E-B", "B", 0, 1), Lasting("E-C", "C", 1, 2))


def test_to_overtake_the_next_above() -> None:
    """B lacks 30 over factors 1 + 0.5: 20 a year. C lacks 60 behind B over 0.5 + 0.25: 80 a year."""
    assert to_overtake(VALUES, EFFECTS, HALF) == (
        MustBeWorth("E-B", "B", "A", 30, 20),
        MustBeWorth("E-C", "C", "B", 60, 80),
    )


def test_to_unseat_the_first() -> None:
    """Of the rivals C lacks 90: 120 a year. An ill effect of A over years 0 to 2 may cost 30 / 1.75."""
    ill = Lasting("H-A", "A", 0, 2, ill=True)
    found = to_unseat(VALUES, (*EFFECTS, ill), HALF)
    assert [(row.effect, row.against) for row in found] == [("H-A", "B"), ("E-B", "A"), ("E-C", "A")]
    assert [row.a_year for row in found] == pytest.approx([30 / 1.75, 20, 120])


def test_green_book_factors() -> None:
    """D1 of shared/acceptance/appraisal.md: the factors of years 1 to 30 add to 18.3920."""
    factors = discounting.factors(discounting.bands({"0-30": 0.035}), 31)
    assert break_even.worth_a_year(18.3920e6, factors, 1, 30) == pytest.approx(1e6, rel=1e-5)


def test_years_past_the_horizon_carry_nothing() -> None:
    assert break_even.worth_a_year(30, HALF, 2, 9) == 120
    assert break_even.worth_a_year(30, HALF, 3, 9) is None


def test_years_not_known() -> None:
    (row,) = to_overtake({"A": 2.0, "B": 1.0}, [Lasting("E", "B", None, 2)], HALF)
    assert (row.shortfall, row.a_year) == (1.0, None)


def test_an_option_that_is_not_valued_has_no_place() -> None:
    assert to_overtake({"A": 2.0, "B": None}, [Lasting("E", "B", 0, 2)], HALF) == ()
    assert to_unseat({"A": 2.0, "B": None}, [Lasting("E", "B", 0, 2)], HALF) == ()


def test_a_tie_has_none_to_unseat_and_the_third_faces_either() -> None:
    tied = {"A": 2.0, "B": 2.0, "C": 1.0}
    every = [Lasting(f"E-{option}", option, 0, 0) for option in tied]
    assert to_unseat(tied, every, HALF) == ()
    assert to_overtake(tied, every, HALF) == (MustBeWorth("E-C", "C", "A", 1, 1),)


def test_below_a_tie_the_third_faces_its_neighbours() -> None:
    values = {"A": 9.0, "B": 4.0, "C": 4.0, "D": 1.0}
    (row,) = to_overtake(values, [Lasting("E", "D", 0, 0)], HALF)
    assert (row.against, row.shortfall) == ("B", 3)


@pytest.mark.parametrize(("first", "last"), [(2, 1), (-1, 1)])
def test_years_the_wrong_way_round(first: int, last: int) -> None:
    with pytest.raises(ValueError, match=f"from year {first} to year {last}"):
        break_even.worth_a_year(1, HALF, first, last)


@given(st.floats(-1e9, 1e9), st.floats(-1e9, 1e9), st.integers(0, 9), st.integers(0, 9))
def test_that_much_a_year_makes_the_two_level(one: float, other: float, start: int, end: int) -> None:
    first, last = sorted((start, end))
    factors = discounting.factors(discounting.bands({"0-30": 0.035}), 10)
    flows = [0.0] * 10
    found = to_overtake({"A": one, "B": other}, [Lasting("E", "B", first, last)], factors)
    for row in found:
        assert row.a_year is not None
        flows[first : last + 1] = [row.a_year] * (last - first + 1)
        assert other + float(discounting.present_value(flows, factors)) == pytest.approx(one, abs=1e-3)
    if other < one - 1:
        assert len(found) == 1
