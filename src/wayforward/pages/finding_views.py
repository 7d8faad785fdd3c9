"""The pages of findings: the list, one finding with its lineage, and its rows and chart for other programs."""

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse

from wayforward.casefile import csv_text
from wayforward.findings import Findings, UnknownFinding
from wayforward.findings.finding import Finding
from wayforward.pages import lineage, quoting, stages
from wayforward.pages.answer import answer
from wayforward.pages.charts import interactive
from wayforward.pages.frame import brief, frame
from wayforward.pages.labels import Labels
from wayforward.pages.opened import opened
from wayforward.pages.pictures import Picture, picture
from wayforward.pages.present import on_screen, source_line, value_text


def finding_list(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """Every finding by stage, each as a sentence."""
    findings = opened(request, code)
    groups = [(one, one.findings(findings)) for one in stages.STAGES]
    if form == "json":
        every = [found.to_json() for _, some in groups for found in some]
        return answer(request, form, "", {**frame(findings), "findings": every})
    shown = [(one, [brief(found) for found in some]) for one, some in groups]
    return answer(request, form, "pages/findings.html", frame(findings), groups=shown, nav="findings")


def finding(request: HttpRequest, code: str, key: str, form: str) -> HttpResponse:
    """One finding: its value, its chart and table, how it was worked out, and what it rests on."""
    findings = opened(request, code)
    one = _finding(findings, key)
    quoted = quoting.records_that_quote(findings.case, f"finding:{key}")
    data = {**frame(findings), "finding": one.to_json(), "quoted_in": quoted}
    if form == "json":
        return answer(request, form, "", data)
    label = Labels(findings.case)
    return answer(
        request,
        form,
        "pages/finding.html",
        data,
        found=one,
        value=value_text(one),
        grid=on_screen(one, label),
        picture=picture(one, label),
        source=source_line(one),
        steps=lineage.worked_out(findings, one),
        inputs=lineage.inputs(findings.case, one),
        assumed=lineage.assumed(findings.case, one),
        title=one.title,
        question=one.question,
        home_stage=stages.of_finding(key),
        nav="findings",
    )


def finding_csv(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """The rows of a finding as CSV, safe to open in a spreadsheet."""
    one = _finding(opened(request, code), key)
    lines = [[column.name for column in one.columns]]
    lines += [[_csv_cell(row.get(c.name)) for c in one.columns] for row in one.rows]
    response = HttpResponse(csv_text.write(lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{key}.csv"'
    return response


def finding_svg(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """The chart of a finding as a picture."""
    return HttpResponse(_drawn(request, code, key).svg, content_type="image/svg+xml")


def finding_chart(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """The chart of a finding as a Vega specification, for the page's script."""
    return JsonResponse(interactive(json.loads(_drawn(request, code, key).spec)))


def _drawn(request: HttpRequest, code: str, key: str) -> Picture:
    findings = opened(request, code)
    drawn = picture(_finding(findings, key), Labels(findings.case))
    if drawn is None:
        raise Http404(f"{key} has no chart, or nothing to draw yet.")
    return drawn


def _csv_cell(value: Any) -> str:
    if value is None:
        return ""
    return csv_text.neutral(value) if isinstance(value, str) else json.dumps(value)


def _finding(findings: Findings, key: str) -> Finding:
    try:
        return findings[key]
    except UnknownFinding as error:
        raise Http404(str(error)) from None
