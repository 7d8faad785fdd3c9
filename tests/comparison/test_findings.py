"""Findings of comparison on a small case; every expected figure is worked out by hand beside it."""

import pytest

from tests.scope import made
from wayforward.comparison.models import Peer, PeerMeasure

KEYS = made.of_stage("comparison")


def by(finding, column):
    return {row[column]: row for row in finding.rows}


def of_measure(measure):
    finding = made.found(made.everything(), "comparison.peers")
    return {row["peer"]: row for row in finding.where(measure=measure)}


def test_the_stage_declares_its_findings():
    assert KEYS == ["comparison.peers", "comparison.practices", "comparison.collaborations"]


@pytest.mark.parametrize("key", KEYS)
def test_an_empty_case_waits(key):
    made.nothing_known(made.found(made.case_of(), key))


@pytest.mark.parametrize("key", KEYS)
def test_only_declared_tables_are_read(key, monkeypatch):
    made.guarded(made.everything(), key, monkeypatch)


@pytest.mark.parametrize(
    ("peer", "rate", "rank"),
    [
        ("W", 3.0, 2),  # 3,000 / 1,000,000 x 1,000
        ("M", 4.0, 1),  # 2,000 / 500,000 x 1,000: the population of the same period, not that of 2001
        ("X", 5.0, None),  # 10,000 / 2,000,000 x 1,000, shown but left out
        ("U", None, None),  # no population
    ],
)
def test_peers_are_measured_per_thousand_people(peer, rate, rank):
    row = of_measure("Officers")[peer]
    assert (row["value"], row["rank"], row["of"]) == (rate, rank, 2)
    assert row["unit"] == "officers per 1,000 people"


def test_the_median_is_of_those_compared():
    # Of 3 and 4; the one left out at 5 does not count.
    assert {row["median"] for row in of_measure("Officers").values()} == {3.5}


def test_a_peer_left_out_keeps_its_reason():
    rows = of_measure("Officers")
    assert rows["X"]["left_out"] == "capital duties"
    assert rows["W"]["left_out"] == "compared"
    assert [peer for peer, row in rows.items() if row["own"]] == ["W"]


def test_a_score_is_not_divided_by_a_population():
    rows = of_measure("Severity score")
    assert (rows["W"]["value"], rows["W"]["rank"], rows["M"]["rank"]) == (12, 1, 2)


def test_the_population_is_no_measure_of_its_own():
    assert of_measure("Population") == {}


def test_peers_say_where_periods_differ_and_what_is_lacking():
    finding = made.found(made.everything(), "comparison.peers")
    assert finding.warnings == ("Officers of 2012 set against the population of mid-2011 for Midshire",)
    assert finding.waiting == ("Officers, or the population, of Unpeopled",)
    assert finding.headline == (
        "Midshire is 2nd of 2 by Officers and 1st of 2 by Severity score, counted from the highest"
    )


def test_peers_measured_in_different_units_are_pointed_out():
    peers = [Peer(code=code, name=code, own=code == "W") for code in "WM"]
    units = ("posts", "full-time equivalents")
    measures = [
        PeerMeasure(code=f"N{n}", peer=peer, measure="Officers", value=10, unit=unit, period="2012")
        for n, (peer, unit) in enumerate(zip(peers, units, strict=True))
    ]
    finding = made.found(made.case_of(*peers, *measures), "comparison.peers")
    assert finding.warnings == ("Officers is given in more than one unit: posts and full-time equivalents",)
    assert {row["value"] for row in finding.rows} == {None}  # no population: no rate, and never nought


def test_practices_put_the_strongest_evidence_first():
    finding = made.found(made.everything(), "comparison.practices")
    assert [row["practice"] for row in finding.rows] == ["B2", "B1"]
    assert finding.headline == (
        "Of 2 practices seen elsewhere, evidence is strong for 1, moderate for none, and weak or lacking for 1"
    )


def test_collaborations_are_listed_with_what_is_lacking():
    finding = made.found(made.everything(), "comparison.collaborations")
    assert by(finding, "collaboration")["L1"]["partners"] == "The county"
    assert by(finding, "collaboration")["L2"]["partners"] is None
    assert finding.headline == "2 opportunities to share, 1 with a known obstacle"
    assert finding.waiting == ("the partners for Air support",)


def test_the_chart_is_drawn_with_its_words():
    says = ["Officers per 1,000 people; open: left out", "Midshire", "median", "Severity score"]
    made.well_drawn(made.drawings("comparison", made.everything())["comparison.peers"], says)


def test_no_chart_is_drawn_of_nothing():
    assert made.drawings("comparison", made.case_of()) == {}
