"""Work that is done, with the day on which it was. The status date is Thursday 20 December 2012; days by hand."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.exercise.small import find
from tests.exercise.test_checks import case, told
from tests.exercise.test_in_time import DEC, LAST, P2, STREAM, ended, order, package, row
from wayforward.exercise import checks
from wayforward.exercise.findings.forecast import ENOUGH

# Planned to end on Friday 14 December; finished on Tuesday 18th: Monday and Tuesday are two working days too many.
LATE = package("P1", DEC[10], DEC[14], "done", finished=DEC[18], owner="Lead")
IN_TIME = package("P3", DEC[10], DEC[14], "done", finished=DEC[14])
EARLY = package("P4", DEC[10], DEC[14], "done", finished=DEC[11])
NO_DAY = package("P5", DEC[10], DEC[14], "done")


def test_what_is_done_is_set_beside_its_plan() -> None:
    finding = find("exercise.ended", STREAM, LATE, IN_TIME, EARLY, NO_DAY, P2)
    found = [(one["package"], one["finished"], one["late"]) for one in finding.rows]
    assert found == [
        ("P4", "2012-12-11", -3),
        ("P3", "2012-12-14", 0),
        ("P1", "2012-12-18", 2),
        ("P5", None, None),
    ]
    assert finding.value == 1
    assert finding.waiting == ("the day on which P5 was finished",)
    assert finding.headline == (
        "Of the 3 of 4 work packages done whose last day is known, 1 was finished late, by 2 working days"
    )


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ((), "No work package is done yet"),
        ((P2,), "No work package is done yet"),
        ((NO_DAY,), "When the 1 work package that is done ended is not known"),
        ((IN_TIME,), "The only work package that is done was in time"),
        ((LATE,), "The only work package that is done was finished late, by 2 working days"),
        ((LATE, IN_TIME), "Of the 2 work packages that are done, 1 was finished late, by 2 working days"),
        ((EARLY, IN_TIME), "Of the 2 work packages that are done, none was finished late"),
    ],
)
def test_the_sentence(rows: tuple[Any, ...], said: str) -> None:
    assert find("exercise.ended", STREAM, *rows).headline == said


def test_christmas_is_no_delay() -> None:
    """Planned for Monday 24 December, done on Thursday 27th: of three days after, two are bank holidays."""
    over = package("P1", DEC[17], DEC[24], "done", finished=DEC[27])
    assert find("exercise.ended", STREAM, over, status_date=DEC[28]).rows[0]["late"] == 1


def test_a_day_that_has_not_come_by_the_status_date_is_not_known() -> None:
    assert find("exercise.ended", STREAM, LATE, status_date=DEC[17]).rows[0]["finished"] is None


def test_the_plan_shows_the_day_and_a_blank_where_there_is_none_to_know() -> None:
    plan = find("exercise.plan", STREAM, LATE, NO_DAY, P2)
    assert {one["item"]: one["finished"] for one in plan.rows} == {"P1": "2012-12-18", "P5": None, "P2": ""}


def test_slips_tell_what_was_late_already_and_count_what_still_is() -> None:
    finding = find("exercise.slips", STREAM, LATE, IN_TIME, P2)
    assert finding.rows == ()
    assert finding.warnings == ("Done, but finished after its planned end: P1 by 2 working days.",)
    assert find("exercise.slips", STREAM, IN_TIME, NO_DAY, P2).warnings == ()


def test_what_comes_after_begins_the_day_after() -> None:
    """P2 was to begin on Thursday 20 December; what it comes after was finished on that day, so it begins on Friday."""
    today = package("P1", DEC[17], DEC[19], "done", finished=DEC[20])
    path = find("exercise.critical_path", STREAM, today, P2, order(P2, today))
    assert row(path, "package", "P2")["expected_start"] == "2012-12-21"
    # Finished the day before, or on a day that nobody noted, it holds nothing up.
    for other in (
        package("P1", DEC[17], DEC[19], "done", finished=DEC[19]),
        package("P1", DEC[17], DEC[19], "done"),
    ):
        path = find("exercise.critical_path", STREAM, other, P2, order(P2, other))
        assert row(path, "package", "P2")["expected_start"] == "2012-12-20"


def done(number: int, finished: date) -> Any:
    """Given two working days, Monday 3 and Tuesday 4 December."""
    return package(f"D{number}", DEC[3], DEC[4], "done", finished=finished)


def test_the_forecast_learns_from_packages_that_are_done() -> None:
    """Ten that took twice the two days given: three days left become six, Monday 21 to Monday 28 January."""
    slow = [done(n, DEC[6]) for n in range(ENOUGH)]
    finding = find("exercise.forecast", STREAM, LAST, *slow)
    assert finding.value == 0
    assert row(finding, "kind", "report")["nine_in_ten"] == "2013-01-28"
    assert "10 work packages that ended took from 2 to 2 times" in finding.warnings[0]
    quick = [done(n, DEC[4]) for n in range(ENOUGH)]
    assert find("exercise.forecast", STREAM, LAST, *quick).value == 1


def test_the_forecast_says_how_much_of_what_it_learned_from() -> None:
    finding = find(
        "exercise.forecast", STREAM, LAST, *ended(1)[:6], *(done(n, DEC[6]) for n in range(4)), NO_DAY
    )
    assert finding.parameters["ended_so_far"] == "6 actions and 4 work packages"
    assert "6 actions and 4 work packages that ended took from 1 to 2 times" in finding.warnings[0]
    assert "no day on which it was finished: P5" in finding.warnings[1]
    few = find("exercise.forecast", STREAM, LAST, done(1, DEC[6]))
    assert "Too little has ended to learn from (1 work package with" in few.warnings[0]
    assert "judgement, not a measurement" in few.warnings[0]


@pytest.mark.parametrize(
    ("state", "finished", "fault"),
    [
        ("done", None, False),
        ("done", date(2012, 9, 3), False),  # the day on which the exercise starts
        ("done", date(2012, 9, 2), True),
        ("done", date(2012, 10, 1), False),  # the day at which it stands
        ("done", date(2012, 10, 2), True),
        ("in progress", date(2012, 9, 10), True),
        ("not started", date(2012, 9, 10), True),
        ("stopped", date(2012, 9, 10), True),
        ("stopped", None, False),
    ],
)
def test_a_last_day_stands_beside_what_is_done_and_has_come(
    state: str, finished: date | None, fault: bool
) -> None:
    some = package("P1", date(2012, 9, 3), date(2012, 9, 28), state, finished=finished)
    wrong = checks.what_is_finished_is_done(case(some, status_date=date(2012, 10, 1)))
    assert told(wrong) == ([("P1", "finished")] if fault else [])


@given(st.dates(date(2012, 12, 3), date(2013, 1, 31)), st.dates(date(2012, 12, 3), date(2013, 1, 31)))
def test_days_late_are_working_days_counted_one_by_one(ends: date, finished: date) -> None:
    """Beside a count of the days between, one at a time, with the bank holidays of that winter written out."""
    from datetime import timedelta

    off = {date(2012, 12, 25), date(2012, 12, 26), date(2013, 1, 1)}
    first, last = min(ends, finished), max(ends, finished)
    between = [first + timedelta(days=n) for n in range(1, (last - first).days + 1)]
    count = sum(day.weekday() < 5 and day not in off for day in between)
    some = package("P1", date(2012, 12, 3), ends, "done", finished=finished)
    (only,) = find("exercise.ended", STREAM, some, status_date=date(2013, 1, 31)).rows
    assert only["late"] == (count if finished > ends else -count)
