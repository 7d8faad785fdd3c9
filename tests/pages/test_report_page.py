"""The report in the workbench: its preview and its files."""

from pathlib import Path
from typing import Any
from unittest import mock

from django.test import Client

from wayforward.report import long_work

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
    with mock.patch.object(long_work, "produce", side_effect=_write):
        word, pdf = (director.get(f"{REPORT}/options-report.{form}") for form in ("docx", "pdf"))
    assert word["Content-Disposition"] == 'attachment; filename="options-report.docx"'
    assert pdf["Content-Disposition"] == 'inline; filename="options-report.pdf"'


def _write(findings: Any, to: Path, formats: list[str], advance: Any) -> list[Path]:
    path = to / f"options-report.{formats[0]}"
    path.write_bytes(b"made")
    return [path]


def test_it_is_made_once_while_nothing_changes(director: Client) -> None:
    with mock.patch.object(long_work, "produce", side_effect=_write) as produce:
        for _ in range(2):
            assert body(director.get(f"{REPORT}/options-report.pdf")) == b"made"
    produce.assert_called_once()


def test_who_asks_while_it_is_made_is_told_how_far_it_is_and_holds_nobody_up(director: Client) -> None:
    job = being_made(director)
    with mock.patch.object(long_work, "produce", side_effect=_write) as produce:
        answer = director.get(f"{REPORT}/options-report.pdf")
        produce.assert_not_called()
    assert answer.status_code == 503
    assert (answer["Retry-After"], answer["Refresh"]) == ("3", f"3; url={REPORT}/options-report.pdf")
    page = answer.content.decode()
    assert "The report is being made" in page
    assert "7 of 90: Drawing charts" in page
    assert '<progress class="wf-progress__bar" value="7" max="90"' in page
    job.state = "done"
    job.save()
    with mock.patch.object(long_work, "produce", side_effect=_write):
        assert body(director.get(f"{REPORT}/options-report.pdf")) == b"made"


def being_made(director: Client) -> Any:
    """A worker of another machine makes the PDF."""
    from datetime import timedelta

    from django.utils import timezone

    from wayforward.exercise.models import Exercise
    from wayforward.pages.opened import as_it_stands

    job = long_work.ask_for_report(as_it_stands(Exercise.objects.get(code="TOWN")), "pdf", "person 1")
    job.state, job.worker, job.held_until = "running", "other:1/x", timezone.now() + timedelta(minutes=1)
    job.done, job.total, job.words = 7, 90, "Drawing charts"
    job.save()
    return job


def test_one_that_was_cancelled_is_made_when_somebody_says_so(director: Client) -> None:
    job = being_made(director)
    job.state, job.ended_at = "cancelled", job.asked_at
    job.save()
    with mock.patch.object(long_work, "produce", side_effect=_write) as produce:
        told = director.get(f"{REPORT}/options-report.pdf")
        assert told.status_code == 503
        assert "Refresh" not in told
        assert "The report was not made" in told.content.decode()
        produce.assert_not_called()
        assert body(director.get(f"{REPORT}/options-report.pdf?again=yes")) == b"made"


def test_what_somebody_left_half_made_is_cleared_away(director: Client, tmp_path: Path) -> None:
    left = tmp_path / "reports" / "TOWN" / "fresh-pdf"
    left.mkdir(parents=True)
    (left / "half.pdf").write_text("half")
    with mock.patch.object(long_work, "produce", side_effect=_write):
        assert body(director.get(f"{REPORT}/options-report.pdf")) == b"made"
    assert not left.exists()


def test_faults_of_the_narrative_are_told_in_place_of_a_report(director: Client) -> None:
    from wayforward.report.compose import ReportFaults
    from wayforward.report.typeset.quotes import NarrativeFault

    fault = NarrativeFault("INT", "sections/INT.md", 3, "finding:no.such", "a finding that there is")
    with mock.patch.object(long_work, "produce", side_effect=ReportFaults((fault,))):
        answer = director.get(f"{REPORT}/options-report.pdf")
    assert answer.status_code == 409
    assert "sections/INT.md, line 3" in answer.content.decode()


def test_older_files_are_cleared_away(tmp_path: Path) -> None:
    import os

    for age in range(5):
        (tmp_path / f"v{age}").mkdir()
        os.utime(tmp_path / f"v{age}", (1000 - age, 1000 - age))
    long_work.forget_older(tmp_path)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["v0", "v1", "v2"]
