"""The business case stage by stage: what moved and why."""

from datetime import date
from decimal import Decimal

import pytest

from tests.appraisal.test_findings import FOUR_YEARS, found, option_a
from tests.appraisal.test_steps import line
from tests.appraisal.town import Town, usual_town
from wayforward.appraisal.models import BenefitLine, BusinessCase, CaseFigure
from wayforward.options.models import Option


def staged_town(moved: str = "Prices were asked for") -> Town:
    town = usual_town()
    first = town.add(BusinessCase, "BC1", case_stage="strategic outline", stood=date(2012, 11, 30))
    second = town.add(BusinessCase, "BC2", case_stage="outline", stood=date(2012, 12, 14))
    for code, stage, value, why in (("F1", first, "700", ""), ("F2", second, "640", moved)):
        town.add(
            CaseFigure,
            code,
            business_case=stage,
            option=option_a(town),
            figure="npsv",
            value=Decimal(value),
            moved=why,
        )
    return town


def test_each_figure_moves_from_stage_to_stage_and_to_now() -> None:
    finding = found(staged_town(), "appraisal.progress")
    now = 300 * FOUR_YEARS - 500
    assert [(row["stage"], row["value"], row["change"], row["why"]) for row in finding.rows] == [
        ("Strategic outline case", 700, "", ""),
        ("Outline business case", 640, -60, "Prices were asked for"),
        ("Now", pytest.approx(now), pytest.approx(now - 640), ""),
    ]
    assert finding.headline == "1 of 1 figure has moved since the outline business case of 14 December 2012"
    assert finding.waiting == ()


def test_a_move_without_a_why_is_waited_for() -> None:
    finding = found(staged_town(moved=""), "appraisal.progress")
    assert finding.waiting == ("why net present social value of A moved by the outline business case",)
    assert finding.rows[1]["why"] is None


def test_what_stands_still_needs_no_why() -> None:
    town = staged_town(moved="")
    town.tables[CaseFigure][1].value = Decimal("700.00")
    finding = found(town, "appraisal.progress")
    assert (finding.rows[1]["change"], finding.waiting) == (0, ())


def test_a_figure_not_known_is_not_nought() -> None:
    town = staged_town()
    line(town, BenefitLine, "B-A").amounts = None
    rows = found(town, "appraisal.progress").rows
    assert (rows[-1]["value"], rows[-1]["change"]) == (None, None)
    town.tables[CaseFigure][0].value = None
    assert found(town, "appraisal.progress").rows[1]["change"] is None


def test_business_as_usual_has_a_cost_and_no_worth_against_itself() -> None:
    town = staged_town()
    usual = next(option for option in town.tables[Option] if option.code == "BAU")
    stage = town.tables[BusinessCase][0]
    for figure in ("cost", "npsv"):
        town.add(
            CaseFigure, f"U-{figure}", business_case=stage, option=usual, figure=figure, value=Decimal(1)
        )
    rows = {
        row["figure"]: row["value"]
        for row in found(town, "appraisal.progress").rows
        if row["option"] == "BAU" and row["stage"] == "Now"
    }
    assert rows["Whole-life cost, present value"] == pytest.approx(1000 * FOUR_YEARS)
    assert rows["Net present social value"] == ""


def test_no_business_case() -> None:
    finding = found(usual_town(), "appraisal.progress")
    assert finding.rows == ()
    assert finding.waiting == ("a business case kept at its stage",)
