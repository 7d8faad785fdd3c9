"""The small town's exercise, with nothing kept from another run."""

from pathlib import Path
from typing import Any

import pytest

from tests.report.signing.ready import Town


@pytest.fixture(autouse=True)
def own_home(settings: Any, tmp_path: Path) -> None:
    settings.HOME = tmp_path
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick


@pytest.fixture
def town(db: None) -> Town:
    return Town()


@pytest.fixture
def ready(town: Town) -> Town:
    """With everything but the signature."""
    town.make_ready()
    return town
