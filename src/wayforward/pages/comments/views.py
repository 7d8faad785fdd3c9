"""The pages of comments: their list, and the forms to raise, answer and close one."""

from contextlib import suppress

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from wayforward.findings import Findings
from wayforward.pages.answer import answer
from wayforward.pages.comments import forms, keep, shown
from wayforward.pages.comments.subjects import Subject, marking_of, subject, subject_of
from wayforward.pages.frame import frame
from wayforward.pages.marking import in_words
from wayforward.pages.opened import opened
from wayforward.pages.submitted import Submitted, fresh, submitted
from wayforward.pages.withheld import barred
from wayforward.people.permissions import COMMERCIAL, may, refusal
from wayforward.records.models import Comment
from wayforward.records.save import AlreadyReceived, ChangedMeanwhile

A_PAGE = 50
FILTERS = {
    "open": "Open",
    "mine": "Yours",
    "challenges": "Challenges",
    "closed": "Closed",
    "all": "All",
}
CHANGED = (
    "Somebody answered or closed it while you wrote. What stands now is above; what you wrote is kept below."
)


def comments(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """Every comment and challenge that this person may see."""
    findings = opened(request, code)
    every = shown.seen_by(request.user, findings)
    groups = _groups(request, findings, every)
    asked = request.GET.get("show", "open")
    chosen = groups.get(asked, groups["open"])
    data = {
        **frame(findings, shown.markings(findings, every)),
        "title": "Comments and challenges",
        "question": "What has been said of the report and its figures, and what still waits for an answer?",
        "show": asked if asked in groups else "open",
        "comments": [shown.plain(findings, one) for one in chosen],
    }
    page = Paginator(data["comments"], A_PAGE).get_page(request.GET.get("page"))
    return answer(
        request,
        form,
        "pages/comments/list.html",
        data,
        nav="report",
        page=page,
        filters=[(name, words, len(groups[name])) for name, words in FILTERS.items()],
        may=shown.allowed(request.user, findings, chosen),
    )


def _groups(request: HttpRequest, findings: Findings, every: list[Comment]) -> dict[str, list[Comment]]:
    exercise, user = findings.case.exercise, request.user
    raised = shown.raised_by_me(user, exercise)
    return {
        "open": [one for one in every if not one.closed],
        "mine": [one for one in every if one.code in raised or shown.is_owner(user, exercise, one)],
        "challenges": [one for one in every if one.comment_kind == shown.CHALLENGE],
        "closed": [one for one in every if one.closed],
        "all": every,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, code: str) -> HttpResponseBase:
    """Raise a comment or a challenge on something."""
    findings = opened(request, code, "comment")
    entries = request.POST if request.method == "POST" else request.GET
    about = subject(findings, entries.get("about", ""))
    if about is None:
        raise Http404("There is nothing of that name to comment on.")
    if in_words(findings.case, [about.marking]) == COMMERCIAL and barred(request.user, findings):
        raise PermissionDenied(refusal(request.user, "open commercial", findings.case.exercise))
    if request.method != "POST":
        return _new_form(request, findings, about, forms.blank(about), fresh())
    sent = submitted(request)
    read = forms.read_comment(request.POST, findings)
    if read.faults:
        return _new_form(request, findings, about, read, sent, 400)
    with suppress(AlreadyReceived):  # it is there
        keep.raise_comment(findings, request.user, about, read.values, sent.submission)
    return redirect(f"{about.address}#comments")


def _new_form(
    request: HttpRequest,
    findings: Findings,
    about: Subject,
    read: forms.Entries,
    sent: Submitted,
    status: int = 200,
) -> HttpResponse:
    data = {**frame(findings, [about.marking]), "title": f"Comment on {about.title}"}
    response = answer(
        request,
        "",
        "pages/comments/new.html",
        data,
        about=about,
        read=read,
        sent=sent,
        owners=forms.owners(findings),
        nav="report",
    )
    response.status_code = status
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def answer_form(request: HttpRequest, code: str, which: str) -> HttpResponseBase:
    """Answer a comment."""
    findings = opened(request, code)
    comment = _one(request, findings, which)
    if not shown.may_answer(request.user, findings.case.exercise, comment):
        raise PermissionDenied(_why_not(request, findings, comment, "answer"))
    if request.method != "POST":
        read = forms.Entries({"answer": comment.answer})
        return _form(request, findings, comment, "answer", read, fresh(comment.version))
    sent = submitted(request)
    read = forms.read_answer(request.POST)
    if read.faults:
        return _form(request, findings, comment, "answer", read, sent, 400)
    try:
        text = read.values["answer"]
        keep.answer_comment(findings, request.user, comment, text, sent.version, sent.submission)
    except AlreadyReceived:
        pass  # it is there
    except ChangedMeanwhile:
        read.faults.append(("answer", CHANGED))
        return _form(request, findings, comment, "answer", read, fresh(comment.version), 409)
    return _back(findings, comment)


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, code: str, which: str) -> HttpResponseBase:
    """Close a comment, or a challenge that was answered."""
    findings = opened(request, code)
    comment = _one(request, findings, which)
    if comment.closed:
        return _back(findings, comment)
    raised = shown.raised_by_me(request.user, findings.case.exercise)
    if not shown.may_close(request.user, findings.case.exercise, comment, raised):
        raise PermissionDenied(_why_not(request, findings, comment, "close comments"))
    read = forms.Entries({})
    if request.method != "POST":
        return _form(request, findings, comment, "close", read, fresh(comment.version))
    sent = submitted(request)
    try:
        keep.close_comment(findings, request.user, comment, sent.version, sent.submission)
    except AlreadyReceived:
        pass  # it is closed
    except ChangedMeanwhile:
        read.faults.append(("", "Somebody answered it anew. Read what stands now, and close it then."))
        return _form(request, findings, comment, "close", read, fresh(comment.version), 409)
    return _back(findings, comment)


def _one(request: HttpRequest, findings: Findings, which: str) -> Comment:
    """A comment as the database has it now: what is in memory is shared and may not be changed."""
    exercise = findings.case.exercise
    found = Comment._default_manager.filter(exercise=exercise, code=which).first()
    if found is None:
        raise Http404(f"There is no comment {which!r} in this exercise.")
    if in_words(findings.case, [marking_of(findings, found)]) == COMMERCIAL and barred(
        request.user, findings
    ):
        raise PermissionDenied(refusal(request.user, "open commercial", exercise))
    return found


def _why_not(request: HttpRequest, findings: Findings, comment: Comment, rule: str) -> str:
    exercise = findings.case.exercise
    if comment.closed:
        return "It is closed: raise another comment where there is more to say."
    if rule != "answer" and shown.state(comment) == shown.WAITS:
        return "A challenge is closed only once it has been answered."
    if may(request.user, "comment", exercise):
        who = comment.owner or "those who make the analysis"
        return (
            f"It is for {who} to answer, or for those who make the analysis."
            if rule == "answer"
            else "Only who raised it, or the director, closes it."
        )
    return refusal(request.user, rule, exercise)


def _form(
    request: HttpRequest,
    findings: Findings,
    comment: Comment,
    what: str,
    read: forms.Entries,
    sent: Submitted,
    status: int = 200,
) -> HttpResponse:
    about = subject_of(findings, comment)
    title = f"Answer {comment.code}" if what == "answer" else f"Close {comment.code}?"
    data = {**frame(findings, [marking_of(findings, comment)]), "title": title}
    response = answer(
        request,
        "",
        f"pages/comments/{what}.html",
        data,
        one=shown.plain(findings, comment),
        about=about,
        read=read,
        sent=sent,
        nav="report",
    )
    response.status_code = status
    return response


def _back(findings: Findings, comment: Comment) -> HttpResponseBase:
    about = subject_of(findings, comment)
    if about.address:
        return redirect(f"{about.address}#comments")
    return redirect("comments", findings.case.exercise.code)
