"""The framework-filter: by hand, from the rule in its note."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayforward.methods.framework_filter import MARKS, VERDICTS, Choice, sift, taken

FACTORS = ("F1", "F2")


def choice(code: str, verdict: str = "", dimension: str = "scope", **meets: str) -> Choice:
    return Choice(code, dimension, verdict, meets)


@pytest.mark.parametrize(
    ("verdict", "meets", "to_judge", "at_odds"),
    [
        ("carried forward", {"F1": "meets", "F2": "partly"}, (), ""),
        ("carried forward", {"F1": "meets"}, ("F2",), ""),
        ("carried forward", {"F1": "fails", "F2": "meets"}, (), "taken forward though it fails a factor"),
        ("preferred way forward", {"F1": "fails"}, ("F2",), "taken forward though it fails a factor"),
        ("discounted", {"F1": "fails"}, (), ""),
        ("discounted", {"F1": "partly"}, ("F2",), ""),
        ("discounted", {"F1": "meets", "F2": "meets"}, (), "discounted though it meets every factor"),
        ("", {"F1": "", "F2": "fails"}, ("F1",), ""),
        ("", {}, ("F1", "F2"), ""),
    ],
)
def test_a_choice(verdict: str, meets: dict[str, str], to_judge: tuple[str, ...], at_odds: str) -> None:
    (found,) = sift([choice("C", verdict, **meets)], FACTORS).choices
    assert (found.to_judge, found.at_odds) == (to_judge, at_odds)


def test_no_factor_is_met_by_nobody() -> None:
    """With no factor to meet, 'meets every factor' would be true of every choice and say nothing."""
    assert sift([choice("C", "discounted")], ()).choices[0].at_odds == ""


def test_dimensions() -> None:
    found = sift(
        [
            choice("A", "preferred way forward"),
            choice("B", "preferred way forward"),
            choice("C", "discounted", "funding"),
            choice("D", "discounted", "delivery"),
            choice("E", "", "delivery"),
        ],
        (),
    )
    assert found.several_preferred == ("scope",)
    assert found.nothing_taken == ("funding",)  # of delivery it is still open
    assert [taken(one.verdict) for one in found.choices] == [True, True, False, False, False]


def test_faults() -> None:
    with pytest.raises(ValueError, match="listed twice"):
        sift([choice("A"), choice("A", dimension="funding")], ())
    with pytest.raises(ValueError, match="A: verdict 'best'; give one of preferred way forward"):
        sift([choice("A", "best")], ())
    with pytest.raises(ValueError, match="held against F3, which is no factor"):
        sift([choice("A", F3="meets")], FACTORS)
    with pytest.raises(ValueError, match="A against F1: 'yes'; give one of meets"):
        sift([choice("A", F1="yes")], FACTORS)
    with pytest.raises(ValueError, match="a factor is listed twice"):
        sift([], ("F1", "F1"))


@given(st.sampled_from(["", *VERDICTS]), st.lists(st.sampled_from(["", *MARKS]), max_size=6))
def test_each_factor_stands_in_one_place(verdict: str, marks: list[str]) -> None:
    factors = [f"F{place}" for place in range(len(marks))]
    (found,) = sift([Choice("A", "scope", verdict, dict(zip(factors, marks, strict=True)))], factors).choices
    told = [*found.meets, *found.partly, *found.fails]
    assert len(set(told)) == len(told) == sum(bool(mark) for mark in marks)
    assert set(found.to_judge) <= set(factors) - set(told)
