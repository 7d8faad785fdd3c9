"""Keeping a business case: what is written, what is refused. The town's figures are worked out by hand here."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from tests.appraisal.town import Town
from wayforward.appraisal.models import BenefitLine, BusinessCase, CaseFigure, CostLine
from wayforward.casefile import load, write_folder
from wayforward.cli import freeze

app = typer.Typer()
app.callback()(lambda: None)  # with one command alone, its name would not be typed
freeze.add_to(app)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["freeze", *(str(one) for one in arguments)])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Business as usual costs 1,000 once, A 600 once; A frees 100 to 300 of time, likely 200, all in the first year."""
    town = Town()
    usual = town.option("BAU", 1, "business as usual")
    a = town.option("A", 2)
    town.cost("C-BAU", usual, "2013-14: 1000")
    town.cost("C-A", a, "2013-14: 600")
    spread = {"low": Decimal("0.5"), "high": Decimal("1.5")}
    town.benefit("B-A", a, "2013-14: 200", "non-cash-releasing", **spread)
    made = tmp_path / "town"
    write_folder(town.case(), made)
    return made


def figures(folder: Path, stage: str = "SOC") -> dict[tuple[str, str], Decimal | None]:
    rows = load(folder).rows(CaseFigure)
    return {(r.option.code, r.figure): r.value for r in rows if r.business_case.code == stage}


def test_a_stage_is_kept_with_every_figure(folder: Path) -> None:
    """The first year is not discounted: A is worth 200 - (600 - 1,000) = 600, from 500 to 700."""
    answer = run(folder, "strategic outline", "--note", "As put to the board")
    assert answer.exit_code == 0, answer.stderr
    (kept,) = load(folder).rows(BusinessCase)
    assert (kept.code, kept.case_stage, kept.note) == ("SOC", "strategic outline", "As put to the board")
    assert (kept.stood.isoformat(), kept.edition) == ("2012-12-20", "green-book-2003")
    assert figures(folder) == {
        ("BAU", "cost"): 1000,
        ("A", "cost"): 600,
        ("A", "benefits"): 200,
        ("A", "npsv"): 600,
        ("A", "npsv low"): 500,
        ("A", "npsv high"): 700,
    }
    assert "Strategic outline case SOC written to" in answer.stdout
    assert "as it stood on 20 December 2012: 6 figures of 2 options." in answer.stdout


def test_stages_follow_one_another_and_what_stood_stays(folder: Path) -> None:
    assert run(folder, "SOC").exit_code == 0
    case = load(folder)
    case.rows(CostLine)[0].amounts = {"2013-14": "700"}  # C-A
    write_folder(case, folder)
    assert run(folder, "Outline business case").exit_code == 0
    assert figures(folder)["A", "cost"] == 600
    assert figures(folder, "OBC")["A", "cost"] == 700
    assert figures(folder, "OBC")["A", "npsv"] == 500


@pytest.mark.parametrize(
    ("stage", "words"),
    [
        ("outline", "The outline business case stands already (OBC, 20 December 2012)"),
        ("SOC", "The strategic outline case comes before the outline business case, which stands already"),
    ],
)
def test_what_stands_is_not_written_over(folder: Path, stage: str, words: str) -> None:
    assert run(folder, "OBC").exit_code == 0
    before = {path.name: path.read_bytes() for path in folder.glob("*.csv")}
    answer = run(folder, stage)
    assert answer.exit_code == 1
    assert words in answer.stderr
    assert "Nothing was changed" in answer.stderr
    assert {path.name: path.read_bytes() for path in folder.glob("*.csv")} == before


def test_a_stage_does_not_stand_before_the_one_it_follows(folder: Path) -> None:
    assert run(folder, "SOC").exit_code == 0
    case = load(folder)
    case.exercise.status_date = date(2012, 12, 1)
    write_folder(case, folder)
    answer = run(folder, "OBC")
    assert answer.exit_code == 1
    assert "The case stands at 1 December 2012, before the strategic outline case" in answer.stderr
    assert [one.code for one in load(folder).rows(BusinessCase)] == ["SOC"]


def test_nothing_else_in_the_folder_changes(folder: Path) -> None:
    before = {path.name: path.read_bytes() for path in folder.glob("*.csv")}
    assert run(folder, "full").exit_code == 0
    after = {path.name: path.read_bytes() for path in folder.glob("*.csv")}
    assert {name: text for name, text in after.items() if name in before} == before
    assert set(after) - set(before) == {"business_cases.csv", "case_figures.csv"}


def test_what_is_not_known_stands_blank(folder: Path) -> None:
    case = load(folder)
    case.rows(BenefitLine)[0].amounts = None
    write_folder(case, folder)
    answer = run(folder, "SOC")
    assert "4 of them are not known and stand blank" in answer.stdout
    assert figures(folder)["A", "npsv"] is None
    assert figures(folder)["A", "cost"] == 600


def test_misuse(folder: Path, tmp_path: Path) -> None:
    unknown = run(folder, "final")
    assert (unknown.exit_code, unknown.stdout) == (2, "")
    assert "There is no stage 'final'" in unknown.stderr
    file = tmp_path / "case.xlsx"
    file.write_bytes(b"")
    assert run(file, "SOC").exit_code == 2
    assert run(tmp_path / "none", "SOC").exit_code == 2
    assert not (tmp_path / "none").exists()


def test_a_note_that_no_cell_can_hold(folder: Path) -> None:
    answer = run(folder, "SOC", "--note", "bell \x07")
    assert answer.exit_code == 2
    assert "The note can't be kept: found a control character" in answer.stderr


def test_a_case_without_options_has_nothing_to_keep(tmp_path: Path) -> None:
    write_folder(Town().case(), tmp_path / "bare")
    answer = run(tmp_path / "bare", "SOC")
    assert answer.exit_code == 1
    assert "There is nothing to keep" in answer.stderr


def test_a_code_that_is_taken_is_not_used_again(folder: Path) -> None:
    case = load(folder)
    kept = BusinessCase(
        exercise=case.exercise, code="FBC", case_stage="strategic outline", stood=case.exercise.status_date
    )
    case.rows(BusinessCase).append(kept)
    write_folder(case, folder)
    assert run(folder, "full").exit_code == 0
    assert [one.code for one in load(folder).rows(BusinessCase)] == ["FBC", "FBC-2"]
