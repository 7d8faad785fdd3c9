"""The exercise with people of several parts in it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.workbench import person


@pytest.fixture
def somebody(exercise: Any) -> Callable[..., Client]:
    """somebody("guest") is a guest signed in; somebody("analyst", "INT-1") one who holds that interest."""
    from wayforward.people.models import HeldInterest, Membership

    def signed_in(role: str, *interests: str) -> Client:
        user = person(f"{role}-{len(interests)}@example.org")
        membership = Membership.objects.create(exercise=exercise, user=user, role=role)
        for one in interests:
            HeldInterest.objects.create(membership=membership, interest=one)
        client = Client()
        client.force_login(user)
        return client

    return signed_in
