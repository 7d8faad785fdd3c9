"""The appraisal as a workbook: its formulas, recalculated by LibreOffice, against the product's own figures.

LibreOffice is the independent implementation here: it knows only what was entered and the formulas.
"""

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from tests.appraisal.town import EVERY_YEAR, Town, usual_town
from tests.workbench import person, store_small_case
from wayforward.appraisal.audit import audit_workbook
from wayforward.appraisal.audit.plan import CHECK, LINES, OPTIONS, PARAMETERS, PLANS, PRESENT, README
from wayforward.appraisal.models import BenefitLine, BiasArea, BiasShare, CostLine, OptimismBias
from wayforward.casefile import load
from wayforward.finance.models import Inflation, PlanLine
from wayforward.findings import Findings
from wayforward.options.models import OptionPhase, OptionRisk
from wayforward.records.case import Case

WORKED = Path(__file__).parents[2] / "cases" / "west-midlands-2012"
HOSTILE = ('=HYPERLINK("http://example.org","x")', "+1+1", "-2", "@SUM(A1)", ">0*?~")
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def full_town() -> Town:
    """A town whose lines use all that a line can say: prices, effects, delays, corrections, residuals, twins, risks."""
    town = usual_town()
    town.exercise.edition, town.exercise.years = "green-book-2026", 4
    usual, a = (option for option in town.tables[type(town.tables[OptionPhase][0].option)])
    town.inflation("0.025")
    town.plan(1500, 1400)
    town.add(
        PlanLine, "S2015", plan_kind="savings planned", name="Savings", year=2015, amount=Decimal("150.5")
    )
    phase = next(one for one in town.tables[OptionPhase] if one.code == "A-sta")
    phase.delay_months = 17
    wide = {"low": Decimal("0.8"), "high": Decimal("1.5")}
    _costs(town, usual, a, wide)
    _benefits(town, usual, a, wide)
    _bias(town, a)
    _risks(town, usual, a)
    town.option("B", 3, phases=("ownership",))
    _second(town, wide)
    return town


def _costs(town: Town, usual: Any, a: Any, wide: dict[str, Any]) -> None:
    for option, code in ((usual, "C-SAME"), (a, "C-SAME-A"), (a, "C-SAME-A2")):
        town.cost(code, option, f"{EVERY_YEAR}: 333.33", **wide)  # one of the two cancels
    town.cost("C-PARTNER", usual, f"{EVERY_YEAR}: 70", organisation=HOSTILE[4], **wide)
    town.cost("C-CASH", a, "2013-14: 40; 2015-16: 60.5", prices="cash", organisation="A town", **wide)
    town.cost("C-2010", a, "2014-15 to 2016-17: 90", price_year=2010, organisation=HOSTILE[0], **wide)
    kept = {"cost_kind": "capital", "residual": Decimal("123.45"), "correction": "optimism bias"}
    build = town.cost("C-BUILD", a, "2013-14: 900; 2014-15: 300.1", "start-up", **kept)
    tax = town.cost("C-VAT", a, "2013-14: 180", "start-up", nature="value added tax")
    build.phase = tax.phase = "start-up"
    town.cost("C-SUNK", a, "2013-14: 5000", "start-up", nature="sunk")
    town.cost("C-TIME", a, f"{EVERY_YEAR}: 55", cash=False, correction="confidence grade")
    graded = town.cost("C-GRADED", a, f"{EVERY_YEAR}: 20", correction="confidence grade", **wide)
    town.cite(graded, town.strong, "amounts")


def _benefits(town: Town, usual: Any, a: Any, wide: dict[str, Any]) -> None:
    town.benefit("B-PLAN", usual, f"{EVERY_YEAR}: 30", "cash-releasing", in_plan=True, **wide)
    effect = {"reach": Decimal("0.9"), "take_up": Decimal("0.7"), "deadweight": Decimal("0.2")}
    effect |= {"attribution": Decimal("0.85"), "lag_months": 7, "ramp_months": 15}
    counted = {"units": Decimal("12.5"), "unit_value": Decimal("44.40"), "starts": 2013, **effect}
    town.benefit("B-UNITS", a, "", "non-cash-releasing", drop_off=Decimal("0.1"), **counted, **wide)
    town.benefit("B-LOST", a, "2014-15 to 2016-17: 120", "societal", drop_off=Decimal(1), lag_months=3)
    town.benefit("B-LIFE", a, f"{EVERY_YEAR}: 210", "societal", life_or_health=True, **wide)
    town.benefit(
        "B-CASH", a, f"{EVERY_YEAR}: 80", "cash-releasing", correction="confidence grade", phase="start-up"
    )
    town.benefit("B-WORDS", a, "", "unmonetised", effect="Calm")
    lagged = {"lag_months": 24, "ramp_months": 0, "organisation": HOSTILE[0]}
    town.benefit("B-PARTNER", a, "2013-14: 500", "cash-releasing", **lagged, **wide)


def _bias(town: Town, a: Any) -> None:
    project = town.add(OptimismBias, "OB-1", name=HOSTILE[1], option=a, below_lower="")
    for code, kind, share in (("1", "standard-buildings", "0.3"), ("2", "equipment-and-development", "0.7")):
        town.add(BiasShare, f"OBS-{code}", bias=project, project_type=kind, share=Decimal(share))
    areas = (("0.3", "0.5"), ("0.25", "0"), ("0.2", "1"))
    for at, (part, done) in enumerate(areas):
        fields = {"contribution": Decimal(part), "mitigation": Decimal(done)}
        town.add(BiasArea, f"OBA-{at}", bias=project, name=HOSTILE[2], **fields)
    next(line for line in town.tables[CostLine] if line.code == "C-BUILD").bias = project


def _risks(town: Town, usual: Any, a: Any) -> None:
    common = {"probability": Decimal("0.35"), "impact": Decimal("410.10"), "year": 2015}
    for code, option in (("R-1", usual), ("R-2", a)):
        town.add(OptionRisk, code, option=option, name=HOSTILE[3], **common)  # the same in both
    town.add(OptionRisk, "R-3", option=a, name="Late", **(common | {"year": 2014}))
    town.add(OptionRisk, "R-4", option=a, name="In the uplift", counted_in="the uplift", **common)
    town.add(OptionRisk, "R-5", option=a, name="No year", **(common | {"year": None}))
    town.add(OptionRisk, "R-6", option=a, name="Never", **(common | {"probability": Decimal(0)}))


def _second(town: Town, wide: dict[str, Any]) -> None:
    """An option that is raised by an operating uplift below its lower bound, and pays back."""
    b = next(phase.option for phase in town.tables[OptionPhase] if phase.code == "B-own")
    project = town.add(OptimismBias, "OB-2", name="Outsourced", option=b, below_lower="Fixed price, tested")
    town.add(BiasShare, "OBS-3", bias=project, project_type="outsourcing", share=Decimal(1))
    risk = town.add(
        OptionRisk, "R-7", option=b, name="Supplier fails", probability=Decimal("0.1"), impact=Decimal(900),
        year=2016, counted_in="the register",
    )  # fmt: skip
    proven = town.add(
        BiasArea, "OBA-9", bias=project, name="Contract", contribution=Decimal("0.6"), mitigation=Decimal(1)
    )
    town.cite(proven, town.strong, "mitigation")
    priced = {"contribution": Decimal("0.3"), "mitigation": None, "risk": risk}
    town.add(BiasArea, "OBA-8", bias=project, name="Supplier", **priced)
    town.cost("C-B", b, f"{EVERY_YEAR}: 700", correction="optimism bias", bias=project, **wide)
    town.benefit("B-B", b, f"{EVERY_YEAR}: 10", "non-cash-releasing", **wide)
    town.cost("C-B1", b, "2013-14: 350")


def made(town: Town) -> bytes:
    return audit_workbook(Findings(town.case(), keep=False))


def cells(content: bytes, sheet: str) -> list[dict[str, tuple[str, str]]]:
    """The rows of a sheet below its head: by column title, whether a formula, text, number or blank, and what."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        place = [plan.sheet for plan in PLANS].index(sheet) + 1
        tree = ElementTree.fromstring(archive.read(f"xl/worksheets/sheet{place}.xml"))
        shared = ElementTree.fromstring(archive.read("xl/sharedStrings.xml"))
    texts = ["".join(part.text or "" for part in item.iter(f"{MAIN}t")) for item in shared]
    rows = []
    for row in tree.iter(f"{MAIN}row"):
        found = {}
        for cell in row.iter(f"{MAIN}c"):
            found[re.sub(r"\d", "", cell.attrib["r"])] = _cell(cell, texts)
        rows.append(found)
    heads = {letter: text for letter, (_, text) in rows[0].items()}
    return [{heads[letter]: value for letter, value in row.items()} for row in rows[1:]]


def _cell(cell: ElementTree.Element, texts: Sequence[str]) -> tuple[str, str]:
    formula, value = cell.find(f"{MAIN}f"), cell.find(f"{MAIN}v")
    if formula is not None:
        return "formula", formula.text or ""
    if value is None:
        return "blank", ""
    if cell.attrib.get("t") == "s":
        return "text", texts[int(value.text or 0)]
    return "number", value.text or ""


def test_the_sheets_stand_in_order_and_the_first_says_what_it_is() -> None:
    content = made(usual_town())
    names = CalamineWorkbook.from_filelike(io.BytesIO(content)).sheet_names
    assert names == [plan.sheet for plan in PLANS]
    about = {row["About"][1]: row["What it says"][1] for row in cells(content, README)}
    assert about["Exercise"] == "TOWN: Town options"
    assert about["Marking"] == "Official"
    assert "2012-13" in about["Prices"]
    assert about["Edition"].startswith("The Green Book of 2003")
    assert {f"Sheet {name}" for name in names} <= set(about)


def test_the_same_case_gives_the_same_bytes() -> None:
    assert made(full_town()) == made(full_town())


def test_every_figure_is_a_formula_and_only_what_was_entered_is_typed() -> None:
    content = made(full_town())
    seen = 0
    for plan in PLANS:
        years = ("2013-14", "2014-15", "2015-16", "2016-17")
        kinds = {column.title: column.typed or column.told for column in plan.over(years)}
        for row in cells(content, plan.sheet):
            for title, (kind, _) in row.items():
                one_by_formula = plan.sheet in (PARAMETERS, README, "Factors")
                if kinds[title] and not one_by_formula:
                    assert kind != "formula", (plan.sheet, title)
                elif not kinds[title]:
                    assert kind == "formula", (plan.sheet, title)
                    seen += 1
    assert seen > 1000


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


def test_what_people_wrote_is_text_and_no_formula() -> None:
    content = made(full_town())
    written = {
        (sheet, value)
        for sheet in (LINES, "Bodies", "Bias", "Bias areas", "Risks")
        for row in cells(content, sheet)
        for kind, value in row.values()
        if kind == "text"
    }
    assert {("Bodies", HOSTILE[0]), ("Bodies", HOSTILE[4]), ("Bias", HOSTILE[1])} <= written
    assert {("Bias areas", HOSTILE[2]), ("Risks", HOSTILE[3])} <= written
    for plan in PLANS:
        for row in cells(content, plan.sheet):
            for kind, value in row.values():
                if kind == "formula":
                    assert "example.org" not in value


def test_each_sheet_is_one_table_with_a_frozen_head_and_a_page_set_up() -> None:
    with zipfile.ZipFile(io.BytesIO(made(full_town()))) as archive:
        for place, plan in enumerate(PLANS, 1):
            text = archive.read(f"xl/worksheets/sheet{place}.xml").decode()
            assert "<mergeCell" not in text
            assert 'state="frozen"' in text, plan.sheet
            assert 'orientation="landscape"' in text
            assert "Official" in text  # the marking on each printed page
            assert text.count("<tablePart ") == 1, plan.sheet


def test_a_case_without_options_has_a_workbook_without_figures() -> None:
    town = Town()
    content = made(town)
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


# What follows needs LibreOffice.


@pytest.fixture
def office(tmp_path: Path) -> Any:
    """Recalculate a workbook: the sheets by name, each row by its column titles."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        pytest.skip("needs: LibreOffice on the path")

    def recalculated(content: bytes) -> dict[str, list[dict[str, Any]]]:
        (tmp_path / "book.xlsx").write_bytes(content)
        subprocess.run(
            [
                *(program, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"),
                *("--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path / "out")),
                str(tmp_path / "book.xlsx"),
            ],
            check=True,
            capture_output=True,
        )
        book = CalamineWorkbook.from_path(str(tmp_path / "out" / "book.xlsx"))
        found = {}
        for name in book.sheet_names:
            heads, *rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False) or [[]]
            found[name] = [dict(zip(heads, row, strict=True)) for row in rows]
        return found

    return recalculated


def assert_agrees(sheets: dict[str, list[dict[str, Any]]], least: int) -> None:
    wrong = [row for row in sheets[CHECK] if row["Agrees"] != "yes"]
    assert not wrong, wrong[:5]
    known = [row for row in sheets[CHECK] if isinstance(row["Difference"], float)]
    assert all(abs(row["Difference"]) < 0.005 for row in known)
    assert (
        len([row for row in known if row["As the product gives it"] not in ("", "not known", "none")])
        >= least
    )
    about = {row["About"]: row["What it says"] for row in sheets[README]}
    assert about["All figures agree"] == "yes"


def options_of(sheets: dict[str, list[dict[str, Any]]]) -> dict[str, dict[str, Any]]:
    return {row["Code"]: row for row in sheets[OPTIONS]}


@pytest.mark.extras
@pytest.mark.timeout(300)
def test_recalculated_the_worked_case_gives_every_figure_to_the_penny(office: Any) -> None:
    findings = Findings(load(WORKED))
    sheets = office(audit_workbook(findings))
    assert_agrees(sheets, least=300)
    found = options_of(sheets)
    rows = findings["appraisal.npsv"].rows
    assert len(rows) == 6
    for row in rows:
        ours = found[str(row["option"])]
        for title, column in (("NPSV, likely", "npsv"), ("NPSV, low", "low"), ("NPSV, high", "high")):
            assert abs(ours[title] - float(row[column] or "nan")) < 0.005


@pytest.mark.extras
@pytest.mark.timeout(300)
def test_recalculated_a_case_that_uses_all_that_a_line_can_say_agrees(office: Any) -> None:
    sheets = office(made(full_town()))
    assert_agrees(sheets, least=100)
    lines = {row["Line"]: row for row in sheets[LINES]}
    # Of the two lines alike, one cancels against that of business as usual; the other does not.
    cancels = {
        row["Line"]: row["Cancels (1: stands unchanged in business as usual)"] for row in sheets["Counted"]
    }
    assert (cancels["C-SAME-A"], cancels["C-SAME-A2"], cancels["C-SAME"]) == (1, 0, 0)
    # Capital, two types: upper 0.3 x 24% + 0.7 x 200% = 147.2%, of which 0.3 x 0.5 + 0.2 x 1 = 35% is mitigated.
    assert lines["C-BUILD"]["Correction factor"] == pytest.approx(1 + 1.472 * 0.65)
    # Operating: upper 41%, all but 10% of it proven or priced, and the lower bound of nought below that.
    assert lines["C-B"]["Correction factor"] == pytest.approx(1 + 0.41 * 0.1)
    assert lines["C-TIME"]["Correction factor"] == pytest.approx(1.4)  # no evidence: as the worst grade
    assert lines["B-CASH"]["Correction factor"] == pytest.approx(0.6)
    assert lines["C-SUNK"]["Counts in NPSV (1 yes, 0 no)"] == 0
    assert lines["C-SUNK"]["Counts in our cash (1 yes, 0 no)"] == 0
    assert lines["C-VAT"]["Counts in our cash (1 yes, 0 no)"] == 1
    assert lines["C-2010"]["Counts in our cash (1 yes, 0 no)"] == 0
    present = {row["Line"]: row for row in sheets[PRESENT]}
    # 1.5% a year for life and health in the edition of 2026.
    assert present["B-LIFE"]["Present value, likely"] == pytest.approx(sum(210 / 1.015**t for t in range(4)))
    # All is lost after the first year of full effect; 3 months of lag move a quarter of 120 into the second year.
    effects = {row["Line"]: row for row in sheets["Effects"]}
    assert [effects["B-LOST"][year] for year in ("2013-14", "2014-15", "2015-16", "2016-17")] == [
        0,
        90,
        30,
        0,
    ]


@pytest.mark.extras
@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    ("lacking", "told"),
    [
        ("amounts", "NPSV, likely"),
        ("low", "NPSV, low"),
        ("share", "NPSV, likely"),
        ("usual", "NPSV, likely"),
        ("inflation", "Change in cash over all years"),
        ("plan", "Largest gap in the plan, cash"),
    ],
)
def test_what_is_not_known_is_said_and_never_nought(office: Any, lacking: str, told: str) -> None:
    town = full_town()
    if lacking == "usual":
        usual = next(one for one in town.tables[type(town.tables[CostLine][0].option)] if one.code == "BAU")
        usual.option_kind = "do minimum"
    else:
        _forget(town, lacking)
    sheets = office(made(town))
    differs = {row["Figure"] for row in sheets[CHECK] if row["Agrees"] != "yes"}
    # Of an end that is not known the product has been heard to say that there is no payback.
    assert differs <= ({"Payback, at the low end"} if lacking == "low" else set())
    assert options_of(sheets)["A"][told] == "not known"


def _forget(town: Town, lacking: str) -> None:
    if lacking == "amounts":
        next(line for line in town.tables[CostLine] if line.code == "C-A1").amounts = None
    elif lacking == "low":
        next(line for line in town.tables[BenefitLine] if line.code == "B-A").low = None
    elif lacking == "inflation":
        town.tables[Inflation] = [row for row in town.tables[Inflation] if row.year < 2014]
        town.tables[CostLine] = [line for line in town.tables[CostLine] if line.code != "C-CASH"]
    elif lacking == "plan":
        for row in town.tables[PlanLine]:
            row.amount = None if row.plan_kind == "grant" else row.amount
    else:
        town.tables[BiasShare] = [row for row in town.tables[BiasShare] if row.code != "OBS-1"]


@pytest.mark.extras
@pytest.mark.timeout(300)
def test_an_entry_changed_in_the_workbook_moves_its_figures_as_the_product_s_move(office: Any) -> None:
    town, changed = full_town(), full_town()
    content = made(town)
    line = next(one for one in changed.tables[BenefitLine] if one.code == "B-UNITS")
    line.take_up = Decimal("0.5")
    expected = Findings(changed.case(), keep=False)["appraisal.npsv"].where(option="A")[0]
    before = Findings(town.case(), keep=False)["appraisal.npsv"].where(option="A")[0]
    sheets = office(_typed_over(content, LINES, "B-UNITS", "Take-up", "0.5"))
    told = options_of(sheets)["A"]
    assert told["NPSV, likely"] == pytest.approx(float(expected["npsv"] or 0), abs=0.005)
    assert told["NPSV, low"] == pytest.approx(float(expected["low"] or 0), abs=0.005)
    assert abs(told["NPSV, likely"] - float(before["npsv"] or 0)) > 1
    # Check holds the figures as the product gave them, and says that they differ now.
    about = {row["About"]: row["What it says"] for row in sheets[README]}
    assert about["All figures agree"].startswith("no")


def _typed_over(content: bytes, sheet: str, line: str, title: str, value: str) -> bytes:
    """The file with one typed number replaced, as if somebody had entered it."""
    place = [plan.sheet for plan in PLANS].index(sheet) + 1
    at = next(n for n, row in enumerate(cells(content, sheet), 2) if row["Line"][1] == line)
    years = ("2013-14", "2014-15", "2015-16", "2016-17")
    columns = next(plan for plan in PLANS if plan.sheet == sheet).over(years)
    number = next(n for n, column in enumerate(columns) if column.title == title)
    letter = (chr(64 + number // 26) if number >= 26 else "") + chr(65 + number % 26)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == f"xl/worksheets/sheet{place}.xml":
                pattern = rf'(<c r="{letter}{at}"[^>]*><v>)[^<]*(</v>)'
                text, count = re.subn(pattern, rf"\g<1>{value}\g<2>", data.decode())
                assert count == 1
                data = text.encode()
            new.writestr(name, data)
    return out.getvalue()


def test_the_full_town_is_what_the_other_tests_take_it_for() -> None:
    case: Case = full_town().case()
    findings = Findings(case, keep=False)
    rows = findings["appraisal.npsv"].rows
    assert [row["option"] for row in rows] == ["A", "B"]
    assert all(row[column] is not None for row in rows for column in ("npsv", "low", "high"))
