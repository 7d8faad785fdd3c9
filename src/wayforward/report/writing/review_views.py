"""The pages of peer review: the rounds, the form that begins one, and the form that returns a verdict."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from wayforward.exercise.models import PeerReview
from wayforward.exercise.models.signing import VERDICTS
from wayforward.findings import Findings
from wayforward.pages.answer import answer
from wayforward.pages.frame import frame
from wayforward.pages.opened import opened
from wayforward.pages.submitted import Submitted, fresh, submitted
from wayforward.people.permissions import may
from wayforward.records.fields import CellFault
from wayforward.records.save import ChangedMeanwhile
from wayforward.report.compose import sections
from wayforward.report.writing import review
from wayforward.report.writing.reading import part_id
from wayforward.report.writing.review_keep import NoMoreRounds, give_out, keep_return

CHANGED = "This review was returned by somebody else while you wrote. What is stored now is above; yours is kept below."


@dataclass
class Round:
    """A round as it was entered, with what to mend."""

    sections: list[str]
    reviewers: list[str]
    due: str
    faults: list[tuple[str, str]] = field(default_factory=list)
    day: date | None = None

    @property
    def wrong(self) -> dict[str, str]:
        return dict(self.faults)


def reviews(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """Every round of peer review, the latest first."""
    findings = opened(request, code)
    exercise = findings.case.exercise
    rows = review.in_order(findings)
    data = {
        **_frame(findings),
        "title": "Peer review",
        "question": "Which sections have been reviewed, and what did the reviewers say?",
        "reviews": [review.plain(findings, row) for row in rows],
    }
    return answer(
        request,
        form,
        "report/writing/reviews.html",
        data,
        mine={row.code for row in rows if review.may_return(request.user, exercise, row)},
        may_begin=may(request.user, "give out for review", exercise),
        nav="report",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, code: str) -> HttpResponseBase:
    """Give sections out for review."""
    findings = opened(request, code, "give out for review")
    if request.method != "POST":
        every = [one.code for one in sections(findings) if one.body.strip()]
        return _round(request, findings, Round(every, [review.REVIEWER], ""), fresh())
    sent = submitted(request)
    entered = _entered(request, findings)
    if not entered.faults and entered.day:
        try:
            give_out(
                findings, request.user, entered.sections, entered.reviewers, entered.day, sent.submission
            )
            return redirect("report-review", code)
        except NoMoreRounds:
            entered.faults.append(("", "There have been 99 rounds, and there can be no more"))
    return _round(request, findings, entered, sent, 400)


def _entered(request: HttpRequest, findings: Findings) -> Round:
    known = [one.code for one in sections(findings)]
    chosen = set(request.POST.getlist("sections"))
    named = set(request.POST.getlist("reviewers"))
    entered = Round(
        [one for one in known if one in chosen],
        [one for one in review.CAN_REVIEW if one in named],
        request.POST.get("due", "").strip(),
    )
    if not entered.sections:
        entered.faults.append(("sections", "Choose at least one section"))
    if not entered.reviewers:
        entered.faults.append(("reviewers", "Choose at least one reviewer"))
    parser: Any = PeerReview._meta.get_field("due")
    try:
        entered.day = parser.read_cell(entered.due)
    except CellFault as fault:
        entered.faults.append(("due", f"The day has {fault.found}: give {fault.allowed}"))
    else:
        if entered.day is None:
            entered.faults.append(("due", "Say by when the reviews are to be back"))
        elif entered.day < findings.today:
            entered.faults.append(
                ("due", f"The day must be {findings.today.isoformat()}, which is today, or later")
            )
    return entered


def _round(
    request: HttpRequest, findings: Findings, entered: Round, sent: Submitted, status: int = 200
) -> HttpResponse:
    data = {**_frame(findings), "title": "Begin a round of peer review"}
    response = answer(
        request,
        "",
        "report/writing/round.html",
        data,
        entered=entered,
        sent=sent,
        listed=[(one.code, f"{one.number}. {one.title}") for one in sections(findings)],
        parts=review.CAN_REVIEW,
        nav="report",
    )
    response.status_code = status
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def give_back(request: HttpRequest, code: str, which: str) -> HttpResponseBase:
    """Return a review: the verdict, and what the reviewer says."""
    findings = opened(request, code)
    exercise = findings.case.exercise
    one = PeerReview._default_manager.select_related("section").filter(exercise=exercise, code=which).first()
    if one is None:
        raise Http404(f"There is no review {which!r} in this exercise.")
    if not review.may_return(request.user, exercise, one):
        raise PermissionDenied(f"It was given to the {one.reviewer} to review.")
    before = review.plain(findings, one)
    if request.method != "POST":
        return _return(request, findings, one, before, (one.verdict, one.note), [], fresh(one.version))
    sent = submitted(request)
    verdict, note = request.POST.get("verdict", ""), request.POST.get("note", "").strip()
    faults = _faults(verdict, note)
    status = 400
    if not faults:
        seen = one.version
        try:
            keep_return(findings, request.user, one, verdict, note, sent.version, sent.submission)
            return redirect("report-review", code)
        except ChangedMeanwhile:
            faults, status, sent = [("note", CHANGED)], 409, fresh(seen)
    return _return(request, findings, one, before, (verdict, note), faults, sent, status)


def _faults(verdict: str, note: str) -> list[tuple[str, str]]:
    faults = []
    if verdict not in dict(VERDICTS):
        faults.append(("verdict", "Choose a verdict"))
    if verdict in dict(VERDICTS) and verdict != "ready" and not note:
        faults.append(("note", "Say what must change"))
    parser: Any = PeerReview._meta.get_field("note")
    try:
        parser.read_cell(note)
    except CellFault as fault:
        faults.append(("note", f"There is {fault.found}: give {fault.allowed}"))
    return faults


def _return(
    request: HttpRequest,
    findings: Findings,
    one: PeerReview,
    before: dict[str, Any],
    entered: tuple[str, str],
    faults: list[tuple[str, str]],
    sent: Submitted,
    status: int = 200,
) -> HttpResponse:
    data = {**_frame(findings), "title": f"Review section {one.section.number}, {one.section.title}"}
    response = answer(
        request,
        "",
        "report/writing/return.html",
        data,
        one=before,
        part=part_id(one.section),
        verdicts=VERDICTS,
        verdict=entered[0],
        note=entered[1],
        faults=faults,
        wrong=dict(faults),
        sent=sent,
        nav="report",
    )
    response.status_code = status
    return response


def _frame(findings: Findings) -> dict[str, Any]:
    """What is said of the report is marked as the report."""
    return frame(findings, [findings.case.marking])
