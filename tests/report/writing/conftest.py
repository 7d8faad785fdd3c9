"""The small case in the database, and people with each part in it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.pages.conftest import exercise, own_home
from tests.workbench import person

__all__ = ["exercise", "own_home"]

As = Callable[[str], Client]


@pytest.fixture
def signed_in(exercise: Any) -> As:
    """A client of somebody with a part in the exercise; each part is one person."""
    from wayforward.people.models import Membership

    known: dict[str, Client] = {}

    def of(role: str) -> Client:
        if role not in known:
            user = person(f"{role}@example.org")
            Membership.objects.create(exercise=exercise, user=user, role=role)
            known[role] = Client()
            known[role].force_login(user)
        return known[role]

    return of
