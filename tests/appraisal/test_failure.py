"""Conditions of failure on the town, whose failing region is known beforehand."""

from decimal import Decimal

import pytest

from tests.appraisal.drawn_town import FOUR_YEARS, found, limit, line, option, plain_town, varies
from tests.appraisal.town import EVERY_YEAR, Town
from wayforward.appraisal.findings import failure as module
from wayforward.appraisal.models import FailureCondition
from wayforward.options.models import OptionRisk


def late_town() -> Town:
    """A fails where it is more than 9 months late, whatever else: its only limit is on delay."""
    town = plain_town()
    varies(town, "U1", "option_phase:A-own", "delay_months", "uniform", low=0, high=12)
    row = line(town, "C-A")
    row.low, row.high = Decimal("0.5"), Decimal(2)
    limit(town, "L1", "delay", "at most", 9)
    return town


def choose(town: Town, step: int) -> None:
    town.add(
        FailureCondition,
        "F1",
        option=option(town, "A"),
        threshold=town.tables[type(line(town, "L1"))][0],
        step=step,
        chosen_by="Head of finance",
    )


def test_the_failing_region_is_found_in_the_unit_of_what_varies() -> None:
    rows = found(late_town(), "failure").rows
    assert (rows[0]["step"], rows[0]["coverage"], rows[0]["restricted"]) == (0, 1, 0)
    # Over 9.5 of 12 months rounds to 10 and more: 2.5 of 12.
    assert rows[0]["density"] == pytest.approx(2.5 / 12, abs=0.02)
    last = rows[-1]
    assert (last["coverage"], last["density"]) == (1, 1)
    assert last["condition"] == "where What U1 varies is over 9 months"


def test_no_step_is_offered_until_a_person_chooses_one() -> None:
    town = late_town()
    finding = found(town, "failure")
    assert all(row["chosen"] == "" for row in finding.rows)
    assert finding.waiting == ("somebody to choose a step for A against Limit L1",)
    assert finding.headline == (
        "1 pair of option and limit can fail: a person has yet to choose a step for each"
    )
    step = int(finding.rows[-1]["step"])
    choose(town, step)
    finding = found(town, "failure")
    assert [row["step"] for row in finding.rows if row["chosen"]] == [step]
    assert finding.rows[-1]["chosen"] == "Head of finance"
    assert finding.waiting == ()
    assert finding.headline == "A condition of failure is chosen for 1 of 1 pair of option and limit"


def test_a_step_that_is_not_on_the_way_is_chosen_anew() -> None:
    town = late_town()
    choose(town, 500)
    finding = found(town, "failure")
    assert not any(row["chosen"] for row in finding.rows)
    assert "a new choice for F1: no such step is on the way now" in finding.waiting


def test_a_risk_is_told_as_coming_about_and_amounts_as_a_share_of_likely() -> None:
    town = plain_town()
    a = option(town, "A")
    town.add(
        OptionRisk,
        "R1",
        option=a,
        name="A strike",
        probability=Decimal("0.3"),
        impact=Decimal(400),
        year=2013,
    )
    limit(town, "L1", "npsv", "at least", 0)
    last = found(town, "failure").rows[-1]
    assert last["condition"] == "where A strike is coming about"
    assert (last["coverage"], last["density"]) == (1, 1)
    town = plain_town()
    row = line(town, "C-A")
    row.low, row.high, row.distribution = Decimal("0.5"), Decimal("2.5"), "uniform"
    limit(
        town, "L1", "npsv", "at least", round(-40 * FOUR_YEARS)
    )  # 150 - 80 x times < -40 where times > 2.375
    last = found(town, "failure").rows[-1]
    assert last["condition"].startswith("where C-A is over 23")
    assert last["condition"].endswith("% of likely")
    assert last["density"] > 0.95


def test_lines_that_range_differently_are_told_by_their_place_between_low_and_high() -> None:
    town = plain_town()
    for code, high in (("C-A", "3"), ("B-A", "2")):
        row = line(town, code)
        row.varies_with, row.low, row.high, row.distribution = (
            "Pay: all",
            Decimal(0),
            Decimal(high),
            "uniform",
        )
    limit(town, "L1", "npsv", "at least", 0)  # 100 - 240 u + 100 u: below nothing where u is over 0.714
    last = found(town, "failure").rows[-1]
    assert last["condition"] == "where Pay: all is over 71% of the way from low to high"


def test_what_nearly_always_or_never_fails_is_left_out_and_said() -> None:
    town = late_town()
    limit(town, "L2", "delay", "at most", 24)
    finding = found(town, "failure")
    assert {row["threshold"] for row in finding.rows} == {"L1"}
    assert (
        finding.warnings[0]
        == "Too seldom or too often missed to say when: A against Limit L2 (0% of draws miss)."
    )


def test_pairs_are_bounded_and_those_left_out_are_named() -> None:
    town = late_town()
    for number in range(2, 12):
        limit(town, f"L{number:02}", "delay", "at most", number)
    finding = found(town, "failure")
    assert len({row["threshold"] for row in finding.rows}) == module.MOST_PAIRS
    assert finding.warnings[0].startswith(
        f"Only {module.MOST_PAIRS} pairs are worked out; left out: A against "
    )


def test_an_empty_case_an_unknown_and_no_limit() -> None:
    assert found(Town(), "failure").waiting
    assert found(plain_town(), "failure").waiting == ("a limit that an option must keep to be good enough",)
    town = late_town()
    town.cost("C-2", option(town, "A"), f"{EVERY_YEAR}: 1").amounts = None
    finding = found(town, "failure")
    assert finding.rows == ()
    assert finding.headline == "When the options would miss a limit is not known yet"
