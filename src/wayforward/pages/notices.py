"""What rooms above have to say at the head of home, such as that a signed report no longer says what is so."""

from collections.abc import Callable
from typing import Any

from wayforward.findings import Findings

# Given a person and the findings: the sentence, the address behind it, and what it is about; None for nothing to say.
Notice = Callable[[Any, Findings], dict[str, Any] | None]
NOTICES: list[Notice] = []


def notice(tell: Notice) -> Notice:
    """Declare a function that may have something to say."""
    NOTICES.append(tell)
    return tell


def notices(user: Any, findings: Findings) -> list[dict[str, Any]]:
    """Everything there is to say to a person."""
    return [said for tell in NOTICES if (said := tell(user, findings)) is not None]
