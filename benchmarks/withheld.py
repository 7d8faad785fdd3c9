"""Every address of the worked case, opened by those who are barred from what is commercial, table by table."""

import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

CASE = Path(__file__).parents[1] / "cases" / "west-midlands-2012"
GROUPS = int(
    os.environ.get("WALKS", "12")
)  # of tables marked at once; as many as there are tables: one at a time


def run() -> Iterator[str]:
    """How many answers there were, and which told a made-up name of what is commercial."""
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"WAYFORWARD_HOME": home, "DJANGO_SETTINGS_MODULE": "wayforward.web.settings"}
        yield from _walked()


def _walked() -> Iterator[str]:
    import django

    django.setup()
    from django.conf import settings
    from tests.pages.walked import addresses, marked_rows, said

    from wayforward.casefile import load
    from wayforward.pages import pictures
    from wayforward.records.models import Event
    from wayforward.records.save import Change, save_all, save_case
    from wayforward.web.home import prepare_database

    drawing: Any = pictures
    drawing.drawing.svg_of = lambda spec: f"<svg >{json.dumps(spec)}</svg>"
    drawing.both_of = lambda spec: (f"<svg >{spec}</svg>", b"")  # what a picture says, in words
    drawing.WORTH_A_POOL = 10**6
    settings.ALLOWED_HOSTS = ["testserver"]
    prepare_database()
    case = load(CASE)
    named = marked_rows(case)
    save_case(case, "operator")
    clients = _clients(case.exercise)
    opened, told = 0, list[str]()
    for group in range(GROUPS):
        rows = dict(list(named.items())[group::GROUPS])
        _mark(rows, "commercial", save_all, Change)
        sequence = Event.objects.filter(exercise=case.exercise).count()
        for path in addresses(case, rows.values(), sequence):
            for client in clients:
                opened += 1
                told += [f"{rows[one].reference} at {path}" for one in said(client, path)[1] & set(rows)]
        _mark(rows, "", save_all, Change)
    yield f"{opened:,} answers, {len(named)} tables in {GROUPS} groups: {len(told)} told what is commercial"
    yield from told[:20]


def _mark(rows: dict[str, Any], marking: str, save_all: Any, change: Any) -> None:
    for row in rows.values():
        row.marking = marking
    save_all([change(row, row.version) for row in rows.values()], "operator")


def _clients(exercise: Any) -> list[Any]:
    """A guest, and an analyst who holds a declared interest."""
    from django.test import Client

    from wayforward.exercise.models import DeclaredInterest
    from wayforward.people import parts
    from wayforward.people.models import User
    from wayforward.records.save import save

    interest = {"holder": "Analyst", "interest": "Tendered once"}
    save(DeclaredInterest(exercise=exercise, code="INT-99", **interest), 0, "operator")
    found = []
    for role in ("guest", "analyst"):
        user = User.objects.create_user(f"{role}@example.org", None)
        parts.give(exercise, user, role, None)
        if role == "analyst":
            parts.link_interests(exercise, user, ["INT-99"], None)
        client = Client()
        client.force_login(User.objects.get(pk=user.pk))
        found.append(client)
    return found
