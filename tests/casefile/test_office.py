"""A workbook that went through an office program: opened, saved again, and still the same case."""

import shutil
import subprocess
from pathlib import Path

import pytest

from wayforward.casefile import load, write_workbook
from wayforward.records.rows import cells

CASE = Path(__file__).parents[2] / "cases" / "west-midlands-2012"


@pytest.mark.extras
@pytest.mark.timeout(300)
def test_a_workbook_saved_by_libreoffice_is_the_same_case(tmp_path: Path) -> None:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("needs: LibreOffice on the path")
    case = load(CASE)
    write_workbook(case, tmp_path / "case.xlsx")
    (tmp_path / "saved").mkdir()
    subprocess.run(
        [
            *(office, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"),
            *("--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path / "saved")),
            str(tmp_path / "case.xlsx"),
        ],
        check=True,
        capture_output=True,
    )
    saved = load(tmp_path / "saved" / "case.xlsx")
    assert cells(saved.exercise) == cells(case.exercise)
    for model in case.models():
        assert [cells(row) for row in saved.rows(model)] == [cells(row) for row in case.rows(model)], (
            model.stem
        )


@pytest.mark.extras
@pytest.mark.timeout(300)
def test_a_stream_saved_by_libreoffice_differs_in_nothing(tmp_path: Path) -> None:
    """Every register of the worked case, with its hidden sheets, drop-downs and locked cells."""
    from tests.casefile.streaming import compared, stream_of
    from wayforward.casefile.sheets import tables
    from wayforward.casefile.stream_in import read_stream
    from wayforward.casefile.stream_out import workbook

    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("needs: LibreOffice on the path")
    case = load(CASE)
    (tmp_path / "all.xlsx").write_bytes(workbook(stream_of(case, list(tables().values()))))
    (tmp_path / "saved").mkdir()
    subprocess.run(
        [
            *(office, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"),
            *("--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path / "saved")),
            str(tmp_path / "all.xlsx"),
        ],
        check=True,
        capture_output=True,
    )
    upload = read_stream("all.xlsx", (tmp_path / "saved" / "all.xlsx").read_bytes())
    assert upload.seal == "a seal"
    assert upload.faults == []
    assert compared(case, upload) == []
