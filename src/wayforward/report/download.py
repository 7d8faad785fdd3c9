"""The report as a file: opened where it is there, else made by a worker while the asker's page waits."""

from datetime import timedelta
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from wayforward.findings import Findings
from wayforward.jobs.models import DONE, REFUSED, Job
from wayforward.jobs.queue import latest, somebody_works
from wayforward.jobs.running import run
from wayforward.pages.frame import frame
from wayforward.pages.opened import opened
from wayforward.pages.people import actor_of
from wayforward.pages.work import described
from wayforward.report.long_work import WORDS, ask_for_report, job_key, kept_file

TYPES = {
    "html": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
FORMATS = {form: (words, TYPES[form]) for form, words in WORDS.items()}
# The report is one file that carries its own style and pictures; it runs nothing.
REPORT_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
AGAIN_IN = 3  # seconds
TOLD_FOR = timedelta(minutes=10)  # how long a page says that it was not made, before asking makes it anew


def download(request: HttpRequest, code: str, form: str) -> HttpResponseBase:
    """The report in one format: as it was made before where nothing has changed, else once it is made.

    Where no worker is there, whoever asks first makes it within their own request; the others come again meanwhile.
    """
    findings = opened(request, code)
    path = kept_file(findings, form)
    if not path.exists():
        job = _asked(request, findings, form)
        if job.is_open and not somebody_works():
            run(job.pk)
            job.refresh_from_db()
        if not path.exists():
            return _not_there_yet(request, findings, job)
    response = FileResponse(
        path.open("rb"), content_type=FORMATS[form][1], as_attachment=form == "docx", filename=path.name
    )
    if form == "html":
        response.headers["Content-Security-Policy"] = REPORT_POLICY
    return response


def _asked(request: HttpRequest, findings: Findings, form: str) -> Job:
    """The job that makes it. One that has just ended without is not begun again unless somebody says so."""
    last = latest(findings.case.exercise, job_key(findings, form))
    if last and not last.is_open and last.state != DONE and "again" not in request.GET:
        ended = last.ended_at or last.asked_at
        if last.state == REFUSED or ended > timezone.now() - TOLD_FOR:
            return last
    return ask_for_report(findings, form, actor_of(request.user))


def _not_there_yet(request: HttpRequest, findings: Findings, job: Job) -> HttpResponse:
    told: dict[str, Any] = {**frame(findings, [findings.case.marking]), "nav": "report"}
    if job.state == REFUSED:
        return render(request, "report/faults.html", {**told, "faults": job.error.splitlines()}, status=409)
    waits = (
        job.is_open or job.state == DONE
    )  # done: somebody has saved something since, so it is asked for again
    told |= {"job": described(job), "waits": waits, "seconds": AGAIN_IN}
    response = render(request, "report/being_made.html", told, status=503)
    response._has_been_logged = True  # type: ignore[attr-defined]  # that it waits is no fault of the server
    if waits:
        response["Retry-After"] = str(AGAIN_IN)
        response["Refresh"] = f"{AGAIN_IN}; url={request.path}"
    return response
