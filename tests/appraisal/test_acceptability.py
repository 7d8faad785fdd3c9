"""SMAA-2 through records: an oracle in closed form, groups' own weights, money beside the rest, and who takes part."""

from decimal import Decimal

import pytest

from tests.appraisal.town import Town
from tests.appraisal.weighed_town import (
    criterion,
    found,
    group,
    money_town,
    on_good_evidence,
    score,
    scored_town,
)
from wayforward.appraisal.models import BenefitLine, CostLine, Criterion, StakeholderGroup
from wayforward.options.models import FactorVerdict, Option, SuccessFactor

# Values A = (1, 0), B = (0, 1), C = (0.6, 0.6): with weight w on the first, A leads above 0.6, B below 0.4 and C
# between. The means of w over those parts are the central weights.
ORACLE = {"A": (1, 0), "B": (0, 1), "C": (0.6, 0.6)}
LEADS = {"A": 0.4, "B": 0.4, "C": 0.2}
CENTRAL = {"A": 0.8, "B": 0.2, "C": 0.5}


def oracle(order: str = "ABC") -> Town:
    return scored_town({code: ORACLE[code] for code in order}, ("CARE", "SPEED"), 0, 1)


def shares(town: Town, weights: str = "any weights") -> dict[tuple[str, int], float]:
    rows = found(town, "appraisal.acceptability").where(weights=weights)
    return {(str(r["option"]), int(r["rank"])): float(r["share"]) for r in rows}


@pytest.mark.parametrize("order", ["ABC", "CAB"])
def test_shares_and_central_weights_agree_with_the_closed_form(order: str) -> None:
    town = oracle(order)
    given = shares(town)
    for code, share in LEADS.items():
        # Four standard errors of a share at 10,000 draws.
        assert given[code, 1] == pytest.approx(share, abs=0.02)
    rows = found(town, "appraisal.central_weights").where(criterion="CARE")
    assert {r["option"]: r["weight"] for r in rows} == pytest.approx(CENTRAL, abs=0.01)
    assert all(r["confidence"] == 1 for r in rows)  # the scores are certain


def test_the_order_of_options_changes_nothing() -> None:
    assert shares(oracle("ABC")) == shares(oracle("CAB"))


def test_shares_of_an_option_and_of_a_rank_sum_to_one_with_their_errors() -> None:
    finding = found(oracle(), "appraisal.acceptability")
    for name in ("option", "rank"):
        for value in {r[name] for r in finding.rows}:
            assert sum(r["share"] for r in finding.where(**{name: value})) == pytest.approx(1)
    for r in finding.rows:
        assert r["error"] == pytest.approx((r["share"] * (1 - r["share"]) / 10_000) ** 0.5, abs=1e-9)


def test_a_group_is_drawn_within_its_ranges_or_its_order() -> None:
    town = oracle()
    care, speed = town.tables[Criterion]
    # Care weighs 100 / (100 + 50) to 100 / (100 + 60), 0.667 to 0.625: above 0.6, so A always leads.
    group(town, "G1", [(care, (100,)), (speed, (55, 50, 60))])
    # Only the order is kept: care from 0.5 to 1, of which A leads above 0.6.
    group(town, "G2", [(care, (100,)), (speed, (10,))])
    assert shares(town, "Group G1")["A", 1] == 1
    assert shares(town, "Group G2")["A", 1] == pytest.approx(0.8, abs=0.02)
    assert shares(town, "Group G2")["B", 1] == 0


def test_two_groups_of_one_name_stay_two() -> None:
    town = oracle()
    care, speed = town.tables[Criterion]
    group(town, "G1", [(care, (100,)), (speed, (55, 50, 60))])
    group(town, "G2", [(care, (55, 50, 60)), (speed, (100,))])
    for one in town.tables[StakeholderGroup]:
        one.name = "Staff"
    finding = found(town, "appraisal.acceptability")
    # Each within its own ranges, which lie above 0.6 on care and on speed: A leads for the one, B for the other.
    assert shares(town, "Staff (G1)")["A", 1] == 1
    assert shares(town, "Staff (G2)")["B", 1] == 1
    assert {(r["weights"], r["group"]) for r in finding.rows} == {
        ("any weights", ""),
        ("Staff (G1)", "G1"),
        ("Staff (G2)", "G2"),
    }


def test_scores_with_a_range_are_drawn_from_it() -> None:
    town = Town()
    care = criterion(town, "CARE")
    score(town, town.option("A", 1), care, 0.2, 0.5, 0.8)
    score(town, town.option("B", 2), care, 0.65)
    # A triangle from 0.2 to 0.8 about 0.5 lies above 0.65 with (0.15 / 0.3)^2 / 2 = 1/8.
    assert shares(town)["A", 1] == pytest.approx(1 / 8, abs=0.014)


def test_money_stands_beside_the_rest_with_business_as_usual_at_nothing() -> None:
    town = money_town()
    for line in [*town.tables[CostLine], *town.tables[BenefitLine]]:
        line.low = line.high = Decimal(1)
    given = shares(town)
    # Nothing varies: worth (640.5 + 1000) / 20 = 82.03 for A against 50; trust 50 against 100.
    npsv = 300 * sum(1.035**-t for t in range(4)) - 500
    gain = (npsv + 1000) / 20 - 50
    # A leads where w x gain > (1 - w) x 50.
    assert given["A", 1] == pytest.approx(1 - 50 / (50 + gain), abs=0.02)


def test_no_option_is_named_while_the_evidence_is_weak() -> None:
    weak = found(money_town(), "appraisal.acceptability")
    assert weak.headline.startswith("No option is ranked")
    good = found(on_good_evidence(money_town()), "appraisal.acceptability")
    assert good.headline.startswith("BAU comes first in")


def test_an_option_that_fails_an_imperative_is_left_out_and_said_so() -> None:
    town = oracle()
    a = town.tables[Option][0]
    must = town.add(SuccessFactor, "F1", name="Lawful", imperative="strategic")
    may = town.add(SuccessFactor, "F2", name="Quick")
    town.add(FactorVerdict, "V1", option=a, factor=must, passes=False)
    town.add(FactorVerdict, "V2", option=town.tables[Option][1], factor=may, passes=False)
    town.add(FactorVerdict, "V3", option=town.tables[Option][2], factor=must, passes=None)
    finding = found(town, "appraisal.acceptability")
    assert {r["option"] for r in finding.rows} == {"B", "C"}
    assert "A is left out of every rank: it fails Lawful (strategic)." in finding.warnings


def test_an_unknown_score_leaves_every_share_unknown() -> None:
    town = oracle()
    score(town, town.option("D", 4), town.tables[Criterion][0], 0.5)
    finding = found(town, "appraisal.acceptability")
    assert not finding.known
    assert "a score: D on speed" in finding.waiting


@pytest.mark.parametrize("key", ["appraisal.acceptability", "appraisal.central_weights"])
def test_an_empty_case_says_what_it_waits_for(key: str) -> None:
    finding = found(Town(), key)
    assert not finding.known
    assert "criteria" in finding.waiting
