"""What if: a few inputs to move, the figures that answer, and what is kept of it. The record is unchanged."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from wayforward.appraisal.pages import asked, kept, table
from wayforward.appraisal.pages.answered import DRAWN, ORDER, RANKS, WORTH, Answer, answered
from wayforward.appraisal.pages.asked import Asked, Entered, Refused
from wayforward.appraisal.pages.form import form as form_of
from wayforward.appraisal.pages.form import listed
from wayforward.appraisal.pages.inputs import Input, inputs
from wayforward.appraisal.pages.marks import marks
from wayforward.appraisal.pages.told import RANKED, notices, what_changed
from wayforward.findings import Findings
from wayforward.pages.answer import answer
from wayforward.pages.frame import frame_of
from wayforward.pages.labels import Labels
from wayforward.pages.opened import opened
from wayforward.pages.people import actor_of
from wayforward.people import permissions

TITLE = "What if"
QUESTION = "What would change if an input were otherwise? The record stays as it is."
TEMPLATE = "appraisal/what_if.html"
PART = "Wayforward-Part"  # asked for by the page's own script: the answer alone
NOT_ANSWERED = "The question was not answered: these are the figures of the record."
MAY_NOT_KEEP = (
    "Reviewers and guests may ask anything here and save nothing. To have a question kept, share its link with "
    "somebody who works on the exercise."
)


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
        return _refused(request, findings, every, form, refusal)
    entered = replace(question.entered, name=asked.entered(request.GET, every).name)
    return _page(request, findings, every, form, found, entered)


def _page(
    request: HttpRequest,
    findings: Findings,
    every: Mapping[str, Input],
    form: str,
    found: Answer,
    entered: Entered,
    refusal: Refused | None = None,
) -> HttpResponse:
    label = Labels(findings.case)
    data = {
        **frame_of(findings, found.after.values()),
        "title": TITLE,
        "question": QUESTION,
        "moved": asked.in_words(found.asked, every),
        "changes": what_changed(found, every, label) if found.asked or not refusal else [NOT_ANSWERED],
        "notices": notices(found, every, findings.case),
        "order": found.after[ORDER].headline,
    }
    if form == "json":
        after = {key: one.to_json() for key, one in found.after.items()}
        return answer(request, form, "", {**data, "asked": dict(found.asked.pairs), "findings": after})
    context = data | _figures(request, findings.case.exercise.code, found, label)
    if request.headers.get(PART):
        return render(request, "appraisal/parts/answer.html", context)
    faults = refusal.faults if refusal else ()
    context |= {
        **form_of(findings, entered, every, faults),
        "saved": findings.case.get(f"scenario:{request.GET.get('saved', '')}"),
        "faults": listed(faults, every),
        "may_keep": permissions.may(request.user, "keep scenarios", findings.case.exercise),
        "may_not_keep": MAY_NOT_KEEP,
        "nav": "what-if",
    }
    if faults:  # an address that can't be answered has no twin
        return render(request, TEMPLATE, context)
    return answer(request, form, TEMPLATE, context)


def _figures(request: HttpRequest, code: str, found: Answer, label: Labels) -> dict[str, Any]:
    """The answer as a page shows it beside its sentences: the table, the charts and the address to share."""
    address = reverse("what-if", args=[code])
    shares = found.after[RANKS].rows if RANKS in found.after else ()
    return {
        "rows": table.rows(found, label),
        "ranked": found.after[ORDER].value == RANKED,
        "drawn": DRAWN in found.after,
        "weighed": any(row["rank"] == 1 for row in shares),
        "errors": table.errors(found),
        "marks": marks(found, label),
        "share": request.build_absolute_uri(f"{address}?{found.asked.query}") if found.asked else "",
        "waiting": found.after[DRAWN if DRAWN in found.after else WORTH].waiting,
        "any": bool(found.asked),
    }


def _refused(
    request: HttpRequest,
    findings: Findings,
    every: Mapping[str, Input],
    form: str,
    refusal: Refused,
    found: Answer | None = None,
    status: int = 400,
) -> HttpResponse:
    """What to mend: as a page with every entry kept, as a part of one, or as JSON."""
    if form == "json":
        told = {"error": str(refusal), "what_to_do": "Mend the address and ask again."}
        return JsonResponse(told, status=status)
    if request.headers.get(PART):
        response = render(request, "appraisal/parts/refused.html", {"faults": listed(refusal.faults, every)})
    else:
        entered = asked.entered(request.POST if request.method == "POST" else request.GET, every)
        shown = found or answered(findings, Asked(), every)
        response = _page(request, findings, every, form, shown, entered, refusal)
    response.status_code = status
    return response


@require_POST
def save(request: HttpRequest, code: str) -> HttpResponseBase:
    """Keep what stands in the form as a scenario, by its name; then back to it. 403 for those who may only look."""
    findings = opened(request, code)
    every, exercise = inputs(findings), findings.case.exercise
    if not permissions.may(request.user, "keep scenarios", exercise):
        return _refused(request, findings, every, "", Refused(MAY_NOT_KEEP), status=403)
    found = None
    try:
        question = asked.asked(request.POST, every, findings.edition.name)
        found = answered(findings, question, every)  # what can't be worked out is not kept
        name, role = request.POST.get(asked.NAME, ""), permissions.role_of(request.user, exercise)
        scenario = kept.keep(findings, question, every, name, role, actor_of(request.user))
    except Refused as refusal:
        return _refused(request, findings, every, "", refusal, found)
    return redirect(f"{reverse('what-if', args=[code])}?{question.query}&saved={scenario.code}")
