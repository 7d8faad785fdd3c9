"""What effects without a price must be worth, and values at which figures turn; figures are arithmetic by hand."""

from decimal import Decimal

import pytest

from tests.appraisal.test_findings import FACTORS, FOUR_YEARS, found, option_a, ranked_town
from tests.appraisal.test_steps import line
from tests.appraisal.town import EVERY_YEAR, Town, usual_town
from wayforward.appraisal.models import BenefitLine, Uncertainty
from wayforward.options.models import FactorVerdict, Option, SuccessFactor


def two_options() -> Town:
    """A is worth 120 a year (20 saved, 100 gained), B 80 a year (20 saved, 60 gained), both on strong evidence."""
    town = ranked_town()
    b = town.option("B", 3)
    town.cite(town.cost("C3", b, f"{EVERY_YEAR}: 80"), town.strong)
    town.cite(town.benefit("B2", b, f"{EVERY_YEAR}: 60", "societal"), town.strong)
    return town


def option_of(town: Town, code: str):
    return next(option for option in town.tables[Option] if option.code == code)


def test_an_effect_must_be_worth_the_difference_spread_over_its_years() -> None:
    town = two_options()
    town.benefit("B-W", option_of(town, "B"), "", "unmonetised", effect="Trust")
    (row,) = found(town, "appraisal.unmonetised").rows
    assert row["a_year"] == pytest.approx(40)  # 120 less 80 a year, over the same years
    assert (row["against"], row["must_be"]) == ("A", "£40 a year")
    # From the second year, and a lag of a year: it must bring in two years what 40 a year brings in four.
    effect = line(town, BenefitLine, "B-W")
    effect.starts, effect.lag_months = 2014, 12
    (row,) = found(town, "appraisal.unmonetised").rows
    assert row["a_year"] == pytest.approx(40 * FOUR_YEARS / (FACTORS[2] + FACTORS[3]))
    effect.lag_months = 36
    (row,) = found(town, "appraisal.unmonetised").rows
    assert row["a_year"] == ""
    assert "after the years appraised" in row["must_be"]


def test_business_as_usual_stands_at_nought_and_the_highest_needs_nothing() -> None:
    town = two_options()
    town.benefit("B-U", option_of(town, "BAU"), "", "unmonetised", effect="Calm")
    town.benefit("B-W", option_of(town, "A"), "", "unmonetised", effect="Trust")
    rows = {row["line"]: row for row in found(town, "appraisal.unmonetised").rows}
    assert rows["B-U"]["a_year"] == pytest.approx(80)  # the next above is B
    assert rows["B-W"]["a_year"] == ""


def test_no_option_is_named_while_none_is_ranked() -> None:
    town = usual_town()  # no evidence at all
    town.benefit("B-U", option_of(town, "BAU"), "", "unmonetised", effect="Calm")
    finding = found(town, "appraisal.unmonetised")
    (row,) = finding.rows
    assert row["a_year"] == pytest.approx(300 - 500 / FOUR_YEARS)
    assert row["against"] == ""
    assert "A" not in str(row["must_be"])
    line(town, BenefitLine, "B-U").option = option_of(town, "A")
    (row,) = found(town, "appraisal.unmonetised").rows
    assert row["must_be"] == "no figure, as the figures stand"
    assert any("No option is ranked" in words for words in finding.warnings)


def test_an_option_that_fails_an_imperative_is_no_measure() -> None:
    town = two_options()
    factor = town.add(SuccessFactor, "CSF-1", name="Law", imperative="strategic")
    town.add(FactorVerdict, "FV-1", option=option_of(town, "A"), factor=factor, passes=False)
    town.benefit("B-A2", option_of(town, "A"), "", "unmonetised", effect="Trust")
    town.benefit("B-B2", option_of(town, "B"), "", "unmonetised", effect="Trust")
    rows = {row["line"]: row for row in found(town, "appraisal.unmonetised").rows}
    assert "Law" in rows["B-A2"]["must_be"]
    assert rows["B-B2"]["a_year"] == ""  # nothing that may be ranked is above it


def test_a_worth_not_known_is_not_nought() -> None:
    town = two_options()
    line(town, BenefitLine, "B2").amounts = None
    town.benefit("B-W", option_of(town, "A"), "", "unmonetised", effect="Trust")
    (row,) = found(town, "appraisal.unmonetised").rows
    assert (row["a_year"], row["must_be"]) == (None, None)


def switches(town: Town) -> dict[tuple[object, object, object], object]:
    return {(r["option"], r["turn"], r["record"]): r for r in found(town, "appraisal.switching").rows}


def test_values_at_which_an_option_is_worth_nothing() -> None:
    town = ranked_town()
    gain = line(town, BenefitLine, "B1")
    gain.low, gain.high = Decimal("0.5"), Decimal("1.5")
    rows = switches(town)
    # Worth 120 a year: the cost of business as usual (100) would have to fall by 120%, which can't be; that of A (80)
    # to rise by 150%, far from here; its benefit of 100 to fall by 120%.
    assert list(rows) == [("A", "worth nothing", "cost_line:C2")]
    assert rows["A", "worth nothing", "cost_line:C2"]["change"] == pytest.approx(1.5)
    town.cost("C9", option_a(town), f"{EVERY_YEAR}: 90")  # now worth 30 a year
    rows = switches(town)
    row = rows["A", "worth nothing", "benefit_line:B1"]
    assert row["change"] == pytest.approx(-0.3)
    assert (row["low"], row["high"], row["inside"]) == (pytest.approx(-0.5), pytest.approx(0.5), True)
    assert (row["now"], row["value"]) == ("£380 present value", "£266 present value")  # 100 and 70 x 3.80
    assert rows["A", "worth nothing", "cost_line:C1"]["change"] == pytest.approx(-0.3)  # 30 of 100
    assert rows["A", "worth nothing", "cost_line:C1"]["inside"] is False  # low and high are both 1


def test_lines_of_one_driver_are_one_input_and_effects_are_inputs() -> None:
    town = ranked_town()
    town.cost("C9", option_a(town), f"{EVERY_YEAR}: 90")
    for code in ("C1", "C2"):
        next(row for rows in town.tables.values() for row in rows if row.code == code).varies_with = "Wages"
    gain = line(town, BenefitLine, "B1")
    gain.deadweight = Decimal("0")  # nought moves nothing by itself
    gain.take_up = Decimal("1")
    town.add(
        Uncertainty,
        "U1",
        about="benefit_line:B1",
        field="take_up",
        name="Take-up",
        distribution="uniform",
        low=Decimal("0.6"),
        high=Decimal("1"),
    )
    rows = switches(town)
    # Wages: 100 saved and 80 spent are 20 a year; they would have to fall by 150%: left out.
    assert not any("C1" in str(record) for _, _, record in rows)
    row = rows["A", "worth nothing", "benefit_line:B1/take_up"]
    assert (row["change"], row["value"]) == (pytest.approx(-0.3), "70%")
    assert (row["low"], row["inside"]) == (pytest.approx(-0.4), True)


def test_deadweight_switches_by_what_it_leaves() -> None:
    town = ranked_town()
    gain = line(town, BenefitLine, "B1")
    gain.deadweight = Decimal("0.5")  # 50 a year are left: worth 70
    town.cost("C9", option_a(town), f"{EVERY_YEAR}: 60")  # worth 10
    row = switches(town)["A", "worth nothing", "benefit_line:B1/deadweight"]
    # What is left may fall by a fifth, 50 to 40 a year: deadweight rises from 50% to 60%.
    assert (row["change"], row["now"], row["value"]) == (pytest.approx(-0.2), "50%", "60%")


def test_values_at_which_two_options_are_level() -> None:
    rows = switches(two_options())
    # A is worth 40 a year more: its 100 of benefit may fall by 40%, or B's 60 rise by two thirds, or A's cost by half.
    level = {record: row["change"] for (_, turn, record), row in rows.items() if turn == "level with B"}
    assert level == pytest.approx({"benefit_line:B1": -0.4, "cost_line:C2": 0.5, "cost_line:C3": -0.5})


def test_no_value_turns_what_is_not_known() -> None:
    town = ranked_town()
    line(town, BenefitLine, "B1").amounts = None
    finding = found(town, "appraisal.switching")
    assert finding.rows == ()
    assert finding.waiting
    assert found(Town(), "appraisal.switching").rows == ()
