"""The page of long work: what it lists, who may cancel, and that it looks again while something goes on."""

from typing import Any

import pytest
from django.test import Client

from tests.workbench import person
from wayforward.jobs.models import CANCELLED, WAITING, Job

WORK = "/exercises/TOWN/long-work"


def member(exercise: Any, role: str) -> Client:
    from wayforward.people.models import Membership

    user = person(f"{role}@example.org")
    Membership.objects.create(exercise=exercise, user=user, role=role)
    client = Client()
    client.force_login(user)
    return client


def test_with_nothing_to_do_it_says_so_and_does_not_look_again(director: Client) -> None:
    answer = director.get(WORK)
    assert "Nothing waits or runs." in answer.content.decode()
    assert "Refresh" not in answer


def test_every_finding_is_asked_for_once_and_told(director: Client) -> None:
    for _ in range(2):
        assert director.post(f"{WORK}/findings").status_code == 302
    job = Job.objects.get()
    assert (job.kind, job.state) == ("findings", WAITING)
    answer = director.get(WORK)
    assert answer["Refresh"] == f"5; url={WORK}"
    page = answer.content.decode()
    assert "Every finding" in page
    assert "No worker is running" in page
    assert director.get(f"{WORK}.json").json()["going"][0]["title"] == "Every finding"


@pytest.mark.parametrize(
    ("role", "status"), [("director", 302), ("lead", 302), ("analyst", 403), ("guest", 403)]
)
def test_who_may_cancel_what_another_asked_for(exercise: Any, role: str, status: int) -> None:
    asker = member(exercise, "adviser")
    asker.post(f"{WORK}/findings")
    job = Job.objects.get()
    assert member(exercise, role).post(f"{WORK}/{job.pk}/cancel").status_code == status
    job.refresh_from_db()
    assert (job.state == CANCELLED) == (status == 302)


def test_who_asked_may_cancel(exercise: Any) -> None:
    asker = member(exercise, "analyst")
    asker.post(f"{WORK}/findings")
    job = Job.objects.get()
    assert asker.post(f"{WORK}/{job.pk}/cancel").status_code == 302
    job.refresh_from_db()
    assert job.state == CANCELLED


def test_a_job_that_there_is_not_answers_404_and_a_guest_asks_for_nothing(exercise: Any) -> None:
    guest = member(exercise, "guest")
    assert guest.post(f"{WORK}/999/cancel").status_code == 404
    assert guest.post(f"{WORK}/findings").status_code == 403
    assert guest.get(WORK).status_code == 200


def test_a_worker_works_out_every_finding(director: Client) -> None:
    from wayforward.findings import registered
    from wayforward.jobs.running import run

    director.post(f"{WORK}/findings")
    job = Job.objects.get()
    run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.result) == ("done", "/exercises/TOWN/findings")
    assert job.total == len(registered())


def test_after_a_change_findings_are_asked_for_once_when_all_is_quiet(exercise: Any) -> None:
    from datetime import timedelta

    from wayforward.pages import long_work

    long_work.ask_after_changes()
    assert not Job.objects.exists()  # the case was stored this moment
    long_work.QUIET_FOR, kept = timedelta(seconds=-1), long_work.QUIET_FOR
    try:
        for _ in range(2):
            long_work.ask_after_changes()
    finally:
        long_work.QUIET_FOR = kept
    assert Job.objects.get().asked_by == "workbench"
