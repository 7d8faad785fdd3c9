"""The same exercise and people as the tests of pages have."""

from tests.pages.conftest import director, exercise, own_home

__all__ = ["director", "exercise", "own_home"]
