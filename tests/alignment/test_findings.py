"""Findings of alignment on a small case; every expected figure is worked out by hand beside it."""

import pytest

from tests.scope import made
from wayforward.alignment.models import Priority

KEYS = made.of_stage("alignment")


def by(finding, column):
    return {row[column]: row for row in finding.rows}


def test_the_stage_declares_its_findings():
    assert KEYS == ["alignment.matrix", "alignment.priorities", "alignment.investments"]


@pytest.mark.parametrize("key", KEYS)
def test_an_empty_case_waits(key):
    made.nothing_known(made.found(made.case_of(), key))


@pytest.mark.parametrize("key", KEYS)
def test_only_declared_tables_are_read(key, monkeypatch):
    made.guarded(made.everything(), key, monkeypatch)


def test_matrix_holds_every_pair():
    finding = made.found(made.everything(), "alignment.matrix")
    assert {(row["priority"], row["capability"]): row["strength"] for row in finding.rows} == {
        ("P1", "C1"): 9,
        ("P1", "C2"): 0,
        ("P2", "C1"): 0,
        ("P2", "C2"): 0,
    }
    assert finding.headline == (
        "1 of 1 links of capabilities with priorities are strong, and Wall serves no priority"
    )


def test_matrix_waits_for_strengths_rather_than_show_noughts():
    rows = [row for row in made.alignment(made.services()) if row.kind() in ("priority", "capability")]
    finding = made.found(made.case_of(*rows), "alignment.matrix")
    assert finding.rows == ()
    assert finding.waiting == ("how strongly capabilities serve priorities",)


def test_priorities_mark_orphans_and_their_share_of_the_weight():
    # Weights 3 and 1: the orphan holds 1 / 4 of the weight.
    finding = made.found(made.everything(), "alignment.priorities")
    rows = by(finding, "priority")
    assert (rows["P1"]["served"], rows["P1"]["capabilities"], rows["P1"]["orphan"]) == (9, 1, False)
    assert (rows["P2"]["served"], rows["P2"]["capabilities"], rows["P2"]["orphan"]) == (0, 0, True)
    assert finding.headline == "1 of 2 priorities, 25% of the weight, is served by no capability: Trust"


def test_a_priority_without_weight_has_none():
    rows = [*made.alignment(made.services()), Priority(code="P3", name="Unweighted")]
    finding = made.found(made.case_of(*rows), "alignment.priorities")
    assert by(finding, "priority")["P3"]["weight"] is None
    assert finding.waiting == ("the weight of Unweighted",)
    assert "% of the weight" not in finding.headline


def test_priorities_are_known_before_anyone_has_said_what_serves_them():
    finding = made.found(
        made.case_of(Priority(code="P1", name="Safer homes", weight=3)), "alignment.priorities"
    )
    assert finding.rows[0]["orphan"] is None
    assert finding.rows[0]["weight"] == 3


def test_investments_say_what_they_are_for():
    finding = made.found(made.everything(), "alignment.investments")
    rows = by(finding, "investment")
    assert (rows["I1"]["outcomes"], rows["I1"]["serves"], rows["I1"]["cost"]) == ("O1", "P1", 100_000)
    assert (rows["I2"]["outcomes"], rows["I2"]["serves"], rows["I2"]["cost"]) == ("none", "none", None)
    assert (rows["I1"]["without_outcome"], rows["I2"]["without_outcome"]) == (False, True)
    assert (
        finding.headline == "2 investments are proposed, not all of them priced; 1 of them names no outcome"
    )
    assert finding.waiting == ("the cost of Screens",)
    assert "What Screens would build serves no priority" in finding.warnings


@pytest.mark.parametrize(
    ("key", "says"),
    [
        ("alignment.matrix", ["Safer homes", "Mobile", "9", "serves no priority", "served by no capability"]),
        ("alignment.priorities", ["Trust", "1: served by none", "3: 1 capability", "Weight"]),
    ],
)
def test_charts_are_drawn_with_their_words(key, says):
    made.well_drawn(made.drawings("alignment", made.everything())[key], says)


def test_no_chart_is_drawn_of_nothing():
    assert made.drawings("alignment", made.case_of()) == {}
