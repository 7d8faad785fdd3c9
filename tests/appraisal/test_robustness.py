"""Regret and good enough, on the town."""

from decimal import Decimal

import pytest

from tests.appraisal.drawn_town import (
    FOUR_YEARS,
    found,
    limit,
    line,
    normal_town,
    option,
    plain_town,
    twin,
    varies,
)
from tests.appraisal.test_scenarios import scenario
from tests.appraisal.town import EVERY_YEAR, Town
from wayforward.appraisal.findings.robustness import BASES
from wayforward.appraisal.models import BenefitLine, CostLine
from wayforward.options.models import OptionRisk


def risky_town(chance: str = "0.5", impact: int = 1000) -> Town:
    """A is worth 70 a year, less a risk of the first year; B nothing but 10 a year, for certain."""
    town = plain_town()
    a = option(town, "A")
    town.add(
        OptionRisk,
        "R1",
        option=a,
        name="Fails",
        probability=Decimal(chance),
        impact=Decimal(impact),
        year=2013,
    )
    b = town.option("B", 3)
    town.cost("C-B", b, f"{EVERY_YEAR}: 100")
    town.benefit("B-B", b, f"{EVERY_YEAR}: 10", "societal")
    return town


def over(finding, basis: str) -> dict[str, dict]:  # type: ignore[no-untyped-def,type-arg]
    return {row["option"]: row for row in finding.rows if row["basis"] == BASES[basis]}


def test_regret_over_draws_by_hand() -> None:
    rows = over(found(risky_town(), "regret"), "draws")
    good, bad, safe = 70 * FOUR_YEARS, 70 * FOUR_YEARS - 1000, 10 * FOUR_YEARS
    # A fails or not; B is the best where it does. Business as usual is worth nothing.
    assert rows["A"]["most"] == pytest.approx(safe - bad)
    assert rows["B"]["most"] == pytest.approx(good - safe)
    assert rows["BAU"]["most"] == pytest.approx(good)
    for code, expected in (("A", (safe - bad) / 2), ("B", (good - safe) / 2)):
        assert abs(rows[code]["expected"] - expected) <= 3 * rows[code]["expected_se"]
    assert rows["A"]["in_95"] == pytest.approx(safe - bad)
    assert [code for code, row in rows.items() if row["least_worst"]] == ["B"]


def test_regret_over_scenarios_counts_the_records_as_they_stand_too() -> None:
    town = risky_town("1", 0)
    assert over(found(town, "regret"), "scenarios") == {}
    scenario(town, "S1", ("benefit_line:B-A", "amounts", "0"), ("cost_line:C-A", "amounts", "1.5"))
    rows = over(found(town, "regret"), "scenarios")
    # As it stands A is worth 70 a year and B 10; in S1 A costs 20 a year more than it brings.
    assert rows["A"]["most"] == pytest.approx(30 * FOUR_YEARS)
    assert rows["B"]["most"] == pytest.approx(60 * FOUR_YEARS)
    assert rows["A"]["expected"] == ""  # nobody gave the scenarios probabilities
    assert rows["A"]["least_worst"] is True


def test_no_headline_says_whose_regret_is_least_while_no_option_is_ranked() -> None:
    town = risky_town()
    finding = found(town, "regret")
    assert finding.headline.endswith("; no option is ranked")
    assert finding.column("least_worst").detail
    for model in (CostLine, BenefitLine):
        for row in town.tables[model]:
            town.cite(row, town.strong)
    finding = found(town, "regret")
    assert finding.headline.endswith("the least worst is that of B")
    assert not finding.column("least_worst").detail


def test_identical_options_tie_for_the_least_worst() -> None:
    town = normal_town()
    twin(town)
    rows = over(found(town, "regret"), "draws")
    assert rows["A"]["most"] == rows["B"]["most"]
    assert [code for code, row in rows.items() if row["least_worst"]] == ["A", "B"]


def test_good_enough_by_limit_and_together() -> None:
    town = risky_town("0.3")
    limit(town, "L1", "npsv", "at least", 0)
    limit(town, "L2", "benefits", "at least", round(20 * FOUR_YEARS))
    limit(town, "L3", "cost", "at most", 0)
    finding = found(town, "good_enough")
    rows = {(row["option"], row["threshold"]): row for row in finding.rows}
    # A: worth less than nothing where the risk comes about, and dearer than business as usual then.
    for code in ("L1", "L3", ""):
        assert abs(rows["A", code]["share"] - 0.7) <= 3 * rows["A", code]["share_se"]
    assert rows["A", "L2"]["share"] == 1
    assert [rows["B", code]["share"] for code in ("L1", "L2", "L3", "")] == [1, 0, 1, 0]
    assert finding.parameters["limit_L1"] == "Net present social value, at least £0"


def test_a_limit_on_what_is_not_known_is_not_kept_and_not_missed() -> None:
    town = risky_town()
    limit(town, "L1", "delay", "at most", 3)
    limit(town, "L2", "largest gap", "at most", 0)
    finding = found(town, "good_enough")
    assert {row["share"] for row in finding.rows} == {None}
    assert finding.waiting == (
        "inflation in every year",
        "the financial plan in every year",
        "the delay of the phases of A and B, stated or as a range",
    )
    assert "not known yet" in finding.headline


def test_a_gap_and_a_delay_are_held_against_their_limits() -> None:
    town = plain_town()
    town.inflation("0")
    town.plan(grant=1_000, budget=1_100)  # 100 short, and A saves 20
    varies(
        town, "U1", "option_phase:A-own", "delay_months", "discrete", outcomes=[["0", "0.5"], ["6", "0.5"]]
    )
    limit(town, "L1", "largest gap", "at most", 80)
    limit(town, "L2", "largest gap", "at most", 79)
    limit(town, "L3", "delay", "at most", 5)
    shares = {row["threshold"]: row["share"] for row in found(town, "good_enough").rows}
    assert (shares["L1"], shares["L2"]) == (1, 0)
    assert shares["L3"] == pytest.approx(0.5, abs=0.015)


@pytest.mark.parametrize("key", ["regret", "good_enough"])
def test_an_empty_case_and_an_unknown(key: str) -> None:
    assert found(Town(), key).waiting
    town = risky_town()
    limit(town, "L1", "npsv", "at least", 0)
    line(town, "C-A").amounts = None
    finding = found(town, key)
    assert finding.rows == ()
    assert "not known yet" in finding.headline
    assert "amounts for C-A (C-A)" in finding.waiting


def test_no_limit_is_waited_for() -> None:
    finding = found(plain_town(), "good_enough")
    assert finding.rows == ()
    assert finding.waiting == ("a limit that an option must keep to be good enough",)
