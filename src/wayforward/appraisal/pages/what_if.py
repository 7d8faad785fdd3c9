"""What if: a few inputs to move, the figures that answer, and what is kept of it. The record is unchanged."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from wayforward.appraisal.pages import asked, kept, table
from wayforward.appraisal.pages.answered import DRAWN, ORDER, RANKS, WORTH, Answer, answered
from wayforward.appraisal.pages.asked import Asked, Refused
from wayforward.appraisal.pages.form import form as form_of
from wayforward.appraisal.pages.inputs import Input, inputs
from wayforward.appraisal.pages.marks import marks
from wayforward.appraisal.pages.told import RANKED, what_changed
from wayforward.findings import Findings
from wayforward.pages.answer import answer
from wayforward.pages.frame import frame_of
from wayforward.pages.labels import Labels
from wayforward.pages.opened import opened

TITLE = "What if"
QUESTION = "What would change if an input were otherwise? The record stays as it is."
TEMPLATE = "appraisal/what_if.html"
PART = "Wayforward-Part"  # asked for by the page's own script: the answer alone


def what_if(request: HttpRequest, code: str, form: str) -> HttpResponseBase:
    """The inputs that matter most, and what the figures say with some of them moved."""
    findings = opened(request, code)
    every = inputs(findings)
    try:
        if scenario := request.GET.get("scenario", ""):
            question = asked.of_scenario(findings.case, scenario, every)
            name = "what-if-json" if form == "json" else "what-if"
            return redirect(f"{reverse(name, args=[code])}?{question.query}")
        question = asked.asked(request.GET, every, findings.edition.name)
        found = answered(findings, question, every)
    except Refused as refusal:
        return _refused(request, findings, every, form, str(refusal))
    return _page(request, findings, every, form, found)


def _page(
    request: HttpRequest,
    findings: Findings,
    every: Mapping[str, Input],
    form: str,
    found: Answer,
    fault: str = "",
    name: str = "",
) -> HttpResponse:
    label = Labels(findings.case)
    data = {
        **frame_of(findings, found.after.values()),
        "title": TITLE,
        "question": QUESTION,
        "moved": asked.in_words(found.asked, every),
        "changes": what_changed(found, every, label),
        "order": found.after[ORDER].headline,
    }
    if form == "json":
        after = {key: one.to_json() for key, one in found.after.items()}
        return answer(request, form, "", {**data, "asked": dict(found.asked.pairs), "findings": after})
    context = {
        **data,
        "rows": table.rows(found, label),
        "ranked": found.after[ORDER].value == RANKED,
        "drawn": DRAWN in found.after,
        "weighed": any(row["rank"] == 1 for row in found.after[RANKS].rows)
        if RANKS in found.after
        else False,
        "errors": table.errors(found),
        "marks": marks(found, label),
        "state": found.asked.pairs,
        "share": request.build_absolute_uri(f"{request.path}?{found.asked.query}") if found.asked else "",
        "waiting": found.after[DRAWN if DRAWN in found.after else WORTH].waiting,
        "any": bool(found.asked),
    }
    if request.headers.get(PART):
        return render(request, "appraisal/parts/answer.html", context)
    context |= {
        **form_of(findings, found.asked, every),
        "saved": findings.case.get(f"scenario:{request.GET.get('saved', '')}"),
        "fault": fault,
        "name": name,
        "nav": "what-if",
    }
    if fault:  # an address that can't be answered has no twin
        return render(request, TEMPLATE, context)
    return answer(request, form, TEMPLATE, context)


def _refused(
    request: HttpRequest, findings: Findings, every: Mapping[str, Input], form: str, words: str
) -> HttpResponse:
    """400 with what to mend: as a page with the record's own figures, as a part of one, or as JSON."""
    if form == "json":
        return JsonResponse({"error": words, "what_to_do": "Mend the address and ask again."}, status=400)
    if request.headers.get(PART):
        response = render(request, "appraisal/parts/refused.html", {"fault": words})
    else:
        response = _page(request, findings, every, form, answered(findings, Asked(), every), fault=words)
    response.status_code = 400
    return response


@require_POST
def save(request: HttpRequest, code: str) -> HttpResponseBase:
    """Keep the question as a scenario, by its name; then back to it."""
    findings = opened(request, code)
    every = inputs(findings)
    question, name = Asked(), request.POST.get("name", "")
    try:
        question = asked.asked(request.POST, every, findings.edition.name)
        answered(findings, question, every)  # what can't be worked out is not kept
        scenario = kept.keep(
            findings, question, every, name, _role(request, findings), f"person {request.user.pk}"
        )
    except Refused as refusal:
        found = answered(findings, Asked() if _broken(findings, question, every) else question, every)
        response = _page(request, findings, every, "", found, fault=str(refusal), name=name[:300])
        response.status_code = 400
        return response
    return redirect(f"{reverse('what-if', args=[code])}?{question.query}&saved={scenario.code}")


def _broken(findings: Findings, question: Asked, every: Mapping[str, Input]) -> bool:
    try:
        answered(findings, question, every)
    except Refused:
        return True
    return False


def _role(request: HttpRequest, findings: Findings) -> str:
    """What the person is in the exercise; the operator, who needs no part in it, is that."""
    mine: Any = request.user
    part = mine.memberships.filter(exercise=findings.case.exercise).first()
    return part.get_role_display() if part else "Operator"
