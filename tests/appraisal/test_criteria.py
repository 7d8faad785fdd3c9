"""Criteria and values on a made-up town; expected values are arithmetic by hand, written out beside each."""

import pytest

from tests.appraisal.town import Town
from tests.appraisal.weighed_town import criterion, found, money_town, score, scored_town
from wayforward.appraisal.models import CriterionScore


def values(town: Town) -> dict[tuple[str, str], object]:
    return {(r["option"], r["criterion"]): r["value"] for r in found(town, "appraisal.criteria").rows}


def test_values_lie_between_the_anchors_whichever_is_the_larger() -> None:
    town = Town()
    days = criterion(town, "DAYS", 40, 5, points=[["12", "90"], ["26", "60"]])
    score(town, town.option("A", 1), days, 12, 19, 26)
    (row,) = found(town, "appraisal.criteria").rows
    # 19 days is half way from 26 (worth 60) to 12 (worth 90).
    assert row["value"] == pytest.approx(75)
    assert (row["value_low"], row["value_high"]) == (pytest.approx(90), pytest.approx(60))


def test_money_is_a_criterion_like_any_other() -> None:
    found_values = values(money_town())
    npsv = 300 * sum(1.035**-t for t in range(4)) - 500
    # From -1,000 to 1,000: nought is in the middle.
    assert found_values["A", "WORTH"] == pytest.approx((npsv + 1000) / 20)
    assert found_values["BAU", "WORTH"] == pytest.approx(50)


@pytest.mark.parametrize("level", [-0.1, 1.1])
def test_a_level_outside_the_anchors_is_waited_for(level: float) -> None:
    finding = found(scored_town({"A": (level,)}, ("CARE",), 0, 1), "appraisal.criteria")
    assert finding.rows[0]["value"] is None
    assert any("outside the anchors" in words for words in finding.waiting)


def test_a_score_outside_its_own_range_is_waited_for() -> None:
    town = Town()
    score(town, town.option("A", 1), criterion(town, "CARE"), 0.5, 0.4, 0.6)
    finding = found(town, "appraisal.criteria")
    assert finding.rows[0]["value"] is None
    assert any("a range that the score lies in" in words for words in finding.waiting)


def test_a_score_not_known_is_not_nought() -> None:
    town = scored_town({"A": (1,), "B": (0,)}, ("CARE",), 0, 1)
    town.tables[CriterionScore][1].score = None
    assert values(town) == {("A", "CARE"): 100, ("B", "CARE"): None}
    assert found(town, "appraisal.criteria").waiting == ("a score: B on care",)


def test_a_criterion_without_anchors_has_no_values() -> None:
    town = scored_town({"A": (1,)}, ("CARE",), 0, 1)
    score(
        town,
        town.tables[type(town.tables[CriterionScore][0].option)][0],
        criterion(town, "BARE", None, None),
        3,
    )
    assert values(town)["A", "BARE"] is None
    assert "cannot be weighed yet" in found(town, "appraisal.criteria").headline


def test_an_empty_case_has_no_criteria() -> None:
    finding = found(Town(), "appraisal.criteria")
    assert not finding.known
    assert finding.waiting == ("criteria",)
