"""The acceptance of a big upload by real processes on a real database: killed on the way, it is stored once."""

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
from wayforward.jobs.models import Job
from wayforward.jobs import running, worker
"""
STORE = (
    BEGIN
    + """
from django.contrib.auth import get_user_model
from django.test import Client
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from tests.workbench import store_small_case
from wayforward.jobs.models import Worker
from wayforward.pages.round_trip import views
from wayforward.web.home import prepare_database
import re
prepare_database()
store_small_case()
views.HEAVY = 0
client = Client(headers={"host": "127.0.0.1"})
client.force_login(get_user_model().objects.create_user("a@example.org", "three odd words here", is_superuser=True))
rows = "".join(f"N{n},Service {n}\\n" for n in range(200))
file = SimpleUploadedFile("s.csv", f"# register,services\\ncode,name\\n{rows}".encode())
address = client.post("/exercises/TOWN/round-trip/upload", {"file": file})["Location"]
seen = re.search('name="seen" value="([0-9a-f]+)"', client.get(address).content.decode())[1]
Worker.objects.create(name="elsewhere:1/x", beat_at=timezone.now())  # who accepts leaves it to a worker
client.post(address, {"seen": seen})
Worker.objects.all().delete()
print(Job.objects.get(kind="accept-upload").state)
"""
)
WORK = (
    BEGIN
    + """
import os, signal, sys
from wayforward.pages.round_trip import long_work
moment = sys.argv[1]
there = long_work.save_all
def save_all(*given):
    there(*given)
    if moment == "after":
        os.kill(os.getpid(), signal.SIGKILL)
long_work.save_all = save_all
if moment == "within":
    from wayforward.records import save
    save._receive = lambda *given: os.kill(os.getpid(), signal.SIGKILL)
signal.signal(signal.SIGTERM, worker.be_told_to_end)
worker.work(looks_for_work=False)
"""
)
COUNTED = "SELECT COUNT(*) FROM scope_service WHERE code LIKE 'N%'"
LOGGED = "SELECT COUNT(*) FROM records_event WHERE action = 'uploaded'"
STATE = "SELECT state FROM jobs_job WHERE kind = 'accept-upload'"


@pytest.fixture(params=BOTH)
def database(request: pytest.FixtureRequest) -> Iterator[dict[str, str]]:
    with empty_database(request.param) as found:
        yield found


def begun(home: Path, database: dict[str, str], moment: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", WORK, moment], env=environment(home, database), cwd=ROOT)


def test_killed_within_and_after_the_saving_it_is_stored_once(
    tmp_path: Path, database: dict[str, str]
) -> None:
    """Killed within the transaction nothing of it is there, killed after it all of it is; a job has three tries."""
    assert script(STORE, tmp_path, database) == "waiting"
    for moment, stored in (("within", 0), ("after", 200)):
        one = begun(tmp_path, database, moment)
        assert one.wait(timeout=60) == -signal.SIGKILL
        assert asked(tmp_path, database, COUNTED) == [(stored,)]
        assert asked(tmp_path, database, STATE) == [("running",)]
    last = begun(tmp_path, database, "never")
    until = time.monotonic() + 60
    while asked(tmp_path, database, STATE) != [("done",)]:
        assert time.monotonic() < until, "it was not taken up again"
        time.sleep(0.1)
    os.kill(last.pid, signal.SIGTERM)
    assert last.wait(timeout=20) == 0
    assert asked(tmp_path, database, COUNTED) == asked(tmp_path, database, LOGGED) == [(200,)]
