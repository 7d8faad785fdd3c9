"""Scenarios: each figure recomputed by hand, the records unchanged."""

from decimal import Decimal

import pytest

from tests.appraisal.drawn_town import FOUR_YEARS, found, line, option, plain_town, twin
from tests.appraisal.town import EVERY_YEAR, Town
from wayforward.appraisal.models import BenefitLine, CostLine, Scenario, ScenarioValue
from wayforward.options.models import OptionPhase


def scenario(town: Town, code: str, *values: tuple[str, str, str], edition: str = "") -> None:
    made = town.add(Scenario, code, name=f"What if {code}", edition=edition)
    for number, (about, field, value) in enumerate(values):
        town.add(
            ScenarioValue, f"{code}-{number}", scenario=made, about=about, field=field, value=Decimal(value)
        )


def two_scenarios() -> Town:
    town = plain_town()
    line(town, "B-A").phase = "ownership"
    scenario(town, "S1", ("cost_line:C-A", "amounts", "1.5"))
    scenario(town, "S2", ("option_phase:A-own", "delay_months", "12"), ("benefit_line:B-A", "take_up", "0.5"))
    return town


def test_each_scenario_is_the_figures_worked_out_anew() -> None:
    rows = {row["scenario"]: row for row in found(two_scenarios(), "scenarios").rows}
    # 80 a year becomes 120: 20 dearer than business as usual.
    assert rows["S1"]["npsv"] == pytest.approx(30 * FOUR_YEARS)
    assert rows["S1"]["change"] == pytest.approx(-40 * FOUR_YEARS)
    assert rows["S1"]["otherwise"] == "C-A times 1.50"
    # Half of 50 a year, from the second year on.
    assert rows["S2"]["npsv"] == pytest.approx(20 * FOUR_YEARS + 25 * (FOUR_YEARS - 1))
    assert rows["S2"]["otherwise"] == "ownership of A 12 months late; take up of B-A 0.50"


def test_each_option_is_told_what_is_otherwise_for_it() -> None:
    """A change of one option is no other's; one of business as usual, which all are held against, is everybody's."""
    town = two_scenarios()
    made = twin(town)
    scenario(town, "S3", ("cost_line:C-A", "amounts", "1.5"), ("cost_line:C-BAU", "amounts", "1.1"))
    told = {(row["scenario"], row["option"]): row["otherwise"] for row in found(town, "scenarios").rows}
    assert told["S1", made.code] == "nothing"
    assert told["S3", "A"] == "C-A times 1.50; BAU: C-BAU times 1.10"
    assert told["S3", made.code] == "BAU: C-BAU times 1.10"


def test_the_records_are_unchanged() -> None:
    town = two_scenarios()
    before = found(town, "npsv").rows
    found(town, "scenarios")
    assert found(town, "npsv").rows == before
    assert town.tables[OptionPhase][1].delay_months is None


def test_another_edition_discounts_otherwise_and_says_so() -> None:
    town = plain_town()
    scenario(town, "S1", edition="green-book-2026")
    scenario(town, "S2", edition="green-book-1066")
    finding = found(town, "scenarios")
    by = {row["scenario"]: row for row in finding.rows}
    assert by["S1"]["otherwise"] == "edition green-book-2026"
    # The rate is 3.5% in the first thirty years of either edition.
    assert by["S1"]["npsv"] == pytest.approx(70 * FOUR_YEARS)
    assert by["S2"]["npsv"] is None
    assert any("scenario S2 to be possible" in words and "1066" in words for words in finding.waiting)


def test_ranks_only_where_options_are_ranked() -> None:
    town = two_scenarios()
    made = twin(town)
    town.benefit("B-2", made, f"{EVERY_YEAR}: 10", "societal")
    assert {row["rank"] for row in found(town, "scenarios").rows} == {None}
    for model in (CostLine, BenefitLine):
        for row in town.tables[model]:
            town.cite(row, town.strong)
    ranks = {(row["scenario"], row["option"]): row["rank"] for row in found(town, "scenarios").rows}
    assert (ranks["S1", "A"], ranks["S1", "B"]) == (2, 1)


def test_what_cannot_be_is_told_by_name_and_leaves_nothing_known() -> None:
    town = plain_town()
    scenario(town, "S1", ("cost_line:GONE", "amounts", "2"))
    finding = found(town, "scenarios")
    assert finding.rows[0]["npsv"] is None
    assert any("cost_line:GONE: there is no such record" in words for words in finding.waiting)


def test_the_headline_names_what_turns() -> None:
    town = plain_town()
    scenario(town, "S1", ("cost_line:C-A", "amounts", "2"))  # 60 dearer, 50 brought
    assert found(town, "scenarios").headline == "In 1 scenario A turns from worth the cost to not, or back"
    assert (
        found(two_scenarios(), "scenarios").headline
        == "In 2 scenarios no option turns from worth its cost to not, or back"
    )


def test_no_scenario_an_empty_case_and_an_unknown() -> None:
    assert found(plain_town(), "scenarios").headline == "No scenario is recorded"
    assert found(Town(), "scenarios").rows == ()
    town = two_scenarios()
    town.cost("C-2", option(town, "A"), f"{EVERY_YEAR}: 1").amounts = None
    finding = found(town, "scenarios")
    assert {row["npsv"] for row in finding.rows} == {None}
    assert "amounts for C-2 (C-2)" in finding.waiting
