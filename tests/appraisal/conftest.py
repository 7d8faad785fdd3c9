"""Pages of the appraisal keep nothing from another run."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.appraisal.workbench import member, store, two_options, weighed


@pytest.fixture
def own_home(settings: Any, tmp_path: Path) -> None:
    settings.HOME = tmp_path
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick


@pytest.fixture
def analyst() -> Client:
    return member(store(weighed(two_options())))
