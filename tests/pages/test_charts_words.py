"""Words in charts: lines of like length, names in brief only while they differ."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayforward.pages.charts_words import briefly, in_lines


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("Short", ["Short"]),
        ("", [""]),
        # Thirty-four letters need two lines of at most thirty: of 16 and 17 letters, the nearest to half.
        ("Regional: Before the shared system", ["Regional: Before", "the shared system"]),
        ("a contractor, Framework call-offs", ["a contractor,", "Framework call-offs"]),
    ],
)
def test_lines_are_of_like_length(words: str, lines: list[str]) -> None:
    assert in_lines(words, 30).split("\n") == lines


def test_what_does_not_fit_is_cut_and_says_so() -> None:
    assert in_lines("one two three four five six", 9).split("\n") == ["one two", "three…"]


@given(st.lists(st.text("abc", min_size=1, max_size=8), min_size=1, max_size=8), st.integers(8, 40))
def test_no_word_is_lost_and_no_line_is_too_long(words: list[str], width: int) -> None:
    lines = in_lines(" ".join(words), width, most=8).split("\n")
    assert " ".join(lines).split() == words
    assert all(len(line) <= width for line in lines)


def test_a_long_name_is_told_by_what_stands_before_its_colon() -> None:
    names = {"1": "Pace: first service changed for officers and public", "2": "Cost: short"}
    assert briefly(names) == {"1": "Pace", "2": "Cost: short"}


def test_names_that_would_be_alike_in_brief_stay_whole() -> None:
    names = {
        n: f"Pace: {word} that is changed for officers and public" for n, word in enumerate(("first", "last"))
    }
    named = {str(code): name for code, name in names.items()}
    assert briefly(named) == named
