"""Shares of value by evidence; expected values by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayforward.methods import shares


def test_shares_by_grade() -> None:
    rows = shares.by_class([60, 30, 10], [6, 2, None])
    assert [(r.label, r.share) for r in rows] == [("2", 0.3), ("6", 0.6), ("assumption", 0.1)]


def test_a_negative_value_counts_by_its_size() -> None:
    rows = shares.by_class([-50, 50], ["analogy", "quoted"])
    assert [r.share for r in rows] == [0.5, 0.5]


@pytest.mark.parametrize(
    ("values", "grades", "more"),
    [
        ([50, 50], [5, 1], False),  # exactly half is not more than half
        ([50.01, 50], [6, 1], True),
        ([0.1, 0.2, 0.3], [5, 6, 1], False),  # half, though 0.1 + 0.2 > 0.3 in binary
        ([60, 40], [None, 1], True),  # an assumption is weak
        ([60, 40], [4, 5], False),
    ],
)
def test_more_than_half(values: list[float], grades: list[int | None], more: bool) -> None:
    assert shares.weak_share(values, grades).more_than_half is more


def test_nothing_valued() -> None:
    found = shares.weak_share([None, None], [1, 6])
    assert (found.share, found.more_than_half, found.unknown_lines) == (None, None, 2)


def test_unknown_value_is_counted_not_summed() -> None:
    rows = shares.by_class([10, None], [1, 6])
    assert [(r.label, r.value, r.share, r.lines) for r in rows] == [
        ("1", 10, 1.0, 1),
        ("6", 0, 0.0, 1),
    ]


@given(
    st.lists(st.tuples(st.floats(0, 1e9), st.none() | st.integers(1, 6)), min_size=1, max_size=20).filter(
        lambda rows: sum(v for v, _ in rows) > 0
    )
)
def test_shares_sum_to_one(rows: list[tuple[float, int | None]]) -> None:
    values, grades = [v for v, _ in rows], [g for _, g in rows]
    found = shares.by_class(values, grades)
    assert sum(row.share or 0 for row in found) == pytest.approx(1)
    assert shares.by_class(values[::-1], grades[::-1]) == found


def test_grade_off_the_ladder() -> None:
    with pytest.raises(ValueError, match="from 1 to 6"):
        shares.weak_share([1], [7])


def test_one_label_a_value() -> None:
    with pytest.raises(ValueError, match="1 values were given with 2 labels"):
        shares.by_class([1], [1, 2])
