"""An exercise in the database, and people with and without a part in it."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.workbench import person, store_small_case


@pytest.fixture(autouse=True)
def own_home(settings: Any, tmp_path: Path) -> None:
    """Nothing kept from another run, nothing left behind."""
    settings.HOME = tmp_path
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick


@pytest.fixture
def exercise(db: None) -> Any:
    return store_small_case()


@pytest.fixture
def director(exercise: Any, client: Client) -> Client:
    """Signed in, with a part in the exercise."""
    from wayforward.people.models import Membership

    user = person("director@example.org")
    Membership.objects.create(exercise=exercise, user=user, role="director")
    client.force_login(user)
    return client


@pytest.fixture
def outsider(exercise: Any) -> Client:
    """Signed in, with no part in the exercise."""
    client = Client()
    client.force_login(person("outsider@example.org"))
    return client
