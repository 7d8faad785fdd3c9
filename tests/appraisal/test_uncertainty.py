"""How sure the figures are: on the town, against the normal distribution and arithmetic by hand."""

from decimal import Decimal
from math import erf, sqrt

import pytest

from tests.appraisal.drawn_town import (
    FOUR_YEARS,
    Z95,
    found,
    limit,
    line,
    normal_town,
    option,
    plain_town,
    twin,
    varies,
)
from tests.appraisal.town import EVERY_YEAR, Town
from wayforward.appraisal.models import BenefitLine, CostLine
from wayforward.findings import Findings
from wayforward.options.models import FactorVerdict, OptionPhase, SuccessFactor
from wayforward.pages import charts
from wayforward.pages.labels import Labels

KEYS = ("uncertainty", "cash_fan", "drivers")


def below_nothing(mean: float, spread: float) -> float:
    """The share of a normal distribution below 0."""
    return 0.5 * (1 + erf(-mean / spread / sqrt(2)))


def test_one_normal_line_told_by_mean_percentiles_and_chance_with_their_errors() -> None:
    # 20 a year saved; a benefit of 50 a year from -1.5 to 3.5 times, whose ends are 1.645 deviations out.
    town = normal_town("0", "2")
    (row,) = found(town, "uncertainty").rows
    mean, spread = 70 * FOUR_YEARS, 50 * FOUR_YEARS / Z95
    assert row["mean_se"] == pytest.approx(spread / 100, rel=0.03)  # 10,000 draws
    assert abs(row["mean"] - mean) <= 3 * row["mean_se"]
    assert abs(row["p50"] - mean) <= 3 * row["p50_se"]
    assert abs(row["p95"] - (mean + Z95 * spread)) <= 3 * row["p95_se"]
    assert abs(row["p5"] - (mean - Z95 * spread)) <= 3 * row["p5_se"]
    chance = below_nothing(mean, spread)
    assert abs(row["below_zero"] - chance) <= 3 * row["below_zero_se"]
    assert row["below_zero_se"] == pytest.approx(sqrt(chance * (1 - chance) / 10_000), rel=0.1)


def test_draws_in_which_worth_is_highest_are_shared_in_a_tie_and_leave_business_as_usual_its_own() -> None:
    town = normal_town("0", "2")
    twin(town)
    finding = found(town, "uncertainty")
    a, b = finding.rows
    assert a["highest"] == b["highest"] == pytest.approx((1 - a["below_zero"]) / 2)
    assert any("Business as usual" in words and "standard error" in words for words in finding.warnings)


def test_no_option_is_named_in_the_headline_while_none_is_ranked() -> None:
    town = normal_town()
    assert found(town, "uncertainty").headline == (
        "1 of 1 option would be worth more than business as usual in more than half of the draws; no option is ranked"
    )
    for model in (CostLine, BenefitLine):
        for row in town.tables[model]:
            town.cite(row, town.strong)
    assert found(town, "uncertainty").headline.startswith("A has the highest worth in ")


def test_an_option_that_fails_an_imperative_is_not_among_those_compared() -> None:
    town = normal_town("0", "2")
    barred = twin(town)
    factor = town.add(SuccessFactor, "F1", name="Lawful", imperative="strategic")
    for number, one in enumerate((option(town, "A"), barred)):
        town.add(FactorVerdict, f"V{number}", option=one, factor=factor, passes=one is not barred)
    a, b = found(town, "uncertainty").rows
    assert b["highest"] == b["highest_se"] == ""
    assert a["highest"] == pytest.approx(1 - a["below_zero"])


def test_the_plan_is_breached_where_cash_needed_is_more_than_is_left_over() -> None:
    town = plain_town()
    town.inflation("0")
    town.plan(grant=1_000, budget=1_000)  # nothing is left over
    cost = line(town, "C-A")
    cost.amounts = line(town, "C-BAU").amounts
    cost.low, cost.high, cost.distribution = Decimal("0.8"), Decimal("1.2"), "uniform"
    (row,) = found(town, "uncertainty").rows
    # 100 a year, uniform from 80 to 120, against 100: over the plan half the time, by 10 on average.
    assert abs(row["breach"] - 0.5) <= 3 * row["breach_se"]
    assert row["deeper"] == row["breach"]
    assert abs(row["gap"] - 10) <= 3 * row["gap_se"]


def test_a_plan_short_before_any_option_is_told_apart_from_what_the_option_adds() -> None:
    town = plain_town()
    town.inflation("0")
    town.plan(grant=1_000, budget=1_050)  # 50 short; A saves 20
    finding = found(town, "uncertainty")
    (row,) = finding.rows
    assert (row["breach"], row["deeper"], row["gap"]) == (1, 0, 30)
    assert any("The plan is short in 2013-14" in words for words in finding.warnings)


def test_an_option_never_short_has_no_gap() -> None:
    town = plain_town()
    town.inflation("0")
    town.plan(grant=1_000, budget=900)
    (row,) = found(town, "uncertainty").rows
    assert (row["breach"], row["gap"], row["gap_se"]) == (0, "", "")


def test_lateness_is_against_the_strictest_limit_or_any_delay_at_all() -> None:
    town = plain_town()
    varies(
        town, "U1", "option_phase:A-own", "delay_months", "discrete", outcomes=[["0", "0.5"], ["6", "0.5"]]
    )
    (row,) = found(town, "uncertainty").rows
    assert abs(row["late"] - 0.5) <= 3 * row["late_se"]
    limit(town, "L1", "delay", "at most", 12)
    limit(town, "L2", "delay", "at most", 6)
    finding = found(town, "uncertainty")
    assert finding.rows[0]["late"] == 0  # on the day is not late
    assert finding.parameters["late_beyond_months"] == 6


def test_what_is_not_known_is_none_and_waited_for() -> None:
    finding = found(plain_town(), "uncertainty")
    (row,) = finding.rows
    assert row["mean"] == pytest.approx(70 * FOUR_YEARS)
    assert row["breach"] is row["gap"] is row["late"] is None
    assert "inflation in every year" in finding.waiting
    assert "the financial plan in every year" in finding.waiting
    assert "the delay of the phases of A, stated or as a range" in finding.waiting
    # A delay of nothing that somebody stated is one.
    town = plain_town()
    town.tables[OptionPhase][1].delay_months = 0
    assert found(town, "uncertainty").rows[0]["late"] == 0


def test_a_line_without_a_range_is_said_to_stand_still() -> None:
    town = normal_town()
    line(town, "C-A").low = None
    assert any(words.startswith("C-A has no range") for words in found(town, "uncertainty").warnings)
    assert not any("has no range" in words for words in found(normal_town(), "uncertainty").warnings)


@pytest.mark.parametrize("key", KEYS)
def test_an_unknown_line_leaves_every_figure_not_known(key: str) -> None:
    town = normal_town()
    line(town, "C-A").amounts = None
    finding = found(town, key)
    assert "amounts for C-A (C-A)" in finding.waiting
    assert "not known yet" in finding.headline
    assert all(row[name] is None for row in finding.rows for name in row if name not in ("option", "year"))


@pytest.mark.parametrize("key", KEYS)
def test_an_empty_case_waits(key: str) -> None:
    finding = found(Town(), key)
    assert finding.waiting
    assert finding.rows == ()


def test_cash_summed_over_the_years_with_its_errors() -> None:
    town = plain_town()
    town.inflation("0")
    cost = line(town, "C-A")
    cost.low, cost.high, cost.distribution = Decimal("0.5"), Decimal("1.5"), "normal"
    rows = found(town, "cash_fan").rows
    assert [row["year"] for row in rows] == [2013, 2014, 2015, 2016]
    # 80 a year, 40 to 120 in nine draws of ten, less the 100 of business as usual: by the fourth year four times.
    for years, row in enumerate(rows, start=1):
        for percent, each in ((5, -60), (50, -20), (95, 20)):
            assert abs(row[f"p{percent}"] - years * each) <= 3 * row[f"p{percent}_se"]


def test_what_varies_is_told_in_its_own_unit_and_what_moves_nothing_is_named() -> None:
    town = normal_town("0.5", "1.5")
    twin(town)
    varies(town, "U1", "option_phase:A-own", "delay_months", "pert", low=0, likely=2, high=9)
    varies(town, "U2", "benefit_line:B-A", "take_up", "uniform", low="0.2", high="0.6")
    varies(town, "U3", "benefit_line:B-A", "units", "uniform", low=1, high=2)
    finding = found(town, "drivers")
    told = {row["what"]: (row["kind"], row["moves"], row["range"]) for row in finding.rows}
    assert told == {
        "B-A": ("amounts", 2, "50% to 150% of likely in nine draws of ten"),
        "What U1 varies": ("delay", 1, "0 to 9 months late"),
        "What U2 varies": ("effect", 1, "20% to 60%"),
    }
    assert finding.headline == "3 things may turn out otherwise: 1 cost or benefit, 1 effect and 1 delay"
    assert "U3 moves no figure: what it is about is in no sum." in finding.warnings


def test_an_option_added_changes_no_other_row() -> None:
    town = normal_town("0", "2")
    before = found(town, "uncertainty").rows[0]
    z = town.option("Z", 3)
    town.cost("C-Z", z, f"{EVERY_YEAR}: 500", low=Decimal("0.9"), high=Decimal("1.3"))
    town.benefit("B-Z", z, f"{EVERY_YEAR}: 1", "societal")
    assert found(town, "uncertainty").rows[0] == before


def test_an_amount_that_only_a_budget_knows_leaves_cash_not_known() -> None:
    town = plain_town()
    town.inflation("0")
    town.cost("C-VAT", option(town, "A"), f"{EVERY_YEAR}: 1", nature="value added tax").amounts = None
    finding = found(town, "cash_fan")
    assert {row["p50"] for row in finding.rows} == {None}
    assert finding.waiting == ("the amounts of lines that only a budget knows",)
    assert found(town, "uncertainty").rows[0]["mean"] == pytest.approx(70 * FOUR_YEARS)


@pytest.mark.parametrize("key", ["uncertainty", "cash_fan", "tornado", "good_enough", "find_out"])
def test_a_chart_of_nothing_known_is_none(key: str) -> None:
    town = normal_town()
    limit(town, "L1", "npsv", "at least", 0)
    line(town, "C-A").amounts = None
    case = town.case()
    assert charts.draw(Findings(case, keep=False)[f"appraisal.{key}"], Labels(case)) is None
