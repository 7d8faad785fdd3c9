"""The small town's exercise behind the workbench's own server, with somebody of every part signed in to it."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import urlopen

from tests.databases import ROOT, environment, script
from tests.pages.addresses import CODE

OPERATOR = "operator of the installation"
CAREFUL = "with a second factor"  # a guest, who signs in with a code too
PREPARE = "from tests.journeys.at_work import prepare; prepare()"


@dataclass(frozen=True)
class AtWork:
    """Where the workbench is; the session of each person by their part; and what else was made ready."""

    address: str
    sessions: dict[str, str]
    edited: int  # the place in the log of a change that can be undone
    password_path: str  # good once, for a new password
    key: str  # of the second factor

    def exercise(self, path: str = "") -> str:
        return f"{self.address}/exercises/{CODE}{path}"

    def enter(self, context: Any, role: str) -> None:
        """Make a browser that of the person with this part; of nobody where it is ''."""
        context.clear_cookies()
        if role:
            context.add_cookies([{"name": "sessionid", "value": self.sessions[role], "url": self.address}])


@contextmanager
def at_work(home: Path) -> Iterator[AtWork]:
    """The workbench, started and afterwards ended."""
    made = json.loads(script(PREPARE, home, {}).splitlines()[-1])
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        where = f"127.0.0.1:{one.getsockname()[1]}"
    serve = "from wayforward.cli import main; main()"
    said = home / "said.txt"
    with said.open("w") as out:
        server = subprocess.Popen(
            [sys.executable, "-c", serve, "serve", "--workers", "1", "--no-worker", "--bind", where],
            env=environment(home, {}) | {"WAYFORWARD_URL": f"http://{where}"},
            stdout=out,
            stderr=out,
            cwd=ROOT,
        )
    try:
        _wait_for(f"http://{where}/healthz", server, said)
        yield AtWork(f"http://{where}", **made)
    finally:
        server.terminate()
        server.wait(timeout=40)


def _wait_for(address: str, server: subprocess.Popen[bytes], said: Path) -> None:
    for _ in range(240):
        assert server.poll() is None, said.read_text()
        try:
            with urlopen(address, timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.25)
    raise AssertionError(f"the workbench did not answer: {said.read_text()}")


def prepare() -> None:
    """Make the exercise and its people, in a process of its own, and say how they are signed in."""
    os.umask(0o077)
    import django

    django.setup()
    from django.conf import settings
    from django.contrib.auth.hashers import PBKDF2PasswordHasher

    from tests.report.signing.ready import Town
    from tests.workbench import person
    from wayforward.people.models import Membership
    from wayforward.web.home import prepare_database
    from wayforward.web.passwords import password_link

    settings.ALLOWED_HOSTS = ["*"]
    prepare_database()
    careful = person("careful@example.org")  # signs in by password, which would hash one of few rounds anew
    PBKDF2PasswordHasher.iterations = 1
    town = Town()
    _priced(town.exercise)
    people = town.people | {CAREFUL: careful, "reviewer": person("reviewer@example.org")}
    for role, part in (("reviewer", "reviewer"), (CAREFUL, "guest")):
        Membership.objects.create(exercise=town.exercise, user=people[role], role=part)
    people[OPERATOR] = person("operator@example.org", is_superuser=True)
    key = _second_factor(people[CAREFUL])
    invited = person("invited@example.org")
    print(
        json.dumps(
            {
                "sessions": {role: _session(user) for role, user in people.items()},
                "edited": _edited(town.exercise, people["analyst"]),
                "password_path": urlsplit(password_link(invited)).path,
                "key": key,
            }
        )
    )


def _priced(exercise: Any) -> None:
    """When the options happen and what running the machines costs, without which no net value is known."""
    from wayforward.appraisal.models import CostLine
    from wayforward.options.models import Option, OptionPhase
    from wayforward.records.save import Change, save_all

    options = {row.code: row for row in Option.objects.filter(exercise=exercise)}
    plan = (("A", "ownership", 60), ("B", "implementation", 24), ("B", "ownership", 60))
    rows = [
        OptionPhase(
            exercise=exercise,
            code=f"PH{place}",
            option=options[code],
            phase=phase,
            starts=date(2013, 4, 1),
            months=months,
        )
        for place, (code, phase, months) in enumerate(plan, 1)
    ]
    kept = CostLine.objects.get(exercise=exercise, code="CL1")
    kept.pk, kept.code, kept.option, kept.name = None, "CL3", options["B"], "Running the machines"
    save_all([Change(row, 0) for row in (*rows, kept)], "operator", "added")


def _edited(exercise: Any, analyst: Any) -> int:
    """A piece of evidence that was changed once, and the change's place in the log."""
    from wayforward.pages.people import actor_of
    from wayforward.records.models import Event, Evidence
    from wayforward.records.save import save

    row = Evidence.objects.get(exercise=exercise, code="E1")
    row.where = "Page 13"
    save(row, row.version, actor_of(analyst))
    return int(
        Event.objects.filter(exercise=exercise).order_by("-sequence").values_list("sequence", flat=True)[0]
    )


def _second_factor(user: Any) -> str:
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    key: str = generate_totp_secret()
    TOTP.activate(user, key)
    RecoveryCodes.activate(user)
    return key


def _session(user: Any) -> str:
    """Signed in with a password a moment ago, as the pages about an account ask."""
    from django.test import Client

    client = Client()
    client.force_login(user)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return str(client.cookies["sessionid"].value)
