"""Figures as they were last worked out, on pages that show many, while others are worked out beside."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from tests.pages.conftest import director, exercise
from wayforward.findings import Findings
from wayforward.findings.compute import Findings as Computed
from wayforward.pages import opened, working_out
from wayforward.records.save import remove, save
from wayforward.scope.models import Rating, Service

pytestmark = [
    pytest.mark.django_db,
    # That is how the thread of a test ends.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning"),
]
__all__ = ["director", "exercise"]

SAID = "before the latest changes"


@pytest.fixture
def beside(exercise: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """A thread beside, as a server has it, that begins to work when it is let."""
    may, done, last = threading.Event(), threading.Event(), opened.as_it_stands(exercise)
    everything = Computed.all

    def waiting(findings: Findings) -> Any:
        if threading.current_thread().name == "figures":
            may.wait(30)
            if done.is_set():
                raise SystemExit
        return everything(findings)

    monkeypatch.setattr(Computed, "all", waiting)
    monkeypatch.setattr(working_out, "AT_MOST", 0.01)
    monkeypatch.setattr(working_out, "_worked_out", type(working_out._worked_out)())
    monkeypatch.setattr(working_out, "_wanted", {})
    thread = threading.Thread(target=working_out._work, name="figures", daemon=True)
    monkeypatch.setattr(working_out, "_thread", thread)
    thread.start()
    yield may
    done.set()
    may.set()
    with working_out._told:
        working_out._wanted[0] = last  # the thread wakes, finds that it is to end, and ends
        working_out._told.notify_all()
    thread.join(30)


def priced(exercise: Any, code: str, cost: int) -> None:
    service = Service.objects.get(exercise=exercise, code=code)
    service.yearly_cost = cost  # type: ignore[assignment]
    save(service, service.version, "person 1")


def test_a_page_of_many_figures_waits_for_none_and_says_so(
    exercise: Any, director: Client, beside: threading.Event
) -> None:
    first = director.get("/exercises/TOWN/stages/scope").content.decode()
    assert SAID not in first, "nothing was known: it was worked out for this page"
    priced(exercise, "S1", 777_000)
    then = director.get("/exercises/TOWN/stages/scope").content.decode()
    assert SAID in then
    assert "777,000" not in then
    assert "310,000" in then
    beside.set()
    for _ in range(600):
        last = director.get("/exercises/TOWN/stages/scope").content.decode()
        if SAID not in last:
            break
    assert SAID not in last
    assert "777,000" in last
    assert "310,000" not in last


def test_one_figure_and_what_programs_read_is_of_this_moment(
    exercise: Any, director: Client, beside: threading.Event
) -> None:
    director.get("/exercises/TOWN")
    priced(exercise, "S1", 777_000)
    assert "777,000" in director.get("/exercises/TOWN/findings/scope.areas").content.decode()
    assert "777,000" in director.get("/exercises/TOWN/stages/scope.json").content.decode()
    # The page of many figures shows all of one moment, though one of them is known by now.
    assert "777,000" not in director.get("/exercises/TOWN/stages/scope").content.decode()


def test_nothing_of_before_is_shown_once_something_is_commercial_or_gone(
    exercise: Any, director: Client, beside: threading.Event
) -> None:
    """Who may not see it must not see it as it was; and what is gone has no name any more."""
    director.get("/exercises/TOWN")
    service = Service.objects.get(exercise=exercise, code="S1")
    service.marking = "commercial"
    save(service, service.version, "person 1")
    assert SAID not in director.get("/exercises/TOWN").content.decode()
    rating = Rating.objects.filter(exercise=exercise).first()
    assert rating is not None
    remove(rating, rating.version, "person 1")
    assert SAID not in director.get("/exercises/TOWN").content.decode()


def test_figures_as_they_were_are_marked_by_what_they_name_now(exercise: Any) -> None:
    before = opened.as_it_stands(exercise)
    before.all()
    priced(exercise, "S1", 777_000)
    now = opened.as_it_stands(exercise)
    shown = working_out.AsLastKnown(now, before)
    # What reads no service is the same; the rest is as it was, and counted.
    assert [shown[key].headline for key in shown] == [before[key].headline for key in before]
    assert working_out.earlier(shown) == sum(now.at_hand(key) is None for key in now) > 0
    assert working_out.earlier(now) == 0


def test_who_asks_at_once_gets_one_answer(exercise: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Four threads ask for the same figures: each is worked out once."""
    findings, worked = opened.as_it_stands(exercise), []
    get = Computed._get
    monkeypatch.setattr(Computed, "_get", lambda self, plan: (worked.append(plan.key), get(self, plan))[1])
    threads = [threading.Thread(target=findings.all) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(worked) == sorted(findings)


def test_a_record_opens_before_anything_is_worked_out(
    exercise: Any, director: Client, beside: threading.Event
) -> None:
    """Once a server has begun, which figures rest on a record is not known yet, and nobody waits for it."""
    address = "/exercises/TOWN/records/services/S1"
    assert "is being worked out" in director.get(address).content.decode()
    beside.set()
    for _ in range(600):
        page = director.get(address).content.decode()
        if "is being worked out" not in page:
            break
    assert "/exercises/TOWN/findings/scope.areas" in page
