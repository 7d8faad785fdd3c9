"""An exercise to do long work for, and kinds of work made for the tests."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django_tasks_db.management.commands import db_worker

from tests.workbench import store_small_case
from wayforward.jobs import kinds, running, worker


@pytest.fixture(autouse=True)
def own_home(settings: Any, tmp_path: Path) -> None:
    settings.HOME = tmp_path
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


@pytest.fixture(autouse=True)
def every_word_is_stored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "TELL_EVERY", 0)


@pytest.fixture(autouse=True)
def one_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test is one transaction: its connection is not to be given back in the middle."""
    for module in (worker, db_worker):
        monkeypatch.setattr(module, "close_old_connections", lambda: None)


@pytest.fixture(autouse=True)
def not_stopping() -> Iterator[None]:
    yield
    running.stopping.clear()


@pytest.fixture
def exercise(db: None) -> Any:
    return store_small_case()


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """A kind of work, `count`, that notes each time it is done."""
    done: list[Any] = []

    def count(job: running.Running) -> str:
        for step in range(3):
            job.step(step, 3, f"step {step}")
        done.append(job.arguments)
        return "/made"

    monkeypatch.setitem(kinds.KINDS, "count", kinds.Kind("count", lambda a: "A count", count))
    return done
