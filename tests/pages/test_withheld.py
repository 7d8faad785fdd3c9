"""No address tells a guest, or whoever holds a declared interest, what is commercial: a made-up name in each table."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from benchmarks.filled import fill_every_register
from django.test import Client

from tests.hostile.placed import take_away_what_breaks_a_rule
from tests.pages.walked import FIRST, Marked, addresses, marked_rows, said
from tests.workbench import person
from wayforward.exercise.models import DeclaredInterest
from wayforward.pages import pictures
from wayforward.people import parts
from wayforward.people.models import User
from wayforward.records.base import record_models
from wayforward.records.case import Case
from wayforward.records.models import Event
from wayforward.records.save import Change, save_all

AT = "/exercises/TOWN"
GROUPS = 4  # of tables marked at once: the fewer, the less one of them hides another's leak
ONE_IN, ONE_IN_OTHERS = (
    6,
    40,
)  # of the addresses about these tables, and of all others; `make bench` opens them all
# Addresses that gather from everywhere: each is opened each time, and stays open whatever is marked.
GATHERING = (
    *("", ".json", "/findings", "/findings.json", "/plan", "/plan.json", "/comments"),
    *("/highlight", "/changes", "/changes.json", "/changes.csv", "/agreements.json", "/as-at", "/records"),
    *(f"/stages/{name}" for name in ("exercise", "scope", "engagement", "options", "appraisal")),
    *(f"/stages/{name}.json" for name in ("records", "baseline", "comparison", "demand", "finance")),
)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A picture is what it is drawn from: what it says stands there in words."""
    monkeypatch.setattr(pictures.drawing, "svg_of", lambda spec: f"<svg >{json.dumps(spec)}</svg>")
    monkeypatch.setattr(pictures, "both_of", lambda spec: (f"<svg >{spec}</svg>", b""))
    monkeypatch.setattr(pictures, "WORTH_A_POOL", 10**6)


@pytest.fixture
def clients(exercise: Any) -> list[Client]:
    """A guest, and an analyst who holds a declared interest."""
    interest = {"holder": "Analyst", "interest": "Tendered once"}
    row = DeclaredInterest(exercise=exercise, code="INT-1", **interest)
    save_all([Change(row, 0)], "operator")
    found = []
    for role in ("guest", "analyst"):
        user = person(f"{role}@example.org")
        parts.give(exercise, user, role, None)
        if role == "analyst":
            parts.link_interests(exercise, user, [row.code], None)
        client = Client()
        client.force_login(User.objects.get(pk=user.pk))
        found.append(client)
    return found


@pytest.fixture
def named(exercise: Any, clients: list[Client]) -> Marked:
    """A row in each table, under a made-up name."""
    fill_every_register(exercise)
    take_away_what_breaks_a_rule(exercise)
    rows = marked_rows(Case.of(exercise))
    save_all([Change(row, row.version) for row in rows.values()], "operator")
    return rows


def mark(rows: Marked, marking: str) -> None:
    for row in rows.values():
        row.marking = marking
    save_all([Change(row, row.version) for row in rows.values()], "operator")


def chosen(exercise: Any, rows: Marked, turn: int) -> Iterator[str]:
    """What is opened: all that gathers, and by turns some of the addresses about these tables and of the others."""
    yield from (f"{AT}{path}" for path in GATHERING)
    stems = {type(row).stem for row in rows.values()}
    sequence = Event.objects.filter(exercise=exercise).count()
    every = list(dict.fromkeys(addresses(Case.of(exercise), rows.values(), sequence)))
    about = [one for one in every if not stems.isdisjoint(one.replace(".", "/").split("/"))]
    yield from about[turn::ONE_IN]
    others = sorted(set(every) - set(about))
    yield from others[turn::ONE_IN_OTHERS]


def leaks(clients: list[Client], paths: Iterator[str], numbers: set[str]) -> dict[str, list[str]]:
    """Of each made-up name: the addresses that told it to somebody."""
    found: dict[str, list[str]] = {}
    for place, path in enumerate(paths):
        status, told = said(clients[place % len(clients)], path)
        assert status < 500 or status == 503, path
        if path.removeprefix(AT) in GATHERING:
            assert status == 200, path
        for number in told & numbers:
            found.setdefault(number, []).append(path)
    return found


def test_nothing_that_is_commercial_is_told(
    exercise: Any, named: Marked, clients: list[Client], quick: None
) -> None:
    found = {}
    for group in range(GROUPS):
        rows = dict(list(named.items())[group::GROUPS])
        mark(rows, "commercial")
        found |= leaks(clients, chosen(exercise, rows, group), set(rows))
        mark(rows, "")
    assert found == {}


def test_that_walk_can_fail(exercise: Any, named: Marked, clients: list[Client], quick: None) -> None:
    """With nothing marked, nearly every name is told: by the registers alone."""
    registers = (f"{AT}/records/{model.stem}.json" for model in record_models())
    found = leaks(clients, iter([*(f"{AT}{path}" for path in GATHERING), *registers]), set(named))
    silent = {type(row).stem for number, row in named.items() if number not in found}
    assert len(named) > 0.8 * len(record_models())
    assert len(found) > 0.9 * len(named), silent
    assert any(path.startswith(f"{AT}/stages") for paths in found.values() for path in paths)
    assert str(FIRST) in found
