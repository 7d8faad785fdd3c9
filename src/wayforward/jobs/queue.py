"""Asking for long work, finding it again, and cancelling it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from wayforward.jobs.kinds import KINDS
from wayforward.jobs.models import CANCELLED, OPEN, WAITING, Job, Worker

SILENT_FOR = timedelta(seconds=20)  # a worker says every five that it is there


def ask(kind: str, exercise: Any, arguments: Mapping[str, Any], actor: str, key: str) -> Job:
    """A job of that kind: the one of the same key that has not ended, else a new one in the queue.

    KeyError for a kind that there is not.
    """
    if kind not in KINDS:
        raise KeyError(kind)
    if (there := _open(exercise, key)) is not None:
        return there
    try:
        with transaction.atomic():
            job = Job.objects.create(
                exercise=exercise,
                kind=kind,
                key=key,
                arguments=dict(arguments),
                asked_by=actor,
                asked_at=timezone.now(),
            )
            enqueue(job)
    except IntegrityError:  # somebody asked for the same at this moment
        return _open(exercise, key) or ask(kind, exercise, arguments, actor, key)
    return job


def enqueue(job: Job) -> None:
    """Give the job a turn in the queue, in the transaction that makes it wait."""
    from wayforward.jobs.tasks import do_job

    job.task = str(do_job.enqueue(job.pk).id)
    job.save(update_fields=["task"])


def latest(exercise: Any, key: str) -> Job | None:
    """The job that was last asked for under a key, ended or not."""
    return Job.objects.filter(exercise=exercise, key=key).first()


def cancel(job: Job) -> None:
    """Ask a job to end. One that waits ends at once, one that runs at its next step, one that ended stays as it is."""
    with transaction.atomic():
        now = Job.objects.select_for_update().get(pk=job.pk)
        now.cancel_asked = now.is_open
        if now.state == WAITING:
            now.state, now.ended_at = CANCELLED, timezone.now()
        now.save(update_fields=["cancel_asked", "state", "ended_at"])


def somebody_works() -> bool:
    """Whether a worker is there that will come to what waits."""
    return Worker.objects.filter(beat_at__gt=timezone.now() - SILENT_FOR).exists()


def _open(exercise: Any, key: str) -> Job | None:
    return Job.objects.filter(exercise=exercise, key=key, state__in=OPEN).first()
