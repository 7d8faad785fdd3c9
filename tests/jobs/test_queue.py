"""Asking for long work, and what becomes of it: once a key, cancelled, refused, gone wrong, put back, taken up."""

from contextlib import suppress
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from wayforward.jobs import kinds, queue, running, worker
from wayforward.jobs.models import CANCELLED, DONE, REFUSED, RUNNING, STOPPED, WAITING, Job
from wayforward.jobs.queue import ask, cancel, latest

pytestmark = pytest.mark.django_db


def asked(exercise: Any, key: str = "k") -> Job:
    return ask("count", exercise, {"n": 1}, "person 7", key)


def does(monkeypatch: pytest.MonkeyPatch, do: Any) -> None:
    """Another way to do the kind `count`."""
    monkeypatch.setitem(kinds.KINDS, "count", kinds.Kind("count", lambda a: "A count", do))


def test_what_is_asked_for_waits_until_a_worker_does_it(exercise: Any, counted: list[Any]) -> None:
    job = asked(exercise)
    assert (job.state, counted) == (WAITING, [])
    worker.work(once=True)
    job.refresh_from_db()
    assert counted == [{"n": 1}]
    assert (job.state, job.result, job.done, job.total, job.tries) == (DONE, "/made", 3, 3, 1)
    assert job.ended_at is not None


def test_the_same_key_is_the_same_job_until_it_has_ended(exercise: Any, counted: list[Any]) -> None:
    first = asked(exercise)
    assert asked(exercise).pk == first.pk
    assert asked(exercise, "another").pk != first.pk
    worker.work(once=True)
    assert len(counted) == 2
    again = asked(exercise)
    assert again.pk != first.pk
    assert latest(exercise, "k") == again


def test_a_kind_that_there_is_not_is_not_asked_for(exercise: Any) -> None:
    with pytest.raises(KeyError):
        ask("nothing", exercise, {}, "person 7", "k")


def test_what_waits_is_cancelled_at_once_and_never_begun(exercise: Any, counted: list[Any]) -> None:
    job = asked(exercise)
    cancel(job)
    worker.work(once=True)
    job.refresh_from_db()
    assert (job.state, counted) == (CANCELLED, [])


def test_what_runs_is_cancelled_at_its_next_step(
    exercise: Any, counted: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[int] = []

    def do(job: running.Running) -> str:
        for step in range(5):
            job.step(step, 5, "on")
            steps.append(step)
            if step == 1:
                cancel(Job.objects.get())
        return ""

    does(monkeypatch, do)
    job = asked(exercise)
    worker.work(once=True)
    job.refresh_from_db()
    assert (steps, job.state, job.result) == ([0, 1], CANCELLED, "")


def test_what_has_ended_is_not_cancelled(exercise: Any, counted: list[Any]) -> None:
    job = asked(exercise)
    worker.work(once=True)
    cancel(job)
    job.refresh_from_db()
    assert (job.state, job.cancel_asked) == (DONE, False)


def test_what_cant_be_done_says_why_in_its_own_sentences(
    exercise: Any, counted: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def do(job: running.Running) -> str:
        raise kinds.Refused("Line 3 names nothing.", "Line 5 neither.")

    does(monkeypatch, do)
    job = asked(exercise)
    worker.work(once=True)
    job.refresh_from_db()
    assert (job.state, job.error) == (REFUSED, "Line 3 names nothing.\nLine 5 neither.")


def test_what_goes_wrong_stops_and_tells_people_no_secret(
    exercise: Any, counted: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def do(job: running.Running) -> str:
        raise RuntimeError("a secret detail")

    does(monkeypatch, do)
    job = asked(exercise)
    worker.work(once=True)
    job.refresh_from_db()
    assert job.state == STOPPED
    assert "Something went wrong" in job.error
    assert "secret" not in job.error


def test_a_process_that_is_told_to_end_puts_its_job_back_and_the_try_does_not_count(
    exercise: Any, counted: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def do(job: running.Running) -> str:
        worker.be_told_to_end()
        job.step(1, 2, "on")
        return "never"

    does(monkeypatch, do)
    job = asked(exercise)
    worker.work(once=True)
    job.refresh_from_db()
    assert (job.state, job.tries) == (WAITING, 0)
    assert DBTaskResult.objects.ready().filter(pk=job.task).exists()


def killed(job: Job, at: str = "another-machine:1/x", held: timedelta = timedelta(seconds=-1)) -> None:
    """As a process leaves a job that is killed while it does it."""
    DBTaskResult.objects.filter(pk=job.task).delete()
    job.refresh_from_db()
    job.state, job.worker, job.claim = RUNNING, at, uuid4()
    job.held_until, job.tries = timezone.now() + held, job.tries + 1
    job.save()


def test_a_killed_worker_s_job_is_taken_up_again(exercise: Any, counted: list[Any]) -> None:
    job = asked(exercise)
    killed(job)
    worker.work(once=True)
    job.refresh_from_db()
    assert (job.state, job.tries, len(counted)) == (DONE, 2, 1)


def test_a_process_of_this_machine_that_is_gone_is_not_waited_for(exercise: Any, counted: list[Any]) -> None:
    """Its hold would last for minutes more; the machine knows that there is no such process."""
    host = running.this_process().rpartition(":")[0]
    job = asked(exercise)
    killed(job, f"{host}:{2**22 + 1}/x", timedelta(minutes=2))  # over the most that Linux gives
    worker.work(once=True)
    job.refresh_from_db()
    assert job.state == DONE


def test_what_another_machine_still_holds_is_left_to_it(exercise: Any, counted: list[Any]) -> None:
    job = asked(exercise)
    killed(job, held=timedelta(minutes=2))
    worker.work(once=True)
    job.refresh_from_db()
    assert (job.state, counted) == (RUNNING, [])


def test_after_three_tries_it_stops_with_a_sentence(exercise: Any, counted: list[Any]) -> None:
    job = asked(exercise)
    for _ in range(3):
        killed(job)
    worker.work(once=True)
    job.refresh_from_db()
    assert (job.state, counted) == (STOPPED, [])
    assert job.error.startswith("It was begun 3 times")


def test_a_turn_that_was_lost_before_the_job_was_begun_is_given_anew(
    exercise: Any, counted: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "A_WHILE", timedelta(seconds=-1))
    job = asked(exercise)
    DBTaskResult.objects.all().delete()
    worker.work(once=True)
    job.refresh_from_db()
    assert job.state == DONE


def test_who_lost_a_job_writes_nothing_more_about_it(
    exercise: Any, counted: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process that slept past its hold wakes when another has done its work."""

    def do(job: running.Running) -> str:
        other = Job.objects.get()
        other.state, other.result, other.claim = DONE, "/by-the-other", None
        other.save()
        return "/by-the-sleeper"

    does(monkeypatch, do)
    job = asked(exercise)
    worker.work(once=True)
    job.refresh_from_db()
    assert (job.state, job.result) == (DONE, "/by-the-other")


def test_a_job_done_twice_saves_once_by_its_submission(
    exercise: Any, counted: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed after its effect and before it could say so: begun again, its effect is there already."""
    from wayforward.records.models import Event
    from wayforward.records.save import AlreadyReceived, save

    def do(job: running.Running) -> str:
        row = type(exercise).objects.get(pk=exercise.pk)
        row.notice = "made by long work"
        with suppress(AlreadyReceived):
            save(row, row.version, job.actor, "worked out", job.submission)
        return "/made"

    does(monkeypatch, do)
    before = Event.objects.count()
    job = asked(exercise)
    do(running.Running(job))
    killed(job)
    worker.work(once=True)
    job.refresh_from_db()
    assert (job.state, Event.objects.count() - before) == (DONE, 1)


def test_a_worker_is_there_while_it_works_and_gone_after(
    exercise: Any, counted: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[bool] = []

    def do(job: running.Running) -> str:
        seen.append(queue.somebody_works())
        return ""

    does(monkeypatch, do)
    asked(exercise)
    assert not queue.somebody_works()
    worker.work(once=True)
    assert (seen, queue.somebody_works()) == ([True], False)


def test_what_ended_long_ago_is_forgotten(exercise: Any, counted: list[Any]) -> None:
    asked(exercise, "old")
    ask("count", exercise, {}, "workbench", "own")
    worker.work(once=True)
    Job.objects.filter(key="own").delete()
    for key, who, days in (("own", "workbench", 2), ("mine", "person 7", 2), ("ancient", "person 7", 91)):
        job = ask("count", exercise, {}, who, key)
        job.state, job.ended_at = DONE, timezone.now() - timedelta(days=days)
        job.save()
    waits = asked(exercise, "waits")
    worker.forget_old()
    assert set(Job.objects.values_list("key", flat=True)) == {"old", "mine", "waits"}
    assert DBTaskResult.objects.filter(pk=waits.task).exists()
