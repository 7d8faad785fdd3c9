"""A town that uses all that an appraisal can say, its workbook, and LibreOffice to recalculate it.

LibreOffice is the independent implementation here: it knows only what was entered and the formulas.
"""

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import pytest
from python_calamine import CalamineWorkbook

from tests.appraisal.town import EVERY_YEAR, Town, usual_town
from wayforward.appraisal.audit import audit_workbook
from wayforward.appraisal.audit.sheets import PLANS
from wayforward.appraisal.models import BiasArea, BiasShare, CostLine, OptimismBias
from wayforward.finance.models import IncomeGroup, PlanLine
from wayforward.findings import Findings
from wayforward.options.models import OptionPhase, OptionRisk

HOSTILE = ('=HYPERLINK("http://example.org","x")', "+1+1", "-2", "@SUM(A1)", ">0*?~")
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
YEARS = ("2013-14", "2014-15", "2015-16", "2016-17")
Sheets = dict[str, list[dict[str, Any]]]


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
        town.cost(
            code, option, f"{EVERY_YEAR}: 333.33", varies_with="Same", **wide
        )  # 333.33 more, in two parts
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
    town.benefit("B-OLD", usual, f"{EVERY_YEAR}: 12", "societal", **wide)
    town.benefit("B-PLAN", usual, f"{EVERY_YEAR}: 30", "cash-releasing", in_plan=True, **wide)
    effect = {"reach": Decimal("0.9"), "take_up": Decimal("0.7"), "deadweight": Decimal("0.2")}
    effect |= {"attribution": Decimal("0.85"), "lag_months": 7, "ramp_months": 15}
    counted = {"units": Decimal("12.5"), "unit_value": Decimal("44.40"), "starts": 2013, **effect}
    town.benefit("B-UNITS", a, "", "non-cash-releasing", drop_off=Decimal("0.1"), **counted, **wide)
    town.benefit("B-LOST", a, "2014-15 to 2016-17: 120", "societal", drop_off=Decimal(1), lag_months=3)
    poor = town.add(
        IncomeGroup, "ING-1", name="The bottom fifth", income=Decimal(9000), median=Decimal(21800)
    )
    town.add(IncomeGroup, "ING-2", name=HOSTILE[2], income=Decimal(40000), median=Decimal(21800))
    life = {"life_or_health": True, "income_group": poor, "value": "economic"}
    town.benefit("B-LIFE", a, f"{EVERY_YEAR}: 210", "societal", **life, **wide)
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


def record(town: Town, model: type, code: str) -> Any:
    """A record of a town, to be changed."""
    return next(row for row in town.tables[model] if row.code == code)


def sheet_file(sheet: str) -> str:
    """Where a sheet stands in the file."""
    return f"xl/worksheets/sheet{[plan.sheet for plan in PLANS].index(sheet) + 1}.xml"


def cells(content: bytes, sheet: str) -> list[dict[str, tuple[str, str]]]:
    """The rows of a sheet below its head: by column title, whether a formula, text, number or blank, and what."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        tree = ElementTree.fromstring(archive.read(sheet_file(sheet)))
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


def typed_over(
    content: bytes, sheet: str, row: Mapping[str, str], title: str, value: str | float | None
) -> bytes:
    """The file with one typed cell replaced, as if somebody had entered it; the row by what stands in it."""
    rows = cells(content, sheet)
    wanted = [n for n, one in enumerate(rows, 2) if all(one[key][1] == given for key, given in row.items())]
    assert len(wanted) == 1, (row, wanted)
    kind, _ = rows[wanted[0] - 2][title]
    assert kind != "formula", f"{sheet}: {title} is not typed"
    number = list(rows[0]).index(title)
    place = f"{(chr(64 + number // 26) if number >= 26 else '') + chr(65 + number % 26)}{wanted[0]}"
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == sheet_file(sheet):
                data = _with_cell(data.decode(), place, value).encode()
            new.writestr(name, data)
    return out.getvalue()


def _with_cell(text: str, place: str, value: str | float | None) -> str:
    found = re.search(rf'<c r="{place}"( s="\d+")?[^>]*?(?:/>|>.*?</c>)', text)
    assert found
    start = f'<c r="{place}"{found[1] or ""}'
    if value is None:
        cell = f"{start}/>"
    elif isinstance(value, str):
        cell = f'{start} t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    else:
        cell = f"{start}><v>{value!r}</v></c>"
    return text[: found.start()] + cell + text[found.end() :]


def recalculated(books: Mapping[str, bytes], folder: Path) -> dict[str, Sheets]:
    """Each workbook worked out by LibreOffice in one run: its sheets by name, each row by its column titles."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        pytest.skip("needs: LibreOffice on the path")
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in books.items():
        (folder / f"{name}.xlsx").write_bytes(content)
    subprocess.run(
        [
            *(program, f"-env:UserInstallation=file://{folder}/profile", "--headless"),
            *("--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder / "out")),
            *(str(folder / f"{name}.xlsx") for name in books),
        ],
        check=True,
        capture_output=True,
    )
    return {name: sheets_of(folder / "out" / f"{name}.xlsx") for name in books}


def sheets_of(path: Path) -> Sheets:
    """The sheets of a workbook as whoever opens it sees them."""
    book = CalamineWorkbook.from_path(str(path))
    found = {}
    for name in book.sheet_names:
        heads, *rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False) or [[]]
        found[name] = [dict(zip(heads, row, strict=True)) for row in rows]
    return found
