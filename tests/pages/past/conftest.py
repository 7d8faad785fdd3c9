"""An exercise with something that was done to it, at known moments."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from unittest import mock

import pytest

from tests.workbench import store_small_case
from wayforward.records.models import Event
from wayforward.records.save import save
from wayforward.scope.models import Service

BEGAN = datetime(2012, 12, 3, 9, tzinfo=UTC)


@pytest.fixture
def clock() -> Iterator[Any]:
    """Events happen when a test says."""
    with mock.patch("wayforward.records.events.timezone") as timezone:
        timezone.now.return_value = BEGAN
        yield timezone.now


@pytest.fixture
def exercise(db: None, clock: Any) -> Any:
    """Imported on 3 December 2012."""
    return store_small_case()


def head(exercise: Any) -> int:
    return Event.objects.filter(exercise=exercise).latest("sequence").sequence


def change(exercise: Any, code: str = "S1", actor: str = "person 1", **values: Any) -> Service:
    """A service with other values, saved."""
    service = Service.objects.get(exercise=exercise, code=code)
    for name, value in values.items():
        setattr(service, name, value)
    save(service, service.version, actor)
    return service
