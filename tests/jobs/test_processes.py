"""Long work by real processes on a real database: many who ask, a worker that is killed, two workers at one queue."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import BOTH, ROOT, asked, empty_database, environment, script

BEGIN = """
import django
django.setup()
from django.core.management import call_command
from wayforward.jobs.kinds import KINDS, Kind
from wayforward.jobs.models import Job
from wayforward.jobs.queue import ask
from wayforward.jobs import running, worker
"""
STORE = (
    BEGIN
    + """
from tests.workbench import store_small_case
from wayforward.web.home import prepare_database
prepare_database()
exercise = store_small_case()
KINDS["slow"] = Kind("slow", lambda a: "Slow", lambda job: "")
"""
)
MANY = (
    STORE
    + """
import threading
from django.db import connections
got, start = [], threading.Barrier(8)
def one():
    start.wait()
    got.append(ask("slow", exercise, {}, "person 1", "k").pk)
    connections.close_all()
threads = [threading.Thread(target=one) for _ in range(8)]
[one.start() for one in threads]
[one.join() for one in threads]
from django_tasks_db.models import DBTaskResult
print(len(got), len(set(got)), Job.objects.count(), DBTaskResult.objects.count())
"""
)
ASK = STORE + "print(*[ask('slow', exercise, {'n': n}, 'person 1', f'k{n}').pk for n in range(MANY)])"
# Each try writes a line, then works for as long as the file `hold` is there.
WORK = (
    BEGIN
    + """
import os, pathlib, signal, time
home = pathlib.Path(os.environ["WAYFORWARD_HOME"])
def slow(job):
    with (home / "tries").open("a") as file:
        print(os.getpid(), job.arguments["n"], file=file)
    while (home / "hold").exists():
        job.step(1, 2, "holding")
        time.sleep(0.02)
    return "/made"
KINDS["slow"] = Kind("slow", lambda a: "Slow", slow)
signal.signal(signal.SIGTERM, worker.be_told_to_end)
running.TELL_EVERY = 0
worker.work(looks_for_work=False)
"""
)
TOLD = "SELECT state, tries FROM jobs_job ORDER BY id"


@pytest.fixture(params=BOTH)
def database(request: pytest.FixtureRequest) -> Iterator[dict[str, str]]:
    with empty_database(request.param) as found:
        yield found


def begun(home: Path, database: dict[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", WORK], env=environment(home, database), cwd=ROOT)


def tries(home: Path) -> list[str]:
    path = home / "tries"
    return path.read_text().splitlines() if path.exists() else []


def wait_for(what: object, seconds: float = 40) -> None:
    until = time.monotonic() + seconds
    while not what():  # type: ignore[operator]
        assert time.monotonic() < until, "it did not come about"
        time.sleep(0.1)


def test_many_who_ask_at_once_get_one_job(tmp_path: Path, database: dict[str, str]) -> None:
    assert script(MANY, tmp_path, database) == "8 1 1 1"


def test_a_job_survives_its_worker_s_death_and_a_polite_end(tmp_path: Path, database: dict[str, str]) -> None:
    (tmp_path / "hold").touch()
    script(ASK.replace("MANY", "1"), tmp_path, database)
    first = begun(tmp_path, database)
    wait_for(lambda: len(tries(tmp_path)) == 1)
    first.send_signal(signal.SIGKILL)
    first.wait()
    second = begun(tmp_path, database)
    wait_for(lambda: len(tries(tmp_path)) == 2)
    second.send_signal(signal.SIGTERM)
    assert second.wait(timeout=20) == 0
    assert asked(tmp_path, database, TOLD) == [
        ("waiting", 1)
    ]  # the killed try counts, the polite one does not
    third = begun(tmp_path, database)
    wait_for(lambda: len(tries(tmp_path)) == 3)
    (tmp_path / "hold").unlink()
    wait_for(lambda: asked(tmp_path, database, TOLD) == [("done", 2)])
    third.terminate()
    assert third.wait(timeout=20) == 0


def test_two_workers_share_the_queue_and_do_each_job_once(tmp_path: Path, database: dict[str, str]) -> None:
    script(ASK.replace("MANY", "12"), tmp_path, database)
    both = [begun(tmp_path, database) for _ in range(2)]
    try:
        wait_for(lambda: asked(tmp_path, database, TOLD) == [("done", 1)] * 12)
    finally:
        for one in both:
            one.terminate()
            one.wait(timeout=20)
    assert sorted(int(line.split()[1]) for line in tries(tmp_path)) == list(range(12))


def test_the_keeper_begins_a_worker_again_and_ends_it_with_the_server(tmp_path: Path) -> None:
    """A server process (here one that only sleeps) is killed: keeper and worker follow within seconds."""
    text = """
import os, sys, time
from wayforward.jobs.keeper import keep
def work():
    with open(sys.argv[1], "a") as file:
        print(os.getpid(), file=file)
    time.sleep(600)
keep(work)
time.sleep(600)
"""
    pids = tmp_path / "pids"
    server = subprocess.Popen([sys.executable, "-c", text, str(pids)], cwd=ROOT)

    def told() -> list[int]:
        return [int(line) for line in pids.read_text().split()] if pids.exists() else []

    def runs(pid: int) -> bool:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
        return True

    try:
        wait_for(lambda: len(told()) == 1)
        os.kill(told()[0], signal.SIGKILL)
        wait_for(lambda: len(told()) == 2)
        assert runs(told()[1])
    finally:
        server.kill()
        server.wait()
    wait_for(lambda: not runs(told()[1]))
