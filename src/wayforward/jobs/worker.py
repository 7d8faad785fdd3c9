"""The process that does long work: one job at a time, those first that waited longest."""

import logging
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import DatabaseError, close_old_connections, connections, transaction
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker as QueueWorker
from django_tasks_db.models import DBTaskResult

from wayforward.jobs import kinds, queue
from wayforward.jobs.models import OPEN, RUNNING, WAITING, Job, Worker
from wayforward.jobs.running import HELD_FOR, abandoned, stopping, this_process

PAUSE = 0.5  # seconds between two looks at the queue
BEAT = 5.0  # seconds between two signs of life
A_WHILE = timedelta(seconds=5)
IDLE_EVERY = timedelta(seconds=15)
KEPT = {"workbench": timedelta(days=1), "": timedelta(days=90)}  # how long ended jobs are told, by who asked
log = logging.getLogger("wayforward.jobs")


def work(looks_for_work: bool = True, once: bool = False) -> None:
    """Do what waits until the process is told to end (or, once, until nothing waits).

    `looks_for_work`: with nothing to do, ask for what others will want, such as findings after a change.
    """
    name = this_process()
    idle_since = timezone.now()
    with beating(name):
        _safely(forget_old)
        while not stopping.is_set():
            _safely(take_up_again)
            if _safely(lambda: _took(name)):
                idle_since = timezone.now()
                continue
            if once:
                return
            if looks_for_work and timezone.now() - idle_since > IDLE_EVERY:
                idle_since = timezone.now()
                for ask in kinds.WHEN_IDLE:
                    _safely(ask)
            stopping.wait(PAUSE)


def _took(name: str) -> bool:
    """Do the next job of the queue; False where none waits."""
    if not DBTaskResult.objects.ready().exists():  # read alone: no lock is taken while nothing waits
        return False
    QueueWorker(
        queue_names=["default"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=1,  # one at a time: what others left is looked at in between
        worker_id=name,
        excluded_queue_names=[],
    ).run()
    return True


def _safely(act: Callable[[], object]) -> bool:
    """What an act answers; False, and a pause, while the database does not answer."""
    close_old_connections()
    try:
        return bool(act())
    except DatabaseError:
        log.exception("the database does not answer: trying again")
        connections.close_all()
        stopping.wait(2)
        return False


def take_up_again() -> None:
    """Give a turn to what nobody does any more: jobs whose process is gone, and those whose turn went with it."""
    for job in Job.objects.filter(state__in=OPEN):
        if abandoned(job) if job.state == RUNNING else _has_no_turn(job):
            _back_in_the_queue(job)


def _has_no_turn(job: Job) -> bool:
    if job.asked_at > timezone.now() - A_WHILE:
        return False  # its turn may be coming this moment
    return not job.task or not DBTaskResult.objects.ready().filter(pk=job.task).exists()


def _back_in_the_queue(job: Job) -> None:
    with transaction.atomic():
        now = Job.objects.select_for_update().get(pk=job.pk)
        if (now.state, now.claim, now.task) == (job.state, job.claim, job.task):
            now.state, now.claim, now.held_until = WAITING, None, None
            now.save()
            queue.enqueue(now)


@contextmanager
def beating(name: str) -> Iterator[None]:
    """Say that this worker is there, and hold on to its job, for as long as it lives."""
    over = threading.Event()
    beat(name)
    thread = threading.Thread(target=_beat_until, args=(name, over), daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(timeout=BEAT)
        Worker.objects.filter(name=name).delete()


def _beat_until(name: str, over: threading.Event) -> None:
    while not over.wait(BEAT):
        try:
            beat(name)
        except DatabaseError:
            log.warning("a sign of life could not be stored")
        finally:
            connections.close_all()


def beat(name: str) -> None:
    """One sign of life: of the worker, and of the job that it does."""
    now = timezone.now()
    Worker.objects.update_or_create(name=name, defaults={"beat_at": now})
    with transaction.atomic():
        for job in Job.objects.select_for_update().filter(state=RUNNING, worker=name):
            job.held_until = now + HELD_FOR
            job.save(update_fields=["held_until"])


def forget_old() -> None:
    """Leave out of the lists what ended long ago, and workers that are long gone."""
    now = timezone.now()
    DBTaskResult.objects.filter(enqueued_at__lt=now - timedelta(days=2)).exclude(status="READY").delete()
    Worker.objects.filter(beat_at__lt=now - timedelta(days=1)).delete()
    for who, kept in KEPT.items():
        ended = Job.objects.exclude(state__in=OPEN).filter(ended_at__lt=now - kept)
        (ended.filter(asked_by=who) if who else ended).delete()


def be_told_to_end(*_: object) -> None:
    """What a signal does: the job that runs is put back at its next step, and the process ends."""
    stopping.set()


def lower_priority() -> None:
    """People's pages come before long work."""
    if hasattr(os, "nice"):
        os.nice(10)
