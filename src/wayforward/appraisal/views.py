"""What the appraisal gives to people beside its pages: the workbook for whoever audits it."""

from django.http import HttpRequest, HttpResponse

from wayforward.appraisal.audit import audit_workbook
from wayforward.pages.marking import in_words
from wayforward.pages.opened import opened

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(request: HttpRequest, code: str) -> HttpResponse:
    """The appraisal as a workbook with live formulas. It is marked as the case, of which it may hold anything."""
    findings = opened(request, code)
    response = HttpResponse(audit_workbook(findings), content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="appraisal-workbook.xlsx"'
    response["Wayforward-Marking"] = in_words(findings.case, [findings.case.marking])
    return response
