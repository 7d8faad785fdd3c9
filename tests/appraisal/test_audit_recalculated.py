"""The workbook of an appraisal recalculated by LibreOffice, against the product's own figures.

LibreOffice is the independent implementation: it knows only what was entered and the formulas.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest

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
from tests.appraisal.town import Town
from wayforward.appraisal.audit.plan import (
    BODIES,
    CHANGES,
    CHECK,
    INCOMES,
    LINES,
    OPTIONS,
    PARAMETERS,
    PHASES,
    PLAN,
    PRESENT,
    PRICES,
    README,
    RISKS,
)
from wayforward.appraisal.models import BenefitLine, BiasArea, BiasShare, CostLine
from wayforward.finance.models import IncomeGroup, Inflation, PlanLine
from wayforward.findings import Findings
from wayforward.options.models import Option, OptionPhase, OptionRisk
from wayforward.records.fields import Profile
from wayforward.records.models import ParameterOverride

pytestmark = [pytest.mark.extras, pytest.mark.timeout(400)]
GIVEN, FOUND = "As the product gives it", "As this workbook finds it"


@dataclass(frozen=True)
class Edit:
    """A cell that somebody types over: on which sheet, in which row, under which title."""

    sheet: str
    row: dict[str, str]
    title: str
    value: str | float | None


@dataclass(frozen=True)
class Change:
    """The same change made to cells of the workbook and to the records."""

    edits: Sequence[Edit]
    records: Sequence[Callable[[Town], None]]
    first: Callable[[Town], None] = lambda town: None  # what is so before it


def _field(model: type, code: str, **fields: Any) -> Callable[[Town], None]:
    def change(town: Town) -> None:
        for name, value in fields.items():
            setattr(record(town, model, code), name, value)

    return change


def _override(path: str, value: str) -> Callable[[Town], None]:
    def change(town: Town) -> None:
        row = {"parameter": path, "value": Decimal(value), "reason": "Test"}
        town.add(ParameterOverride, f"P-{path}", **row)

    return change


def _line(code: str, title: str, value: str | float | None) -> Edit:
    return Edit(LINES, {"Line": code}, title, value)


def _parameter(row: dict[str, str], value: float) -> Edit:
    return Edit(PARAMETERS, row, "Value", value)


def _price_base(town: Town) -> None:
    town.exercise.price_year = 2011


AMOUNTS = Profile(required=True).parse("2013-14: 650.25")
CHANGED = {
    "a cost line": Change(
        [
            _line("C-A1", "2013-14", 650.25),
            _line("C-GRADED", "Low", 0.4),
            _line("C-BUILD", "Residual value", 400.0),
            _line("C-VAT", "Nature", "resource"),
            _line("C-A2", "Body no.", 3.0),
        ],
        [
            _field(CostLine, "C-A1", amounts=AMOUNTS),
            _field(CostLine, "C-GRADED", low=Decimal("0.4")),
            _field(CostLine, "C-BUILD", residual=Decimal(400)),
            _field(CostLine, "C-VAT", nature="resource"),
            _field(CostLine, "C-A2", organisation=HOSTILE[4]),
        ],
    ),
    "what lines vary with, and a range": Change(
        # The driver of C-SAME is the second that a line names.
        [_line("C-PARTNER", "Driver no.", 2.0), _line("C-SAME-A2", "High", 1.7), _line("B-OLD", "Low", 0.5)],
        [
            _field(CostLine, "C-PARTNER", varies_with="Same"),
            _field(CostLine, "C-SAME-A2", high=Decimal("1.7")),
            _field(BenefitLine, "B-OLD", low=Decimal("0.5")),
        ],
    ),
    "an amount becomes known": Change(
        [_line("C-A1", year, amount) for year, amount in zip(YEARS, (500.0, 0.0, 0.0, 0.0), strict=True)],
        [],
        _field(CostLine, "C-A1", amounts=None),
    ),
    "an amount becomes unknown": Change(
        [_line("C-A1", year, None) for year in YEARS], [_field(CostLine, "C-A1", amounts=None)]
    ),
    "a phase left without a cost": Change(
        [_line(code, "Phase of cost", "start-up") for code in ("C-B", "C-B1")],
        [_field(CostLine, code, cost_phase="start-up") for code in ("C-B", "C-B1")],
    ),
    "a benefit": Change(
        [
            _line("B-UNITS", "Take-up", 0.5),
            _line("B-UNITS", "Ramp, months", 6.0),
            _line("B-UNITS", "Lag, months", 20.0),
            _line("B-PARTNER", "Drop-off", 0.25),
            _line("B-LIFE", "Life or health", "no"),
            _line("B-LIFE", "Value, if stated", "social"),
        ],
        [
            _field(BenefitLine, "B-UNITS", take_up=Decimal("0.5"), ramp_months=6, lag_months=20),
            _field(BenefitLine, "B-PARTNER", drop_off=Decimal("0.25")),
            _field(BenefitLine, "B-LIFE", life_or_health=False, value="social"),
        ],
    ),
    "discount rates": Change(
        [
            _parameter({"Group": "Discount rate", "From": "0"}, 0.05),
            _parameter({"Group": "Discount rate, life and health", "From": "0"}, 0.02),
            _parameter({"Group": "Discount rate, lower", "From": "0"}, 0.01),
        ],
        [
            _override("discount-rate/0-30", "0.05"),
            _override("discount-rate-health/0-30", "0.02"),
            _override("discount-rate-lower/0-30", "0.01"),
        ],
    ),
    "optimism bias": Change(
        [
            _parameter({"Item": "capital upper equipment-and-development"}, 1.5),
            Edit("Bias areas", {"Contribution": "0.3", "Mitigated": "0.5"}, "Mitigated", 0.1),
        ],
        [
            _override("optimism-bias/types/equipment-and-development/capital_upper", "1.5"),
            _field(BiasArea, "OBA-0", mitigation=Decimal("0.1")),
        ],
    ),
    "a correction": Change(
        [_line("C-BUILD", "Correction for bias", "none")], [_field(CostLine, "C-BUILD", correction="none")]
    ),
    "price base and price index": Change(
        [
            _parameter({"Item": "Price base: the year of all real prices"}, 2011.0),
            _parameter({"Item": "Calendar year 2010"}, 90.0),
            Edit(PRICES, {"Financial year": "2015-16"}, "Rise on the year before", 0.06),
        ],
        [
            _price_base,
            _override("deflator/calendar/2010", "90"),
            _field(Inflation, "I2015", rate=Decimal("0.06")),
        ],
    ),
    "a delay, a risk, the plan and an income": Change(
        [
            Edit(PHASES, {"Option no.": "2", "Phase": "start-up"}, "Delay, months", 5.0),
            Edit(RISKS, {"Risk": "R-3"}, "Probability", 0.8),
            Edit(RISKS, {"Risk": "R-2"}, "Probability", 0.5),
            Edit(PLAN, {"Plan line": "G2014"}, "Amount", 900.0),
            Edit(INCOMES, {"Code": "ING-1"}, "Income of the group", 15000.0),
        ],
        [
            _field(OptionPhase, "A-sta", delay_months=5),
            _field(OptionRisk, "R-3", probability=Decimal("0.8")),
            _field(OptionRisk, "R-2", probability=Decimal("0.5")),
            _field(PlanLine, "G2014", amount=Decimal(900)),
            _field(IncomeGroup, "ING-1", income=Decimal(15000)),
        ],
    ),
}


def _without_inflation(town: Town) -> None:
    town.tables[Inflation] = [row for row in town.tables[Inflation] if row.year < 2014]
    town.tables[CostLine] = [line for line in town.tables[CostLine] if line.code != "C-CASH"]


def _without_grants(town: Town) -> None:
    for row in town.tables[PlanLine]:
        row.amount = None if row.plan_kind == "grant" else row.amount


def _without_a_share(town: Town) -> None:
    town.tables[BiasShare] = [row for row in town.tables[BiasShare] if row.code != "OBS-1"]


# What is lacking; and on which sheet, of which option, what is then not known.
LACKING: dict[str, tuple[Sequence[Callable[[Town], None]], Sequence[tuple[str, str, str]]]] = {
    "amounts": (
        [_field(CostLine, "C-A1", amounts=None)],
        [(OPTIONS, "A", "NPSV, likely"), (OPTIONS, "A", "Benefit-cost ratio, likely")],
    ),
    "an end of a cost": (
        [_field(CostLine, "C-PARTNER", high=None)],
        [(OPTIONS, "A", "NPSV, low"), (OPTIONS, "A", "Benefit-cost ratio, low")],
    ),
    "business as usual": (
        [_field(Option, "BAU", option_kind="do minimum")],
        [(OPTIONS, one, "NPSV, likely") for one in ("A", "B")],
    ),
    "what a project consists of, and a mitigation": (
        [_without_a_share, _field(BiasArea, "OBA-9", mitigation=None)],
        [(OPTIONS, one, "NPSV, likely") for one in ("A", "B")],
    ),
    "a range of business as usual": (
        [_field(BenefitLine, "B-OLD", high=None)],
        [(OPTIONS, one, f"NPSV, {end}") for one in ("A", "B") for end in ("low", "high")],
    ),
    "a range, inflation, the plan, an income": (
        [
            _field(BenefitLine, "B-A", low=None),
            _without_inflation,
            _without_grants,
            _field(IncomeGroup, "ING-1", income=None),
        ],
        [
            (OPTIONS, "A", "NPSV, low"),
            (OPTIONS, "A", "Change in cash over all years"),
            (OPTIONS, "A", "Largest gap in the plan, cash"),
            ("Weighed by income", "A", "NPSV, weighted"),
        ],
    ),
}


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
