"""The pages of findings: the list, one finding with its lineage, and its rows and chart for other programs."""

import json
from dataclasses import asdict

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse

from wayforward.findings import Findings, UnknownFinding
from wayforward.findings.finding import Finding
from wayforward.pages import files, lineage, quoting, stages
from wayforward.pages.answer import answer
from wayforward.pages.charts import interactive
from wayforward.pages.comments import shown
from wayforward.pages.frame import brief, frame, frame_of
from wayforward.pages.labels import Labels
from wayforward.pages.opened import opened
from wayforward.pages.pictures import Picture, picture
from wayforward.pages.present import on_screen, source_line, value_text
from wayforward.pages.withheld import findings_for
from wayforward.pages.working_out import at_hand, earlier

MOST_ROWS = 500  # of a figure on its page; its file has them all
MOST_LISTED = 100  # records of a kind that it rests on


def finding_list(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """Every finding by stage, each as a sentence."""
    findings = opened(request, code)
    findings = findings if form == "json" else at_hand(findings)
    groups = [(one, findings_for(request.user, findings, one.findings(findings))) for one in stages.STAGES]
    framed = frame_of(findings, (found for _, some in groups for found in some))
    if form == "json":
        every = [found.to_json() for _, some in groups for found in some]
        return answer(request, form, "", {**framed, "findings": every})
    shown = [(one, [brief(found) for found in some]) for one, some in groups]
    told = {"groups": shown, "nav": "findings", "earlier": earlier(findings)}
    return answer(request, form, "pages/findings.html", framed, **told)


def finding(request: HttpRequest, code: str, key: str, form: str) -> HttpResponse:
    """One finding: its value, its chart and table, how it was worked out, and what it rests on."""
    findings = opened(request, code)
    one = _finding(findings, key)
    quoted = quoting.quoted_in(request.user, findings, f"finding:{key}")
    remarks = shown.beside(request.user, findings, f"finding:{key}")
    data = {
        **frame(findings, [one.marking, remarks["marking"]]),
        "remarks": remarks,
        "finding": one.to_json(),
        "steps": asdict(lineage.worked_out(findings, one)),
        "inputs": [asdict(group) for group in lineage.inputs(findings.case, one)],
        "quoted_in": quoted,
    }
    if form == "json":
        return answer(request, form, "", data)
    label = Labels(findings.case)
    grid = on_screen(one, label, None if one.pivot else MOST_ROWS)
    more = not one.pivot and len(one.rows) > MOST_ROWS
    return answer(
        request,
        form,
        "pages/finding.html",
        data,
        found=one,
        value=value_text(one),
        grid=grid,
        rows=len(one.rows) if more else len(grid.rows),
        more=more,
        most=MOST_LISTED,
        first=f":{MOST_LISTED}",
        picture=picture(one, label),
        source=source_line(one),
        assumed=lineage.assumed(findings.case, one),
        title=one.title,
        question=one.question,
        home_stage=stages.of_finding(key),
        nav="findings",
    )


def finding_csv(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """The rows of a finding as CSV; with ?notes=yes what must be known of them stands before them."""
    findings = opened(request, code)
    one = _finding(findings, key)
    notes = files.told(findings, one)
    text = files.csv_of(one, notes if request.GET.get("notes") == "yes" else None)
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{key}.csv"'
    response["Wayforward-Marking"] = notes["marking"]
    return response


def finding_svg(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """The chart of a finding as a picture, which says what it is."""
    findings, one, drawn = _drawn(request, code, key)
    return HttpResponse(files.svg_of(drawn, files.told(findings, one)), content_type="image/svg+xml")


def finding_chart(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """The chart of a finding as a Vega specification, for the page's script."""
    *_, drawn = _drawn(request, code, key)
    return JsonResponse(interactive(json.loads(drawn.spec)))


def _drawn(request: HttpRequest, code: str, key: str) -> tuple[Findings, Finding, Picture]:
    findings = opened(request, code)
    one = _finding(findings, key)
    drawn = picture(one, Labels(findings.case))
    if drawn is None:
        raise Http404(f"{key} has no chart, or nothing to draw yet.")
    return findings, one, drawn


def _finding(findings: Findings, key: str) -> Finding:
    try:
        return findings[key]
    except UnknownFinding as error:
        raise Http404(str(error)) from None
