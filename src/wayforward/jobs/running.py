"""Doing one job: it is claimed, says how far it is, hears that it is to end, and ends in one of five ways."""

import logging
import os
import socket
import threading
import time
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from wayforward.jobs import queue
from wayforward.jobs.kinds import KINDS, Refused
from wayforward.jobs.models import CANCELLED, DONE, REFUSED, RUNNING, STOPPED, WAITING, Job

MOST_TRIES = 3
HELD_FOR = timedelta(seconds=150)  # a step between two words of progress takes less
TELL_EVERY = 0.5  # seconds between two words that are stored
LONGEST_ERROR = 20_000
stopping = threading.Event()  # this process is to end: what it does is put back
log = logging.getLogger("wayforward.jobs")


class Cancelled(Exception):
    """Somebody asked this job to end."""


class PutBack(Exception):
    """This process is to end; another will begin the job anew."""


class Lost(Exception):
    """Another process took the job up: this one writes nothing more about it."""


class Running:
    """A job while it is done: what it is about, and how it says how far it is."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._claim = job.claim
        self._told = 0.0
        self.last_total = 0  # of the last step, stored or not
        self.exercise: Any = job.exercise
        self.arguments: dict[str, Any] = job.arguments
        self.submission: uuid.UUID = job.submission
        self.actor: str = job.asked_by

    def step(self, done: int, total: int, words: str) -> None:
        """Say how far the work is. Raises Cancelled, PutBack or Lost where it is to end: let them pass."""
        self.last_total = total
        if stopping.is_set():
            raise PutBack
        if time.monotonic() - self._told < TELL_EVERY:
            return
        self._told = time.monotonic()
        with transaction.atomic():
            now = held(self._job, self._claim)
            if now.cancel_asked:
                raise Cancelled
            now.done, now.total, now.words = done, total, words[:200]
            now.held_until = timezone.now() + HELD_FOR
            now.save(update_fields=["done", "total", "words", "held_until"])


def run(number: int, worker: str = "") -> None:
    """Do a job, unless it has ended or another process does it. Never raises for what the work did."""
    job = _claimed(number, worker)
    if job is None:
        return
    try:
        running = Running(job)
        running.step(0, 0, "Beginning")
        result = KINDS[job.kind].do(running)
        _end(job, DONE, result=result, total=running.last_total)
    except Cancelled:
        _end(job, CANCELLED)
    except PutBack:
        _put_back(job)
    except Lost:
        log.warning("job %s was taken up by another process", number)
    except Refused as refused:
        _end(job, REFUSED, error="\n".join(refused.sentences))
    except Exception:
        log.exception("job %s (%s) went wrong", number, job.kind)
        _end(job, STOPPED, error="Something went wrong, and it has been logged for the operator. Ask again.")


def _claimed(number: int, worker: str) -> Job | None:
    """The job, now held by this process; None where it is not to be had."""
    with transaction.atomic():
        job = Job.objects.select_for_update().filter(pk=number).first()
        if job is None or not (job.state == WAITING or (job.state == RUNNING and abandoned(job))):
            return None
        if job.tries >= MOST_TRIES:
            job.state, job.ended_at = STOPPED, timezone.now()
            job.error = (
                f"It was begun {job.tries} times, and each time the program that did it was ended on the way. "
                "Ask again; if it ends like that once more, tell the operator: memory may be short."
            )
        elif job.cancel_asked:
            job.state, job.ended_at = CANCELLED, timezone.now()
        else:
            job.state, job.worker, job.claim = RUNNING, worker or this_process(), uuid.uuid4()
            job.tries += 1
            job.held_until = timezone.now() + HELD_FOR
        job.save()
    return job if job.state == RUNNING else None


def abandoned(job: Job) -> bool:
    """Whether whoever held a running job is gone: silent for too long, or no process of this machine any more."""
    if job.held_until is None or job.held_until < timezone.now():
        return True
    host, _, rest = job.worker.rpartition("/")[0].rpartition(":")
    return host == _host() and job.worker != this_process() and not _runs(rest)


def _runs(pid: str) -> bool:
    if not pid.isdecimal() or int(pid) == os.getpid():  # a former process of our number
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except OSError:
        pass  # another user's: it runs
    return True


_RUN = {os.getpid(): uuid.uuid4().hex[:8]}


def this_process() -> str:
    """A name for this process that no other has: machine, number, and a mark of this run."""
    mark = _RUN.setdefault(os.getpid(), uuid.uuid4().hex[:8])
    return f"{_host()}:{os.getpid()}/{mark}"


def _host() -> str:
    return socket.gethostname()[:40]


def held(job: Job, claim: uuid.UUID | None) -> Job:
    """The job as it is stored, locked. Raises Lost where this try no longer holds it."""
    now = Job.objects.select_for_update().filter(pk=job.pk, state=RUNNING, claim=claim).first()
    if now is None:
        raise Lost
    return now


def _while_held(job: Job, change: Callable[[Job], None]) -> None:
    try:
        with transaction.atomic():
            now = held(job, job.claim)
            change(now)
            now.save()
    except Lost:
        log.warning("job %s was taken up by another process", job.pk)


def _end(job: Job, state: str, result: str = "", error: str = "", total: int = 0) -> None:
    def change(now: Job) -> None:
        now.state, now.ended_at = state, timezone.now()
        now.result, now.error = result, error[:LONGEST_ERROR]
        if state == DONE:
            now.done = now.total = total

    _while_held(job, change)


def _put_back(job: Job) -> None:
    """To the end of the queue; a try that we ended ourselves does not count."""

    def change(now: Job) -> None:
        now.state, now.claim, now.held_until, now.tries = WAITING, None, None, now.tries - 1
        now.words = "Waits to be begun again"
        queue.enqueue(now)

    _while_held(job, change)
