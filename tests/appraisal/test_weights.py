"""Weights of groups; expected values are arithmetic by hand, written out beside each."""

import pytest

from tests.appraisal.town import Town
from tests.appraisal.weighed_town import criterion, found, group
from wayforward.appraisal.models import Dissent, SwingWeight


def two_groups() -> Town:
    town = Town()
    care, speed = criterion(town, "CARE"), criterion(town, "SPEED")
    group(town, "G1", [(care, (100,)), (speed, (25,))], chair="Bishop", chair_independent=True)
    group(town, "G2", [(care, (100,)), (speed, (60, 50, 100))], chair="Sponsor", chair_independent=False)
    return town


def test_weights_are_points_over_their_sum_with_the_interval_of_the_ranges() -> None:
    rows = {(r["group"], r["criterion"]): r for r in found(two_groups(), "appraisal.weights").rows}
    assert rows["G1", "CARE"]["weight"] == pytest.approx(100 / 125)
    assert rows["G1", "CARE"]["low"] == rows["G1", "CARE"]["high"] == pytest.approx(0.8)
    assert rows["G2", "SPEED"]["weight"] == pytest.approx(60 / 160)
    # From 50 beside 100 to 100 beside 100.
    assert rows["G2", "SPEED"]["low"] == pytest.approx(1 / 3)
    assert rows["G2", "SPEED"]["high"] == pytest.approx(1 / 2)


def test_where_groups_differ_most_is_said() -> None:
    # Care: 80% and 62.5%; of two criteria both differ as much, and the first is named.
    assert found(two_groups(), "appraisal.weights").headline.startswith("Groups differ most on care")


def test_a_chair_who_gains_and_dissent_are_said() -> None:
    town = two_groups()
    of = town.tables[SwingWeight][0].group
    town.add(Dissent, "DIS-1", group=of, about="criterion:CARE", text="Speed saves lives", said_by="Nurse")
    warnings = found(town, "appraisal.weights").warnings
    assert any("chair of Group G2 was not independent" in words for words in warnings)
    assert not any("chair of Group G1" in words for words in warnings)
    assert any("Speed saves lives" in words and "Nurse" in words for words in warnings)


def test_a_criterion_without_anchors_gets_no_weight() -> None:
    town = two_groups()
    bare = criterion(town, "BARE", None, 1)
    town.add(SwingWeight, "W", group=town.tables[SwingWeight][0].group, criterion=bare, points=100)
    finding = found(town, "appraisal.weights")
    assert {r["criterion"] for r in finding.rows} == {"CARE", "SPEED"}
    assert "the anchors of bare: its worst and its best level" in finding.waiting


def test_a_group_that_has_not_weighed_everything_is_waited_for() -> None:
    town = two_groups()
    town.tables[SwingWeight][1].points = None
    finding = found(town, "appraisal.weights")
    assert {r["group"] for r in finding.rows} == {"G2"}
    assert finding.waiting == ("swing weights of Group G1: speed",)


def test_points_without_a_greatest_swing_are_waited_for() -> None:
    town = two_groups()
    town.tables[SwingWeight][0].points = 80
    finding = found(town, "appraisal.weights")
    assert {r["group"] for r in finding.rows} == {"G2"}
    assert any("no criterion has 100 points" in words for words in finding.waiting)


def test_an_empty_case_waits_for_criteria_and_groups() -> None:
    finding = found(Town(), "appraisal.weights")
    assert not finding.known
    assert finding.waiting == ("criteria", "a stakeholder group")
