"""Totals that keep the unknown apart."""

from hypothesis import given
from hypothesis import strategies as st

from wayforward.methods.totals import Total, total


def test_by_hand() -> None:
    assert total({"a": 1, "b": 2}) == Total(3, ())
    assert total({"a": 1, "b": 2}).value == 3


def test_unknown_is_named() -> None:
    found = total({"b": None, "a": 1, "c": float("nan")})
    assert found == Total(1, ("b", "c"))
    assert found.value is None


def test_nothing_to_add_is_zero_and_known() -> None:
    assert total({}).value == 0


@given(st.dictionaries(st.text(max_size=3), st.floats(-1e9, 1e9), max_size=9))
def test_order_does_not_matter(amounts: dict[str, float]) -> None:
    assert total(amounts) == total(dict(reversed(amounts.items())))
