"""The same document gives the same bytes, whole files, and errors that say what to do."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from tests.report.typeset import sample
from wayforward.report.typeset.document import Document, DocumentFault, Heading, Narrative
from wayforward.report.typeset.narrative import NarrativeFaults
from wayforward.report.typeset.render import render

SCRIPT = """
import sys
from pathlib import Path
from tests.report.typeset import sample
from wayforward.report.typeset.render import render
render(sample.report(), Path(sys.argv[1]), stem=sys.argv[2], quotes=sample.SampleQuotes())
"""


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/New_York"])
def test_same_bytes_in_another_process_folder_and_time_zone(
    files: dict[str, Path], tmp_path: Path, zone: str
) -> None:
    away = tmp_path / "quite another folder, ünder a longer name"
    root = Path(__file__).resolve().parents[3]
    environment = {**os.environ, "TZ": zone, "LC_ALL": "C", "PYTHONHASHSEED": "7"}
    environment.pop("SOURCE_DATE_EPOCH", None)
    command = [sys.executable, "-c", SCRIPT, str(away), "other-name"]
    subprocess.run(command, check=True, cwd=root, env=environment)
    for form, path in files.items():
        assert (away / f"other-name.{form}").read_bytes() == path.read_bytes(), form


def test_files_are_named_and_progress_told(tmp_path: Path) -> None:
    told: list[str] = []
    document = Document("T", "", "1", date(2013, 1, 23), "Final", "", (Heading(1, "A", "a"),))
    made = render(document, tmp_path, ("docx", "html"), "stem", told.append)
    assert made == {"docx": tmp_path / "stem.docx", "html": tmp_path / "stem.html"}
    assert sorted(told) == ["Word document written: stem.docx", "web page written: stem.html"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["stem.docx", "stem.html"]


def test_an_unknown_format_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="unknown format odt; choose from html, docx, pdf"):
        render(sample.report(), tmp_path, ("html", "odt"))


def test_faults_leave_no_file(tmp_path: Path) -> None:
    bad = Narrative("It costs £3.2m.\n\n[](finding:x)", "scope", "scope.md")
    document = Document("T", "", "1", date(2013, 1, 23), "Final", "", (bad,))
    with pytest.raises(NarrativeFaults) as told:
        render(document, tmp_path)
    assert [fault.line for fault in told.value.faults] == [1, 3]
    twice = (Heading(1, "A", "a"), Heading(1, "A", "a"))
    with pytest.raises(DocumentFault, match="used 2 times"):
        render(Document("T", "", "1", date(2013, 1, 23), "Final", "", twice), tmp_path)
    assert list(tmp_path.iterdir()) == []
