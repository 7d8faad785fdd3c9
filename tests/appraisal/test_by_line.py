"""From each line to its option's worth: the rows add up, by hand and in the worked case."""

from math import fsum
from pathlib import Path
from typing import Any

import pytest

from tests.appraisal.workbench import two_options
from wayforward.appraisal.findings.by_line import LESS, WORTH
from wayforward.appraisal.models import BenefitLine, CostLine
from wayforward.casefile import load
from wayforward.findings import Findings

CASE = Path(__file__).parents[2] / "cases" / "west-midlands-2012"
F = sum(1.035**-t for t in range(4))


def rows(town: Any) -> list[Any]:
    return list(Findings(town.case(), keep=False)["appraisal.lines"].rows)


@pytest.fixture(scope="module")
def worked() -> Findings:
    return Findings(load(CASE), keep=False)


def test_each_line_adds_its_present_value() -> None:
    found = {(row["option"], row["record"] or row["line"]): row for row in rows(two_options())}
    # A costs 500 at once and 800 a year for four years, and brings 100 a year; business as usual costs 1,000 a year.
    first = found["A", "cost_line:C-A1"]
    assert (first["given"], first["factor"], first["counted"], first["present"]) == (500, 1, 500, -500)
    assert found["A", "cost_line:C-A2"]["present"] == pytest.approx(-800 * F)
    assert found["A", "cost_line:C-A2"]["counted"] == 3200
    assert found["A", "benefit_line:B-A"]["present"] == pytest.approx(100 * F)
    assert found["A", LESS]["present"] == pytest.approx(1000 * F)
    assert found["A", WORTH]["present"] == pytest.approx(300 * F - 500)
    assert ("BAU", LESS) not in found


def test_the_rows_of_an_option_add_up_to_its_worth(worked: Findings) -> None:
    told = worked["appraisal.lines"].rows
    worths = {row["option"]: row["npsv"] for row in worked["appraisal.npsv"].rows}
    assert len(worths) == 6
    for option, npsv in worths.items():
        own = [row for row in told if row["option"] == option]
        parts = [row["present"] for row in own if row["line"] != WORTH and row["present"] != ""]
        assert fsum(parts) == pytest.approx(npsv, abs=0.005)
        assert [row["present"] for row in own if row["line"] == WORTH] == [npsv]


def test_a_correction_stands_between_what_is_given_and_what_counts(worked: Findings) -> None:
    corrected = [row for row in worked["appraisal.lines"].rows if row["factor"] not in ("", 1)]
    assert len(corrected) == 85  # as appraisal.corrections counts them
    for row in corrected:
        assert row["given"] * row["factor"] == pytest.approx(row["counted"], abs=0.01) or row[
            "kind"
        ].startswith("cost")


def test_a_line_in_no_sum_says_why_and_adds_nothing() -> None:
    town = two_options()
    a = next(line for line in town.tables[CostLine] if line.code == "C-A1")
    a.nature = "sunk"  # type: ignore[attr-defined]  # a line
    b = next(line for line in town.tables[BenefitLine] if line.code == "B-A")
    b.in_plan = True  # type: ignore[attr-defined]  # a line
    found = {row["record"]: row for row in rows(town) if row["record"]}
    assert (found["cost_line:C-A1"]["kind"], found["cost_line:C-A1"]["present"]) == ("in no sum: sunk", "")
    assert found["benefit_line:B-A"]["kind"] == "in no sum: in the financial plan"


def test_what_is_not_known_is_never_nought() -> None:
    town = two_options()
    next(line for line in town.tables[CostLine] if line.code == "C-A1").amounts = None  # type: ignore[attr-defined]  # a line
    found = {(row["option"], row["record"] or row["line"]): row for row in rows(town)}
    assert found["A", "cost_line:C-A1"]["present"] is None
    assert found["A", "cost_line:C-A1"]["given"] is None
    assert found["A", WORTH]["present"] is None
    assert found["B", WORTH]["present"] == pytest.approx(190 * F)
