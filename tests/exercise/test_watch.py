"""Capacity, spending, registers to review, actions, requests to chase, and who has what to do. Days counted by hand.

The status date is Thursday 20 December 2012.
"""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.exercise.small import find
from wayforward.exercise.models import (
    Action,
    CalendarEntry,
    Dependency,
    InformationRequest,
    Issue,
    PeerReview,
    Risk,
    Section,
    Stage,
    WorkPackage,
    Workstream,
)
from wayforward.records.models import Comment

STREAM = Workstream(code="W1", name="Direction")
DEC = {day: date(2012, 12, day) for day in range(1, 32)}
RESEARCH = Stage(code="S2", name="Research", starts=DEC[10], ends=date(2013, 1, 4))


def package(code: str, starts: date, ends: date, **more: Any) -> WorkPackage:
    cells = {"name": f"Package {code}", "workstream": STREAM, "state": "in progress", "owner": "Lead"} | more
    return WorkPackage(code=code, starts=starts, ends=ends, **cells)


def entry(code: str, starts: date, ends: date, days: str, role: str = "Lead") -> CalendarEntry:
    return CalendarEntry(code=code, role=role, starts=starts, ends=ends, days_a_week=Decimal(days))


# 10 days on 20, 21 | 24, 27, 28 December, two on each: 4 this week and 6 the next.
BUSY = package("P1", DEC[20], DEC[28], team_effort=Decimal(10), consultant_effort=Decimal(0))


def test_days_needed_and_days_there_are() -> None:
    # Five days a week: all of this week's 5, and of the next, with two bank holidays, 3.
    finding = find("exercise.capacity", STREAM, BUSY, entry("C1", DEC[17], DEC[28], "5", role="LEAD "))
    assert [(r["week"], r["needed"], r["available"], r["left"]) for r in finding.rows] == [
        ("2012-12-17", 4, 5, 1),
        ("2012-12-24", 6, 3, -3),
    ]
    assert finding.value == 1
    assert "the widest gap is 3 days, Lead, week from 24 December 2012" in finding.headline


def test_a_role_without_a_calendar_is_not_known_and_one_with_a_gap_in_it_gives_nothing() -> None:
    unknown = find("exercise.capacity", STREAM, BUSY)
    assert [r["available"] for r in unknown.rows] == [None, None]
    assert unknown.value is None
    assert unknown.waiting == ("the calendar of Lead",)
    gap = find("exercise.capacity", STREAM, BUSY, entry("C1", DEC[17], DEC[21], "5"))
    assert [r["available"] for r in gap.rows] == [5, 0]


def test_effort_that_is_not_known_is_waited_for_and_done_work_is_not_counted() -> None:
    blank = package("P2", DEC[20], DEC[21], consultant_effort=Decimal(1), owner="")
    done = package("P3", DEC[17], DEC[21], team_effort=Decimal(9), consultant_effort=Decimal(0), state="done")
    finding = find("exercise.capacity", STREAM, blank, done)
    assert [(r["role"], r["needed"]) for r in finding.rows] == [("Consultants", 1)]
    assert "the team effort of P2" in finding.waiting


def test_what_is_used_by_the_plan() -> None:
    # Done: all 4. Under way from Monday 17 to Friday 21 December: of 5 days 3 are over before Thursday: 3/5 of 10.
    # Not started: nothing. 4 + 6 of 40 days; 30 - 10 = 20 planned still.
    costs = {"consultant_cost": Decimal(100), "team_effort": Decimal(0)}
    finding = find(
        "exercise.spent",
        STREAM,
        package("P1", DEC[3], DEC[7], state="done", consultant_effort=Decimal(4), **costs),
        package("P2", DEC[17], DEC[21], consultant_effort=Decimal(10), **costs),
        package("P3", DEC[3], DEC[7], state="not started", consultant_effort=Decimal(16), **costs),
        consultant_days=Decimal(40),
    )
    days, money, _ = finding.rows
    assert (days["used"], days["to_come"], days["available"]) == (10, 20, 40)
    assert (money["used"], money["to_come"], money["available"]) == (160, 140, None)


def test_what_is_used_is_not_known_while_a_part_is_not() -> None:
    finding = find("exercise.spent", STREAM, package("P1", DEC[3], DEC[7], state="done"))
    assert {row["used"] for row in finding.rows} == {None}
    assert find("exercise.spent").rows[0]["used"] is None
    assert find("exercise.spent").headline == "What has been used so far is not known"


def test_reviews_overdue_first_and_what_is_closed_or_met_left_out() -> None:
    finding = find(
        "exercise.reviews",
        Risk(code="R1", name="Soon", owner="Lead", review=DEC[27]),
        Risk(code="R2", name="Later", owner="Lead", review=DEC[28]),
        Issue(code="I1", name="Past", owner="Lead", review=DEC[19]),
        Issue(code="I2", name="Closed", review=DEC[1], closed=DEC[2]),
        Dependency(code="D1", name="Met", review=DEC[1], met=True),
        Dependency(code="D2", name="Needed first", needed_by=DEC[18], review=DEC[30]),
        Dependency(code="D3", name="No day"),
    )
    assert [(row["record"], row["standing"]) for row in finding.rows] == [
        ("dependency:D2", "overdue"),
        ("issue:I1", "overdue"),
        ("risk:R1", "due within a week"),
        ("dependency:D3", "no day set"),
        ("risk:R2", "later"),
    ]
    assert finding.value == 2
    assert finding.warnings == ("Without an owner or a day of review: D2 and D3.",)


def test_actions_still_to_be_done() -> None:
    finding = find(
        "exercise.actions",
        Action(code="A1", name="Done", owner="Lead", due=DEC[3], done=DEC[20]),
        Action(code="A2", name="Done tomorrow", owner="Lead", due=DEC[19], done=DEC[21]),
        Action(code="A3", name="Today", owner="Lead", due=DEC[20]),
    )
    assert [(row["action"], row["standing"]) for row in finding.rows] == [
        ("A2", "overdue"),
        ("A3", "due within a week"),
    ]
    assert finding.headline == "2 of 3 actions are still to be done, 1 of them overdue"
    assert find("exercise.actions").value is None


@pytest.mark.parametrize(
    ("cells", "expected", "chase", "fallback", "act"),
    [
        # Promised for Friday 21: chased two working days before, on Wednesday 19. The stage ends on 4 January.
        ({"asked": DEC[10], "promised": DEC[21]}, DEC[21], DEC[19], date(2013, 1, 4), "chase"),
        # No day promised: after its lead time of 14 days, on Monday 24; chased on Thursday 20, today.
        ({"asked": DEC[10], "lead_days": 14}, DEC[24], DEC[20], date(2013, 1, 4), "chase"),
        # Chased on Tuesday 18: again five working days later, 19, 20, 21, 24 and 27 December.
        ({"asked": DEC[10], "promised": DEC[14], "chased": DEC[18]}, DEC[14], DEC[27], date(2013, 1, 4), ""),
        # Promised after the stage: until then it is waited for.
        (
            {"asked": DEC[10], "promised": date(2013, 1, 9)},
            date(2013, 1, 9),
            date(2013, 1, 7),
            date(2013, 1, 9),
            "",
        ),
        # Asked in a stage that is over: on its last day the fallback started.
        ({"asked": DEC[3], "promised": DEC[7]}, DEC[7], DEC[5], DEC[7], "start the fallback"),
        # Asked yesterday and promised for today: not chased before the day after it was asked.
        ({"asked": DEC[19], "promised": DEC[20]}, DEC[20], DEC[20], date(2013, 1, 4), "chase"),
    ],
)
def test_when_a_request_is_expected_chased_and_done_without(
    cells: dict[str, Any], expected: date, chase: date, fallback: date, act: str
) -> None:
    first = Stage(code="S1", name="Begin", starts=date(2012, 11, 26), ends=DEC[7])
    finding = find("exercise.chasing", first, RESEARCH, InformationRequest(code="R1", name="Posts", **cells))
    row = finding.rows[0]
    assert (row["expected"], row["chase"], row["fallback_from"]) == (
        expected.isoformat(),
        chase.isoformat(),
        fallback.isoformat(),
    )
    assert row["act"] == act


@pytest.mark.parametrize(
    ("lead", "ask_by", "act"),
    [
        (16, "2012-12-19", "ask now: it can't come before the fallback starts"),
        (15, "2012-12-20", "ask"),
        (7, "2012-12-28", ""),
        (None, "", "ask"),
    ],
)
def test_when_a_request_must_be_asked(lead: int | None, ask_by: str, act: str) -> None:
    # The fallback starts on 4 January: 15 days before is 20 December.
    row = find(
        "exercise.chasing", RESEARCH, InformationRequest(code="R1", name="Posts", lead_days=lead)
    ).rows[0]
    assert (row["ask_by"], row["act"]) == (ask_by, act)


def test_received_and_never_known_are_not_chased() -> None:
    here = InformationRequest(code="R1", name="A", asked=DEC[3], received=DEC[4])
    never = InformationRequest(code="R2", name="B", asked=DEC[3], never_known=True)
    finding = find("exercise.chasing", here, never)
    assert finding.rows == ()
    assert finding.value == 0
    assert find("exercise.chasing").value is None


FIN = Section(code="FIN", number=3, title="Money", owner="Treasurer", body="It is [](finding:finance.plan).")
OPT = Section(code="OPT", number=8, title="Options", owner="Lead")


def test_readiness_of_a_section() -> None:
    rows = [
        FIN,
        OPT,
        PeerReview(code="V1", round=1, section=FIN, reviewer="Panel", verdict="not ready"),
        PeerReview(code="V2", round=2, section=FIN, reviewer="Panel", verdict="ready"),
        PeerReview(code="V3", round=2, section=OPT, reviewer="Panel", verdict="ready"),
        PeerReview(code="V4", round=2, section=OPT, reviewer="Audit", due=DEC[19]),
    ]
    finding = find("exercise.readiness", *rows)
    assert [(r["section"], r["review"], r["standing"]) for r in finding.rows] == [
        ("FIN", "ready", "ready"),
        (
            "OPT",
            "1 of 2 returned, overdue",
            "to be written; to be passed by peer review (1 of 2 returned, overdue)",
        ),
    ]
    assert finding.value == 1
    # A challenge to a figure that it quotes holds a section up until it is closed.
    about = {"about": "finding:finance.plan", "comment_kind": "challenge"}
    open_yet = find("exercise.readiness", *rows, Comment(code="K1", text="Why?", **about))
    assert open_yet.rows[0]["challenges"] == 1
    assert open_yet.rows[0]["standing"] == "1 challenge to close"
    closed = find("exercise.readiness", *rows, Comment(code="K1", text="Why?", closed=DEC[19], **about))
    assert closed.rows[0]["standing"] == "ready"
    asked = InformationRequest(code="R1", name="Budget", section=FIN)
    assert find("exercise.readiness", *rows, asked).rows[0]["standing"] == "waits for 1 piece of information"


def test_a_section_that_nobody_writes_or_that_quotes_what_is_no_finding_is_not_ready() -> None:
    passed = {"round": 1, "reviewer": "Panel", "verdict": "ready"}
    nobody = Section(code="GOV", number=9, title="Governance", body="It is [](finding:finance.gone).")
    finding = find("exercise.readiness", nobody, PeerReview(code="V1", section=nobody, **passed))
    assert (
        finding.rows[0]["standing"] == "nobody is named to write it; quotes what is no finding: finance.gone"
    )
    assert finding.value == 0


def test_what_waits_for_whom() -> None:
    finding = find(
        "exercise.to_do",
        STREAM,
        package("P1", DEC[17], DEC[19], owner="Scope lead"),
        package("P2", date(2013, 1, 7), date(2013, 1, 9), state="not started"),
        Action(code="A1", name="Do", owner="Scope lead", due=DEC[18]),
        InformationRequest(code="R1", name="Posts", asked=DEC[3], asked_of="Personnel", promised=DEC[21]),
        OPT,
    )
    assert [(r["owner"], r["what"], r["due"], r["standing"]) for r in finding.rows] == [
        ("Scope lead", "do what was agreed", "2012-12-18", "overdue"),
        ("Scope lead", "finish the work package", "2012-12-19", "overdue"),
        ("Personnel", "send the information", "2012-12-21", "due within a week"),
        ("Lead", "write the section", "2013-01-23", "later"),
    ]
    assert finding.value == 2
    assert finding.headline == "2 things are overdue, all with Scope lead"


def test_when_each_stage_is_due() -> None:
    # The section that quotes most of finance is the treasurer's, whose last work package ends on 16 January.
    finding = find(
        "exercise.dues",
        STREAM,
        FIN,
        package("P1", DEC[17], date(2013, 1, 16), owner="treasurer"),
        package("P2", DEC[17], date(2013, 1, 18), owner="Treasurer", state="stopped"),
    )
    dues = {row["stage"]: (row["section"], row["due"]) for row in finding.rows}
    assert dues["finance"] == ("FIN", "2013-01-16")
    assert dues["scope"] == ("", "2013-01-23")  # with the report, for no section tells of it
