"""What the appraisal gives to people beside its pages: the workbook for whoever audits it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from wayforward.appraisal.audit import TooLarge, audit_workbook
from wayforward.pages.marking import in_words
from wayforward.pages.opened import opened

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(request: HttpRequest, code: str) -> HttpResponse:
    """The appraisal as a workbook with live formulas. It is marked as the case, of which it may hold anything."""
    findings = opened(request, code)
    try:
        content = audit_workbook(findings)
    except TooLarge as fault:
        told = {
            "title": "The workbook would be too large",
            "words": (f"{str(fault)[0].upper()}{str(fault)[1:]}.",),
        }
        return render(request, "web/problem.html", told, status=413)
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="appraisal-workbook.xlsx"'
    response["Wayforward-Marking"] = in_words(findings.case, [findings.case.marking])
    return response
