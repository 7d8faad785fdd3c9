"""How values read: examples by hand after the rules of the house style."""

import pytest

from wayforward.findings import show


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "not known"),
        (0, "£0"),
        (98_000, "£98,000"),
        (1_781.82, "£1,782"),
        (45_678, "£46,000"),
        (999_499, "£999,000"),
        (999_500, "£1.0m"),
        (521_800_000, "£521.8m"),
        (-3_200_000, "−£3.2m"),
        (-0.2, "£0"),
        (10_500, "£11,000"),
        (0.5, "£1"),
        (1_250_000, "£1.3m"),
        (-1_250_000, "−£1.3m"),
        ("", "none"),
    ],
)
def test_money(value: float | None, text: str) -> None:
    assert show.money(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "not known"),
        (0, "0%"),
        (0.004, "under 1%"),
        (0.25, "25%"),
        (0.996, "over 99%"),
        (1, "100%"),
        (-0.2, "−20%"),
        (0.125, "13%"),
        (0.145, "15%"),
        ("", "none"),
    ],
)
def test_percent(value: float | None, text: str) -> None:
    assert show.percent(value) == text


def test_halves_go_up_whatever_their_binary_fraction() -> None:
    # 0.35 and 2.675 are held as a little less than they say.
    assert show.millions(350_000) == "0.4"
    assert show.number(0.25) == "0.3"
    assert show.number(2.675, 2) == "2.68"
    assert show.number(-0.25) == "−0.3"
    assert show.number(-0.04) == "0.0"
    assert show.number(1_000.5) == "1,001"


@pytest.mark.parametrize("unit", ["GBP", "GBP million", "fraction", "years", "financial year"])
def test_none_is_said_where_there_is_no_number(unit: str) -> None:
    assert show.show("", unit) == "none"


def test_an_empty_text_among_words_stays_empty() -> None:
    assert show.show("", "words") == ""


def test_years_and_days() -> None:
    assert show.financial_year(2012) == "2012-13"
    assert show.financial_year(1999) == "1999-00"
    assert show.day("2013-01-23") == "23 January 2013"
    assert show.day(None) == "not known"


def test_lists_and_counts() -> None:
    assert show.listed([]) == ""
    assert show.listed(["a"]) == "a"
    assert show.listed(["a", "b", "c"]) == "a, b and c"
    assert show.count(0, "service") == "no services"
    assert show.count(1, "service") == "1 service"
    assert show.count(1200, "priority", "priorities") == "1,200 priorities"


@pytest.mark.parametrize("unit", ["GBP", "fraction", "days", "", "financial year", "date", "yes or no"])
def test_unknown_is_said_in_every_unit(unit: str) -> None:
    assert show.show(None, unit) == "not known"


def test_long_lists_of_names_are_cut_and_counted() -> None:
    assert show.some(["A", "B"]) == "A and B"
    assert show.some(list("ABCDEFGH")) == "A, B, C, D, E and 3 others"
