"""The report in the workbench: what each section waits for, and the document in three formats."""

import shutil
import tempfile
from pathlib import Path
from threading import Lock
from typing import Any

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from wayforward.exercise.models import Section
from wayforward.findings import Findings
from wayforward.pages.answer import answer
from wayforward.pages.frame import frame
from wayforward.pages.opened import opened
from wayforward.report.compose import ReportFaults, lacking, quoted_in, sections
from wayforward.report.produce import STEM, fingerprint, produce

FORMATS = {
    "html": ("Web page", "text/html; charset=utf-8"),
    "docx": ("Word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pdf": ("PDF", "application/pdf"),
}
# The report is one file that carries its own style and pictures; it runs nothing.
REPORT_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
KEPT_VERSIONS = 3
_one_at_a_time = Lock()  # a second click waits for the first to be written


def preview(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """Each section of the report with what it still waits for, and the files to open."""
    findings = opened(request, code)
    listed = [_section(findings, section) for section in sections(findings)]
    data = {
        **frame(findings),
        "title": "Report",
        "question": "What would the report say today, and what does it still wait for?",
        "sections": listed,
        "ready": sum(not section["lacks"] for section in listed),
        "downloads": [
            {"format": form, "words": words, "href": reverse("report-file", args=[code, form])}
            for form, (words, _) in FORMATS.items()
        ],
    }
    return answer(request, form, "report/preview.html", data, nav="report")


def _section(findings: Findings, section: Section) -> dict[str, Any]:
    return {
        "code": section.code,
        "number": section.number,
        "title": section.title,
        "question": section.question,
        "owner": section.owner,
        "written": bool(section.body.strip()),
        "lacks": lacking(findings, section),
        "quotes": [{"key": key, "title": findings[key].title} for key in quoted_in(section)],
    }


def download(request: HttpRequest, code: str, form: str) -> HttpResponseBase:
    """The report in one format: made now, or as it was made before where nothing has changed."""
    findings = opened(request, code)
    try:
        path = _written(findings, form)
    except ReportFaults as faults:
        told = {"faults": [str(fault) for fault in faults.faults]}
        return render(request, "report/faults.html", {**frame(findings), **told, "nav": "report"}, status=409)
    response = FileResponse(
        path.open("rb"), content_type=FORMATS[form][1], as_attachment=form == "docx", filename=path.name
    )
    if form == "html":
        response.headers["Content-Security-Policy"] = REPORT_POLICY
    return response


def _written(findings: Findings, form: str) -> Path:
    """The file of a format, under the fingerprint of all that it depends on."""
    place = settings.HOME / "reports" / findings.case.exercise.code
    path: Path = place / fingerprint(findings)[:16] / f"{STEM}.{form}"
    with _one_at_a_time:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=place) as made_in:
                produce(findings, Path(made_in), [form])[0].replace(path)
            _forget_older(place)
    return path


def _forget_older(place: Path) -> None:
    versions = sorted((p for p in place.iterdir() if p.is_dir()), key=lambda p: p.stat().st_mtime)
    for old in versions[:-KEPT_VERSIONS]:
        shutil.rmtree(old, ignore_errors=True)
