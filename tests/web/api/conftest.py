"""An exercise, somebody with a part in it, and a token of theirs."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from tests.workbench import person, store_small_case
from wayforward.people.models import ApiToken, Membership
from wayforward.web.api import tokens


@pytest.fixture
def exercise(db: None) -> Any:
    return store_small_case()


@pytest.fixture
def analyst(exercise: Any) -> Any:
    user = person("analyst@example.org")
    Membership.objects.create(exercise=exercise, user=user, role="analyst")
    return user


@pytest.fixture
def token(exercise: Any, analyst: Any) -> str:
    told = tokens.make(analyst, exercise, "Notebook", 90, uuid4())
    assert told
    return told


def asked(token: str, address: str, client: Client | None = None, method: str = "GET") -> Any:
    """The answer to a program that shows a token."""
    return (client or Client()).generic(method, address, headers={"Authorization": f"Bearer {token}"})


def expire(days_ago: int = 1) -> None:
    """Let every token have expired."""
    for one in ApiToken.objects.all():
        one.expires = timezone.localdate() - timedelta(days=days_ago)
        one.save()
