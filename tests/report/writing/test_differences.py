"""Differences of two texts. The pieces of each kind must give both texts back, whatever they are: that is the proof."""

from hypothesis import given
from hypothesis import strategies as st

from wayforward.report.writing.differences import (
    ADDED,
    REMOVED,
    Piece,
    differences,
    many_words,
    shortened,
    together,
)

TEXTS = st.lists(st.sampled_from(["one", "two ", "three\n", " ", "\n\n", "four"]), max_size=60).map("".join)


def side(pieces: list[Piece], left_out: str) -> str:
    return "".join(piece.text for piece in pieces if piece.kind != left_out)


@given(TEXTS, TEXTS)
def test_what_stays_with_what_went_is_the_first_text_and_with_what_came_the_second(a: str, b: str) -> None:
    pieces = differences(a, b)
    assert side(pieces, ADDED) == a
    assert side(pieces, REMOVED) == b
    if a == b:
        assert all(piece.kind == "same" for piece in pieces)


def test_one_word_changed_is_one_word_out_and_one_in() -> None:
    pieces = differences("The cat sat.\nAll was well.\n", "The dog sat.\nAll was well.\n")
    assert [(p.kind, p.text) for p in pieces if p.kind != "same"] == [(REMOVED, "cat"), (ADDED, "dog")]
    assert (many_words(pieces, ADDED), many_words(pieces, REMOVED)) == (1, 1)


def test_a_very_long_line_is_told_as_a_whole_and_soon() -> None:
    a, b = "a b " * 7000, "b a " * 7000
    pieces = differences(a, b)
    assert side(pieces, ADDED) == a
    assert side(pieces, REMOVED) == b


def test_the_middle_of_a_long_unchanged_stretch_is_left_out() -> None:
    long = "".join(f"line {n}\n" for n in range(200))
    shown = "".join(piece.text for piece in shortened(differences(f"old\n{long}end", f"new\n{long}ends")))
    assert "line 0\n" in shown
    assert "line 199\n" in shown
    assert "line 100\n" not in shown


def test_changes_of_different_lines_go_together() -> None:
    base = "one\ntwo\nthree\nfour\nfive\n"
    assert together(base, "ONE\ntwo\nthree\nfour\nfive\n", "one\ntwo\nthree\nfour\nFIVE\n") == (
        "ONE\ntwo\nthree\nfour\nFIVE\n"
    )


def test_changes_that_touch_are_for_a_person() -> None:
    base = "one\ntwo\nthree\n"
    assert together(base, "one\nTWO\nthree\n", "one\n2\nthree\n") is None
    assert together(base, "one\nTWO\nthree\n", "one\ntwo\nTHREE\n") is None


@given(TEXTS, TEXTS)
def test_a_change_goes_together_with_none(base: str, mine: str) -> None:
    assert together(base, base, mine) == mine
    assert together(base, mine, base) == mine
