"""A workbook of 1,000 services brought back with 200 changes: from the upload to the preview that a person sees.

Through the whole stack of a request on the worked case, its reading in a process of its own, the rules of the case and
the page. The goal: under 3 s. And a big file, which is compared and saved as long work: how long its requests are held.
"""

import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

CASE = Path(__file__).parents[1] / "cases" / "west-midlands-2012"
ROWS = 1_000
CHANGED = 200
TRIES = 5
GOAL = 3  # seconds
BIG = 8_000  # rows of the big file, all of them new


def run() -> Iterator[str]:
    """Seconds from upload to preview, median and worst, and of taking the workbook away."""
    with tempfile.TemporaryDirectory() as home:
        client, here = _workbench(home)
        begun = time.perf_counter()
        content = client.get(f"{here}/records/services.xlsx", headers=_HOST).content
        away = time.perf_counter() - begun
        filled = _filled(content)
        spent = [_previewed(client, here, filled) for _ in range(TRIES)]
        held, compared, saved = _as_long_work(client, here)
    yield (
        f"preview of {ROWS:,} rows with {CHANGED} cells changed: median {median(spent):.2f} s, worst "
        f"{max(spent):.2f} s (goal {GOAL}); taken away in {away:.2f} s; {len(content):,} bytes"
    )
    yield (
        f"{BIG:,} new rows as long work: no request held for over {held:.2f} s; compared in {compared:.1f} s, saved in "
        f"{saved:.1f} s, in the background"
    )


_HOST = {"host": "127.0.0.1"}


def _previewed(client: Any, here: str, filled: bytes) -> float:
    from django.core.files.uploadedfile import SimpleUploadedFile

    begun = time.perf_counter()
    given = {"file": SimpleUploadedFile("services.xlsx", filled)}
    answer = client.post(f"{here}/upload", given, headers=_HOST, follow=True)
    spent = time.perf_counter() - begun
    if f"{CHANGED} cells changed" not in answer.content.decode():
        raise RuntimeError(f"the preview answered {answer.status_code}, or without the {CHANGED} changes")
    return spent


def _as_long_work(client: Any, here: str) -> tuple[float, float, float]:
    """Seconds that the longest request took, and those of comparing and of saving, by a worker beside."""
    import re

    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.utils import timezone

    from wayforward.jobs.models import Job, Worker
    from wayforward.jobs.running import run

    held = []

    def asked(method: str, address: str, given: dict[str, Any] | None = None) -> Any:
        Worker.objects.update_or_create(name="beside", defaults={"beat_at": timezone.now()})
        begun = time.perf_counter()
        answer = getattr(client, method)(address, given, headers=_HOST)
        held.append(time.perf_counter() - begun)
        return answer

    def worked() -> float:
        begun = time.perf_counter()
        run(Job.objects.latest("pk").pk)
        return time.perf_counter() - begun

    rows = "".join(f"BIG-{n:05d},A service with a rather long name {n}\n" for n in range(BIG))
    file = SimpleUploadedFile("services.csv", f"# register,services\ncode,name\n{rows}".encode())
    address = asked("post", f"{here}/upload", {"file": file})["Location"]
    compared = worked()
    page = asked("get", address).content.decode()
    seen = re.search(r'name="seen" value="([0-9a-f]{64})"', page)
    asked("post", address, {"seen": seen[1] if seen else ""})
    saved = worked()
    if f"{BIG:,} changes accepted" not in asked("get", address).content.decode():
        raise RuntimeError("the big file was not accepted")
    return max(held), compared, saved


def _filled(content: bytes) -> bytes:
    """The workbook with another yearly demand in its last rows, which no evidence is cited for."""
    from tests.casefile.streaming import cells_of, edited

    from wayforward.casefile.stream_in import letters_of

    sheet = cells_of(content)["services"]
    column = letters_of(sheet[0].index("yearly_demand"))
    return edited(content, {("services", f"{column}{len(sheet) - n}"): 7 + n for n in range(CHANGED)})


def _workbench(home: str) -> tuple[Any, str]:
    """Somebody signed in to a new workbench with the worked case, filled up to so many services."""
    os.environ["WAYFORWARD_HOME"] = home
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wayforward.web.settings")
    import django

    django.setup()
    from django.contrib.auth import get_user_model
    from django.test import Client

    from wayforward.casefile import load
    from wayforward.records.save import save_case
    from wayforward.scope.models import Service
    from wayforward.web.home import prepare_database

    prepare_database()
    case = load(CASE)
    more = ROWS - len(case.rows(Service))
    new = [Service(exercise=case.exercise, code=f"ZZZ-{n:04d}", name=f"Service {n}") for n in range(more)]
    case = case.changed(new)
    save_case(case, "operator")
    client = Client()
    user: Any = get_user_model().objects
    client.force_login(user.create_user("bench@example.org", "three odd words here", is_superuser=True))
    return client, f"/exercises/{case.exercise.code}/round-trip"
