"""How the report reads while figures are worked out anew: as it last read, with the day, and never an error."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from tests.report.writing.conftest import As
from wayforward.exercise.models import Section
from wayforward.jobs.models import DONE, STOPPED, Job, Worker
from wayforward.jobs.running import run
from wayforward.records.models import Event
from wayforward.records.save import save
from wayforward.report.writing.at_hand import KIND, ask_for_readings

PART = "/exercises/TOWN/report/read/section-INT"
EARLIER = "This is how it read on"


@pytest.fixture(autouse=True)
def nothing_kept(own_home: None) -> None:
    """The cache in memory outlives a test, and exercises of equal content are kept under equal names."""
    cache.clear()


@pytest.fixture
def worker(exercise: Any) -> Worker:
    """Somebody is there who does long work; here the tests do it."""
    return Worker.objects.create(name="elsewhere:1/x", beat_at=timezone.now())


def write(words: str) -> None:
    section = Section.objects.get(code="INT")
    section.body = words
    save(section, section.version, "person 1", "written", uuid4())


def work_done() -> None:
    job = Job.objects.filter(kind=KIND).latest("pk")
    run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.error) == (DONE, "")


def page(client: Client, query: str = "") -> str:
    answer = client.get(f"{PART}{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_where_nobody_works_it_is_composed_at_once(signed_in: As) -> None:
    reader = signed_in("lead")
    for words in ("First words.", "Other words."):
        write(words)
        text = page(reader)
        assert words in text
        assert EARLIER not in text
    assert not Job.objects.exists()


def test_the_last_reading_is_shown_until_the_new_one_is_made(signed_in: As, worker: Worker) -> None:
    reader = signed_in("lead")
    write("First words.")
    assert "First words." in page(reader)  # nothing to show in its place: composed at once
    work_done()
    write("Other words.")
    for _ in range(2):
        text = page(reader)
        assert "First words." in text
        assert EARLIER in text
        assert f'<a class="govuk-link" href="{PART}">Look again</a>' in text
    assert Job.objects.filter(kind=KIND).count() == 2  # the second look asked for no third
    work_done()
    text = page(reader)
    assert "Other words." in text
    assert EARLIER not in text


def test_who_has_just_saved_and_a_program_get_it_as_it_is_now(signed_in: As, worker: Worker) -> None:
    reader = signed_in("lead")
    page(reader)
    work_done()
    write("Just saved.")
    assert "Just saved." in page(reader, "?saved=yes")
    write("Saved again.")
    assert "Saved again." in reader.get(f"{PART}.json").json()["html"]


def test_who_may_not_open_what_is_commercial_is_never_shown_an_earlier_reading(
    signed_in: As, worker: Worker
) -> None:
    page(signed_in("lead"))
    work_done()
    write("Other words.")
    text = page(signed_in("guest"))
    assert EARLIER not in text
    assert "Other words." in text


def test_an_earlier_reading_is_marked_as_strictly_as_it_was(signed_in: As, worker: Worker) -> None:
    section = Section.objects.get(code="INT")
    section.marking = "commercial"
    save(section, section.version, "person 1", "changed", uuid4())
    reader = signed_in("lead")
    page(reader)
    work_done()
    section.refresh_from_db()
    section.marking = ""
    save(section, section.version, "person 1", "changed", uuid4())
    answer = reader.get(PART)
    assert EARLIER in answer.content.decode()
    assert answer["Wayforward-Marking"].endswith("commercial")


def test_where_the_work_went_wrong_the_page_composes_by_itself(signed_in: As, worker: Worker) -> None:
    reader = signed_in("lead")
    page(reader)
    work_done()
    write("Other words.")
    assert EARLIER in page(reader)
    Job.objects.filter(kind=KIND).update(state=STOPPED, ended_at=timezone.now())
    text = page(reader)
    assert "Other words." in text
    assert EARLIER not in text


def test_of_a_section_that_is_gone_nothing_is_shown(signed_in: As, worker: Worker) -> None:
    from wayforward.records.save import remove

    reader = signed_in("lead")
    write("")
    page(reader)
    work_done()
    section = Section.objects.get(code="OPT")
    remove(section, section.version, "person 1", "removed", uuid4())
    assert reader.get("/exercises/TOWN/report/read/section-OPT").status_code == 404


def test_a_report_that_is_read_is_composed_once_people_have_stopped_changing_it(
    signed_in: As, worker: Worker
) -> None:
    ask_for_readings()
    assert not Job.objects.exists()  # nobody has read it here
    page(signed_in("lead"))
    work_done()
    write("Other words.")
    ask_for_readings()
    assert Job.objects.count() == 1  # they may still be writing
    Event.objects.update(at=timezone.now() - timedelta(minutes=1))
    ask_for_readings()
    assert Job.objects.count() == 2
