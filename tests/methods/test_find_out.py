"""Questions to find out: expected values by hand."""

from dataclasses import replace

import pytest

from wayforward.methods.find_out import Question, Verdict, ranked

DELAY = Question("delay", 400_000, True, 0.5, 20, 30_000)


def test_order_by_hand() -> None:
    """delay .5 x 400,000 - 30,000 = 170,000; take-up 1 x 180,000 - 5,000 = 175,000."""
    take_up = Question("take-up", 180_000, True, 1, 10, 5_000)
    found = ranked([DELAY, take_up], days_left=34)
    assert [(f.code, f.worth, f.net, f.rank) for f in found] == [
        ("take-up", 180_000, 175_000, 1),
        ("delay", 200_000, 170_000, 2),
    ]
    assert all(f.in_time and f.verdict is Verdict.ASK for f in found)


def test_why_a_question_is_not_asked() -> None:
    questions = [
        replace(DELAY, code="late", days=35),
        replace(DELAY, code="dear", pounds=200_000),
        replace(DELAY, code="chance", told_apart=False),
        replace(DELAY, code="nought", evppi=0.0, pounds=None),
        replace(DELAY, code="unpriced", pounds=None),
        replace(DELAY, code="unvalued", evppi=None),
        DELAY,
    ]
    found = {f.code: f for f in ranked(questions, days_left=34)}
    assert list(found) == ["delay", "chance", "nought", "dear", "late", "unpriced", "unvalued"]
    assert [f.rank for f in found.values()] == [1, None, None, None, None, None, None]
    assert found["late"].verdict is Verdict.TOO_LATE
    assert found["dear"].verdict is Verdict.COSTS_MORE
    assert found["dear"].net == 0
    assert found["chance"].verdict is found["nought"].verdict is Verdict.NOTHING
    assert found["unpriced"].verdict is found["unvalued"].verdict is Verdict.NOT_KNOWN
    assert (found["unvalued"].worth, found["unpriced"].net) == (None, None)


def test_last_day_is_in_time() -> None:
    assert ranked([DELAY], days_left=20)[0].in_time is True


def test_days_left_not_known() -> None:
    (found,) = ranked([DELAY], days_left=None)
    assert (found.in_time, found.verdict) == (None, Verdict.NOT_KNOWN)


def test_ties_are_said() -> None:
    found = ranked([replace(DELAY, code="b"), replace(DELAY, code="a")], days_left=34)
    assert [(f.code, f.rank, f.tied) for f in found] == [("a", 1, True), ("b", 1, True)]


def test_order_given_changes_nothing() -> None:
    questions = [replace(DELAY, code=f"q{i}", pounds=1000.0 * (i % 3)) for i in range(6)]
    assert ranked(questions, 34) == ranked(questions[::-1], 34)


@pytest.mark.parametrize(
    ("question", "message"),
    [
        (replace(DELAY, learnt=80), r"delay: the share learnt, 80, is outside 0 to 1; write 80% as 0\.8"),
        (replace(DELAY, pounds=-1), "delay: pounds of -1"),
        (replace(DELAY, days=float("inf")), "delay: days of inf"),
    ],
)
def test_bad_input(question: Question, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        ranked([question], 34)


def test_asked_twice() -> None:
    with pytest.raises(ValueError, match="delay is asked twice"):
        ranked([DELAY, DELAY], 34)
