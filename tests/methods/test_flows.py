"""Lines, their range, increments and groups; expected values by hand."""

import numpy as np
import pytest

from wayforward.methods import flows


def test_increment_is_option_less_business_as_usual() -> None:
    assert flows.incremental([5, 7], [5, 4]).tolist() == [0, 3]


def test_increment_needs_the_same_years() -> None:
    with pytest.raises(ValueError, match="the option covers 2 years"):
        flows.incremental([5, 7], [5, 4, 3])


def test_a_negative_amount_is_lowest_at_its_high_multiplier() -> None:
    """A disbenefit of 100 between half and double: -200 at worst, -50 at best."""
    given = flows.lines([[-100, 100]], [0.5], [2])
    assert flows.at_low(given).tolist() == [[-200, 50]]
    assert flows.at_high(given).tolist() == [[-50, 200]]


def test_groups_are_summed_by_year() -> None:
    groups = flows.by_group([[1, 2], [10, 20], [100, 200]], ["b", "a", "b"])
    assert [(g.group, g.total.tolist()) for g in groups] == [("a", [10, 20]), ("b", [101, 202])]


def test_an_unknown_year_is_not_a_zero() -> None:
    (group,) = flows.by_group([[1, None], [10, 20]], ["a", "a"])
    assert group.total[0] == 11
    assert np.isnan(group.total[1])
    assert group.known.tolist() == [11, 20]
    assert group.unknown_lines == 1


def test_a_group_of_only_unknowns_has_a_total_of_nan() -> None:
    (group,) = flows.by_group([[None]], ["a"])
    assert np.isnan(group.total[0])
    assert group.unknown_lines == 1


@pytest.mark.parametrize(("low", "high"), [(1.1, 1.2), (-0.1, 1), (0.9, 0.95)])
def test_multipliers_that_are_no_range(low: float, high: float) -> None:
    with pytest.raises(ValueError, match="line 1: low"):
        flows.lines([[1], [1]], [1, low], [1, high])


def test_shapes_must_fit() -> None:
    with pytest.raises(ValueError, match="one low and one high"):
        flows.lines([[1], [1]], [1], [1])


def test_a_driver_for_each_line_or_for_none() -> None:
    with pytest.raises(ValueError, match="1 drivers were given for 2 lines"):
        flows.lines([[1], [2]], [1, 1], [1, 1], ["pay"])
    named, plain = flows.lines([[1]], [1], [1], ["pay"]), flows.lines([[2]], [1], [1])
    with pytest.raises(ValueError, match="1 drivers were given for 2 lines"):
        flows.together(named, plain)


def test_lines_together_keep_their_ranges_and_drivers() -> None:
    both = flows.together(
        flows.lines([[1, 2]], [0.5], [2], ["pay"]),
        flows.no_lines(2),
        flows.lines([[3, 4]], [0.9], [1.1], ["fuel"]),
    )
    assert (both.amounts.tolist(), both.low.tolist(), both.high.tolist()) == (
        [[1, 2], [3, 4]],
        [0.5, 0.9],
        [2, 1.1],
    )
    assert both.drivers == ("pay", "fuel")


def test_change_year_by_year_is_that_of_each_driver() -> None:
    """Pay of 60 and 120 for 100 and 100, half to double: -40 is -80 to -20, 20 is 10 to 40; 5 (4 to 6) besides."""
    option = flows.lines([[60, 120], [5, 5]], [0.5, 0.8], [2, 1.2], ["pay", "fuel"])
    usual = flows.lines([[30, 30], [70, 70]], [0.5, 0.5], [2, 2], ["pay", "pay"])
    found = flows.change(option, usual)
    assert found.low.tolist() == pytest.approx([-76, 14])
    assert found.likely.tolist() == pytest.approx([-35, 25])
    assert found.high.tolist() == pytest.approx([-14, 46])


def test_one_driver_with_two_ranges_is_no_one_line() -> None:
    """10 (5 to 20) less 10 (9 to 11): a driver stands at one place, and two ranges differ there."""
    option, usual = flows.lines([[10]], [0.5], [2], ["pay"]), flows.lines([[10]], [0.9], [1.1], ["pay"])
    found = flows.change(option, usual)
    assert (found.low.tolist(), found.high.tolist()) == (pytest.approx([-6]), pytest.approx([11]))


def test_a_range_that_is_not_known_leaves_the_ends_not_known() -> None:
    line = flows.lines([[10, 20]], [None], [None], ["pay"])
    found = flows.change(line, line)
    assert found.likely.tolist() == [0, 0]
    assert np.isnan([found.low, found.high]).all()


def test_change_needs_the_same_years() -> None:
    with pytest.raises(ValueError, match="the option covers 2 years"):
        flows.change(flows.no_lines(2), flows.no_lines(3))


def test_one_group_a_line() -> None:
    with pytest.raises(ValueError, match="1 groups were given"):
        flows.by_group([[1], [2]], ["a"])


def test_one_sum_added_up_in_two_ways_has_no_difference() -> None:
    assert flows.less(0.1 + 0.2, 0.3).tolist() == 0.0
    assert flows.less([1000.30, 5.0, np.nan], [900.10 + 100.20, 4.0, 1.0])[:2].tolist() == [0.0, 1.0]
    assert np.isnan(flows.less(np.nan, 1.0))
    # A penny in a billion pounds is a difference.
    assert flows.less(1e9 + 0.01, 1e9) == pytest.approx(0.01, rel=1e-4)
