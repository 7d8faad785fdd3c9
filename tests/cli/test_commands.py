"""The commands as a person runs them, on a small case: what they print, where, and their exit status."""

import dataclasses
import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tests.appraisal.town import usual_town
from wayforward.cli.app import app
from wayforward.cli.cases import print_rows
from wayforward.findings import Finding, Findings, registered
from wayforward.pages.labels import Labels

ROOT = Path(__file__).parents[2]
SMALL = ROOT / "tests" / "casefile" / "small_case"
COMMANDS = ("check", "freeze", "import", "export", "findings", "report", "trace", "serve", "incidents")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(one) for one in arguments])


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """The small case with a word where a date belongs."""
    folder = tmp_path / "broken"
    shutil.copytree(SMALL, folder)
    path = folder / "exercise.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("2012-", "soon-", 1), encoding="utf-8")
    return folder


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command: str) -> None:
    answer = run(command, "--help")
    assert answer.exit_code == 0
    assert "Example" in answer.stdout
    assert f"wayforward {command}" in " ".join(answer.stdout.split())


def test_check_says_how_many_records() -> None:
    answer = run("check", SMALL)
    assert answer.exit_code == 0
    assert "no fault found" in answer.stdout


def test_faults_are_told_on_standard_error_with_status_1(broken: Path) -> None:
    for command in (("check", broken), ("findings", broken), ("trace", broken, "appraisal.npsv")):
        answer = run(*command)
        assert answer.exit_code == 1
        assert answer.stdout == ""
        assert "exercise.csv, row 2" in answer.stderr
        assert "Traceback" not in answer.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "no/such/case"),
        ("check",),
        ("no-such-command",),
        ("findings", SMALL, "--key", "appraisal.npvs"),
        ("findings", SMALL, "--edition", "green-book-1066"),
        ("trace", SMALL, "nothing.here"),
        ("report", SMALL, "--to", "out", "--format", "rtf"),
        ("report", SMALL),
        ("report", SMALL, "--to", ROOT / "README.md"),
        ("report", SMALL, "--to", ROOT / "README.md" / "below"),
        ("report", SMALL, "--to", ""),
        ("check", ""),
        ("check", " "),
        ("export", SMALL, "no-such-folder/x.csv"),
        ("export", SMALL, ROOT / "README.md"),
        ("export", SMALL, ""),
        ("export", "", "out.xlsx"),
        ("export", "no/such/case", "out.xlsx"),
    ],
)
def test_misuse_is_status_2_in_words(arguments: tuple[object, ...]) -> None:
    answer = run(*arguments)
    assert answer.exit_code == 2
    assert answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_report_into_a_file_says_which() -> None:
    answer = run("report", SMALL, "--to", ROOT / "README.md")
    assert "README.md is a file" in " ".join(answer.stderr.replace("│", " ").split())


def test_a_wrong_key_names_the_nearest() -> None:
    assert "did you mean appraisal.npsv" in run("findings", SMALL, "--key", "appraisal.npvs").stderr


def test_findings_as_json_hold_every_documented_name() -> None:
    answer = run("findings", SMALL, "--json")
    assert answer.exit_code == 0
    found = json.loads(answer.stdout)
    assert [one["key"] for one in found] == list(registered())
    page = (ROOT / "docs" / "findings-json.md").read_text(encoding="utf-8")
    for name in found[0]:
        assert f"`{name}`" in page, f"docs/findings-json.md says nothing of {name}"


def test_one_finding_as_json_is_still_an_array() -> None:
    (only,) = json.loads(run("findings", SMALL, "--key", "appraisal.npsv", "--json").stdout)
    assert only["key"] == "appraisal.npsv"


def test_trace_follows_a_figure_to_its_evidence() -> None:
    answer = run("trace", SMALL, "appraisal.npsv")
    assert answer.exit_code == 0
    assert "method     npsv" in answer.stdout
    assert "cost_line:" in answer.stdout
    assert "grade" in answer.stdout


def test_report_in_one_format(tmp_path: Path) -> None:
    answer = run("report", SMALL, "--to", tmp_path, "--format", "html")
    assert answer.exit_code == 0, answer.stderr
    assert (tmp_path / "options-report.html").stat().st_size > 10_000
    assert [p.name for p in tmp_path.iterdir()] == ["options-report.html"]


@pytest.mark.django_db
def test_import_then_export_gives_the_same_files(tmp_path: Path) -> None:
    assert run("import", SMALL).exit_code == 0
    again = run("import", SMALL)
    assert again.exit_code == 1
    assert "already" in again.stderr
    assert run("import", SMALL, "--if-absent").exit_code == 0
    code = (SMALL / "exercise.csv").read_text(encoding="utf-8").splitlines()[1].split(",")[0]
    assert run("export", code, tmp_path / "case").exit_code == 0
    for path in SMALL.rglob("*"):
        if path.is_file():
            assert (tmp_path / "case" / path.relative_to(SMALL)).read_bytes() == path.read_bytes(), path.name
    missing = run("export", "NO-SUCH", tmp_path / "other")
    assert missing.exit_code == 2
    assert "Import it first" in missing.stderr
    assert not (tmp_path / "other").exists()


def test_a_folder_becomes_a_workbook_and_a_folder_again_without_a_database(tmp_path: Path) -> None:
    # Without the django_db mark any touch of the database fails the test.
    assert run("export", SMALL, tmp_path / "case.xlsx").exit_code == 0
    answer = run("export", tmp_path / "case.xlsx", tmp_path / "again")
    assert answer.exit_code == 0, answer.stderr
    for path in SMALL.rglob("*"):
        if path.is_file():
            again = tmp_path / "again" / path.relative_to(SMALL)
            assert again.read_bytes() == path.read_bytes(), path.name


@pytest.mark.django_db
def test_a_code_is_the_workbenchs_even_beside_a_folder_of_its_name(tmp_path: Path, monkeypatch) -> None:
    assert run("import", SMALL).exit_code == 0
    monkeypatch.chdir(tmp_path)
    (tmp_path / "TOWN").mkdir()
    assert run("export", "TOWN", "one").exit_code == 0
    assert (tmp_path / "one" / "exercise.csv").exists()
    assert run("export", "./TOWN", "two").exit_code == 1  # the empty folder is no case
    assert not (tmp_path / "two").exists()


def test_rows_are_printed_as_pages_show_them(monkeypatch) -> None:
    finding = Findings(usual_town().case(), keep=False)["appraisal.npsv"]
    apart = tuple(
        {"option": code, "npsv": worth, "low": None, "high": ""}
        for code, worth in (("A", 31_460_000.0), ("BAU", 31_490_000.0))
    )
    columns = tuple(one for one in finding.columns if one.name in ("option", "npsv", "low", "high"))
    monkeypatch.setenv("COLUMNS", "200")
    told = printed(dataclasses.replace(finding, columns=columns, rows=apart))
    # Both round to 31.5: two decimals tell them apart. The unit stands once, in the head.
    assert "31.46" in told
    assert "31.49" in told
    assert told.count("£ million") == 1
    assert "not known" in told
    assert "none" in told


def printed(finding: Finding) -> str:
    from io import StringIO
    from unittest.mock import patch

    with patch("sys.stdout", new=StringIO()) as out:
        print_rows(finding, Labels(usual_town().case()))
    return out.getvalue()


def test_messages_stand_alone_when_the_report_fails(tmp_path: Path) -> None:
    folder = tmp_path / "case"
    shutil.copytree(SMALL, folder)
    section = next(iter(sorted((folder / "sections").glob("*.md"))))
    section.write_text("It costs £12m.\n", encoding="utf-8")
    answer = run("report", folder, "--to", tmp_path / "out", "--format", "html")
    assert answer.exit_code == 1
    lines = answer.stderr.strip().splitlines()
    assert [line for line in lines if not line.startswith("sections/")] == []


def test_version() -> None:
    answer = run("--version")
    assert answer.exit_code == 0
    assert answer.stdout.startswith("wayforward ")
