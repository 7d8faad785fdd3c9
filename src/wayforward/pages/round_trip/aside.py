"""A big upload as its person meets it: it is read, compared and saved as long work, while its page looks again."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from wayforward.casefile.settling import THEIRS, YOURS, Place
from wayforward.findings import Findings
from wayforward.jobs.models import CANCELLED, DONE, REFUSED, Job
from wayforward.jobs.queue import somebody_works
from wayforward.jobs.running import run
from wayforward.pages.answer import MARKING
from wayforward.pages.frame import frame
from wayforward.pages.people import actor_of
from wayforward.pages.round_trip import kept, long_work, preview
from wayforward.pages.round_trip.long_work import ACCEPT, COMPARE
from wayforward.pages.round_trip.told import Told
from wayforward.pages.submitted import digest
from wayforward.pages.work import described
from wayforward.records.save import Sent

AGAIN_IN = 3  # seconds
COMPARE_ANEW = "compare"
WORDS = {
    CANCELLED: "Accepting was cancelled: nothing of this upload was kept.",
    REFUSED: "",  # what was told anew says why
}
STOPPED_WORDS = "Accepting stopped on the way, and nothing of this upload was kept. Accept again."


def begin(request: HttpRequest, findings: Findings, key: object) -> HttpResponseBase:
    """Ask for an upload to be compared, and show how far that is."""
    exercise = findings.case.exercise
    _seen_to(long_work.ask_to_compare(exercise, key, actor_of(request.user)))  # type: ignore[arg-type]  # a UUID
    return redirect("round-trip-uploaded", exercise.code, key)


def uploaded(request: HttpRequest, findings: Findings, found: kept.Kept) -> HttpResponseBase:
    """How far it is; then what it would change; sent as a form, it is to be accepted, or compared anew."""
    exercise = findings.case.exercise
    if request.method == "POST" and request.POST.get("do") == COMPARE_ANEW:
        return begin(request, findings, found.key)
    accepting = _seen_to(long_work.asked_for(exercise, ACCEPT, found.key))
    comparing = _seen_to(long_work.asked_for(exercise, COMPARE, found.key))
    for job in (accepting, comparing):
        if job is not None and job.is_open:
            return _how_far(request, findings, found, job)
    known = preview.kept_told(found)
    if known is None:
        return _how_far(request, findings, found, comparing)
    if request.method == "POST":
        return _accept(request, findings, found, known)
    return preview.page(request, findings, found, known, aside=_ended(accepting))


def _seen_to(job: Job | None) -> Job | None:
    """A job that was asked for; where no worker is there, it is done within the request."""
    if job is not None and job.is_open and not somebody_works():
        run(job.pk)
        job.refresh_from_db()
    return job


def _accept(request: HttpRequest, findings: Findings, found: kept.Kept, known: Told) -> HttpResponseBase:
    exercise = findings.case.exercise
    given = {name: request.POST.get(name, "") for name in known.conflicts}
    chosen = {name: answer for name, answer in given.items() if answer in (THEIRS, YOURS)}
    undecided = [name for name in known.conflicts if name not in chosen]
    if undecided and not preview.leaves(request):
        return preview.page(request, findings, found, known, chosen=chosen, undecided=undecided, status=400)
    choices = {_place(name): answer for name, answer in chosen.items()}
    sent, seen = Sent(found.key, digest(request)), request.POST.get(preview.SEEN, "")
    _seen_to(long_work.ask_to_accept(exercise, sent, seen, choices, actor_of(request.user)))
    return redirect("round-trip-uploaded", exercise.code, found.key)


def _place(name: str) -> Place:
    _, stem, code, column = name.split(":")
    return stem, code, column


def _ended(job: Job | None) -> str:
    """What to say of an acceptance that ended without."""
    if job is None or job.state == DONE:
        return ""
    return WORDS.get(job.state, STOPPED_WORDS)


def _how_far(request: HttpRequest, findings: Findings, found: kept.Kept, job: Job | None) -> HttpResponse:
    """How far the work is, or why it ended without."""
    waits = job is not None and job.is_open
    done = "accepted" if job is not None and job.kind == ACCEPT else "compared"
    data = frame(findings, [findings.case.marking] if job and job.error else [])
    context = {
        **data,
        "title": f"{found.name} is being {done}" if waits else f"{found.name} was not {done}",
        "waits": waits,
        "job": described(job) if job else None,
        "key": found.key,
        "read": found.state == kept.READ,
        "seconds": AGAIN_IN,
        "nav": "registers",
    }
    response = render(request, "pages/round_trip/aside.html", context)
    response[MARKING] = data["exercise"]["marking"]
    if waits:
        response["Refresh"] = f"{AGAIN_IN}; url={request.path}"
    return response
