"""What a form that saves sends besides its entries: the version that it was made from, and the key of its sending."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from django.core.exceptions import BadRequest
from django.http import QueryDict

WORDS = "This form was not sent whole. Open the page again, and send it from there."
MOST_DIGITS = 9


@dataclass(frozen=True)
class Submitted:
    """The version seen (0: nothing was there yet) and the key, new for each form that is shown."""

    version: int
    submission: UUID


def submitted(entries: QueryDict) -> Submitted:
    """What a form sent. Raises BadRequest where that is not what the page gave out."""
    version = entries.get("version", "")
    if not (version.isascii() and version.isdecimal() and len(version) <= MOST_DIGITS):
        raise BadRequest(WORDS)
    try:
        return Submitted(int(version), UUID(entries.get("submission", "")))
    except ValueError as error:
        raise BadRequest(WORDS) from error


def fresh(version: int = 0) -> Submitted:
    """What a form that is shown anew gives out."""
    return Submitted(version, uuid4())
