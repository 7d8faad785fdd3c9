"""The figures of the workbench: what is counted, across processes, and who may see them. Expected text by hand."""

import json
import os
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.test import Client, RequestFactory

from wayforward.jobs.models import STATES
from wayforward.web import metrics

pytestmark = pytest.mark.django_db

TOKEN = "0123456789abcdef01234567"
FROM_ELSEWHERE = {"REMOTE_ADDR": "192.0.2.7"}


@pytest.fixture(autouse=True)
def tally(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> metrics.Tally:
    one = metrics.Tally(tmp_path / "metrics")
    monkeypatch.setattr(metrics, "_tally", one)
    return one


def figures(client: Client, **asked: Any) -> dict[str, float]:
    """Each line but those that explain: its name with labels, and its number."""
    answer = client.get("/metrics", **asked)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/plain; version=0.0.4")
    told = [line.rpartition(" ") for line in answer.content.decode().splitlines() if line[0] != "#"]
    assert len({name for name, _, _ in told}) == len(told)
    return {name: float(number) for name, _, number in told}


def test_requests_are_counted_by_name_and_status(client: Client) -> None:
    client.get("/sign-in")
    client.get("/sign-in?next=/secret")
    client.get("/first/nonsense")
    client.get("/no/such/page")
    client.get("/healthz")
    found = figures(client)
    assert found['wayforward_requests_total{route="sign-in",status="200"}'] == 2
    assert found['wayforward_requests_total{route="none",status="404"}'] == 1
    assert found['wayforward_requests_total{route="healthz",status="200"}'] == 1
    assert found['wayforward_request_seconds_count{route="sign-in"}'] == 2
    assert not [name for name in found if "secret" in name or "nonsense" in name or "such" in name]
    assert figures(client)['wayforward_requests_total{route="metrics",status="200"}'] == 1


def test_the_histogram_adds_up(client: Client, tally: metrics.Tally) -> None:
    """Four requests: two at or under 0.05 s, one of 0.3 s, one longer than every bound."""
    for seconds in (0.01, 0.05, 0.3, 121.0):
        tally.add("home", 200, seconds)
    found = figures(client)
    kind = "wayforward_request_seconds"
    within = [
        found[f'{kind}_bucket{{route="home",le="{bound}"}}'] for bound in ("0.05", "0.25", "0.5", "120")
    ]
    assert within == [2, 2, 3, 3]
    assert found[f'{kind}_bucket{{route="home",le="+Inf"}}'] == 4
    assert found[f'{kind}_count{{route="home"}}'] == 4
    assert found[f'{kind}_sum{{route="home"}}'] == pytest.approx(121.36)


def test_other_processes_are_added_for_an_hour(client: Client, tally: metrics.Tally, tmp_path: Path) -> None:
    folder = tmp_path / "metrics"
    folder.mkdir()
    rows = [["requests", "home", "200", 5], ["within", "home", "0.1", 5], ["seconds", "home", "", 0.4]]
    (folder / "1.json").write_text(json.dumps(rows))
    (folder / "2.json").write_text(json.dumps(rows))
    (folder / "3.json").write_text("[[half")
    (folder / f"{os.getpid()}.json").write_text(json.dumps(rows))  # a former process of our number
    long_ago = time.time() - 3601
    os.utime(folder / "2.json", (long_ago, long_ago))
    tally.add("home", 200, 0.2)
    found = figures(client)
    assert found['wayforward_requests_total{route="home",status="200"}'] == 6
    assert found['wayforward_request_seconds_sum{route="home"}'] == pytest.approx(0.6)
    assert found["wayforward_processes"] == 2
    assert not (folder / "2.json").exists()


def test_a_process_keeps_its_counts_at_most_once_a_second(
    tally: metrics.Tally, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [100.0]
    monkeypatch.setattr(metrics.time, "monotonic", lambda: now[0])
    path = tmp_path / "metrics" / f"{os.getpid()}.json"

    def kept() -> Any:
        return {tuple(row[:3]): row[3] for row in json.loads(path.read_text())}["requests", "home", "200"]

    for moment, stands in ((100.0, 1), (100.9, 1), (101.0, 3)):
        now[0] = moment
        tally.add("home", 200, 0.01)
        tally.keep(1.0)
        assert kept() == stands
    tally.add("home", 200, 0.01)
    tally.keep()  # as when it ends
    assert kept() == 4
    assert [one.name for one in path.parent.iterdir()] == [path.name]  # nothing half written is left
    assert metrics.kept(path.parent) == []  # its own is not another's


def test_what_one_process_keeps_another_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = metrics.Tally(tmp_path)
    other.add('odd "name"\n', 404, 0.5)
    with monkeypatch.context() as patched:
        patched.setattr(metrics.os, "getpid", lambda: 77)
        other.keep()
    assert metrics.kept(tmp_path) == [other.counts()]
    assert isinstance(other.counts(), Counter)


def test_a_folder_that_cant_be_written_costs_no_answer(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(metrics, "_tally", metrics.Tally(tmp_path / "file" / "below"))
    assert client.get("/healthz").status_code == 200


def test_work_changes_and_size_come_from_the_database(client: Client) -> None:
    from django.utils import timezone

    from tests.workbench import store_small_case
    from wayforward.jobs.models import Job
    from wayforward.records.models import Event

    exercise = store_small_case()
    for number, state in enumerate(("waiting", "done", "done")):
        Job.objects.create(
            exercise=exercise,
            kind="report",
            key=str(number),
            asked_by="x",
            asked_at=timezone.now(),
            state=state,
        )
    found = figures(client)
    assert {state: found[f'wayforward_jobs{{state="{state}"}}'] for state, _ in STATES} == {
        "waiting": 1, "running": 0, "done": 2, "cancelled": 0, "refused": 0, "stopped": 0
    }  # fmt: skip
    assert found["wayforward_events"] == Event.objects.count() > 0
    assert found["wayforward_database_up"] == 1
    if connection.vendor == "postgresql":
        assert found["wayforward_database_bytes"] > 1_000_000
    else:  # in memory: no size is known, and none is told
        assert "wayforward_database_bytes" not in found


def test_the_size_of_a_database_is_that_of_its_files(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if connection.vendor == "postgresql":
        return
    (tmp_path / "a").write_bytes(b"x" * 300)
    (tmp_path / "b").write_bytes(b"x" * 21)
    monkeypatch.setattr(metrics, "database_files", lambda: [tmp_path / "a", tmp_path / "b"])
    assert figures(client)["wayforward_database_bytes"] == 321


def test_a_database_that_does_not_answer_is_told(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def dead(*_: object) -> None:
        raise DatabaseError

    monkeypatch.setattr(metrics.Event.objects, "count", dead)
    found = figures(client)
    assert found["wayforward_database_up"] == 0
    assert not [name for name in found if name.startswith(("wayforward_jobs", "wayforward_events"))]


@pytest.mark.parametrize(
    ("shown", "status"),
    [
        (None, 404),
        (f"Bearer {TOKEN}", 200),
        (f"bearer  {TOKEN} ", 200),
        (f"Bearer {TOKEN}x", 404),
        (f"Bearer {TOKEN[:-1]}", 404),
        ("Bearer ", 404),
        ("Bearer \u00e9", 404),
        (TOKEN, 404),
        (f"Basic {TOKEN}", 404),
    ],
)
def test_from_elsewhere_only_with_the_token(
    client: Client, settings: Any, shown: str | None, status: int
) -> None:
    settings.METRICS_TOKEN = TOKEN
    headers = {"host": "web:8000", "authorization": shown} if shown else {}
    answer = client.get("/metrics", headers=headers, **FROM_ELSEWHERE)
    assert answer.status_code == status
    assert (b"wayforward_requests_total" in answer.content) == (status == 200)


def test_without_a_token_set_none_is_right(client: Client) -> None:
    for shown in ("Bearer", "Bearer ", "Bearer x"):
        answer = client.get("/metrics", headers={"authorization": shown}, **FROM_ELSEWHERE)
        assert answer.status_code == 404


@pytest.mark.parametrize(
    ("place", "status"),
    [("127.0.0.1", 200), ("127.9.9.9", 200), ("::1", 200), ("10.0.0.1", 404), ("", 404), ("unix:", 404)],
)
def test_this_machine_may_see_them(client: Client, place: str, status: int) -> None:
    assert client.get("/metrics", REMOTE_ADDR=place).status_code == status


@pytest.mark.parametrize("sent", metrics.SENT_ON)
def test_whoever_is_passed_on_is_not_of_this_machine(client: Client, sent: str) -> None:
    assert client.get("/metrics", headers={sent: "x"}).status_code == 404


@pytest.mark.parametrize("said", ["BEHIND_PROXY", "HAS_PROXY"])
def test_behind_a_web_server_the_token_is_needed(client: Client, settings: Any, said: str) -> None:
    setattr(settings, said, True)
    settings.METRICS_TOKEN = TOKEN
    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", headers={"authorization": f"Bearer {TOKEN}"}).status_code == 200


def test_a_strange_name_of_the_host_needs_the_token(client: Client) -> None:
    """Else a page from elsewhere, whose name was made to mean this machine, could read them in a browser here."""
    assert client.get("/metrics", headers={"host": "evil.example"}).status_code == 400


def test_the_page_that_is_not_there_looks_like_any_other(client: Client) -> None:
    hidden = client.get("/metrics", **FROM_ELSEWHERE)
    assert ">Page not found</h1>" in hidden.content.decode()
    assert client.post("/metrics").status_code == 405


def test_labels_are_escaped() -> None:
    assert metrics._line("x", 1, route='a"b\\c\nd') == 'wayforward_x{route="a\\"b\\\\c\\nd"} 1'


def test_a_server_process_begins_at_nought(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    metrics.begin()
    request = RequestFactory().get("/x")
    assert metrics._tally.counts() == Counter()
    metrics.counted(lambda asked: metrics.HttpResponse())(request)
    metrics.end()
    assert (settings.HOME / "metrics" / f"{os.getpid()}.json").is_file()
