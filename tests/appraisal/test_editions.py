"""Worth by edition and at other rates of discount; figures are arithmetic by hand."""

from decimal import Decimal

import pytest

from tests.appraisal.test_findings import FOUR_YEARS, found
from tests.appraisal.test_steps import line
from tests.appraisal.town import Town, usual_town
from wayforward.appraisal.models import BenefitLine
from wayforward.records.models import ParameterOverride

HEALTH = sum(1.015**-t for t in range(4))  # the health schedule: 1.5% (stpr-health)
LOWER = sum(1.03**-t for t in range(4))  # the lower rates: 3% (stpr-lower-2026)


def health_town() -> Town:
    """A's 100 a year are of life or health."""
    town = usual_town()
    line(town, BenefitLine, "B-A").life_or_health = True
    return town


def test_an_edition_with_health_rates_gives_another_worth() -> None:
    town = health_town()
    finding = found(town, "appraisal.editions")
    rows = {row["edition"]: row for row in finding.rows}
    assert rows["green-book-2003"]["npsv"] == pytest.approx(300 * FOUR_YEARS - 500)
    assert rows["green-book-2003"]["change"] == 0
    assert rows["green-book-2026"]["npsv"] == pytest.approx(200 * FOUR_YEARS + 100 * HEALTH - 500)
    assert rows["green-book-2026"]["change"] == pytest.approx(100 * (HEALTH - FOUR_YEARS))
    assert finding.headline.startswith("By another edition 1 option would be worth more or less")
    (npsv,) = found(town, "appraisal.npsv").rows
    assert rows["green-book-2003"]["npsv"] == npsv["npsv"]  # the case itself is unchanged
    assert found(usual_town(), "appraisal.editions").headline.startswith("No option is worth more or less")


def test_an_own_value_that_an_edition_has_no_place_for_is_waited_for() -> None:
    town = health_town()
    town.exercise.edition = "green-book-2026"
    town.add(
        ParameterOverride, "P1", parameter="discount-rate-health/0-30", value=Decimal("0.02"), reason="Test"
    )
    finding = found(town, "appraisal.editions")
    assert {row["edition"] for row in finding.rows} == {"green-book-2026"}
    assert finding.waiting[0].startswith("figures by green-book-2003")
    assert found(town, "appraisal.edition_tables").warnings == (
        "The case puts its own value in place of discount-rate-health/0-30.",
    )


def test_tables_in_which_editions_differ() -> None:
    rows = {
        (r["parameter"], r["edition"]): r["table"] for r in found(Town(), "appraisal.edition_tables").rows
    }
    assert rows["distribution", "green-book-2003"] == "distribution-quintiles-2003"
    assert rows["discount-rate-health", "green-book-2003"] == "none"
    assert not any(parameter == "discount-rate" for parameter, _ in rows)  # the same in both


def test_other_rates_of_discount() -> None:
    town = health_town()
    town.exercise.edition = "green-book-2026"
    finding = found(town, "appraisal.rates")
    rows = {row["rates"]: row["npsv"] for row in finding.rows}
    assert rows == pytest.approx(
        {
            "as the edition has it": 200 * FOUR_YEARS + 100 * HEALTH - 500,
            "all at the standard rate": 300 * FOUR_YEARS - 500,
            # Half a year later, each at its own rate.
            "mid-year": (200 * FOUR_YEARS - 500) / 1.035**0.5 + 100 * HEALTH / 1.015**0.5,
            "at the lower rates": 200 * LOWER + 100 * HEALTH - 500,
        }
    )
    (npsv,) = found(town, "appraisal.npsv").rows
    assert rows["as the edition has it"] == pytest.approx(npsv["npsv"], abs=1e-6)
    assert finding.warnings[0] == (
        "The lower-rate sensitivity is not demanded: 4 years, and it is demanded only beyond 50."
    )


def test_the_lower_rates_are_demanded_beyond_fifty_years() -> None:
    town = health_town()
    town.exercise.edition = "green-book-2026"
    town.exercise.years = 51
    told = found(town, "appraisal.rates").warnings[0]
    assert told == "The lower-rate sensitivity is demanded: 51 years are appraised, more than 50."


def test_rates_that_an_edition_has_not_are_none_and_unknown_is_not_nought() -> None:
    rows = {row["rates"]: row["npsv"] for row in found(usual_town(), "appraisal.rates").rows}
    assert rows["at the lower rates"] == rows["all at the standard rate"] == ""
    town = usual_town()
    line(town, BenefitLine, "B-A").amounts = None
    rows = {row["rates"]: row["npsv"] for row in found(town, "appraisal.rates").rows}
    assert rows["mid-year"] is None
    assert {row["npsv"] for row in found(town, "appraisal.editions").rows} == {None}
    assert found(Town(), "appraisal.rates").rows == ()
