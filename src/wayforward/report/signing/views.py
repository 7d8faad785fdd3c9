"""The pages on which an exercise is agreed: where everything stands, one subject, one step, the decision, assurance."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from wayforward.exercise.models import AssuranceStatement, DecisionNotice
from wayforward.findings import Findings, show
from wayforward.options.models import ImpactAssessment
from wayforward.pages.answer import answer
from wayforward.pages.describe import field_text
from wayforward.pages.frame import frame
from wayforward.pages.opened import opened
from wayforward.pages.submitted import sent_by
from wayforward.pages.withheld import rows_for
from wayforward.people.independence import why_no_assurer
from wayforward.people.permissions import may
from wayforward.records.base import Record, columns
from wayforward.records.save import AlreadyReceived, Sent
from wayforward.report.signing import given
from wayforward.report.signing.entries import (
    ASSURE,
    DECIDE,
    Control,
    Entries,
    asked_of,
    read,
    shown,
)
from wayforward.report.signing.given import NotGiven
from wayforward.report.signing.lacking import next_number
from wayforward.report.signing.shown import findings_of, steps_of, text_of
from wayforward.report.signing.steps import ORDER, TITLES, Standing, rule_of
from wayforward.report.signing.subjects import BY_KEY, SUBJECTS, Subject

FORM = ["GET", "HEAD", "POST"]
TEMPLATES = "report/signing"


def agreements(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """Everything that is to be agreed, and where each stands."""
    findings = opened(request, code)
    user = request.user
    markings: list[str] = []
    listed = []
    for subject in SUBJECTS:
        standing = Standing(findings.case, subject)
        steps, marks = steps_of(user, findings, standing)
        markings += marks
        listed.append(
            {
                "subject": subject.key,
                "title": subject.title,
                "asks": subject.asks,
                "agreed": standing.agreed,
                "words": standing.words,
                "steps": steps,
            }
        )
    exercise = findings.case.exercise
    data = {
        **frame(findings, markings),
        "title": "Agreement",
        "question": "What has been agreed, by whom, and what waits for whom?",
        "subjects": listed,
        "next_version": next_number(exercise),
        "may_assure": may(user, "assure", exercise),
        "statements": len(findings.case.rows(AssuranceStatement)),
        "notices": len(findings.case.rows(DecisionNotice)),
    }
    return answer(request, form, f"{TEMPLATES}/agreements.html", data, nav="report")


def agreement(request: HttpRequest, code: str, subject: str, form: str) -> HttpResponse:
    """One subject: the text to agree, its digest, and each step with what was said."""
    findings = opened(request, code)
    data = _agreement(request.user, findings, _subject(subject))
    if form == "json":
        for one in (*data["text"], *data["found"]):
            one["grid"] = asdict(one["grid"]) if one.get("grid") else None
    return answer(request, form, f"{TEMPLATES}/agreement.html", data, nav="report")


def _agreement(user: Any, findings: Findings, subject: Subject) -> dict[str, Any]:
    standing = Standing(findings.case, subject)
    text, markings = text_of(user, findings, subject)
    found = findings_of(user, findings, subject)
    steps, marks = steps_of(user, findings, standing)
    markings += marks + [findings[one["key"]].marking for one in found]
    number = next_number(findings.case.exercise) if subject.key == "report" else standing.version
    return {
        **frame(findings, markings),
        "title": f"Agree: {subject.title}",
        "question": subject.asks,
        "subject": subject.key,
        "subject_title": subject.title,
        "version": number,
        "digest": standing.digest,
        "agreed": standing.agreed,
        "words": standing.words,
        "text": text,
        "found": found,
        "steps": steps,
    }


def _subject(key: str) -> Subject:
    if key not in BY_KEY:
        raise Http404(f"There is nothing to agree that is called {key!r}.")
    return BY_KEY[key]


@require_http_methods(FORM)
def agree(request: HttpRequest, code: str, subject: str, step: str) -> HttpResponse:
    """One step of a subject: what is agreed, and the answer of whoever's step it is."""
    of = _subject(subject)
    decides = (subject, step) == ("report", "commissioner")  # that is the decision, with its notice
    if decides or not any(step in rank for rank in ORDER[subject]):
        raise Http404(f"{of.title} has no step {step!r}.")
    findings = opened(request, code, to=rule_of(step))
    told = _agreement(request.user, findings, of)
    told |= {"title": f"{of.title}: {TITLES[step]}", "back": ("agreement", of.title, [code, subject])}

    def keep(entries: Entries, key: Sent) -> None:
        seen = request.POST.get("seen", "")
        given.agree(request.user, findings, subject, step, seen, entries.values, key)

    return _form(request, told, asked_of(step), keep, ("agreement", [code, subject]))


@require_http_methods(FORM)
def decide(request: HttpRequest, code: str) -> HttpResponse:
    """The commissioner's decision on the report, with its notice; its implications begin from the advice given."""
    findings = opened(request, code, to="decide")
    told = _agreement(request.user, findings, BY_KEY["report"])
    told |= {
        "title": "Decide on the report",
        "question": exercise_asks(findings),
        "back": ("agreement", "Report", [code, "report"]),
    }

    def keep(entries: Entries, key: Sent) -> None:
        given.decide(request.user, findings, request.POST.get("seen", ""), entries.values, key)

    return _form(request, told, DECIDE, keep, ("decision", [code]), _advised(findings))


def exercise_asks(findings: Findings) -> str:
    """The decision that the report asks for."""
    return findings.case.exercise.decision_asked or "What is decided on this report?"


def _advised(findings: Findings) -> dict[str, str]:
    """How the implications begin: with the advice on the text as it is now, and with what assessments found."""
    steps = {step.name: step for step in Standing(findings.case, BY_KEY["report"]).steps}

    def advice(*names: str) -> str:
        some = [steps[name] for name in names]
        return "\n\n".join(
            one.approval.conditions
            for one in some
            if one.approval and one.on_this_text and one.approval.conditions
        )

    assessed = [row for row in findings.case.rows(ImpactAssessment) if row.assessment == "equality"]
    equality = [f"{row.option.label}: {row.outcome or show.UNKNOWN}" for row in assessed]
    return {
        "financial": advice("finance-force", "finance-commissioner"),
        "legal": advice("legal"),
        "equality": "\n\n".join(equality),
    }


@require_http_methods(FORM)
def assure(request: HttpRequest, code: str) -> HttpResponse:
    """The assurer's statement on the report; whoever made any of the analysis is told why they can't."""
    findings = opened(request, code, to="assure")
    told = _agreement(request.user, findings, BY_KEY["report"])
    told |= {
        "title": "Assure the analysis",
        "question": "How far can the report be relied on, by somebody who made none of it?",
        "back": ("agreement", "Report", [code, "report"]),
        "refused": why_no_assurer(request.user.pk or 0, findings.case.exercise),
    }

    def keep(entries: Entries, key: Sent) -> None:
        given.assure(request.user, findings, entries.values, key)

    return _form(request, told, ASSURE, keep, ("agreements", [code]))


def decision(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """The decision as it is published, with the statement of the assurer."""
    findings = opened(request, code)
    rows = [*findings.case.rows(DecisionNotice)[::-1], *findings.case.rows(AssuranceStatement)[::-1]]
    seen = rows_for(request.user, findings, rows)
    data = {
        **frame(findings, [row.marking for row in seen]),
        "title": "Decision",
        "question": exercise_asks(findings),
        "notices": [_in_full(row) for row in seen if isinstance(row, DecisionNotice)],
        "statements": [_in_full(row) for row in seen if isinstance(row, AssuranceStatement)],
        "withheld": len(rows) - len(seen),
        "may_decide": may(request.user, "decide", findings.case.exercise),
    }
    return answer(request, form, f"{TEMPLATES}/decision.html", data, nav="report")


def _in_full(row: Record) -> dict[str, Any]:
    told = [
        {"label": str(f.verbose_name), "text": field_text(row, f)}
        for f in columns(type(row))
        if f.name not in ("code", "marking") and getattr(row, f.name) not in (None, "")
    ]
    return {"code": row.code, "version": getattr(row, "text_version", ""), "fields": told}


def _form(
    request: HttpRequest,
    told: dict[str, Any],
    controls: Sequence[Control],
    keep: Callable[[Entries, Sent], None],
    then: tuple[str, list[str]],
    begun: dict[str, str] | None = None,
) -> HttpResponse:
    """A form that shows what is agreed: entries stay until they are in order; what is sent twice is kept once."""
    entries = Entries(dict(begun or {}))
    key = uuid4()
    status, refused = 200, str(told.get("refused", ""))
    if request.method == "POST":
        entries, sent = read(controls, request.POST), sent_by(request)
        status, key = 400, sent.key if sent else key
        if not entries.faults and sent is not None:
            try:
                keep(entries, sent)
            except AlreadyReceived:
                return redirect(then[0], *then[1])
            except NotGiven as why:
                status, refused, key = 409, str(why), uuid4()
            else:
                return redirect(then[0], *then[1])
    name, words, arguments = told["back"]
    context = {
        **told,
        "back": {"name": name, "words": words, "arguments": arguments},
        "controls": shown(controls, entries),
        "faults": entries.faults,
        "refused": refused,
        "submission": key,
        "nav": "report",
    }
    return render(request, f"{TEMPLATES}/form.html", context, status=status)
