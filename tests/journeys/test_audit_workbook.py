"""An accountant audits the worked case: fetches the workbook, recalculates it, changes a cell, compares."""

import csv
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from tests.appraisal.audited import Sheets, cells, recalculated, typed_over
from wayforward.appraisal.audit.plan import CHECK, LINES
from wayforward.appraisal.models import BenefitLine, CostLine
from wayforward.casefile import load
from wayforward.cli.app import app
from wayforward.findings import Findings
from wayforward.records.case import Case

CASE = Path(__file__).parents[2] / "cases" / "west-midlands-2012"


def fetched(case: Path, to: Path) -> bytes:
    """The workbook of a case folder, by the command that anybody would use."""
    done = CliRunner().invoke(app, ["audit-workbook", str(case), "--to", str(to)])
    assert done.exit_code == 0, done.output
    return to.read_bytes()


@pytest.fixture(autouse=True)
def _own_home(settings: Any, tmp_path: Path) -> None:
    settings.HOME = tmp_path
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


def near(found: Any, expected: Any) -> bool:
    """To the penny; a figure that is not known, or that there is none of, in the same word."""
    if expected is None or expected == "":
        return bool(found == ("not known" if expected is None else "none"))
    return isinstance(found, float) and abs(found - float(expected)) < 0.005


@pytest.mark.extras
@pytest.mark.timeout(400)
def test_recalculated_the_worked_case_gives_every_figure_and_follows_a_change(tmp_path: Path) -> None:
    content = fetched(CASE, tmp_path / "book.xlsx")
    edited = typed_over(content, LINES, {"Line": "BEN-008"}, "Take-up", 0.5)
    edited = typed_over(edited, LINES, {"Line": "CST-026"}, "2014-15", 3_000_000.0)
    sheets = recalculated({"as-it-is": content, "edited": edited}, tmp_path / "office")

    assert {row["Result"] for row in sheets["as-it-is"][CHECK]} == {"agrees"}
    assert len(sheets["as-it-is"][CHECK]) > 1800
    assert_as_the_findings(sheets["as-it-is"], Findings(load(CASE), keep=False))
    assert_as_the_findings(sheets["edited"], Findings(changed_case(), keep=False))
    assert "differs" in {row["Result"] for row in sheets["edited"][CHECK]}


def changed_case() -> Case:
    """The worked case with the same two cells changed in its records."""
    case = load(CASE)
    benefit = next(row for row in case.rows(BenefitLine) if row.code == "BEN-008")
    cost = next(row for row in case.rows(CostLine) if row.code == "CST-026")
    benefit.take_up = Decimal("0.5")
    cost.amounts = {**(cost.amounts or {}), "2014-15": Decimal(3_000_000)}
    return case


def assert_as_the_findings(sheets: Sheets, findings: Findings) -> None:
    """The sheets of results, read by their own titles and not through Check, against what the product finds."""
    names = {row["Code"]: row["Option"] for row in sheets["Options"]}
    options = {row["Code"]: row for row in sheets["Options"]}
    for key, titles in {
        "appraisal.npsv": {"npsv": "NPSV, likely", "low": "NPSV, low", "high": "NPSV, high"},
        "appraisal.bcr": {"bcr": "Benefit-cost ratio, likely"},
        "appraisal.annual": {"cost": "Whole-life cost, a year"},
        "appraisal.gap": {"largest": "Largest gap in the plan, cash", "first_year": "First year short"},
    }.items():
        for row in findings[key].rows:
            for column, title in titles.items():
                told = options[str(row["option"])][title]
                assert near(told, row[column]), (key, row["option"], title, told, row[column])
    for key, sheet, by, titles in (
        ("appraisal.payback", "Payback", ("Amounts", "likely"), {"years": "Payback, years"}),
        ("appraisal.rates", "Other rates", ("Discounted", "mid-year"), {"npsv": "NPSV, likely"}),
        ("appraisal.distribution", "Weighed by income", None, {"weighted": "NPSV, weighted"}),
        ("appraisal.steps", "Steps", ("Step", "Correction of costs"), {"amount": "Present value"}),
        ("appraisal.values", "Values", ("Value", "social"), {"present": "All kinds added"}),
        ("appraisal.organisations", "Organisations", ("Organisation", "Society"), {"net": "Net position"}),
    ):
        for row in findings[key].rows:
            if by is not None and key != "appraisal.payback" and by[1] not in row.values():
                continue
            (told,) = (
                one
                for one in sheets[sheet]
                if one["Option"] == names[str(row["option"])] and (by is None or one[by[0]] == by[1])
            )
            for column, title in titles.items():
                assert near(told[title], row[column]), (key, row["option"], told[title], row[column])


def test_the_workbook_of_the_worked_case_holds_its_lines_as_they_were_entered(tmp_path: Path) -> None:
    content = fetched(CASE, tmp_path / "book.xlsx")
    lines = {row["Line"][1]: row for row in cells(content, LINES)}
    with (CASE / "benefit_lines.csv").open(encoding="utf-8", newline="") as file:
        entered = {row["code"]: row for row in csv.DictReader(file)}
    assert entered.keys() <= lines.keys()
    for code, row in entered.items():
        for column, title in (
            ("take_up", "Take-up"),
            ("units", "Units a year"),
            ("ramp_months", "Ramp, months"),
        ):
            kind, value = lines[code][title]
            assert kind == ("number" if row[column] else "blank"), (code, title)
            assert not row[column] or float(value) == float(row[column])


def test_a_file_that_is_no_workbook_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["audit-workbook", str(CASE), "--to", str(tmp_path / "book.ods")])
    assert done.exit_code == 2
    assert "name a file ending in .xlsx" in done.output
    assert list(tmp_path.iterdir()) == []


def test_a_case_too_large_for_a_spreadsheet_is_refused_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from wayforward.appraisal.audit import write

    monkeypatch.setattr(write, "MOST_CELLS", 10_000)
    done = CliRunner().invoke(app, ["audit-workbook", str(CASE), "--to", str(tmp_path / "book.xlsx")])
    assert done.exit_code == 1
    assert "would make a workbook of" in done.output
    assert not (tmp_path / "book.xlsx").exists()
