"""Undoing by a new entry: a page that shows what putting back will change, and the saving of it."""

from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from wayforward.findings import Findings
from wayforward.pages.frame import frame
from wayforward.pages.marking import in_words
from wayforward.pages.opened import opened
from wayforward.pages.past.history_views import every_step, found
from wayforward.pages.past.undoing import Plan, changes_of, plan, plan_for_act
from wayforward.pages.past.words import Teller, changed, markings_of, title_of
from wayforward.pages.people import actor_of
from wayforward.pages.submitted import sent_by
from wayforward.pages.withheld import barred
from wayforward.people.permissions import COMMERCIAL, demand
from wayforward.records.base import kinds
from wayforward.records.history import State, act_of
from wayforward.records.save import (
    AlreadyReceived,
    ChangedMeanwhile,
    CodeUsed,
    StillNamed,
    save_all,
    was_received,
)

UNDONE = "undone"
MOST_SHOWN = 50
FORM = require_http_methods(["GET", "HEAD", "POST"])
MEANWHILE = "Somebody changed this after you opened the page. Nothing was saved; below is how it stands now."


@FORM
def put_back(request: HttpRequest, code: str, stem: str, which: str, version: int) -> HttpResponse:
    """Put a record back as it was before one of its changes, by a new entry."""
    findings = opened(request, code)
    model, reference = found(findings, stem, which)
    demand(request.user, model.changed_by, findings.case.exercise)
    done = every_step(findings, reference)
    step = next((one for one in done if one.after.version == version), None)
    if step is None:
        raise Http404(f"There is no version {version} of {reference}.")
    made = plan(
        request.user, findings.case, {reference: step.before.cells}, {reference: done[-1].after.version}
    )
    tell = Teller(findings.case.exercise)
    back = reverse("record-history", args=[code, stem, which])
    title = title_of(findings.case, reference, step.after.cells, step.before.cells)
    context = {
        "title": f"Put {title} back as it was",
        "question": f"As it was before this: {tell(step.did)}.",
        "back": back,
        "back_words": "History",
        "after": len([one for one in done if one.did.sequence > step.did.sequence]),
    }
    return _asked_or_done(request, findings, made, context)


@FORM
def act_undo(request: HttpRequest, code: str, sequence: int) -> HttpResponse:
    """Undo as a whole what somebody did at once to several records, where nothing was done to them since."""
    findings = opened(request, code)
    demand(request.user, "change", findings.case.exercise)
    act = act_of(findings.case.exercise, sequence)
    if act is None:
        raise Http404(f"There is no entry {sequence} in the log.")
    made = plan_for_act(request.user, findings.case, act)
    tell = Teller(findings.case.exercise)
    context = {
        "title": "Undo this as a whole",
        "question": f"Each record as it was before this: {tell(act.did)}.",
        "back": reverse("act", args=[code, act.last]),
        "back_words": "What was done",
        "after": 0,
    }
    return _asked_or_done(request, findings, made, context)


def _asked_or_done(
    request: HttpRequest, findings: Findings, made: Plan, context: dict[str, Any]
) -> HttpResponse:
    """The page that asks, or what comes of a form that was sent."""
    submission = sent_by(request)
    if was_received(submission):
        return redirect(context["back"])  # the same form came before, and did what it asked for
    if request.method != "POST" or made.hindered or made.needless:
        status = 409 if request.method == "POST" and made.hindered else 200
        return _page(request, findings, made, context, status=status)
    if submission is None or request.POST.get("version", "") != str(made.version):
        return _page(request, findings, made, context, problem=MEANWHILE, status=409)
    try:
        exercise = findings.case.exercise
        save_all(changes_of(made, exercise), actor_of(request.user), UNDONE, submission)
    except AlreadyReceived:
        return redirect(context["back"])  # twice at the same moment
    except (ChangedMeanwhile, StillNamed, CodeUsed) as error:
        problem = MEANWHILE if isinstance(error, ChangedMeanwhile) else f"{error}. Nothing was saved."
        return _page(request, findings, made, context, problem=problem, status=409)
    return redirect(context["back"])


def _page(
    request: HttpRequest,
    findings: Findings,
    made: Plan,
    context: dict[str, Any],
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    names = list(made.wanted)
    markings = [mark for name in names for mark in _markings(findings, made, name)]
    shown = [_record(findings, name, made.now[name], made.wanted[name]) for name in names[:MOST_SHOWN]]
    framed = frame(findings, markings)
    if barred(request.user, findings) and in_words(findings.case, markings) == COMMERCIAL:
        shown = []  # the answer is refused as a whole
    told = {
        **framed,
        **context,
        "records": shown,
        "more": len(names) - len(shown),
        "hindered": [
            {"words": one.words, "link": _history_of(findings, one.reference)} for one in made.hindered
        ],
        "needless": made.needless,
        "problem": problem,
        "version": made.version,
        "submission": uuid4(),
    }
    response = render(request, "pages/past/put_back.html", told, status=status)
    response["Wayforward-Marking"] = framed["exercise"]["marking"]
    return response


def _markings(findings: Findings, made: Plan, name: str) -> list[str]:
    model = kinds()[name.partition(":")[0]]
    return list(markings_of(findings, name, model, made.now[name].cells, made.wanted[name]))


def _record(findings: Findings, name: str, now: State, wanted: Any) -> dict[str, Any]:
    """What will become of one record: taken away, brought back, or changed field by field."""
    model = kinds()[name.partition(":")[0]]
    what = "brought back" if now.cells is None else "taken away" if wanted is None else "changed"
    fields = changed(findings.case, model, now.cells or {}, wanted or {}) if what == "changed" else []
    return {
        "words": f"{model.words()} {name.partition(':')[2]}".strip(),
        "title": title_of(findings.case, name, wanted, now.cells),
        "what": what,
        "fields": fields,
    }


def _history_of(findings: Findings, reference: str) -> str:
    if not reference:
        return ""
    kind, _, which = reference.partition(":")
    code = findings.case.exercise.code
    return reverse("record-history", args=[code, kinds()[kind].stem, which or code])
