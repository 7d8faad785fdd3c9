"""An exercise is read as it stood at one moment, whatever others save meanwhile: on a real database, with threads."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

# A workbench of its own: the test database of one process is in memory, where every thread waits for every other.
BEGIN = """
import threading
import django
django.setup()
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection
from django.test import Client
from tests.appraisal.workbench import AT, two_options, store
from wayforward.appraisal.models import Scenario, ScenarioValue
from wayforward.pages import opened
from wayforward.records.case import Case
from wayforward.records.models import Event
from wayforward.records.save import save

from wayforward.web.home import prepare_database
prepare_database()
exercise = store(two_options())
"""

MEANWHILE = """
def add():
    scenario = Scenario(exercise=exercise, code="SCN-1", name="Meanwhile")
    save(scenario, 0, "person 1")
    value = ScenarioValue(exercise=exercise, code="SCV-1", scenario=scenario, about="cost_line:C-A2",
                          field="amounts", value=2)
    save(value, 0, "person 1")
    connection.close()

read = Case.of
def interrupted(exercise):
    assert list(Event.objects.filter(exercise=exercise)[:1])  # the reading has begun
    other = threading.Thread(target=add)
    other.start()
    other.join()
    return read(exercise)

Case.of = interrupted
before = opened.as_it_stands(exercise).case
Case.of = read
after = opened.as_it_stands(exercise).case
print([len(case.rows(model)) for case in (before, after) for model in (Scenario, ScenarioValue)])
"""

AT_ONCE = """
people = get_user_model().objects
client = Client(HTTP_HOST="127.0.0.1")
client.force_login(people.create_user("a@example.org", "three odd words here", is_superuser=True))
said = []

def ask(name):
    mine = Client(HTTP_HOST="127.0.0.1")
    mine.cookies = client.cookies
    for number in range(2):
        post = {"cost_line:C-A2/amounts": "130", "name": name or f"{threading.get_ident()} {number}"}
        said.append(mine.post(f"{AT}/what-if/save", post).status_code)
        said.append(mine.get(f"{AT}/what-if?cost_line:C-A2/amounts=120").status_code)
    connection.close()

every = [threading.Thread(target=ask, args=(name,)) for name in ("", "", "Together", "together", "TOGETHER", "")]
for one in every:
    one.start()
for one in every:
    one.join()
names = [name.casefold() for name in Scenario.objects.values_list("name", flat=True)]
print(sorted((code, said.count(code)) for code in set(said)), names.count("together"), len(names))
"""


def run(script: str, home: Path) -> str:
    environment = {
        **os.environ,
        "WAYFORWARD_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "wayforward.web.settings",
        "DJANGO_ALLOW_ASYNC_UNSAFE": "",
    }
    done = subprocess.run(
        [sys.executable, "-c", BEGIN + script],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        cwd=Path(__file__).parents[2],
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def home(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of a new workbench, on either database."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    if request.param == "sqlite":
        yield tmp_path
        return
    import psycopg

    address, name = os.environ["WAYFORWARD_TEST_POSTGRES"], f"one_moment_{os.getpid()}"
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        monkeypatch.setenv("DATABASE_URL", urlsplit(address)._replace(path=f"/{name}").geturl())
        yield tmp_path
        server.execute(f"DROP DATABASE {name}")


def test_what_is_saved_while_a_case_is_read_is_no_part_of_it(home: Path) -> None:
    # Of the reading that was under way: no scenario and no value. Of the next: both.
    assert run(MEANWHILE, home) == "[0, 0, 1, 1]"


def test_many_ask_and_save_at_once(home: Path) -> None:
    """Six people save twice and ask in between: three of them under one name, which one of them gets, once."""
    # 12 questions answered; 6 saved under names of their own and one of the 6 others; the rest refused in words.
    assert run(AT_ONCE, home) == "[(200, 12), (302, 7), (400, 5)] 1 7"
