"""Big uploads, which are read and saved as long work."""

from typing import Any

import pytest
from django.utils import timezone

from wayforward.jobs import running
from wayforward.pages.round_trip import views


@pytest.fixture
def heavy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every upload counts as big, and each word of progress is stored."""
    monkeypatch.setattr(views, "HEAVY", 0)
    monkeypatch.setattr(running, "TELL_EVERY", 0)


@pytest.fixture
def worker(db: None) -> Any:
    """Somebody is there to do long work, and comes to it when the test says so."""
    from wayforward.jobs.models import Worker

    return Worker.objects.create(name="elsewhere:1/x", beat_at=timezone.now())
