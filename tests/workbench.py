"""The workbench with the small case in it, for tests of pages and of sign-in."""

from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model

SMALL = Path(__file__).parent / "casefile" / "small_case"
PASSWORD = "three odd words here"


def store_small_case() -> Any:
    """Load the small case, store it, and return its exercise."""
    from wayforward.casefile import load
    from wayforward.records.save import save_case

    case = load(SMALL)
    save_case(case, "operator")
    return case.exercise


def person(email: str, **fields: Any) -> Any:
    """Somebody who can sign in with PASSWORD."""
    return get_user_model().objects.create_user(email, PASSWORD, **fields)
