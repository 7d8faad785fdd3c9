"""Money beside the other criteria; expected values are arithmetic by hand."""

import pytest

from tests.appraisal.town import Town
from tests.appraisal.weighed_town import found, money_town, on_good_evidence
from wayforward.appraisal.models import CriterionScore


def test_money_stands_beside_the_value_of_the_rest() -> None:
    rows = {r["option"]: r for r in found(on_good_evidence(money_town()), "appraisal.trade_off").rows}
    assert rows["A"]["npsv"] == pytest.approx(300 * sum(1.035**-t for t in range(4)) - 500)
    assert rows["A"]["npsv_low"] < rows["A"]["npsv_high"]
    assert rows["BAU"]["npsv"] == 0
    # Trust alone is left: 5 and 10 of 10.
    assert (rows["A"]["value"], rows["BAU"]["value"]) == (pytest.approx(50), pytest.approx(100))
    assert {r["dominated_by"] for r in rows.values()} == {""}


def test_an_option_that_is_less_on_both_counts_is_said_to_be() -> None:
    town = on_good_evidence(money_town())
    town.tables[CriterionScore][0].score = 2  # business as usual: less trust than A's 5, and less money
    finding = found(town, "appraisal.trade_off")
    assert {r["option"]: r["dominated_by"] for r in finding.rows} == {"BAU": "A", "A": ""}
    assert finding.headline.startswith("BAU is less than another option")


def test_equal_on_one_count_and_less_on_the_other_is_dominated() -> None:
    town = on_good_evidence(money_town())
    town.tables[CriterionScore][0].score = 5
    assert {r["option"]: r["dominated_by"] for r in found(town, "appraisal.trade_off").rows} == {
        "BAU": "A",
        "A": "",
    }


def test_nothing_is_said_to_be_less_while_the_evidence_is_weak() -> None:
    town = money_town()
    town.tables[CriterionScore][0].score = 2
    finding = found(town, "appraisal.trade_off")
    assert finding.headline.startswith("No option is ranked")
    assert {r["dominated_by"] for r in finding.rows} == {None}  # withheld, which is not "none"


def test_an_unknown_score_is_not_nought() -> None:
    town = on_good_evidence(money_town())
    town.tables[CriterionScore][0].score = None
    finding = found(town, "appraisal.trade_off")
    rows = {r["option"]: r for r in finding.rows}
    assert rows["BAU"]["value"] is None
    assert rows["A"]["dominated_by"] is None
    assert "a score: BAU on trust" in finding.waiting


def test_an_empty_case_is_waited_for() -> None:
    finding = found(Town(), "appraisal.trade_off")
    assert not finding.known
    assert "criteria" in finding.waiting
