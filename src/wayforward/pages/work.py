"""The long work of an exercise: what waits, runs and has ended, and how to cancel it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from wayforward.findings import show
from wayforward.jobs.kinds import title_of
from wayforward.jobs.models import OPEN, RUNNING, WAITING, Job
from wayforward.jobs.queue import cancel, somebody_works
from wayforward.pages.answer import answer
from wayforward.pages.frame import frame
from wayforward.pages.long_work import ask_for_findings
from wayforward.pages.opened import opened
from wayforward.pages.people import actor_of, called
from wayforward.people.permissions import may

ENDED_SHOWN = 20
AGAIN_IN = 5  # seconds


def work(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """What is being worked out in the background, and what was; the page looks again by itself while something is."""
    findings = opened(request, code)
    exercise = findings.case.exercise
    jobs = Job.objects.filter(exercise=exercise)
    going = list(jobs.filter(state__in=OPEN).order_by("asked_at", "pk"))
    data = {
        **frame(findings),
        "title": "Long work",
        "question": "What is being made in the background, and how far is it?",
        "going": [_row(request, job, exercise) for job in going],
        "ended": [_row(request, job, exercise) for job in jobs.exclude(state__in=OPEN)[:ENDED_SHOWN]],
        "somebody_works": somebody_works(),
    }
    response = answer(
        request,
        form,
        "pages/work.html",
        data,
        nav="work",
        seconds=AGAIN_IN,
        may_ask=may(request.user, "change", exercise),
    )
    if going and form != "json":
        response["Refresh"] = f"{AGAIN_IN}; url={request.path}"
    return response


@require_POST
def ask_for_all(request: HttpRequest, code: str) -> HttpResponse:
    """Work out every finding now."""
    findings = opened(request, code, to="change")
    ask_for_findings(findings, actor_of(request.user))
    return redirect("work", code)


@require_POST
def cancel_one(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Cancel a job: by who asked for it, or by those who run the exercise."""
    exercise = opened(request, code).case.exercise
    job = Job.objects.filter(exercise=exercise, pk=number).first()
    if job is None:
        raise Http404("There is no such job.")
    if not _may_cancel(request, job, exercise):
        raise PermissionDenied(
            "Only who asked for this work, or who runs the exercise, may cancel it: ask the director."
        )
    cancel(job)
    return redirect("work", code)


def described(job: Job) -> dict[str, Any]:
    """A job in words."""
    return {
        "number": job.pk,
        "title": title_of(job.kind, job.arguments),
        "state": job.state,
        "status": "Being cancelled" if job.cancel_asked and job.is_open else job.get_state_display(),
        "done": job.done,
        "total": job.total,
        "progress": _progress(job),
        "result": job.result,
        "error": job.error.splitlines(),
        "asked_at": timezone.localtime(job.asked_at).isoformat(timespec="seconds"),
        "ended_at": timezone.localtime(job.ended_at).isoformat(timespec="seconds") if job.ended_at else None,
    }


def _row(request: HttpRequest, job: Job, exercise: Any) -> dict[str, Any]:
    """A job as the page lists it. What its narrative has wrong is told on the page of the report alone."""
    told = described(job)
    faults = len(told["error"])
    if job.state == "refused" and job.kind.endswith("-upload"):
        told["error"] = ["The page of the upload says why."]
    elif job.state == "refused":
        told["error"] = [f"{show.count(faults, 'fault')} to mend first: ask for it again to see them."]
    asked, ended = timezone.localtime(job.asked_at), job.ended_at and timezone.localtime(job.ended_at)
    return {
        **told,
        "asked_by": called(job.asked_by, exercise),
        "asked": f"{show.day(asked.date().isoformat())}, {asked:%H:%M}",
        "ended": f"{show.day(ended.date().isoformat())}, {ended:%H:%M}" if ended else "",
        "may_cancel": job.is_open and not job.cancel_asked and _may_cancel(request, job, exercise),
    }


def _may_cancel(request: HttpRequest, job: Job, exercise: Any) -> bool:
    return job.asked_by == actor_of(request.user) or may(request.user, "run", exercise)


def _progress(job: Job) -> str:
    if job.state == WAITING:
        return job.words or "Waiting its turn"
    if job.state != RUNNING:
        return job.get_state_display()
    far = f"{job.done} of {job.total}: " if job.total else ""
    again = f" (begun {job.tries} times)" if job.tries > 1 else ""
    return f"{far}{job.words or 'Running'}{again}"
