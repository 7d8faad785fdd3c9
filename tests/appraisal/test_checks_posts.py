"""Posts against the people who leave. Five years from 2013-14; running totals by hand beside each case."""

from decimal import Decimal
from typing import Any

import pytest

from tests.appraisal.checked import EVERY_YEAR, OTHER, USUAL, benefit, case, cost, told
from wayforward.appraisal.checks import posts
from wayforward.appraisal.models import BenefitLine
from wayforward.finance.models import Turnover
from wayforward.options.models import OptionPhase

LEVEL = f"{EVERY_YEAR}: 100"
RISING = "2013-14: 50; 2014-15 to 2017-18: 100"


def line(code: str, amounts: str, number: float, kind: str = "officer", **more: Any) -> BenefitLine:
    own = {"benefit_kind": "cash-releasing", "post_kind": kind, "posts": number} | more
    return benefit(code, amounts, **own)


def leaving(kind: str, *numbers: int | None, exit_cost: int | None = None) -> list[Turnover]:
    each = None if exit_cost is None else Decimal(exit_cost)
    return [
        Turnover(
            code=f"T{n}",
            post_kind=kind,
            year=2013 + n,
            leaving=None if number is None else Decimal(number),
            exit_cost=each,
        )
        for n, number in enumerate(numbers)
    ]


@pytest.mark.parametrize(
    ("amounts", "number", "leavers", "fault"),
    [
        (LEVEL, 10, (10, 0, 0, 0, 0), False),
        (LEVEL, 10, (9, 9, 9, 9, 9), True),  # ten at once, and nine have left
        (RISING, 10, (5, 5, 0, 0, 0), False),
        (RISING, 10, (5, 4, 9, 9, 9), True),
        (RISING, 10, (10, 0, 0, 0, 0), False),
        ("2015-16 to 2017-18: 100", 10, (4, 3, 3, 0, 0), False),
        ("", 10, (0, 0, 0, 0, 0), False),  # its amounts are not known yet
        (LEVEL, 10, (10, None, None, None, None), False),
        (LEVEL, 10, (None, 90, 90, 90, 90), True),  # nobody knows that ten had left
    ],
)
def test_officer_posts_go_as_officers_leave(
    amounts: str, number: float, leavers: tuple[int | None, ...], fault: bool
) -> None:
    rows = [line("L", amounts, number), *leaving("officer", *leavers)]
    wrongs = told(posts.officer_posts_go_no_faster_than_officers_leave(case(*rows)))
    assert wrongs == ([("L", "posts")] if fault else [])


def test_the_lines_of_an_option_share_those_who_leave() -> None:
    # 6 and 5 posts by the end of the first year, and 10 have left; in the other option 5 alone.
    rows = [line("L1", LEVEL, 6), line("L2", LEVEL, 5), line("L3", LEVEL, 5, option=USUAL)]
    wrongs = list(posts.officer_posts_go_no_faster_than_officers_leave(case(*rows, *leaving("officer", 10))))
    assert told(wrongs) == [("L1", "posts")]
    assert "by the end of 2013-14 B would have released 11 posts and 10 officers" in wrongs[0].allowed


@pytest.mark.parametrize(("delay", "fault"), [(0, True), (12, False)])
def test_a_late_phase_releases_later(delay: int, fault: bool) -> None:
    # Ten posts, five leavers a year: a year later ten have left.
    rows = [
        line("L", LEVEL, 10, phase="ownership"),
        OptionPhase(code="P", option=OTHER, phase="ownership", delay_months=delay),
        *leaving("officer", 5, 5, 5, 5, 5),
    ]
    wrongs = told(posts.officer_posts_go_no_faster_than_officers_leave(case(*rows)))
    assert wrongs == ([("L", "posts")] if fault else [])


def test_a_ramp_releases_by_and_by() -> None:
    # Over 12 months half of the first year's amount, hence half of the posts by its end.
    rows = [line("L", LEVEL, 10, ramp_months=12), *leaving("officer", 5, 5, 0, 0, 0)]
    assert told(posts.officer_posts_go_no_faster_than_officers_leave(case(*rows))) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [({}, True), ({"benefit_kind": "non-cash-releasing"}, False), ({"post_kind": "staff"}, False)],
)
def test_only_cash_from_officer_posts_is_held_against_leavers(change: dict[str, Any], fault: bool) -> None:
    rows = [line("L", LEVEL, 10, **change), *leaving("officer", 0, 0, 0, 0, 0)]
    wrongs = told(posts.officer_posts_go_no_faster_than_officers_leave(case(*rows)))
    assert wrongs == ([("L", "posts")] if fault else [])


@pytest.mark.parametrize(
    ("number", "leavers", "each", "paid", "fault"),
    [
        (8, (8, 0, 0, 0, 0), 20_000, None, False),
        (8, (3, 0, 0, 0, 0), 20_000, None, True),
        (8, (3, 0, 0, 0, 0), 20_000, 60_000, True),  # five exits cost 100,000
        (8, (3, 0, 0, 0, 0), 20_000, 100_000, False),
        (8, (3, 9, 9, 9, 9), 20_000, None, True),  # who leaves later undoes no exit
        (8, (3, 0, 0, 0, 0), None, None, True),  # what an exit costs is not known, and something it does
        (8, (3, 0, 0, 0, 0), None, 1, False),
        (8, (None, 0, 0, 0, 0), 20_000, None, True),
        (8, (None, 0, 0, 0, 0), 20_000, 1, False),
    ],
)
def test_staff_posts_carry_what_their_exit_costs(
    number: float, leavers: tuple[int | None, ...], each: int | None, paid: int | None, fault: bool
) -> None:
    row = line("L", LEVEL, number, "staff")
    paying = [cost("X", f"2013-14: {paid}", exit_for=row)] if paid else []
    rows = [row, *paying, *leaving("staff", *leavers, exit_cost=each)]
    wrongs = told(posts.staff_posts_carry_their_exit_cost(case(*rows)))
    assert wrongs == ([("L", "posts")] if fault else [])


def test_a_cost_of_exit_that_is_not_known_yet_is_waited_for() -> None:
    row = line("L", LEVEL, 8, "staff")
    rows = [row, cost("X", exit_for=row), *leaving("staff", 3, 0, 0, 0, 0, exit_cost=20_000)]
    assert told(posts.staff_posts_carry_their_exit_cost(case(*rows))) == []


def test_posts_say_whose_they_are() -> None:
    rows = [line("L1", LEVEL, 5, ""), line("L2", LEVEL, 5), benefit("L3", LEVEL)]
    assert told(posts.posts_say_whose_they_are(case(*rows))) == [("L1", "post_kind")]


def test_an_exit_is_of_staff_posts_of_the_same_option() -> None:
    staff, officers, none = line("L1", LEVEL, 5, "staff"), line("L2", LEVEL, 5), benefit("L3", LEVEL)
    rows = [
        cost("X1", exit_for=staff),
        cost("X2", exit_for=officers),
        cost("X3", exit_for=none),
        cost("X4", exit_for=staff, option=USUAL),
        cost("X5"),
    ]
    wrongs = told(posts.exits_are_of_staff_posts(case(staff, officers, none, *rows)))
    assert wrongs == [("X2", "exit_for"), ("X3", "exit_for"), ("X4", "exit_for")]


def test_without_years_nothing_is_held_against_anybody() -> None:
    rows = [line("L", LEVEL, 5), line("M", LEVEL, 5, "staff")]
    one = case(*rows, first_year=None)
    assert told(posts.officer_posts_go_no_faster_than_officers_leave(one)) == []
    assert told(posts.staff_posts_carry_their_exit_cost(one)) == []
