"""From business as usual to an option's worth, and benefits from gross to net; figures are arithmetic by hand."""

from decimal import Decimal

import pytest

from tests.appraisal.test_findings import FACTORS, FOUR_YEARS, found, option_a
from tests.appraisal.town import EVERY_YEAR, Town, usual_town
from wayforward.appraisal.models import BenefitLine, CostLine
from wayforward.options.models import OptionPhase, OptionRisk


def line(town: Town, model, code: str):
    return next(row for row in town.tables[model] if row.code == code)


def full_town() -> Town:
    """usual_town with each kind of step: costs and benefits graded 2 and 6, a risk of 200 even odds, 100 left over."""
    town = usual_town()
    start, gain = line(town, CostLine, "C-A1"), line(town, BenefitLine, "B-A")
    start.correction = gain.correction = "confidence grade"
    town.cite(start, town.strong)
    town.cite(gain, town.weak)
    line(town, CostLine, "C-A2").residual = Decimal(100)
    town.add(
        OptionRisk,
        "R1",
        option=option_a(town),
        name="Risk",
        probability=Decimal("0.5"),
        impact=Decimal(200),
        year=2013,
    )
    return town


def test_steps_of_every_kind_lead_to_the_npsv() -> None:
    town = full_town()
    amounts = {row["step"]: row["amount"] for row in found(town, "appraisal.steps").rows}
    # Grade 2 adds 5% to a cost, grade 6 takes 40% off a benefit (confidence-grades-2014).
    expected = {
        "Business as usual": 0,
        "Non-cash-releasing benefits": 100 * FOUR_YEARS,
        "Correction of benefits": -40 * FOUR_YEARS,
        "Cost of start-up": -500,
        "Cost of ownership": 200 * FOUR_YEARS,  # 800 a year in place of 1,000
        "Correction of costs": -25,
        "Expected cost of risks": -100,
        "Left of assets at the end": 100 * FACTORS[3],
        "Net present social value": 260 * FOUR_YEARS - 625 + 100 * FACTORS[3],
    }
    assert list(amounts) == list(expected)
    assert amounts == pytest.approx(expected, abs=1e-6)
    (npsv,) = found(town, "appraisal.npsv").rows
    assert amounts["Net present social value"] == pytest.approx(npsv["npsv"], abs=0.01)
    parts = [row for row in found(town, "appraisal.steps").rows if not row["total"]]
    assert sum(row["amount"] for row in parts) == pytest.approx(npsv["npsv"], abs=0.01)


def test_each_step_begins_where_the_one_before_ended() -> None:
    rows = found(full_town(), "appraisal.steps").rows
    ends = [row["ends"] for row in rows[:-1]]
    assert [row["begins"] for row in rows[1:-1]] == pytest.approx(ends[:-1])
    assert rows[-1]["begins"] == 0


def test_a_step_that_an_option_has_none_of_is_none_and_one_not_known_is_not_nought() -> None:
    town = usual_town()
    b = town.option("B", 3)
    town.cost("C-B", b, f"{EVERY_YEAR}: 900")
    town.benefit("B-B", b, f"{EVERY_YEAR}: 10", "societal")
    rows = {(r["option"], r["step"]): r["amount"] for r in found(town, "appraisal.steps").rows}
    assert rows["A", "Societal benefits"] == ""
    assert rows["B", "Societal benefits"] == pytest.approx(10 * FOUR_YEARS)
    line(town, BenefitLine, "B-B").amounts = None
    rows = {(r["option"], r["step"]): r["amount"] for r in found(town, "appraisal.steps").rows}
    assert rows["B", "Net present social value"] is None
    assert rows["B", "Cost of ownership"] is None
    assert rows["A", "Net present social value"] == pytest.approx(300 * FOUR_YEARS - 500)


def test_nothing_known_draws_no_steps() -> None:
    finding = found(Town(), "appraisal.steps")
    assert finding.rows == ()
    assert finding.headline == "What leads to the worth of the options is not known yet"


def test_a_benefit_from_gross_to_net() -> None:
    town = usual_town()
    gain = line(town, BenefitLine, "B-A")
    gain.reach, gain.take_up, gain.deadweight = Decimal("0.8"), Decimal("0.5"), Decimal("0.25")
    gain.attribution, gain.ramp_months, gain.correction = Decimal("0.5"), 12, "confidence grade"
    gain.phase = "ownership"
    phase = next(row for row in town.tables[OptionPhase] if row.code == "A-own")
    phase.delay_months = 12
    finding = found(town, "appraisal.benefit_steps")
    steps = {row["step"]: row["real"] for row in finding.rows}
    # 400 gross; x .8 = 320; x .5 = 160; less a quarter = 120; half of it = 60, that is 15 a year. Half of the first
    # year at a ramp of twelve months: 7.5 less, 52.5. A year late loses the last year's 15: 37.5. No evidence: 40% off.
    assert steps == pytest.approx(
        {
            "gross": 400,
            "reach": -80,
            "take-up": -160,
            "deadweight": -40,
            "attribution": -60,
            "ramp": -7.5,
            "late phase": -15,
            "correction": -15,
            "net": 22.5,
        }
    )
    assert finding.headline.endswith("6% is counted")  # 22.5 of 400


def test_benefits_that_count_as_given_have_no_steps() -> None:
    finding = found(usual_town(), "appraisal.benefit_steps")
    assert finding.rows == ()
    assert finding.headline.startswith("No benefit is cut")


def test_what_is_left_of_an_unknown_benefit_is_not_known() -> None:
    town = usual_town()
    gain = line(town, BenefitLine, "B-A")
    gain.amounts, gain.units, gain.unit_value, gain.reach = None, Decimal(5), None, Decimal("0.5")
    finding = found(town, "appraisal.benefit_steps")
    assert {row["real"] for row in finding.rows} == {None}
    assert "not known" in finding.headline
