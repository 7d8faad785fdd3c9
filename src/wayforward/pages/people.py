"""Who changed what, in words: the log names a person by a number alone, so that their name can be erased."""

from typing import Any

from django.contrib.auth import get_user_model

PERSON = "person "


def called(actor: str, exercise: Any) -> str:
    """What pages call an actor of the log: a person by their part in the exercise; a program as the log names it."""
    number = actor.removeprefix(PERSON)
    if number == actor or not number.isdecimal():
        return actor
    person: Any = get_user_model()._default_manager.filter(pk=int(number)).first()
    part = person.memberships.filter(exercise=exercise).first() if person else None
    role = part.get_role_display() if part else "Operator" if person and person.is_superuser else ""
    return f"{role} ({actor})" if role else actor
