"""Making a file of the report: once for all who ask, under the fingerprint of all that it depends on."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse

from wayforward.findings import Findings
from wayforward.jobs.kinds import Refused, work
from wayforward.jobs.models import Job
from wayforward.jobs.queue import ask
from wayforward.jobs.running import Running
from wayforward.pages.alone import alone
from wayforward.pages.opened import as_it_stands
from wayforward.report.compose import ReportFaults
from wayforward.report.produce import STEM, Advance, fingerprint, produce
from wayforward.report.signing import long_work as _signing  # noqa: F401  # declares its own kind of work
from wayforward.report.writing import at_hand as _reading  # noqa: F401  # and so does this

WORDS = {"html": "Web page", "docx": "Word", "pdf": "PDF"}
KEPT_VERSIONS = 3
ANOTHER_TAKES_AT_MOST = 120  # seconds


def _title(arguments: Mapping[str, Any]) -> str:
    return f"Report: {WORDS.get(str(arguments.get('form')), 'a file')}"


@work("report", _title)
def make_report(job: Running) -> str:
    """Make the report in one format, as the case stands when the work begins."""
    findings, form = as_it_stands(job.exercise), job.arguments["form"]
    try:
        make(findings, form, job.step)
    except ReportFaults as faults:
        raise Refused(*(str(fault) for fault in faults.faults)) from faults
    return reverse("report-file", args=[job.exercise.code, form])


def job_key(findings: Findings, form: str) -> str:
    """By which a report of the case as it stands is known among the jobs."""
    return f"report:{fingerprint(findings)[:32]}:{form}"


def ask_for_report(findings: Findings, form: str, actor: str) -> Job:
    """Ask for the report in one format; twice for the same is once."""
    return ask("report", findings.case.exercise, {"form": form}, actor, job_key(findings, form))


def kept_file(findings: Findings, form: str) -> Path:
    """Where the report of the case as it stands is kept; it may not be there yet."""
    place = settings.HOME / "reports" / findings.case.exercise.code
    return place / fingerprint(findings)[:16] / f"{STEM}.{form}"


def make(findings: Findings, form: str, advance: Advance) -> None:
    """Make the file where it is not there: it appears whole or not at all. Raises ReportFaults."""
    path = kept_file(findings, form)
    place = path.parents[1]
    with alone(place / f"being-made-{form}", ANOTHER_TAKES_AT_MOST) as mine:
        if path.exists():
            return
        if not mine:
            raise TimeoutError(f"another program has been making the {form} of this report for too long")
        fresh = place / f"fresh-{form}"
        shutil.rmtree(fresh, ignore_errors=True)  # of somebody who was stopped half-way
        for folder in (fresh, path.parent):
            folder.mkdir(parents=True, exist_ok=True)
        try:
            produce(findings, fresh, [form], advance)[0].replace(path)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
        forget_older(place)


def forget_older(place: Path) -> None:
    """Keep the files of the latest few versions of the case."""
    versions = sorted(
        (p for p in place.iterdir() if p.is_dir() and not p.name.startswith("fresh")),
        key=lambda p: p.stat().st_mtime,
    )
    for old in versions[:-KEPT_VERSIONS]:
        shutil.rmtree(old, ignore_errors=True)
