"""What decides when the report is ready. The status date is Thursday 20 December 2012; days counted by hand.

Working days from Tuesday 25 December to the report's day, 23 January: 27, 28 and 31 December; 2 to 4 January; two full
weeks; 21 to 23 January: 3 + 3 + 10 + 3 = 19. Bank holidays: 25 and 26 December, 1 January.
"""

from datetime import date
from typing import Any

import pytest

from tests.exercise.small import find
from wayforward.exercise.models import Action, Milestone, WorkPackage, WorkPackageOrder, Workstream
from wayforward.exercise.standing import standing
from wayforward.findings import Finding

STREAM = Workstream(code="W1", name="Direction")
DEC = {day: date(2012, 12, day) for day in range(1, 32)}


def package(code: str, starts: date, ends: date, state: str = "not started", **more: Any) -> WorkPackage:
    return WorkPackage(
        code=code, name=f"Package {code}", workstream=STREAM, starts=starts, ends=ends, state=state, **more
    )


def order(package: WorkPackage, after: WorkPackage) -> WorkPackageOrder:
    return WorkPackageOrder(code=f"{package.code}{after.code}", package=package, after=after)


# P1 should have ended the day before; P2 was to begin today, once P1 has ended.
P1 = package("P1", DEC[17], DEC[19], "in progress")
P2 = package("P2", DEC[20], DEC[21])
AGREED = Milestone(code="M1", name="Agreed", due=DEC[21])
LATE = (STREAM, P1, P2, order(P2, P1), AGREED)


def row(finding: Finding, name: str, value: str) -> Any:
    return next(one for one in finding.rows if one[name] == value)


def test_late_work_ends_today_at_the_earliest_and_what_follows_waits() -> None:
    finding = find("exercise.critical_path", *LATE)
    first, second = (row(finding, "package", code) for code in ("P1", "P2"))
    assert (first["expected_end"], first["slack"]) == ("2012-12-20", 19)
    # P2 takes Friday 21 and Monday 24 December.
    assert (second["expected_start"], second["expected_end"], second["slack"]) == (
        "2012-12-21",
        "2012-12-24",
        19,
    )
    assert second["latest_end"] == "2013-01-23"
    assert first["critical"] is second["critical"] is True
    assert finding.headline == "The critical path, of 2 work packages, has 19 working days to spare"


def test_each_slip_says_why_and_what_it_alone_makes_late() -> None:
    finding = find("exercise.slips", *LATE)
    first, second = (row(finding, "package", code) for code in ("P1", "P2"))
    assert (first["why"], first["late"], first["moves"]) == ("past its end", 1, "“Agreed” by 1 working day")
    assert (second["why"], second["late"]) == ("waits for P1", 1)
    assert (first["report"], first["sign_off"]) == (0, 0)
    assert finding.headline == (
        "1 work package is late and 1 must wait; the sign-off of 25 January 2013 can still be kept"
    )


def test_a_slip_near_the_end_moves_the_report_and_the_sign_off() -> None:
    # Begun, due to end on Thursday 24 January; today is Monday 28: two working days more, one past the sign-off.
    last = package("P9", date(2013, 1, 21), date(2013, 1, 24), "in progress")
    finding = find("exercise.slips", STREAM, last, status_date=date(2013, 1, 28))
    only = finding.rows[0]
    assert (only["late"], only["report"], only["sign_off"]) == (2, 0, 1)
    assert finding.headline.endswith("the sign-off of 25 January 2013 would be 1 working day late")


def test_the_days_due_with_what_they_wait_for() -> None:
    finding = find("exercise.dates", *LATE)
    assert [(one["kind"], one["standing"], one["waits"], one["spare"]) for one in finding.rows] == [
        ("milestone", "slipping", 2, -1),
        ("report", "on plan", 2, 19),
        ("sign-off", "on plan", 2, 21),
    ]
    assert finding.headline == "Of 3 days due, 1 can't be kept as things stand"


def test_a_milestone_on_the_day_of_the_report_is_the_report() -> None:
    handed = Milestone(code="M2", name="Handed over", due=date(2013, 1, 23))
    finding = find("exercise.dates", *LATE, handed)
    assert [one["what"] for one in finding.rows] == ["Agreed", "Report: Handed over", "Sign-off"]


def test_what_is_done_or_stopped_holds_nothing_up() -> None:
    done = package("P1", DEC[17], DEC[19], "done")
    stopped = package("P3", DEC[3], DEC[7], "stopped")
    finding = find("exercise.slips", STREAM, done, stopped, P2, order(P2, done), order(P2, stopped))
    assert finding.rows == ()
    assert finding.headline == "No work package is behind its plan"
    path = find("exercise.critical_path", STREAM, done, stopped, P2, order(P2, done), order(P2, stopped))
    assert [one["expected_end"] for one in path.rows] == ["2012-12-21"]


def test_a_start_that_was_missed_is_late_from_today() -> None:
    missed = package("P1", DEC[17], DEC[18])
    only = find("exercise.slips", STREAM, missed).rows[0]
    # Two days from today: Thursday 20 and Friday 21 December, three working days after the 18th.
    assert (only["why"], only["expected_end"], only["late"]) == (
        "has not started on its day",
        "2012-12-21",
        3,
    )


@pytest.mark.parametrize(
    "key",
    ["exercise.critical_path", "exercise.slips", "exercise.dates", "exercise.forecast", "exercise.capacity"],
)
def test_without_a_plan_nothing_is_known(key: str) -> None:
    finding = find(key)
    assert finding.value is None
    assert finding.rows == ()
    assert finding.waiting or key == "exercise.capacity"
    ringed = find(key, STREAM, P1, P2, order(P1, P2), order(P2, P1))
    if key != "exercise.capacity":
        assert "P1 after P2 after P1" in ringed.waiting[0]


@pytest.mark.parametrize(
    ("rows", "today", "word"),
    [
        ((STREAM, P2), DEC[20], "On plan"),
        (LATE, DEC[20], "Slipping"),
        ((STREAM, P1), DEC[20], "Slipping"),
        ((STREAM, P2, AGREED), DEC[24], "Late"),
        ((), DEC[20], "Not known"),
    ],
)
def test_the_standing_in_one_word(rows: tuple[Any, ...], today: date, word: str) -> None:
    found = {key: find(key, *rows, status_date=today) for key in ("exercise.dates", "exercise.slips")}
    assert standing(found).word == word
    assert standing({}).word == "Not known"


def ended(ratio: int) -> list[Action]:
    """Ten actions given two working days, Monday 3 and Tuesday 4 December, that took so many times as long."""
    done = {1: DEC[4], 2: DEC[6]}[ratio]
    return [
        Action(code=f"A{n}", name="Do", owner="Lead", raised=DEC[3], due=DEC[4], done=done) for n in range(10)
    ]


LAST = package("P9", date(2013, 1, 21), date(2013, 1, 23))


def test_the_forecast_follows_how_long_things_took_so_far() -> None:
    in_time = find("exercise.forecast", STREAM, LAST, *ended(1))
    assert in_time.value == 1
    assert row(in_time, "kind", "report")["half"] == "2013-01-23"
    # Twice as long: three days become six, Monday 21 to Monday 28 January.
    late = find("exercise.forecast", STREAM, LAST, *ended(2))
    assert late.value == 0
    assert row(late, "kind", "report")["nine_in_ten"] == "2013-01-28"
    assert "from 2 to 2 times" in late.warnings[0]


def test_with_little_to_learn_from_the_forecast_says_that_it_is_a_judgement() -> None:
    finding = find("exercise.forecast", STREAM, LAST, *ended(1)[:9])
    assert "judgement, not a measurement" in finding.warnings[0]
    # PERT(0.9, 1, 1.6) is Beta(1 + 4/7, 1 + 24/7) from 0.9 to 1.6: 3 days take at most 3 where the mean of two such
    # draws is at most 1. Half of each: counted by an independent draw of NumPy's own beta.
    import numpy as np

    random = np.random.default_rng(11)
    drawn = 0.9 + 0.7 * random.beta(1 + 4 / 7, 1 + 24 / 7, size=(200_000, 2))
    assert finding.value == pytest.approx(float((drawn.mean(axis=1) <= 1).mean()), abs=0.02)


def test_work_under_way_counts_with_what_is_left_of_it() -> None:
    # Ten working days of which eight are gone by Thursday 20 December: 20 and 21 are left, whatever came before.
    # Twice as long: 20, 21, 24 and 27 December.
    half = package("P1", DEC[10], DEC[21], "in progress")
    finding = find("exercise.forecast", STREAM, half, *ended(2))
    assert row(finding, "kind", "report")["half"] == "2012-12-27"
