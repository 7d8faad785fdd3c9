"""The right to stop, on a town where what is known by the break is all there is to know."""

from datetime import date
from decimal import Decimal

import pytest

from tests.appraisal.drawn_town import FACTORS, found, line, option, plain_town
from tests.appraisal.town import EVERY_YEAR, Town
from wayforward.appraisal.findings.flexibility import share_after
from wayforward.options.models import BreakPoint

AFTER_TWO = FACTORS[2] + FACTORS[3]


def broken_town(chance: str = "0.5") -> Town:
    """A's benefit of 50 a year is doubled or lost, at even odds; it costs 110 where business as usual costs 100."""
    town = plain_town()
    line(town, "C-A").amounts = dict.fromkeys(line(town, "C-A").amounts, "110")
    row = line(town, "B-A")
    row.distribution, row.outcomes = "discrete", [["0", str(1 - Decimal(chance))], ["2", chance]]
    return town


def ends(town: Town, code: str = "P1", **fields: object) -> None:
    given = {"falls": date(2014, 10, 1), "notice_months": Decimal(6), "exit_cost": Decimal(3)}
    town.add(BreakPoint, code, option=option(town, "A"), name=f"Break {code}", **(given | fields))


def test_stopping_where_nothing_is_brought_saves_what_is_left_less_the_cost_of_leaving() -> None:
    town = broken_town()
    ends(town)
    finding = found(town, "flexibility")
    (row,) = finding.rows
    # It stops by 1 April 2015: two years are left. Seen by then is whether anything is brought: 90 a year or -10.
    assert (row["ends"], row["known"]) == ("2015-04-01", 1)
    assert row["exit_cost"] == pytest.approx(3 * FACTORS[2])
    committed, saved = 40 * AFTER_TWO, 10 * AFTER_TWO - 3 * FACTORS[2]
    assert row["worth"] == pytest.approx(saved * row["stopped"])
    assert abs(row["worth"] - saved / 2) <= 3 * row["worth_se"]
    assert row["committed"] == pytest.approx(committed, rel=0.05)
    assert row["with_right"] == pytest.approx(row["committed"] + row["worth"])
    assert row["stopped"] == pytest.approx(0.5, abs=0.015)
    assert finding.headline.startswith("The right to stop is worth most at Break P1, A: £")


def test_before_anything_is_seen_there_is_nothing_to_decide_on() -> None:
    town = broken_town()
    line(town, "B-A").amounts = dict.fromkeys(("2015-16", "2016-17"), "50")
    ends(town)
    (row,) = found(town, "flexibility").rows
    assert (row["known"], row["worth"], row["stopped"]) == (0, 0, 0)
    assert found(town, "flexibility").headline == (
        "At none of 1 break point would the right to stop be worth anything that can be told from chance"
    )


def test_leaving_that_costs_more_than_it_saves_is_not_done() -> None:
    town = broken_town()
    ends(town, exit_cost=Decimal(500))
    (row,) = found(town, "flexibility").rows
    assert (row["worth"], row["stopped"]) == (0, 0)


def test_a_break_after_the_years_appraised_stops_nothing() -> None:
    town = broken_town()
    ends(town, falls=date(2017, 4, 1))
    assert found(town, "flexibility").rows[0]["worth"] == ""


def test_notice_runs_in_whole_months_to_the_end_of_a_shorter_one() -> None:
    town = broken_town()
    ends(town, falls=date(2014, 10, 31), notice_months=Decimal("3.5"))
    assert found(town, "flexibility").rows[0]["ends"] == "2015-02-28"


@pytest.mark.parametrize("field", ["falls", "notice_months", "exit_cost"])
def test_what_is_not_known_of_a_break_is_waited_for(field: str) -> None:
    town = broken_town()
    ends(town, **{field: None})
    finding = found(town, "flexibility")
    assert finding.rows[0]["worth"] is None
    assert any("Break P1 (P1)" in words for words in finding.waiting)
    assert finding.headline == "What the right to stop is worth is not known yet"


def test_an_empty_case_and_an_unknown() -> None:
    assert found(Town(), "flexibility").headline == "No break point is recorded"
    town = broken_town()
    ends(town)
    town.cost("C-2", option(town, "A"), f"{EVERY_YEAR}: 1").amounts = None
    finding = found(town, "flexibility")
    assert finding.rows[0]["worth"] is None
    assert "amounts for C-2 (C-2)" in finding.waiting


@pytest.mark.parametrize(
    ("day", "shares"),
    [
        (date(2012, 1, 1), [1, 1]),
        (date(2013, 4, 1), [1, 1]),
        (date(2013, 10, 1), [0.5, 1]),
        (date(2013, 9, 15), [0.5, 1]),
        (date(2014, 1, 1), [0.25, 1]),
        (date(2014, 4, 1), [0, 1]),
        (date(2015, 4, 1), [0, 0]),
    ],
)
def test_the_share_of_a_year_after_a_day_is_by_whole_months(day: date, shares: list[float]) -> None:
    assert share_after([2013, 2014], day).tolist() == shares
