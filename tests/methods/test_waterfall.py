"""Waterfall; expected values by hand."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayforward.methods.waterfall import Step, waterfall

amounts = st.lists(st.integers(-(10**9), 10**9).map(lambda pence: pence / 100), max_size=8)


def test_by_hand() -> None:
    """100 less 30, plus 5, is 75."""
    assert waterfall(("As it is", 100), {"Fewer sites": -30, "New licence": 5}, ("Option 2", 75)) == (
        Step("As it is", 100, 0, 100, True),
        Step("Fewer sites", -30, 100, 70, False),
        Step("New licence", 5, 70, 75, False),
        Step("Option 2", 75, 0, 75, True),
    )


def test_no_parts() -> None:
    assert [step.ends for step in waterfall(("a", -4), {}, ("b", -4))] == [-4, -4]


@given(st.integers(-(10**9), 10**9), amounts)
def test_each_step_begins_where_the_last_ended(start: int, given_amounts: list[float]) -> None:
    parts = {str(place): amount for place, amount in enumerate(given_amounts)}
    end = math.fsum([start, *given_amounts])
    steps = waterfall(("start", start), parts, ("end", end))
    inner = steps[:-1]
    assert [step.begins for step in inner[1:]] == [step.ends for step in inner[:-1]]
    assert inner[-1].ends == end


def test_within_half_a_pound_is_the_same_pound() -> None:
    assert waterfall(("a", 100), {"b": 0.4}, ("c", 100))[-1].ends == 100


def test_parts_that_do_not_add_up() -> None:
    with pytest.raises(
        ValueError, match=r"from a £1,000\.00 to £1,200\.00, but c is £1,201\.00: £1\.00 is missing"
    ):
        waterfall(("a", 1000), {"b": 200}, ("c", 1201))


@pytest.mark.parametrize("unknown", [None, math.nan])
def test_unknown_part(unknown: float | None) -> None:
    with pytest.raises(ValueError, match="b is not known, so the steps can't be drawn"):
        waterfall(("a", 1), {"b": unknown}, ("c", 1))


def test_names_that_meet() -> None:
    with pytest.raises(ValueError, match="two steps of a waterfall have one name"):
        waterfall(("a", 1), {"a": 1}, ("c", 2))
