"""Lines corrected for bias, and the bias left of projects; figures are arithmetic by hand."""

from decimal import Decimal

import pytest

from tests.appraisal.test_findings import FOUR_YEARS, found, option_a
from tests.appraisal.test_steps import full_town, line
from tests.appraisal.town import Town, usual_town
from wayforward.appraisal.models import BiasArea, BiasShare, CostLine, OptimismBias
from wayforward.options.models import OptionPhase, OptionRisk


def biased_town() -> Town:
    """A's start-up is non-standard civil engineering (66% to 6%), half of whose bias is mitigated with evidence."""
    town = usual_town()
    project = town.add(OptimismBias, "OB1", name="Masts", option=option_a(town))
    town.add(BiasShare, "BS1", bias=project, project_type="non-standard-civil-engineering", share=Decimal(1))
    area = town.add(
        BiasArea, "BA1", bias=project, name="Ground", contribution=Decimal("0.5"), mitigation=Decimal(1)
    )
    town.cite(area, town.strong, "mitigation")
    start = line(town, CostLine, "C-A1")
    start.correction, start.bias, start.cost_kind = "optimism bias", project, "capital"
    return town


def test_a_cost_raised_by_its_project() -> None:
    finding = found(biased_town(), "appraisal.corrections")
    (row,) = finding.rows
    # 66% x (1 - 0.5 x 1) = 33% of 500.
    assert (row["base"], row["correction"], row["corrected"]) == pytest.approx((500, 0.33, 665))
    assert row["by"] == "optimism bias of Masts"
    assert finding.headline == (
        "1 of 4 lines is corrected for bias; most in A, where costs are £165 higher, present value"
    )


def test_the_bias_of_several_projects_runs_from_the_least_to_the_most() -> None:
    town = biased_town()
    other = town.add(OptimismBias, "OB2", name="Roof", option=option_a(town))
    town.add(BiasShare, "BS2", bias=other, project_type="non-standard-civil-engineering", share=Decimal(1))
    town.add(BiasArea, "BA2", bias=other, name="Rain", contribution=Decimal("0.9"), mitigation=Decimal(1))
    town.cite(town.tables[BiasArea][1], town.strong, "mitigation")
    # 66% x (1 - 0.5) = 33%, and 66% x (1 - 0.9) = 6.6%, above the lower bound of 6%.
    headline = found(town, "appraisal.optimism_bias").headline
    assert headline == "Capital cost of 2 projects is raised by 7% to 33% for optimism bias"


def test_grades_raise_costs_and_cut_benefits() -> None:
    rows = {row["record"]: row for row in found(full_town(), "appraisal.corrections").rows}
    assert rows["cost_line:C-A1"]["difference"] == pytest.approx(25)
    assert rows["cost_line:C-A1"]["by"] == "confidence grade 2"
    assert rows["benefit_line:B-A"]["correction"] == pytest.approx(-0.4)
    assert rows["benefit_line:B-A"]["corrected"] == pytest.approx(60 * FOUR_YEARS)


def test_a_project_between_its_bounds() -> None:
    town = biased_town()
    town.add(OptionPhase, "A-des", option=option_a(town), phase="design and build", months=10)
    rows = {row["measure"]: row for row in found(town, "appraisal.optimism_bias").rows}
    capital = rows["capital"]
    assert (capital["upper"], capital["lower"], capital["mitigated"], capital["uplift"]) == pytest.approx(
        (0.66, 0.06, 0.5, 0.33)
    )
    assert capital["held"] is False
    # Duration: 25% x (1 - 0.5) = 12.5% of ten months.
    assert rows["duration"]["months_with_bias"] == pytest.approx(11.25)
    # No operating bound for civil engineering: there is none, which is not nought.
    assert rows["operating"]["uplift"] == ""


def test_mitigation_is_held_at_the_lower_bound_and_the_register_takes_its_areas() -> None:
    town = biased_town()
    risk = town.add(OptionRisk, "R1", option=option_a(town), name="Flood", counted_in="the register")
    project = town.tables[OptimismBias][0]
    town.add(BiasArea, "BA2", bias=project, name="Weather", contribution=Decimal("0.5"), risk=risk)
    finding = found(town, "appraisal.optimism_bias")
    capital = next(row for row in finding.rows if row["measure"] == "capital")
    # All of it is mitigated or priced elsewhere: 66% x 0, but no lower than 6%.
    assert (capital["uplift"], capital["held"], capital["register"]) == (pytest.approx(0.06), True, "Weather")
    assert "6%" in finding.headline


def test_a_bias_not_known_is_not_nought() -> None:
    town = biased_town()
    town.tables[BiasArea][0].mitigation = None
    (row,) = found(town, "appraisal.corrections").rows
    assert (row["base"], row["correction"], row["corrected"]) == (pytest.approx(500), None, None)
    assert found(town, "appraisal.optimism_bias").waiting == ("the optimism bias of Masts",)
    town.tables[BiasShare].clear()  # a project of no type
    assert {row["uplift"] for row in found(town, "appraisal.optimism_bias").rows} == {None}


def test_no_line_and_no_correction() -> None:
    assert (
        found(Town(), "appraisal.corrections").headline == "There is no cost or benefit line to correct yet"
    )
    assert found(usual_town(), "appraisal.corrections").headline == "None of 4 lines is corrected for bias"
    assert found(Town(), "appraisal.optimism_bias").rows == ()
