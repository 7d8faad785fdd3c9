"""Posts, leavers and exits; expected values by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayforward.methods import posts
from wayforward.methods.posts import Excess

yearly = st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500)), min_size=1, max_size=8)


def test_officers_release_no_faster_than_they_leave() -> None:
    """10, 30, 30 released against 15, 20, 45 left: ten too many by the end of year 1 only."""
    found = posts.officers([10, 20, 0], [15, 5, 25])
    assert found.released.tolist() == [10, 30, 30]
    assert found.leavers.tolist() == [15, 20, 45]
    assert found.releasable.tolist() == [10, 20, 30]
    assert found.excess == (Excess(1, 10.0),)
    assert posts.supported_share(found).tolist() == pytest.approx([1, 2 / 3, 1])


def test_officers_where_none_leaves() -> None:
    found = posts.officers([0, 4], [0, 0])
    assert found.excess == (Excess(1, 4.0),)
    assert posts.supported_share(found).tolist() == [1, 0]


def test_leavers_not_known_from_a_year_on() -> None:
    found = posts.officers([1, 1, 1], [5, None, 5])
    assert found.unknown_years == (1, 2)
    assert found.excess == ()
    assert np.isnan(found.releasable[1:]).all()


def test_rounding_is_no_excess() -> None:
    assert posts.officers([0.1] * 3, [0.3, 0, 0]).excess == ()


def test_staff_beyond_the_leavers_need_their_exit() -> None:
    """8 released and 3 left: 5 exits of 20,000 are 100,000; 60,000 is there, 40,000 missing."""
    found = posts.staff([8, 0], [3, 4], 20_000, 60_000)
    assert found.exits.tolist() == [5, 0]
    assert found.needed.tolist() == [100_000, 0]
    assert found.missing == 40_000


def test_an_exit_is_not_undone_but_later_leavers_count_for_later_posts() -> None:
    """Five exits in year 0; the four who leave in year 1 make room for four of the six of year 2: two more."""
    assert posts.staff([8, 0, 6], [3, 4, 0], 1, 0).exits.tolist() == [5, 0, 2]


def test_an_exit_cost_of_each_year() -> None:
    """2 exits at 10 and 1 at 30."""
    assert posts.staff([2, 1], [0, 0], [10, 30], 0).missing == 50


def test_exit_costs_not_known() -> None:
    assert posts.staff([2], [0], None, 0).missing is None
    assert posts.staff([2], [0], 10, None).missing is None
    assert posts.staff([2], [None], 10, 5).missing is None
    assert posts.staff([2], [3], None, None).missing == 0


def test_enough_is_no_surplus() -> None:
    assert posts.staff([2], [0], 10, 50).missing == 0


@pytest.mark.parametrize(
    ("released", "leavers", "words"),
    [
        ([1, 2], [1], "do not fit"),
        ([1, -2], [1, 1], "posts released of -2 in year 1"),
        ([1], [-1], "leavers of -1 in year 0"),
    ],
)
def test_faults(released: list[float], leavers: list[float], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        posts.officers(released, leavers)


def test_faulty_costs() -> None:
    with pytest.raises(ValueError, match="exit cost of a post is -1"):
        posts.staff([1], [0], -1, 0)
    with pytest.raises(ValueError, match="exit cost given is -1"):
        posts.staff([1], [0], 1, -1)
    with pytest.raises(ValueError, match="3 exit costs were given for 1 years"):
        posts.staff([1], [0], [1, 2, 3], 0)


@given(yearly)
def test_releasable_never_passes_either(rows: list[tuple[int, int]]) -> None:
    released, leavers = zip(*rows, strict=True)
    found = posts.officers(released, leavers)
    assert (found.releasable <= found.released).all()
    assert (found.releasable <= found.leavers).all()
    assert (np.diff(found.releasable) >= 0).all()
    assert {e.year for e in found.excess} == set(np.flatnonzero(found.releasable < found.released).tolist())


@given(yearly)
def test_leavers_and_exits_always_cover_the_posts(rows: list[tuple[int, int]]) -> None:
    released, leavers = zip(*rows, strict=True)
    exits = posts.staff(released, leavers, 1, 0).exits
    assert (exits >= 0).all()
    assert (np.cumsum(exits) + np.cumsum(leavers) >= np.cumsum(released)).all()
    assert exits.sum() == max(0, int((np.cumsum(released) - np.cumsum(leavers)).max()))


@given(yearly)
def test_officers_in_an_order_of_years_do_not_reach_back(rows: list[tuple[int, int]]) -> None:
    """Posts of the last year change nothing in the years before it."""
    released, leavers = zip(*rows, strict=True)
    more = posts.officers((*released, 100), (*leavers, 0))
    assert more.releasable[:-1].tolist() == posts.officers(released, leavers).releasable.tolist()
