"""The appraisal as a workbook: what its cells are, before any program works them out."""

import io
import re
import zipfile
from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from tests.appraisal.audited import HOSTILE, MAIN, YEARS, cells, full_town, made, record, sheet_file
from tests.appraisal.town import Town, usual_town
from tests.workbench import person, store_small_case
from wayforward.appraisal.audit import audit_workbook, write
from wayforward.appraisal.audit.plan import CHANGES, CHECK, FACTORS, LINES, OPTIONS, PARAMETERS, README, STEP
from wayforward.appraisal.audit.sheets import PLANS
from wayforward.appraisal.models import BenefitLine, BiasArea, CostLine
from wayforward.findings import Findings
from wayforward.options.models import OptionPhase, OptionRisk


def test_the_sheets_stand_in_order_and_the_first_says_what_it_is() -> None:
    content = made(usual_town())
    names = CalamineWorkbook.from_filelike(io.BytesIO(content)).sheet_names
    assert names == [plan.sheet for plan in PLANS]
    about = {row["About"][1]: row["What it says"][1] for row in cells(content, README)}
    assert about["Exercise"].startswith("TOWN: Town options.")
    assert about["Marking"] == "Official"
    assert "2012-13" in about["Prices"]
    assert about["Edition"].startswith("The Green Book of 2003")
    assert set(names) <= set(about)
    assert len([words for words in about if words.startswith("To audit it")]) == 10


def test_each_sheet_that_the_first_names_is_a_way_there() -> None:
    with zipfile.ZipFile(io.BytesIO(made(usual_town()))) as archive:
        text = archive.read(sheet_file(README)).decode()
    assert re.findall(r"<hyperlink [^>]*location=\"'?([^'!\"]+)'?!A1\"", text) == [
        plan.sheet for plan in PLANS
    ]


def test_names_of_sheets_and_columns_are_what_a_spreadsheet_takes() -> None:
    for plan in PLANS:
        assert len(plan.sheet) <= 31
        assert not set(plan.sheet) & set("[]:*?/\\'")
        titles = [column.title.lower() for column in plan.over(YEARS)]
        assert len(titles) == len(set(titles)), plan.sheet


def test_the_same_case_gives_the_same_bytes() -> None:
    assert made(full_town()) == made(full_town())


def test_every_figure_is_a_formula_and_only_what_was_entered_is_typed() -> None:
    content = made(full_town())
    seen = 0
    for plan in PLANS:
        kinds = {column.title: column.typed or column.told for column in plan.over(YEARS)}
        for row in cells(content, plan.sheet):
            for title, (kind, _) in row.items():
                one_by_formula = plan.sheet in (PARAMETERS, README)
                if kinds[title] and not one_by_formula:
                    assert kind != "formula", (plan.sheet, title)
                elif not kinds[title]:
                    assert kind == "formula", (plan.sheet, title)
                    seen += 1
    assert seen > 3000


def test_a_column_of_steps_holds_one_formula_copied_down() -> None:
    # What an auditor looks for first: a cell that differs from its neighbours.
    content = made(full_town())
    for plan in PLANS:
        if plan.group == STEP or plan.sheet == CHANGES:
            told = {column.title for column in plan.columns if column.told}
            found: dict[str, set[str]] = defaultdict(set)
            for at, row in enumerate(cells(content, plan.sheet), 2):
                for title in row.keys() - told:
                    _, formula = row[title]
                    found[title].add(_from_here(formula, at))
            assert {title: len(one) for title, one in found.items()} == dict.fromkeys(found, 1), plan.sheet


def _from_here(formula: str, row: int) -> str:
    """A formula with the rows that move with it counted from its own."""
    return re.sub(r"(\$?[A-Z]{1,3})(\d+)\b", lambda found: f"{found[1]}[{int(found[2]) - row}]", formula)


def test_no_result_is_kept_beside_a_formula() -> None:
    # What opens the file has to work it out: a stale or false nought can't be read.
    with zipfile.ZipFile(io.BytesIO(made(full_town()))) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/sheet"):
                text = archive.read(name).decode()
                assert not re.search(r"</f><v>[^<]", text), name
        assert 'fullCalcOnLoad="1"' in archive.read("xl/workbook.xml").decode()


def test_the_product_s_figures_stand_only_on_check() -> None:
    town = full_town()
    findings = Findings(town.case(), keep=False)
    content = audit_workbook(findings)
    npsv = [row["npsv"] for row in findings["appraisal.npsv"].rows]
    for plan in PLANS:
        numbers = {
            round(float(value), 4)
            for row in cells(content, plan.sheet)
            for kind, value in row.values()
            if kind == "number"
        }
        there = {round(float(value), 4) for value in npsv} <= numbers
        assert there == (plan.sheet == CHECK), plan.sheet


def test_no_formula_is_longer_than_a_spreadsheet_takes() -> None:
    town = full_town()
    town.exercise.years = 100
    with zipfile.ZipFile(io.BytesIO(made(town))) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/sheet"):
                tree = ElementTree.fromstring(archive.read(name))
                assert max((len(one.text or "") for one in tree.iter(f"{MAIN}f")), default=0) <= 8192, name


def test_a_case_too_large_for_a_spreadsheet_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(write, "MOST_CELLS", 1000)
    with pytest.raises(write.TooLarge, match=r"lines over 4 years would make a workbook of .* cells"):
        made(full_town())


def test_what_people_wrote_is_text_and_no_formula() -> None:
    content = made(full_town())
    written = {
        (sheet, value)
        for sheet in (LINES, "Bodies", "Bias", "Bias areas", "Risks", "Income groups")
        for row in cells(content, sheet)
        for kind, value in row.values()
        if kind == "text"
    }
    assert {("Bodies", HOSTILE[0]), ("Bodies", HOSTILE[4]), ("Bias", HOSTILE[1])} <= written
    assert {("Bias areas", HOSTILE[2]), ("Risks", HOSTILE[3]), ("Income groups", HOSTILE[2])} <= written
    for plan in PLANS:
        for row in cells(content, plan.sheet):
            for kind, value in row.values():
                if kind == "formula":
                    assert "example.org" not in value


def test_what_people_wrote_stays_text_when_somebody_edits_it_and_a_formula_stays_a_formula() -> None:
    # 49 is the format "@": what is typed into such a cell is never read as a formula.
    with zipfile.ZipFile(io.BytesIO(made(full_town()))) as archive:
        styles = ElementTree.fromstring(archive.read("xl/styles.xml"))
        formats = [one.attrib["numFmtId"] for one in styles.find(f"{MAIN}cellXfs") or ()]
        seen = set()
        for plan in PLANS:
            tree = ElementTree.fromstring(archive.read(sheet_file(plan.sheet)))
            for row in list(tree.iter(f"{MAIN}row"))[1:]:
                for cell in row.iter(f"{MAIN}c"):
                    as_text = formats[int(cell.attrib.get("s", 0))] == "49"
                    if cell.find(f"{MAIN}f") is not None:
                        assert not as_text, (plan.sheet, cell.attrib["r"])
                    elif cell.attrib.get("t") == "s" and plan.sheet in (LINES, "Bodies", "Risks", CHECK):
                        seen.add((plan.sheet, as_text))
    assert (LINES, True) in seen
    assert (LINES, False) not in seen
    assert ("Bodies", False) not in seen
    assert ("Risks", False) not in seen


def test_what_is_not_known_is_blank_and_never_nought() -> None:
    town = full_town()
    record(town, CostLine, "C-A1").amounts = None
    record(town, BenefitLine, "B-A").low = None
    record(town, BiasArea, "OBA-0").mitigation = None
    record(town, OptionRisk, "R-2").impact = None
    record(town, OptionPhase, "A-sta").delay_months = None
    content = made(town)
    lines = {row["Line"][1]: row for row in cells(content, LINES)}
    assert [lines["C-A1"][year] for year in YEARS] == [("blank", "")] * 4
    assert lines["B-A"]["Low"] == ("blank", "")
    assert lines["C-A2"]["Residual value"] == ("blank", "")
    assert cells(content, "Bias areas")[0]["Mitigated"] == ("blank", "")
    assert next(row for row in cells(content, "Risks") if row["Risk"][1] == "R-2")["Impact"] == ("blank", "")
    phases = [row for row in cells(content, "Phases") if row["Phase"][1] == "start-up"]
    assert [row["Delay, months"] for row in phases] == [("blank", "")]


def test_an_edition_without_health_or_lower_rates_has_no_rows_of_them() -> None:
    town = full_town()
    town.exercise.edition = "green-book-2003"
    factors = [row["Factor"][1] for row in cells(made(town), FACTORS)]
    assert not any("lower" in name for name in factors)
    assert "Discount rate, life and health (this edition has none: the standard)" in factors
    assert len([name for name in factors if name.endswith("mid-year")]) == 1


def test_each_sheet_is_one_table_with_a_frozen_head_and_a_page_set_up() -> None:
    with zipfile.ZipFile(io.BytesIO(made(full_town()))) as archive:
        for plan in PLANS:
            text = archive.read(sheet_file(plan.sheet)).decode()
            assert "<mergeCell" not in text
            assert 'state="frozen"' in text, plan.sheet
            assert 'orientation="landscape"' in text
            assert "Official" in text  # the marking on each printed page
            assert text.count("<tablePart ") == 1, plan.sheet


def test_a_case_without_options_has_a_workbook_without_figures() -> None:
    content = made(Town())
    assert cells(content, OPTIONS) == []
    assert cells(content, CHECK) == []


def test_somebody_with_a_part_in_the_exercise_may_fetch_it(db: None, settings: Any, tmp_path: Path) -> None:
    settings.HOME = tmp_path
    exercise = store_small_case()
    client = Client()
    client.force_login(person("root@example.org", is_superuser=True))
    address = f"/exercises/{exercise.code}/appraisal-workbook.xlsx"
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Content-Disposition"] == 'attachment; filename="appraisal-workbook.xlsx"'
    assert answer["Wayforward-Marking"]
    assert answer.content[:2] == b"PK"
    assert client.post(address).status_code == 405
    outsider = Client()
    outsider.force_login(person("nobody@example.org"))
    assert outsider.get(address).status_code == 404


def test_the_full_town_is_what_the_other_tests_take_it_for() -> None:
    findings = Findings(full_town().case(), keep=False)
    rows = findings["appraisal.npsv"].rows
    assert [row["option"] for row in rows] == ["A", "B"]
    assert all(row[column] is not None for row in rows for column in ("npsv", "low", "high"))
    weighed = findings["appraisal.distribution"].where(option="A")[0]
    assert isinstance(weighed["grouped"], float)
    assert abs(float(weighed["weighted"] or 0) - float(weighed["npsv"] or 0)) > Decimal("0.005")


def test_the_how_to_names_every_sheet_and_no_other() -> None:
    page = (Path(__file__).parents[2] / "docs" / "how-to" / "audit-the-appraisal.md").read_text(
        encoding="utf-8"
    )
    table = re.findall(r"^\| ([A-Z][^|*]+) \|", page, re.MULTILINE)
    named = [name for row in table for name in row.split(", ")]
    assert sorted(named) == sorted(plan.sheet for plan in PLANS)


def test_formulas_use_only_functions_that_old_programs_have() -> None:
    # IFNA, of Excel 2013, is the youngest, and goes by a prefix in a file.
    known = (
        "ABS AND COUNT COUNTIF COUNTIFS EXACT IF INDEX INT ISNA ISNUMBER LARGE LEFT LEN LOOKUP MATCH MAX MIN MOD NA OR "
        "ROUND ROUNDUP SQRT SUM SUMIF SUMIFS SUMPRODUCT VALUE _xlfn.IFNA"
    )
    content = made(full_town())
    seen: set[str] = set()
    for plan in PLANS:
        for row in cells(content, plan.sheet):
            for kind, formula in row.values():
                if kind == "formula":
                    seen |= set(re.findall(r"([A-Za-z_.]+)\(", re.sub(r'"[^"]*"', "", formula)))
    assert seen <= set(known.split())
