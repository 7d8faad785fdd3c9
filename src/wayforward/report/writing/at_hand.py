"""What a page of the report shows: how it reads now, or, while figures are worked out anew, how it last read."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from wayforward.findings import Findings, show
from wayforward.jobs.kinds import when_idle, work
from wayforward.jobs.models import DONE
from wayforward.jobs.queue import ask, latest, somebody_works
from wayforward.jobs.running import Running
from wayforward.pages.long_work import QUIET_FOR, WORKBENCH
from wayforward.pages.opened import as_it_stands
from wayforward.pages.people import actor_of
from wayforward.pages.withheld import barred
from wayforward.records.base import exercise_model
from wayforward.records.models import Event
from wayforward.report.writing.reading import Preview, Reading, kept_html, kept_reading

KIND = KEY = "reading"  # one job of an exercise at a time: it takes the case as it stands when it begins
FAILED_FOR = timedelta(minutes=10)  # how long after a job went wrong a page composes by itself


@dataclass(frozen=True)
class Last:
    """The last reading that was made whole: where it is kept, when it was made, of which event, and its marking."""

    name: str
    at: str
    event: str
    marking: str


@dataclass(frozen=True)
class Part:
    """A part to show; `html` is None where the report has none of that id. `stood_at`: when it read so, if not now."""

    reading: Reading
    html: str | None
    stood_at: str = ""
    marking: str = ""


def part_at_hand(user: Any, findings: Findings, part: str, at_once: bool) -> Part:
    """A part of the report. Unless it is wanted `at_once`, nobody waits for figures that a worker will work out.

    Who may not open what is commercial is never shown how it read before: a mark may be among the changes since.
    """
    preview = Preview(findings)
    if not preview.is_kept(part) and somebody_works():
        exercise = findings.case.exercise
        failed = _failed(exercise)
        if not failed:
            ask(KIND, exercise, {}, actor_of(user), KEY)
        earlier = None if at_once or failed or barred(user, findings) else _earlier(exercise, part)
        if earlier is not None:
            return earlier
    known = part in {one.id for one in preview.reading.parts}
    return Part(preview.reading, preview.html(part) if known else None)


def _failed(exercise: Any) -> bool:
    job = latest(exercise, KEY)
    ended = job.ended_at if job and not job.is_open and job.state != DONE else None
    return ended is not None and ended > timezone.now() - FAILED_FOR


def _earlier(exercise: Any, part: str) -> Part | None:
    last = _last(exercise)
    reading = kept_reading(last.name) if last else None
    html = kept_html(last.name, part) if last else None
    if last is None or reading is None or html is None:
        return None
    at = timezone.localtime(datetime.fromisoformat(last.at))
    return Part(reading, html, f"{show.day(at.date().isoformat())} at {at:%H:%M}", last.marking)


def _place(exercise: Any) -> str:
    return f"parts-last:{exercise.pk}"


def _last(exercise: Any) -> Last | None:
    told = cache.get(_place(exercise))
    return Last(**json.loads(told)) if told else None


@work(KIND, lambda arguments: "The report as it reads")
def make_reading(job: Running) -> str:
    """Write every part of the report as the case stands when the work begins."""
    exercise, at, event = job.exercise, timezone.now().isoformat(), _head(job.exercise)
    findings = as_it_stands(exercise)
    for done, key in enumerate(findings):
        job.step(done, len(findings), f"Computing {key}")
        findings[key]
    preview = Preview(findings)
    preview.make(job.step)
    cache.set(_place(exercise), json.dumps(asdict(Last(preview.name, at, event, findings.case.marking))))
    return reverse("report-part", args=[exercise.code, "opening"])


@when_idle
def ask_for_readings() -> None:
    """Where the report is read, and somebody changed something and has stopped for a while, compose it anew."""
    for exercise in exercise_model().objects.all():
        last = _last(exercise)
        if last is None or last.event == _head(exercise) or _failed(exercise):
            continue
        event = Event.objects.filter(exercise=exercise).order_by("-sequence").first()
        if event is not None and event.at < timezone.now() - QUIET_FOR:
            ask(KIND, exercise, {}, WORKBENCH, KEY)


def _head(exercise: Any) -> str:
    log = Event.objects.filter(exercise=exercise).order_by("-sequence")
    return log.values_list("hash", flat=True).first() or ""
