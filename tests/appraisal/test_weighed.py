"""Additive values through records; expected values are published examples or arithmetic by hand."""

import pytest

from tests.appraisal.town import Town
from tests.appraisal.weighed_town import found, group, money_town, on_good_evidence, scored_town
from wayforward.appraisal.models import Criterion, CriterionScore
from wayforward.methods import ranking
from wayforward.options.models import Option


def totals(town: Town) -> dict[str, float]:
    return {str(r["option"]): r["total"] for r in found(town, "appraisal.weighed").rows}


def weighed_town(levels: dict[str, tuple[float, ...]], points: tuple[float, ...], best: float) -> Town:
    town = scored_town(levels, tuple("UVWX"[: len(points)]), 0, best)
    group(town, "G", [(of, (given,)) for of, given in zip(town.tables[Criterion], points, strict=True)])
    return town


def test_equal_totals_are_a_tie() -> None:
    # Penn State, mangt510 lesson 2.5.2: weights 1, 2, 3 give 11, 15, 15, 12; of 18 at most here, so x 100 / 18.
    levels = {"Alpha": (3, 1, 2), "Beta": (2, 2, 3), "Gamma": (3, 3, 2), "Delta": (1, 1, 3)}
    given = totals(weighed_town(levels, (100 / 3, 200 / 3, 100), 3))
    expected = {"Alpha": 11, "Beta": 15, "Gamma": 15, "Delta": 12}
    assert given == pytest.approx({code: score * 100 / 18 for code, score in expected.items()})
    ranks = {one.code: one.rank for one in ranking.rank(given)}
    assert ranks == {"Beta": 1, "Gamma": 1, "Delta": 3, "Alpha": 4}


def test_totals_that_differ_never_read_alike() -> None:
    # A template of multi-criteria analysis (dwmbeancounter): weights 50, 25, 15, 10 give 3.75, 5.95, 4.20, 6.00.
    levels = {"1": (3, 5, 4, 4), "2": (5, 9, 6, 3), "3": (5, 0, 8, 5), "4": (5, 6, 8, 8)}
    given = totals(weighed_town(levels, (100, 50, 30, 20), 10))
    assert given == pytest.approx({"1": 37.5, "2": 59.5, "3": 42.0, "4": 60.0})
    column = found(weighed_town(levels, (100, 50, 30, 20), 10), "appraisal.weighed").column("total")
    assert column.apart


def test_parts_add_up_to_the_total() -> None:
    finding = found(money_town(), "appraisal.weighed")
    for code in ("A", "BAU"):
        rows = finding.where(option=code)
        assert sum(r["part"] for r in rows) == pytest.approx(rows[0]["total"])
    # Weights 2/3 and 1/3; business as usual is worth 50 in money and 100 in trust.
    assert finding.where(option="BAU")[0]["total"] == pytest.approx(50 * 2 / 3 + 100 / 3)


def test_ranks_are_withheld_while_the_evidence_is_weak() -> None:
    weak = found(money_town(), "appraisal.weighed")
    assert {r["rank"] for r in weak.rows} == {None}
    assert weak.headline.startswith("No option is ranked")
    # Business as usual has 66.7; A 82.0 x 2/3 + 50/3 = 71.4.
    good = found(on_good_evidence(money_town()), "appraisal.weighed")
    assert {r["option"]: r["rank"] for r in good.rows} == {"A": 1, "BAU": 2}


def test_the_headline_says_options_by_their_short_names() -> None:
    town = on_good_evidence(money_town())
    for option in town.tables[Option]:
        option.short_name = {"A": "Alone", "BAU": "As now"}[option.code]
    assert (
        found(town, "appraisal.weighed").headline == "Alone has the highest value by the weights of 1 group"
    )


def test_an_unknown_score_leaves_the_total_unknown() -> None:
    town = weighed_town({"A": (1, 2), "B": (2, 1)}, (100, 50), 3)
    town.tables[CriterionScore][0].score = None
    assert totals(town)["A"] is None
    assert totals(town)["B"] == pytest.approx(200 / 3 * 2 / 3 + 100 / 3 / 3)


def test_an_empty_case_is_waited_for() -> None:
    finding = found(Town(), "appraisal.weighed")
    assert not finding.known
    assert "criteria" in finding.waiting
