"""What a week held. The status date is Thursday 20 December 2012; its week goes from Monday 17 to Sunday 23."""

from datetime import date
from typing import Any

from wayforward.exercise import weeks
from wayforward.exercise.models import Action, Decision, Exercise, Meeting, Milestone, WorkPackage, Workstream
from wayforward.exercise.weeks import Item, Week
from wayforward.records.case import Case

TODAY = date(2012, 12, 20)
STREAM = Workstream(code="W1", name="Direction")
DEC = {day: date(2012, 12, day) for day in range(1, 32)}


def case(*rows: Any) -> Case:
    tables: dict[Any, list[Any]] = {}
    for row in rows:
        tables.setdefault(type(row), []).append(row)
    return Case(Exercise(code="TOWN"), tables)


def told(items: list[Item]) -> list[tuple[str, str]]:
    return [(item.record.code, item.what) for item in items]


def test_a_week_goes_from_monday_to_sunday() -> None:
    for day in (17, 20, 23):
        assert Week.of(DEC[day]).monday == DEC[17]
    week = Week.of(TODAY)
    assert [week.holds(day) for day in (DEC[16], DEC[17], DEC[23], DEC[24], None)] == [
        *(False, True, True, False, False)
    ]
    assert (week.next.monday, week.before.monday) == (DEC[24], DEC[10])


def action(code: str, due: date | None = None, done: date | None = None) -> Action:
    return Action(code=code, name="Do", owner="Lead", due=due, done=done)


def package(code: str, starts: date, ends: date, state: str, finished: date | None = None) -> WorkPackage:
    return WorkPackage(
        code=code, name="Work", workstream=STREAM, starts=starts, ends=ends, state=state, finished=finished
    )


def test_done_is_what_has_its_day_in_the_week_and_not_after_the_status_date() -> None:
    held = case(
        action("A1", done=DEC[17]),
        action("A2", done=DEC[16]),
        action("A3", done=DEC[21]),
        Milestone(code="M1", name="Agreed", due=DEC[14], done=DEC[18]),
        Meeting(code="G1", name="Team", held=DEC[20]),
        Meeting(code="G2", name="Team", held=DEC[21]),
        package("P1", DEC[3], DEC[19], "done"),
        package("P2", DEC[3], DEC[19], "in progress"),
        package("P4", DEC[3], DEC[12], "done", DEC[18]),
        package("P5", DEC[3], DEC[19], "done", DEC[14]),
    )
    assert told(weeks.done_in(held, Week.of(TODAY), TODAY)) == [
        ("A1", "action done"),
        ("M1", "milestone met"),
        ("P4", "work package done"),
        ("P1", "work package done (day as planned)"),
        ("G1", "meeting held"),
    ]


def test_what_is_coming_is_the_rest_of_this_week_and_all_of_the_next() -> None:
    held = case(
        action("A1", due=DEC[19]),
        action("A2", due=DEC[20]),
        action("A3", due=DEC[30]),
        action("A4", due=DEC[31]),
        action("A5", due=DEC[21], done=DEC[18]),
        package("P1", DEC[3], DEC[24], "in progress"),
        package("P2", DEC[27], DEC[31], "not started"),
        package("P3", DEC[27], DEC[28], "stopped"),
    )
    assert told(weeks.coming(held, Week.of(TODAY), TODAY)) == [
        ("A2", "action due"),
        ("P1", "work package to end"),
        ("P2", "work package to start"),
        ("A3", "action due"),
    ]
    # Of a week that is over, what the week after it brought.
    assert [item.record.code for item in weeks.coming(held, Week.of(DEC[12]), TODAY)] == ["A1", "A2"]


def test_decisions_of_the_week() -> None:
    held = case(
        Decision(code="D1", name="Go", decided_by="Board", decided_on=DEC[23]),
        Decision(code="D2", name="Stop", decided_by="Board", decided_on=DEC[24]),
    )
    assert [item.record.code for item in weeks.decided_in(held, Week.of(TODAY))] == ["D1"]
