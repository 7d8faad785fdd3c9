"""Agreement of ratings; expected values by hand."""

import itertools

import pytest

from wayforward.methods.ratings import Level, Status, agree, grid, level, score


@pytest.mark.parametrize(
    ("ratings", "expected", "status", "spread"),
    [
        ("HHH", Level.HIGH, Status.AGREED, 0),
        ("HHM", Level.HIGH, Status.MAJORITY, 1),
        ("HHL", Level.HIGH, Status.DISAGREEMENT, 2),
        ("HML", Level.MEDIUM, Status.DISAGREEMENT, 2),
        ("HL", None, Status.UNSETTLED, 2),
        ("HHLL", None, Status.UNSETTLED, 2),
        ("HHMM", None, Status.UNSETTLED, 1),
        ("HMML", Level.MEDIUM, Status.DISAGREEMENT, 2),
        ("L", Level.LOW, Status.AGREED, 0),
        ("", None, Status.UNRATED, 0),
    ],
)
def test_agree(ratings: str, expected: Level | None, status: Status, spread: int) -> None:
    found = agree(list(ratings))
    assert (found.level, found.status, found.spread) == (expected, status, spread)
    assert found.reason


def test_order_of_raters_does_not_matter() -> None:
    answers = {agree(ratings) for ratings in itertools.permutations(["high", "M", "l", "Low"])}
    assert len(answers) == 1


@pytest.mark.parametrize("text", ["High", "h", " HIGH "])
def test_words_for_a_rating(text: str) -> None:
    assert level(text) is Level.HIGH


@pytest.mark.parametrize("text", ["", "4", "highest", "hi"])
def test_not_a_rating(text: str) -> None:
    with pytest.raises(ValueError, match="give High, Medium or Low"):
        level(text)


def test_score() -> None:
    assert score("high", "medium") == 6
    assert score("low", "low") == 1
    assert score("high", None) is None


def test_grid() -> None:
    cells, unplaced = grid({"b": ("high", "low"), "a": ("high", "low"), "c": ("high", None)})
    assert [len(cell.codes) for cell in cells] == [0, 0, 2, 0, 0, 0, 0, 0, 0]
    assert cells[2].codes == ("a", "b")
    assert unplaced == ("c",)
