"""The report in the workbench: its preview and its files."""

from pathlib import Path
from typing import Any
from unittest import mock

from django.test import Client

from wayforward.report import views

REPORT = "/exercises/TOWN/report"


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def test_the_preview_names_each_section_and_what_it_waits_for(director: Client) -> None:
    told = director.get(f"{REPORT}.json").json()
    assert [one["title"] for one in told["sections"]] == ["Introduction", "Options"]
    # sections/INT.md is there; nobody has written the other.
    assert [one["written"] for one in told["sections"]] == [True, False]
    assert "the narrative of Options" in told["sections"][1]["lacks"]
    assert [one["format"] for one in told["downloads"]] == ["html", "docx", "pdf"]
    page = director.get(REPORT).content.decode()
    assert "The narrative of Options" in page


def test_the_web_page_is_a_document_that_runs_nothing(director: Client) -> None:
    answer = director.get(f"{REPORT}/options-report.html")
    assert answer["Content-Type"] == "text/html; charset=utf-8"
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert b"Library service review" in body(answer)


def test_word_is_saved_and_pdf_is_opened(director: Client) -> None:
    with mock.patch.object(views, "produce", side_effect=_write):
        word, pdf = (director.get(f"{REPORT}/options-report.{form}") for form in ("docx", "pdf"))
    assert word["Content-Disposition"] == 'attachment; filename="options-report.docx"'
    assert pdf["Content-Disposition"] == 'inline; filename="options-report.pdf"'


def _write(findings: Any, to: Path, formats: list[str]) -> list[Path]:
    path = to / f"options-report.{formats[0]}"
    path.write_bytes(b"made")
    return [path]


def test_it_is_made_once_while_nothing_changes(director: Client) -> None:
    with mock.patch.object(views, "produce", side_effect=_write) as produce:
        for _ in range(2):
            assert body(director.get(f"{REPORT}/options-report.pdf")) == b"made"
    produce.assert_called_once()


def test_who_asks_while_it_is_made_is_told_so_and_holds_nobody_up(director: Client, tmp_path: Path) -> None:
    from wayforward.pages.alone import alone

    with (
        mock.patch.object(views, "produce", side_effect=_write) as produce,
        alone(tmp_path / "reports" / "TOWN" / "being-made"),
    ):
        answer = director.get(f"{REPORT}/options-report.pdf")
        produce.assert_not_called()
    assert answer.status_code == 503
    assert (answer["Retry-After"], answer["Refresh"]) == ("3", "3")
    assert "The report is being made" in answer.content.decode()
    with mock.patch.object(views, "produce", side_effect=_write):
        assert body(director.get(f"{REPORT}/options-report.pdf")) == b"made"


def test_what_somebody_left_half_made_is_cleared_away(director: Client, tmp_path: Path) -> None:
    left = tmp_path / "reports" / "TOWN" / "fresh"
    left.mkdir(parents=True)
    (left / "half.pdf").write_text("half")
    with mock.patch.object(views, "produce", side_effect=_write):
        assert body(director.get(f"{REPORT}/options-report.pdf")) == b"made"
    assert not left.exists()


def test_faults_of_the_narrative_are_told_in_place_of_a_report(director: Client) -> None:
    from wayforward.report.compose import ReportFaults
    from wayforward.report.typeset.quotes import NarrativeFault

    fault = NarrativeFault("INT", "sections/INT.md", 3, "finding:no.such", "a finding that there is")
    with mock.patch.object(views, "produce", side_effect=ReportFaults((fault,))):
        answer = director.get(f"{REPORT}/options-report.pdf")
    assert answer.status_code == 409
    assert "sections/INT.md, line 3" in answer.content.decode()


def test_older_files_are_cleared_away(tmp_path: Path) -> None:
    import os

    for age in range(5):
        (tmp_path / f"v{age}").mkdir()
        os.utime(tmp_path / f"v{age}", (1000 - age, 1000 - age))
    views._forget_older(tmp_path)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["v0", "v1", "v2"]
