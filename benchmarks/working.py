"""Thirty people at work on an exercise of 5,000 services: one action each every five seconds, against a running server.

An action is what somebody does in one go: opening a list, a record, a figure, a stage or home, or changing a record (
the form, its answers checked, and saved, each a page of its own). The goal: 95 pages of a hundred in under 300 ms.
"""

import http.client
import os
import random
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

CASE = Path(__file__).parents[1] / "cases" / "west-midlands-2012"
PEOPLE = 30
SERVICES = 5_000
EVERY = 5.0  # seconds between the actions of one person
LASTS = 90.0
GOAL = 300  # milliseconds
ACTIONS = (
    ("register",) * 5 + ("record",) * 5 + ("change",) * 4 + ("finding",) * 3 + ("stage",) * 2 + ("home",)
)


def run() -> Iterator[str]:
    """Milliseconds of every kind of page: median, 95th percentile and worst, and of all of them together."""
    with tempfile.TemporaryDirectory() as home:
        environment = os.environ | {"WAYFORWARD_HOME": home}
        port = _free_port()
        environment["WAYFORWARD_URL"] = f"http://127.0.0.1:{port}"
        told = subprocess.run(
            [sys.executable, "-m", "benchmarks.working", "begin"],
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        code, *sessions = told.stdout.split()
        command = Path(sys.executable).with_name("wayforward")
        server = subprocess.Popen([command, "serve"], env=environment, stdout=subprocess.DEVNULL)
        try:
            _wait_for(port)
            took, wrong = _at_work(port, code, sessions)
        finally:
            server.terminate()
            server.wait(30)
    every = sorted(one for some in took.values() for one in some)
    for kind, some in sorted(took.items()):
        yield f"{kind}: {_told(sorted(some))}"
    yield f"all pages: {_told(every)} (goal: 95th percentile {GOAL} ms); {PEOPLE} people, {SERVICES:,} services"
    yield f"answers that were wrong: {len(wrong)}{' ' + '; '.join(wrong[:3]) if wrong else ''}"


def _told(some: list[float]) -> str:
    share = [some[min(len(some) - 1, int(part * len(some)))] for part in (0.5, 0.95)]
    return (
        f"{len(some)} pages, median {share[0]:.0f}, 95th percentile {share[1]:.0f}, worst {some[-1]:.0f} ms"
    )


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _wait_for(port: int) -> None:
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server did not start")


def _at_work(port: int, code: str, sessions: list[str]) -> tuple[dict[str, list[float]], list[str]]:
    took: dict[str, list[float]] = defaultdict(list)
    wrong: list[str] = []
    warm = Person(port, code, sessions[0], 0)
    for action in dict.fromkeys(ACTIONS):
        warm.act(action)
    people = [Person(port, code, session, number) for number, session in enumerate(sessions)]
    threads = [threading.Thread(target=one.work) for one in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for one in people:
        wrong += one.wrong
        for kind, some in one.took.items():
            took[kind] += some
    return took, wrong


NOT_SENT = ("checkbox", "radio", "submit", "search")  # unless it is checked


class _Form(HTMLParser):
    """The entries of the main form of a page, as a browser would send them."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: dict[str, str] = {}
        self._area = self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        if tag == "input" and name:
            if given.get("type") not in NOT_SENT or "checked" in given:
                self.entries[name] = given.get("value", "")
        elif tag == "textarea":
            self._area = name
            self.entries[name] = ""
        elif tag == "select":
            self._select = name
            self.entries.setdefault(name, "")
        elif tag == "option" and "selected" in given:
            self.entries[self._select] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.entries[self._area] += data.removeprefix("\n") if not self.entries[self._area] else data


class Person:
    """Somebody signed in, with a browser that keeps its cookies and its connection."""

    def __init__(self, port: int, code: str, session: str, number: int) -> None:
        self.port = port
        self.root = f"/exercises/{code}"
        self.cookies = {"sessionid": session}
        self.chance = random.Random(number)
        self.took: dict[str, list[float]] = defaultdict(list)
        self.wrong: list[str] = []
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def work(self) -> None:
        """Act every five seconds, from a moment of one's own."""
        until = time.monotonic() + LASTS
        due = time.monotonic() + self.chance.random() * EVERY
        while due < until:
            time.sleep(max(0.0, due - time.monotonic()))
            self.act(self.chance.choice(ACTIONS))
            due += EVERY

    def act(self, action: str) -> None:
        service = f"{self.root}/records/services/S-{self.chance.randrange(SERVICES) + 1:05d}"
        if action == "register":
            self.open("list", f"{self.root}/records/services?page={self.chance.randrange(80) + 1}")
        elif action == "record":
            self.open("record", service)
        elif action == "finding":
            self.open("finding", f"{self.root}/findings/{self.chance.choice(FINDINGS)}")
        elif action == "stage":
            self.open("stage", f"{self.root}/stages/{self.chance.choice(STAGES)}")
        elif action == "home":
            self.open("home", self.root)
        else:
            self.change(service)

    def change(self, service: str) -> None:
        """The form, its answers, and saved; then the record as it is."""
        entries = self._form("form", "GET", f"{service}/edit")
        entries["f-yearly_cost"] = str(self.chance.randrange(1_000, 900_000))
        entries = self._form("check", "POST", f"{service}/edit", entries | {"step": "check"})
        self._ask("save", "POST", f"{service}/edit", entries | {"step": "save"}, expected=302)
        self.open("record", service)

    def open(self, kind: str, address: str) -> None:
        self._ask(kind, "GET", address)

    def _form(
        self, kind: str, method: str, address: str, entries: dict[str, str] | None = None
    ) -> dict[str, str]:
        form = _Form()
        form.feed(self._ask(kind, method, address, entries))
        return {name: text for name, text in form.entries.items() if name != "q"}

    def _ask(
        self, kind: str, method: str, address: str, entries: dict[str, str] | None = None, expected: int = 200
    ) -> str:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if entries is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.close()  # as a browser that was idle for seconds: the server keeps no connection that long
        started = time.perf_counter()
        self.connection.request(method, address, urlencode(entries or {}) if entries else None, headers)
        answer = self.connection.getresponse()
        page = answer.read().decode()
        self.took[kind].append(1000 * (time.perf_counter() - started))
        for header in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = header.partition(";")[0].partition("=")
            self.cookies[name] = value
        if answer.status != expected:
            said = re.search(r"error-summary__list.*?</ul>", page, re.DOTALL)
            self.wrong.append(f"{method} {address}: {answer.status} {said.group()[:200] if said else ''}")
        return page


FINDINGS = (
    "scope.grid",
    "scope.areas",
    "appraisal.npsv",
    "options.list",
    "exercise.plan",
    "baseline.maturity",
)
STAGES = ("exercise", "scope", "baseline", "options")


def begin() -> None:
    """Store the worked case with 5,000 services more, and thirty people who are signed in; print what they need."""
    import django

    django.setup()
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from wayforward.casefile import load
    from wayforward.people.models import Membership, User
    from wayforward.records.save import save_case
    from wayforward.scope.models import Service
    from wayforward.web.home import prepare_database

    prepare_database()
    case = load(CASE)
    rows: list[Any] = case.rows(Service)
    rows += [
        Service(
            code=f"S-{number:05d}", name=f"Service {number}", yearly_cost=1000 + number, people=number % 50
        )
        for number in range(1, SERVICES + 1)
    ]
    save_case(case, "operator")
    words = [case.exercise.code]
    for number in range(PEOPLE):
        user = User.objects.create_user(f"person{number}@example.org")
        Membership.objects.create(exercise=case.exercise, user=user, role="analyst")
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.save()
        words.append(str(session.session_key))
    print(*words)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wayforward.web.settings")
    begin()
