"""Working out every finding of an exercise ahead of those who will open them."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from wayforward.findings import Findings, registered
from wayforward.jobs.kinds import when_idle, work
from wayforward.jobs.models import Job
from wayforward.jobs.queue import ask, latest
from wayforward.jobs.running import Running
from wayforward.pages.opened import as_it_stands
from wayforward.pages.round_trip import long_work as _round_trip  # noqa: F401  # declares its own kinds of work
from wayforward.records.base import exercise_model
from wayforward.records.models import Event

WORKBENCH = "workbench"  # who asks, where nobody did
QUIET_FOR = timedelta(seconds=30)  # nobody saved anything meanwhile
GOING_ON = timedelta(days=14)  # an exercise that nobody changed for longer is worked out when it is opened


@work("findings", lambda arguments: "Every finding")
def compute_findings(job: Running) -> str:
    """Work out each finding that is not kept already, so that pages open at once."""
    findings = as_it_stands(job.exercise)
    plans = registered()
    for done, (key, plan) in enumerate(plans.items()):
        job.step(done, len(plans), plan.title)
        findings[key]
    return reverse("findings", args=[job.exercise.code])


def ask_for_findings(findings: Findings, actor: str) -> Job:
    """Ask for every finding of the case as it stands; twice for the same is once."""
    exercise = findings.case.exercise
    return ask("findings", exercise, {}, actor, _key(_last(exercise), findings.today))


@when_idle
def ask_after_changes() -> None:
    """Where somebody changed something and has stopped for a while, ask for what follows from it."""
    now = timezone.now()
    for exercise in exercise_model().objects.all():
        event = _last(exercise)
        if event is None or not now - GOING_ON < event.at < now - QUIET_FOR:
            continue
        key = _key(event, exercise.status_date or timezone.localdate())
        if latest(exercise, key) is None:
            ask("findings", exercise, {}, WORKBENCH, key)


def _last(exercise: Any) -> Event | None:
    return Event.objects.filter(exercise=exercise).order_by("-sequence").first()


def _key(event: Event | None, today: Any) -> str:
    return f"findings:{event.hash[:32] if event else 'none'}:{today}"
