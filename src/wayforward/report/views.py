"""The report in the workbench: what each section waits for, and where its files are."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from wayforward.exercise.models import Section
from wayforward.findings import Findings
from wayforward.pages.answer import answer
from wayforward.pages.comments import shown
from wayforward.pages.frame import frame
from wayforward.pages.opened import opened
from wayforward.people.permissions import may
from wayforward.report.compose import lacking, quoted_in, sections
from wayforward.report.download import FORMATS
from wayforward.report.signing.superseded import told as superseded
from wayforward.report.writing.parts import approvals
from wayforward.report.writing.reading import part_id
from wayforward.report.writing.review import of_section


def preview(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """Each section of the report with what it still waits for, and the files to open."""
    findings = opened(request, code)
    listed = [_section(request, findings, section) for section in sections(findings)]
    data = {
        **_frame(findings),
        "title": "Report",
        "question": "What would the report say today, and what does it still wait for?",
        "sections": listed,
        "ready": sum(not section["lacks"] for section in listed),
        "comments": shown.counts(request.user, findings),
        "approvals": approvals(findings),
        "superseded": superseded(request.user, findings),
        "downloads": [
            {"format": form, "words": words, "href": reverse("report-file", args=[code, form])}
            for form, (words, _) in FORMATS.items()
        ],
    }
    may_write = may(request.user, "write", findings.case.exercise)
    return answer(request, form, "report/preview.html", data, nav="report", may_write=may_write)


def _section(request: HttpRequest, findings: Findings, section: Section) -> dict[str, Any]:
    remarks = [one for one in shown.seen_by(request.user, findings, {section.reference}) if not one.closed]
    return {
        "part": part_id(section),
        "comments": len(remarks),
        "challenges": sum(one.comment_kind == shown.CHALLENGE for one in remarks),
        "reviews": of_section(findings, section),
        "code": section.code,
        "number": section.number,
        "title": section.title,
        "question": section.question,
        "owner": section.owner,
        "written": bool(section.body.strip()),
        "lacks": lacking(findings, section),
        "quotes": [{"key": key, "title": findings[key].title} for key in quoted_in(section)],
    }


def _frame(findings: Findings) -> dict[str, Any]:
    """A page about the report is marked as the report, which may hold anything of the case."""
    return frame(findings, [findings.case.marking])
