"""The report in the workbench: what each section waits for, and the document in three formats."""

import shutil
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from wayforward.exercise.models import Section
from wayforward.findings import Findings
from wayforward.pages.alone import alone
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
AGAIN_IN = 3  # seconds


def preview(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """Each section of the report with what it still waits for, and the files to open."""
    findings = opened(request, code)
    listed = [_section(findings, section) for section in sections(findings)]
    data = {
        **_frame(findings),
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
    """The report in one format: made now, or as it was made before where nothing has changed.

    One asker at a time makes it; the others are told so and come again, for no thread of the server may wait.
    """
    findings = opened(request, code)
    place = settings.HOME / "reports" / findings.case.exercise.code
    path = place / fingerprint(findings)[:16] / f"{STEM}.{form}"
    try:
        if not path.exists() and not _made(findings, path, form):
            return _being_made(request, findings)
    except ReportFaults as faults:
        told = {"faults": [str(fault) for fault in faults.faults]}
        return render(
            request, "report/faults.html", {**_frame(findings), **told, "nav": "report"}, status=409
        )
    response = FileResponse(
        path.open("rb"), content_type=FORMATS[form][1], as_attachment=form == "docx", filename=path.name
    )
    if form == "html":
        response.headers["Content-Security-Policy"] = REPORT_POLICY
    return response


def _frame(findings: Findings) -> dict[str, Any]:
    """A page about the report is marked as the report, which may hold anything of the case."""
    return frame(findings, [findings.case.marking])


def _being_made(request: HttpRequest, findings: Findings) -> HttpResponse:
    told = {**_frame(findings), "seconds": AGAIN_IN, "nav": "report"}
    response = render(request, "report/being_made.html", told, status=503)
    response["Retry-After"] = str(AGAIN_IN)
    response["Refresh"] = str(AGAIN_IN)
    return response


def _made(findings: Findings, path: Path, form: str) -> bool:
    """Make the file of a format, under the fingerprint of all that it depends on; False where somebody else is."""
    place = path.parents[1]
    with alone(place / "being-made") as mine:
        if mine and not path.exists():
            fresh = place / "fresh"
            shutil.rmtree(fresh, ignore_errors=True)  # of somebody who was stopped half-way
            for folder in (fresh, path.parent):
                folder.mkdir(parents=True, exist_ok=True)
            try:
                produce(findings, fresh, [form])[0].replace(path)
            finally:
                shutil.rmtree(fresh, ignore_errors=True)
            _forget_older(place)
        return mine


def _forget_older(place: Path) -> None:
    versions = sorted((p for p in place.iterdir() if p.is_dir()), key=lambda p: p.stat().st_mtime)
    for old in versions[:-KEPT_VERSIONS]:
        shutil.rmtree(old, ignore_errors=True)
