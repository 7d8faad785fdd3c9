"""Fiscal, economic and social value, and pounds weighed by income; figures are arithmetic by hand."""

from decimal import Decimal

import pytest

from tests.appraisal.test_findings import FOUR_YEARS, found, option_a
from tests.appraisal.test_steps import line
from tests.appraisal.town import EVERY_YEAR, Town, usual_town
from wayforward.appraisal.models import BenefitLine
from wayforward.finance.models import IncomeGroup
from wayforward.options.models import Option


def test_values_and_kinds_are_apart() -> None:
    town = usual_town()
    usual = next(option for option in town.tables[Option] if option.code == "BAU")
    a = option_a(town)
    town.benefit("B1", a, f"{EVERY_YEAR}: 50", "cash-releasing")
    town.benefit("B2", a, f"{EVERY_YEAR}: 30", "societal")
    town.benefit("B3", a, f"{EVERY_YEAR}: 20", "societal", value="economic")
    town.benefit("B4", usual, f"{EVERY_YEAR}: 5", "societal")
    rows = {row["value"]: row for row in found(town, "appraisal.values").rows}
    assert rows["fiscal"]["cash-releasing"] == pytest.approx(50 * FOUR_YEARS)
    assert rows["fiscal"]["non-cash-releasing"] == pytest.approx(100 * FOUR_YEARS)
    assert rows["fiscal"]["societal"] == ""
    assert rows["economic"]["present"] == pytest.approx(20 * FOUR_YEARS)
    assert rows["social"]["present"] == pytest.approx(25 * FOUR_YEARS)  # less what business as usual brings
    whole = sum(row["present"] for row in rows.values())
    (npsv,) = found(town, "appraisal.npsv").rows
    assert whole == pytest.approx(npsv["benefits"])


def test_values_not_known_are_not_nought() -> None:
    town = usual_town()
    line(town, BenefitLine, "B-A").amounts = None
    (row,) = found(town, "appraisal.values").rows
    assert (row["present"], row["non-cash-releasing"]) == (None, None)
    assert found(Town(), "appraisal.values").rows == ()


def grouped_town(edition: str, name: str = "Bottom fifth") -> Town:
    town = usual_town()
    town.exercise.edition = edition
    group = town.add(IncomeGroup, "INC-1", name=name, income=Decimal(10_000), median=Decimal(20_000))
    town.benefit("B-G", option_a(town), f"{EVERY_YEAR}: 40", "societal", income_group=group)
    return town


def test_a_pound_is_weighed_by_elasticity() -> None:
    (row,) = found(grouped_town("green-book-2026"), "appraisal.distribution").rows
    # 300 a year and 40 more, less 500; the 40 weigh (20,000 / 10,000) ** 1.3 each.
    assert row["npsv"] == pytest.approx(340 * FOUR_YEARS - 500)
    assert row["weighted"] == pytest.approx((300 + 40 * 2**1.3) * FOUR_YEARS - 500)
    assert row["weighted_low"] == row["weighted_high"] == row["weighted"]
    assert row["grouped"] == pytest.approx(40 * FOUR_YEARS)


def test_a_pound_is_weighed_by_fifths_of_income() -> None:
    (row,) = found(grouped_town("green-book-2003"), "appraisal.distribution").rows
    # The bottom fifth weighs 1.9 to 2.0 (distribution-quintiles-2003), its middle 1.95.
    assert row["weighted_low"] == pytest.approx((300 + 40 * 1.9) * FOUR_YEARS - 500)
    assert row["weighted"] == pytest.approx((300 + 40 * 1.95) * FOUR_YEARS - 500)
    assert row["weighted_high"] == pytest.approx((300 + 40 * 2.0) * FOUR_YEARS - 500)


def test_a_weight_not_known_is_waited_for() -> None:
    finding = found(grouped_town("green-book-2003", name="Poor households"), "appraisal.distribution")
    (row,) = finding.rows
    assert (row["weighted"], row["weighted_low"]) == (None, None)
    assert row["npsv"] is not None
    assert finding.waiting == ("the income or the fifth of incomes of Poor households (INC-1)",)


def test_lines_without_a_group_weigh_as_they_are() -> None:
    finding = found(usual_town(), "appraisal.distribution")
    (row,) = finding.rows
    assert row["weighted"] == pytest.approx(row["npsv"])
    assert "the same" in finding.headline
    assert found(Town(), "appraisal.distribution").rows == ()
