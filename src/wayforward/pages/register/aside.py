"""Records put aside while another is entered, for rules about several at once: kept in the form itself, and signed.

Nothing of them is stored before all are saved together. Each carries the version that it was begun from.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.core.exceptions import BadRequest

NAME = "aside"  # of the hidden entries that hold them
MOST = 10
TOO_MANY = f"At most {MOST} records can be put aside. Save these first."
NOT_OURS = (
    "What was put aside can’t be read: it is another person’s or another exercise’s, or it was changed on the way. "
    "Nothing was saved."
)


@dataclass(frozen=True)
class Aside:
    """What was entered for one record: its register, its code, the version seen (0: it is new), and the entries."""

    stem: str
    code: str
    version: int
    texts: Mapping[str, str]
    sealed: str


def put_aside(
    user: Any, exercise: Any, stem: str, code: str, version: int, texts: Mapping[str, str]
) -> Aside:
    """One more record put aside, as this person's own and of this exercise."""
    told = [stem, code, version, dict(texts)]
    return Aside(stem, code, version, texts, signing.dumps(told, salt=_salt(user, exercise), compress=True))


def opened(user: Any, exercise: Any, sealed: Sequence[str]) -> tuple[Aside, ...]:
    """The records that a form carries. Raises BadRequest for what no form of theirs gave out."""
    if len(sealed) > MOST:
        raise BadRequest(TOO_MANY)
    found: dict[tuple[str, str], Aside] = {}
    for text in sealed:
        try:
            stem, code, version, texts = signing.loads(text, salt=_salt(user, exercise))
        except signing.BadSignature as error:
            raise BadRequest(NOT_OURS) from error
        found[stem, code] = Aside(stem, code, version, texts, text)
    if len(found) < len(sealed):
        raise BadRequest("The same record was put aside twice.")
    return tuple(found.values())


def _salt(user: Any, exercise: Any) -> str:
    return f"wayforward.aside:{exercise.pk}:{user.pk}"
