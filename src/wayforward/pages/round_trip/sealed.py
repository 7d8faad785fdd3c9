"""The seal of what is taken away: which exercise it is and how that stood, in a form that nobody can make up."""

from dataclasses import dataclass
from typing import Any

from django.core.signing import BadSignature, Signer

from wayforward.records.models import Event

SALT = "wayforward.round-trip"


@dataclass(frozen=True)
class Seal:
    """What a seal says, as far as it can be believed."""

    exercise: str = ""
    since: int | None = None  # changes made since; None where how it stood is not known here


def seal(exercise: Any) -> str:
    """The seal of an exercise as it stands."""
    head = (
        Event.objects.filter(exercise=exercise).order_by("-sequence").values_list("hash", flat=True).first()
    )
    return Signer(salt=SALT).sign_object({"exercise": exercise.code, "head": head or ""})


def read(text: str, exercise: Any) -> Seal:
    """What a seal says; nothing where it was not made here."""
    try:
        told = Signer(salt=SALT).unsign_object(text)
    except (BadSignature, ValueError):
        return Seal()
    events = Event.objects.filter(exercise=exercise)
    # A seal of events that are no longer there is of a state that was set back: its versions may be others' by now.
    at = events.filter(hash=told["head"]).values_list("sequence", flat=True).first()
    return Seal(told["exercise"], None if at is None else events.filter(sequence__gt=at).count())
