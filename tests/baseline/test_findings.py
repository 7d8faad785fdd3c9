"""Findings of the baseline on a small case; every expected figure is worked out by hand beside it."""

from datetime import date

import pytest

from tests.scope import made
from wayforward.baseline.models import System, SystemService

KEYS = made.of_stage("baseline")


def by(finding, column):
    return {row[column]: row for row in finding.rows}


def test_the_stage_declares_its_findings():
    assert KEYS == [
        "baseline.maturity",
        "baseline.maturity_summary",
        "baseline.support",
        "baseline.support_by_year",
    ]


@pytest.mark.parametrize("key", KEYS)
def test_an_empty_case_waits(key):
    made.nothing_known(made.found(made.case_of(), key))


@pytest.mark.parametrize("key", KEYS)
def test_only_declared_tables_are_read(key, monkeypatch):
    made.guarded(made.everything(), key, monkeypatch)


@pytest.mark.parametrize(
    ("dimension", "level", "target", "gap", "lowest", "highest"),
    [
        ("D1", 2, 4, 2, 2, 4),  # two assessors, 2 and 4: the lower of the two in the middle
        ("D2", None, 3, None, None, None),  # a target without a level
        ("D3", 2, 3, 1, 1, 3),  # 1, 2 and 3: the one in the middle
        ("D4", 3, 3, 0, 3, 3),
    ],
)
def test_maturity_combines_assessors_by_the_lower_median(dimension, level, target, gap, lowest, highest):
    row = by(made.found(made.everything(), "baseline.maturity"), "dimension")[dimension]
    assert (row["level"], row["target"], row["gap"]) == (level, target, gap)
    assert (row["lowest"], row["highest"]) == (lowest, highest)


def test_maturity_says_how_assessors_were_combined_and_what_is_lacking():
    finding = made.found(made.everything(), "baseline.maturity")
    assert "median" in str(finding.parameters["several_assessors"])
    assert finding.warnings == ("Assessors differ on 2 levels; the range is shown beside each",)
    assert finding.waiting == ("the level of Running for The information services function",)
    # Levels 2, 2, 3 are known: two are 2 or lower; of these three, all with a target, two fall short.
    assert finding.headline == (
        "2 of 3 levels of maturity that are known are 2 or lower, and 2 of 3 with a target fall short of it"
    )


def test_maturity_summary_is_the_weakest_dimension_with_the_mean_beside_it():
    # Levels 2 and 3, targets 3 and 3: weakest 2, mean 2.5, gap 3 - 2 = 1.
    row = by(made.found(made.everything(), "baseline.maturity_summary"), "service")["S2"]
    assert (row["weakest"], row["mean"], row["target"], row["gap"]) == (2, 2.5, 3, 1)
    assert row["weakest_in"] == "Method"


def test_maturity_summary_is_not_known_while_a_dimension_is_not_assessed():
    # Level 2 of one dimension, none of the other; targets 4 and 3: at most 2, target 3, largest gap 2.
    row = by(made.found(made.everything(), "baseline.maturity_summary"), "subject")["information"]
    assert (row["weakest"], row["at_most"], row["gap"]) == (None, 2, None)
    assert (row["target"], row["largest_gap"], row["name"]) == (3, 2, "The information services function")


@pytest.mark.parametrize(
    ("system", "state", "services", "cost"),
    [
        ("Y1", "past", "S2", 300_000),
        ("Y2", "within the period", "S2; S3", 400_000),
        ("Y3", "later", "S2; S3", 400_000),  # linked to the heading S1: what is under it, not its 999m
        ("Y4", "not known", "S4", 50_000),
        ("Y5", "within the period", None, None),  # what stands on it is not known
        ("Y6", "within the period", "S5", None),  # the last day is still supported; S5 has no known cost
    ],
)
def test_support_says_when_it_ends_and_what_stands_on_it(system, state, services, cost):
    row = by(made.found(made.everything(), "baseline.support"), "system")[system]
    assert (row["state"], row["services"], row["cost_standing"]) == (state, services, cost)


def test_support_is_ordered_by_end_with_the_unknown_last():
    finding = made.found(made.everything(), "baseline.support")
    assert [row["system"] for row in finding.rows] == ["Y1", "Y6", "Y2", "Y5", "Y3", "Y4"]
    assert finding.headline.startswith(
        "1 of 6 systems is past support, and 3 more lose it by the end of 2022-23"
    )
    assert finding.waiting == (
        "the end of support of System 4",
        "the services that stand on System 5",
        "the yearly cost of Desktop",
    )
    assert finding.parameters["status_date"] == "2012-12-20"


def two_systems(*ends):
    of = made.services()
    rows = []
    for place, (end, on) in enumerate(ends):
        system = System(code=f"Z{place}", name=f"Zed {place}", end_of_support=end)
        links = [SystemService(code=f"Z{place}-{s}", system=system, service=of[s]) for s in on]
        rows += [system, *links]
    return made.case_of(*of.values(), *rows)


def test_support_counts_a_service_on_two_systems_once():
    # Response (300,000) stands on both, Forensics (100,000) on one: 400,000, not 700,000.
    case = two_systems((date(2012, 6, 30), ["S2"]), (date(2014, 4, 8), ["S2", "S3"]))
    assert made.found(case, "baseline.support").headline == (
        "1 of 2 systems is past support, and 1 more loses it by the end of 2022-23: "
        "services that cost £400,000 a year stand on them"
    )


@pytest.mark.parametrize(
    ("end", "state"),
    [(date(2023, 3, 31), "within the period"), (date(2023, 4, 1), "later"), (date(2012, 12, 19), "past")],
)
def test_the_period_ends_with_the_last_year_appraised(end, state):
    assert made.found(two_systems((end, ["S2"])), "baseline.support").rows[0]["state"] == state


def test_support_by_year_goes_by_financial_year():
    # 31 March 2014 falls in 2013-14, 8 April 2014 in 2014-15.
    case = two_systems((date(2014, 3, 31), ["S2"]), (date(2014, 4, 8), ["S2", "S3"]))
    finding = made.found(case, "baseline.support_by_year")
    rows = by(finding, "year")
    assert list(rows) == list(range(2012, 2023))
    assert (rows[2013]["systems"], rows[2013]["cost_standing"]) == ("Z0", 300_000)
    assert (rows[2014]["count"], rows[2014]["cost_standing"]) == (1, 400_000)
    assert (rows[2014]["so_far"], rows[2014]["cost_so_far"]) == (2, 400_000)
    assert (rows[2015]["systems"], rows[2015]["count"]) == ("none", 0)


def test_support_by_year_does_not_cost_what_is_not_known():
    # 2014-15: System 2 and System 5, and nobody has said what stands on System 5.
    rows = by(made.found(made.everything(), "baseline.support_by_year"), "year")
    assert (rows[2014]["count"], rows[2014]["cost_standing"]) == (2, None)


@pytest.mark.parametrize(
    ("key", "says"),
    [
        ("baseline.maturity", ["The information services function", "Response", "not known", "2 (1 to 3)"]),
        ("baseline.support", ["System 1", "figures as at 20 December 2012", "report due 23 January 2013"]),
        ("baseline.support_by_year", ["2014-15", "2 systems", "cost not known", "£ million"]),
    ],
)
def test_charts_are_drawn_with_their_words(key, says):
    made.well_drawn(made.drawings("baseline", made.everything())[key], says)


def test_no_chart_is_drawn_of_nothing():
    assert made.drawings("baseline", made.case_of()) == {}
