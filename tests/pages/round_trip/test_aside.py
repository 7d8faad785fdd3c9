"""A big upload: read, compared and saved as long work, once, whatever becomes of who does it."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.casefile.streaming import edited
from tests.pages.addresses import CODE
from tests.pages.round_trip.test_round_trip import agreed, events, save_by_another, sent, service, taken
from wayforward.jobs import running
from wayforward.jobs.models import CANCELLED, DONE, REFUSED, RUNNING, WAITING, Job
from wayforward.jobs.queue import cancel
from wayforward.jobs.running import run
from wayforward.jobs.worker import take_up_again
from wayforward.pages.round_trip import kept, long_work

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("heavy")]
WORK = f"/exercises/{CODE}/long-work"


def up(client: Client, content: bytes, name: str = "part.xlsx") -> str:
    answer = sent(client, content, name)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def renamed(client: Client) -> bytes:
    return edited(taken(client), {("services", "B3"): "Street wardens"})


def page_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def job(kind: str) -> Job:
    return Job.objects.filter(kind=kind).latest("pk")


def worked(client: Client, address: str) -> str:
    """What the page shows after a worker has done all that waits."""
    for one in Job.objects.filter(state=WAITING):
        run(one.pk)
    return page_of(client, address)


def test_with_no_worker_it_is_done_within_the_request(director: Client) -> None:
    address = up(director, renamed(director))
    page = page_of(director, address)
    assert "1 cell changed" in page
    assert "Compared with what was stored at" in page
    assert director.get(f"{address}/differences.csv").content.decode().splitlines()[2] == (
        "services,B3,S2,name,changed,Wardens,Wardens,Street wardens,,"
    )
    assert director.post(address, {"seen": agreed(page)})["Location"] == address
    assert "1 change accepted" in page_of(director, address)
    assert events() == [("uploaded", "service:S2", 2)]


def test_its_page_says_how_far_it_is_and_goes_on(director: Client, worker: Any) -> None:
    address = up(director, renamed(director))
    answer = director.get(address)
    assert answer["Refresh"] == f"3; url={address}"
    assert "part.xlsx is being compared" in answer.content.decode()
    assert "An upload, compared" in page_of(director, WORK)
    page = worked(director, address)
    assert "1 cell changed" in page
    assert job("compare-upload").result == address
    assert f'href="{address}"' in page_of(director, WORK)
    for _ in range(2):
        assert director.post(address, {"seen": agreed(page)}).status_code in (200, 302)
    assert Job.objects.filter(kind="accept-upload").count() == 1
    assert "part.xlsx is being accepted" in page_of(director, address)
    assert events() == []
    assert "1 change accepted" in worked(director, address)
    assert events() == [("uploaded", "service:S2", 2)]
    assert (job("accept-upload").state, job("accept-upload").result) == (DONE, address)


def test_cancelled_before_anything_is_stored_it_can_be_accepted_again(director: Client, worker: Any) -> None:
    address = up(director, renamed(director))
    page = worked(director, address)
    director.post(address, {"seen": agreed(page)})
    director.post(f"{WORK}/{job('accept-upload').pk}/cancel")
    page = worked(director, address)
    assert job("accept-upload").state == CANCELLED
    assert "Accepting was cancelled: nothing of this upload was kept." in page
    assert events() == []
    director.post(address, {"seen": agreed(page)})
    assert "1 change accepted" in worked(director, address)


def test_cancelled_on_the_way_it_stops_before_the_saving(
    director: Client, worker: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = up(director, renamed(director))
    page = worked(director, address)
    director.post(address, {"seen": agreed(page)})
    opened = long_work.as_it_stands

    def meanwhile(exercise: Any) -> Any:
        cancel(job("accept-upload"))
        return opened(exercise)

    monkeypatch.setattr(long_work, "as_it_stands", meanwhile)
    worked(director, address)
    assert job("accept-upload").state == CANCELLED
    assert events() == []


class Killed(BaseException):
    """The process ends here: nothing of its program runs any more."""


def killed_then_again(monkeypatch: pytest.MonkeyPatch, module: Any, name: str, *, after: bool) -> Job:
    """The job that waits is begun, its process killed before or after a step, and it is taken up by another."""
    there = getattr(module, name)

    def kills(*given: Any, **named: Any) -> Any:
        if after:
            there(*given, **named)
        raise Killed

    with monkeypatch.context() as once:
        once.setattr(module, name, kills)
        with pytest.raises(Killed):
            run(Job.objects.get(state=WAITING).pk)
    one = Job.objects.get(state=RUNNING)
    one.worker = f"{running._host()}:999999999/dead"  # a process that there is not
    one.save()
    take_up_again()
    one.refresh_from_db()
    assert (one.state, one.tries) == (WAITING, 1)
    run(one.pk)
    one.refresh_from_db()
    return one


@pytest.mark.parametrize(
    ("module", "name", "after"),
    [
        (long_work, "as_it_stands", False),
        (long_work, "compared", True),
        (long_work, "save_all", False),
        (long_work, "save_all", True),
        (kept, "close", False),
        (kept, "close", True),
    ],
)
def test_killed_between_two_steps_and_begun_again_it_stores_once(
    director: Client, worker: Any, monkeypatch: pytest.MonkeyPatch, module: Any, name: str, after: bool
) -> None:
    address = up(director, renamed(director))
    page = worked(director, address)
    director.post(address, {"seen": agreed(page)})
    one = killed_then_again(monkeypatch, module, name, after=after)
    assert (one.state, one.tries) == (DONE, 2) if (name, after) != ("close", True) else True
    assert "1 change accepted" in page_of(director, address)
    assert events() == [("uploaded", "service:S2", 2)]


@pytest.mark.parametrize(("name", "after"), [("read_stream", True), ("as_it_stands", False)])
def test_killed_while_it_is_read_it_is_compared_all_the_same(
    director: Client, worker: Any, monkeypatch: pytest.MonkeyPatch, name: str, after: bool
) -> None:
    address = up(director, renamed(director))
    assert killed_then_again(monkeypatch, long_work, name, after=after).state == DONE
    assert "1 cell changed" in page_of(director, address)


def test_what_cannot_be_read_is_told_by_the_file_as_it_is_called(director: Client) -> None:
    address = up(director, b'# register,services\ncode,name\nS1,"never closed\n', "services.csv")
    page = page_of(director, address)
    assert "<title>Error: services.csv was not compared" in page
    assert "a quotation mark that is never closed" in page
    assert job("compare-upload").state == REFUSED
    assert director.post(f"{address}/discard").status_code == 302
    assert director.get(address).status_code == 404


def test_a_conflict_is_asked_and_decided(director: Client) -> None:
    content = edited(taken(director), {("services", "B3"): "Street wardens", ("services", "E3"): 5})
    save_by_another(name="Park wardens")
    address = up(director, content)
    page = page_of(director, address)
    assert "Theirs, stored now: Park wardens" in page
    without = director.post(address, {"seen": agreed(page)})
    assert without.status_code == 400
    assert "<title>Error: " in without.content.decode()
    chosen = {"seen": agreed(page), "keep:services:S2:name": "yours"}
    assert director.post(address, chosen).status_code == 302
    assert (service("S2").name, str(service("S2").people)) == ("Street wardens", "5.0000")


def test_what_changed_after_it_was_seen_is_shown_anew(director: Client) -> None:
    address = up(director, renamed(director))
    page = page_of(director, address)
    save_by_another(name="Park wardens")
    director.post(address, {"seen": agreed(page), "leave": "yes"})
    assert job("accept-upload").state == REFUSED
    again = page_of(director, address)
    assert "Somebody saved a change meanwhile" in again
    assert "Theirs, stored now: Park wardens" in again
    assert service("S2").name == "Park wardens"
    director.post(address, {"seen": agreed(again), "keep:services:S2:name": "yours"})
    assert service("S2").name == "Street wardens"


def test_who_may_not_change_it_any_more_stores_nothing(director: Client, worker: Any) -> None:
    from wayforward.people.models import Membership

    address = up(director, renamed(director))
    page = worked(director, address)
    director.post(address, {"seen": agreed(page)})
    one = Membership.objects.get(role="director")
    one.role = "guest"
    one.save()
    run(job("accept-upload").pk)
    assert (job("accept-upload").state, job("accept-upload").error) == (REFUSED, long_work.NOT_YOURS)
    assert events() == []


def test_discarded_on_the_way_it_ends(director: Client, worker: Any, tmp_path: Path) -> None:
    address = up(director, renamed(director))
    director.post(f"{address}/discard")
    assert job("compare-upload").state == CANCELLED
    assert not list((tmp_path / "uploads").glob("*/*"))
    assert director.get(address).status_code == 404


def test_a_bomb_is_refused_at_once_and_a_small_part_is_no_long_work(
    director: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A workbook of one small register unpacks to some 20 to 50 thousand bytes: far below."""
    from tests.casefile.test_hostile import BOOKS
    from wayforward.pages.round_trip import views

    BOOKS["bomb"](tmp_path / "a.xlsx")
    assert sent(director, (tmp_path / "a.xlsx").read_bytes()).status_code == 400
    monkeypatch.setattr(views, "HEAVY", 1_500_000)
    assert "1 cell changed" in page_of(director, up(director, renamed(director)))
    assert not Job.objects.exists()
