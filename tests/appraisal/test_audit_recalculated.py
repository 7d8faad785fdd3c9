"""The workbook of an appraisal recalculated by LibreOffice, against the product's own figures.

LibreOffice is the independent implementation: it knows only what was entered and the formulas.
"""

from typing import Any

import pytest

from tests.appraisal.audit_changes import CHANGED, LACKING, Change
from tests.appraisal.audited import (
    HOSTILE,
    YEARS,
    Sheets,
    cells,
    full_town,
    made,
    recalculated,
    record,
    typed_over,
)
from tests.appraisal.random_town import random_town
from wayforward.appraisal.audit.plan import (
    BODIES,
    CHANGES,
    CHECK,
    INCOMES,
    LINES,
    OPTIONS,
    PRESENT,
    README,
    RISKS,
)
from wayforward.finance.models import IncomeGroup
from wayforward.findings import Findings

pytestmark = [pytest.mark.extras, pytest.mark.timeout(400)]
GIVEN, FOUND = "As the product gives it", "As this workbook finds it"


# Towns by chance: a seed, an edition, the first year and how many; the rates fall after 30 years.
RANDOM = {
    "one year": (1, "green-book-2003", 2013, 1),
    "five years from before the price base": (2, "green-book-2026", 2009, 5),
    "twelve years": (3, "green-book-2003", 2012, 12),
    "forty years": (4, "green-book-2026", 2014, 40),
}


def _edition_2003() -> bytes:
    town = full_town()
    town.exercise.edition = "green-book-2003"
    record(town, IncomeGroup, "ING-1").name = "The bottom fifth"
    return made(town)


def _edited(change: Change) -> bytes:
    town = full_town()
    change.first(town)
    content = made(town)
    for edit in change.edits:
        content = typed_over(content, edit.sheet, edit.row, edit.title, edit.value)
    return content


def _file(*words: str) -> str:
    return "-".join(words).replace(" ", "-").replace(",", "")


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Sheets]:
    """Every workbook of this module, worked out in one run."""
    contents = {"full": made(full_town()), "2003": _edition_2003()}
    for name, of in RANDOM.items():
        contents[_file("random", name)] = made(random_town(*of))
    for name, change in CHANGED.items():
        contents[_file("changed", name)] = _edited(change)
    for name, (forget, _) in LACKING.items():
        town = full_town()
        for one in forget:
            one(town)
        contents[_file("lacking", name)] = made(town)
    return recalculated(contents, tmp_path_factory.mktemp("audit"))


def assert_agrees(sheets: Sheets, least: int) -> None:
    wrong = [row for row in sheets[CHECK] if row["Result"] != "agrees"]
    assert not wrong, wrong[:5]
    assert all(abs(row["Difference"]) < 0.005 for row in sheets[CHECK])
    assert len([row for row in sheets[CHECK] if isinstance(row[GIVEN], float)]) >= least
    about = {row["About"]: row["What it says"] for row in sheets[README]}
    assert about["Do all figures agree?"] == f"yes, all {len(sheets[CHECK])}"


def test_a_case_that_uses_all_that_a_line_can_say_agrees(books: dict[str, Sheets]) -> None:
    sheets = books["full"]
    assert_agrees(sheets, least=350)
    assert {row["Option"]: row["NPSV, likely"] for row in sheets[OPTIONS]}["A"] == pytest.approx(
        float(Findings(full_town().case(), keep=False)["appraisal.npsv"].where(option="A")[0]["npsv"] or 0),
        abs=0.005,
    )
    lines = {row["Line"]: row for row in sheets[LINES]}
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


def test_amounts_worked_out_by_hand(books: dict[str, Sheets]) -> None:
    present = {row["Line"]: row for row in books["full"][PRESENT]}
    # 1.5% a year for life and health in the edition of 2026.
    assert present["B-LIFE"]["Present value, likely"] == pytest.approx(sum(210 / 1.015**t for t in range(4)))
    assert present["C-BUILD"]["Left of it at the end"] == pytest.approx(123.45 / 1.035**3)
    # All is lost after the first year of full effect; 3 months of lag move a quarter of 120 into the second year.
    effects = {row["Line"]: row for row in books["full"]["Effects"]}
    assert [effects["B-LOST"][year] for year in YEARS] == [0, 90, 30, 0]
    # Of 120 in each of three years two are lost to the drop-off; the lag then moves a quarter, but past no end.
    gross = {row["Line"]: row for row in books["full"]["Gross to net"]}
    told = [gross["B-LOST"][step] for step in ("Gross", "Reach", "Drop-off", "Lag", "Net")]
    assert told == pytest.approx([360, 0, -240, 0, 120])
    # (21,800 / 9,000) to the power of 1.3, by the edition of 2026.
    group = books["full"][INCOMES][0]
    assert group["Weight, middle"] == pytest.approx((21800 / 9000) ** 1.3)
    # Mid-year: half a year more at the rate of the year after.
    factors = {row["Factor"]: row for row in books["full"]["Factors"]}
    assert factors["Discount factor, standard, mid-year"]["2014-15"] == pytest.approx(1.035**-1.5)
    assert factors["Discount factor, lower"]["2016-17"] == pytest.approx(1.03**-3)


def test_what_an_option_changes_is_joined_by_driver_and_range_as_by_hand(books: dict[str, Sheets]) -> None:
    of_a = {row["Code"]: row for row in books["full"][CHANGES] if row["Option"] == "A"}
    titles = (
        "First of its driver and range (1 yes, 0 no)",
        "All of its driver and range together",
        "Below likely, at the low end",
        "Above likely, at the high end",
    )
    worth = sum(1.035**-year for year in range(4))
    # Twice 333.33 a year less once, at 0.8 to 1.5: what stands in both has no range.
    expected = {
        "C-SAME-A": (1, 333.33 * worth, -0.2 * 333.33 * worth, 0.5 * 333.33 * worth),
        "C-SAME-A2": (0, 0, 0, 0),
        "C-SAME": (0, 0, 0, 0),
        # A cost of business as usual that the option does away with: most is saved at its high end.
        "C-PARTNER": (1, -70 * worth, -0.5 * 70 * worth, 0.2 * 70 * worth),
        # The same risk in both, then one of the option's own: nothing at best, all of 410.10 at worst.
        "R-2": (1, 0, 0, 0),
        "R-1": (0, 0, 0, 0),
        "R-3": (1, 0.35 * 410.1 / 1.035, -0.35 * 410.1 / 1.035, 0.65 * 410.1 / 1.035),
    }
    assert {code: [of_a[code][title] for title in titles] for code in expected} == {
        code: pytest.approx(figures, abs=1e-9) for code, figures in expected.items()
    }
    years = [of_a["C-SAME-A"][f"{part}2015-16"] for part in ("", "Together ", "Below ", "Above ")]
    assert years == pytest.approx([333.33, 333.33, -0.2 * 333.33, 0.5 * 333.33])
    assert [of_a["R-3"][f"Above {year}"] for year in YEARS] == pytest.approx([0, 0.65 * 410.1, 0, 0])
    assert of_a["R-4"]["Counts (1 yes, 0 no)"] == of_a["R-4"][titles[0]] == 0


def test_the_edition_of_2003_agrees_and_weighs_by_fifths_of_incomes(books: dict[str, Sheets]) -> None:
    assert_agrees(books["2003"], least=320)
    told = books["2003"][INCOMES][0]
    weights = [told[title] for title in ("Weight, low", "Weight, middle", "Weight, high")]
    assert weights == pytest.approx([1.9, 1.95, 2.0])
    assert books["2003"][INCOMES][1]["Weight, middle"] == "not known"
    assert {row["Discounted"] for row in books["2003"]["Other rates"]} == {
        "as the edition has it",
        "mid-year",
    }


@pytest.mark.parametrize("name", RANDOM)
def test_a_town_by_chance_agrees(books: dict[str, Sheets], name: str) -> None:
    assert_agrees(books[_file("random", name)], least=150)


def test_what_people_wrote_is_still_text_once_recalculated(books: dict[str, Sheets]) -> None:
    names = {row["Organisation"] for row in books["full"][BODIES]}
    assert {HOSTILE[0], HOSTILE[4]} <= names
    assert {row["Name"] for row in books["full"][RISKS]} >= {HOSTILE[3]}
    assert {row["Project"] for row in books["full"]["Bias"]} >= {HOSTILE[1]}
    assert {row["Organisation"] for row in books["full"]["Organisations"]} >= {HOSTILE[0], HOSTILE[4]}


@pytest.mark.parametrize("name", LACKING)
def test_what_is_not_known_is_said_and_never_nought(books: dict[str, Sheets], name: str) -> None:
    sheets = books[_file("lacking", name)]
    assert not {row["Figure"] for row in sheets[CHECK] if row["Result"] != "agrees"}
    for sheet, option, title in LACKING[name][1]:
        assert [row[title] for row in sheets[sheet] if row["Option"] == option] == ["not known"]


@pytest.mark.parametrize("name", CHANGED)
def test_an_entry_changed_in_the_workbook_moves_every_figure_as_the_product_s_moves(
    books: dict[str, Sheets], name: str
) -> None:
    change, town = CHANGED[name], full_town()
    for one in change.records:
        one(town)
    expected = {_key(row): row[GIVEN] for row in _checked(made(town))}
    sheets = books[_file("changed", name)]
    rows = {_key(row): row for row in sheets[CHECK] if _key(row) in expected}
    assert len(rows) > 300
    wrong = {
        key: (row[FOUND], expected[key]) for key, row in rows.items() if not _same(row[FOUND], expected[key])
    }
    assert not wrong, list(wrong.items())[:5]
    # Check holds the figures as the product gave them, and says that they differ now.
    about = {row["About"]: row["What it says"] for row in sheets[README]}
    assert about["Do all figures agree?"].startswith("no: ")
    moved = [row for row in rows.values() if row["Result"] == "differs"]
    assert any(not _same(row[GIVEN], row[FOUND]) for row in moved)


def _key(row: dict[str, Any]) -> tuple[str, str, str]:
    return row["Finding"], row["Figure"], row["Of"]


def _checked(content: bytes) -> list[dict[str, Any]]:
    """The sheet Check as it was written: figures as the product gives them."""
    return [
        {title: float(value) if kind == "number" else value for title, (kind, value) in row.items()}
        for row in cells(content, CHECK)
    ]


def _same(found: Any, expected: Any) -> bool:
    if isinstance(found, float) and isinstance(expected, float):
        return abs(found - expected) < 0.005
    return bool(found == expected)
