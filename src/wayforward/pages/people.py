"""Who changed what, in words: the log names a person by a number alone, so that their name can be erased."""

from typing import Any

from django.contrib.auth import get_user_model

from wayforward.people.permissions import role_of

PERSON = "person "


def actor_of(user: Any) -> str:
    """What the log calls a person."""
    return f"{PERSON}{user.pk}"


def called(actor: str, exercise: Any) -> str:
    """What pages call an actor of the log: a person by their part in the exercise; a program as the log names it."""
    number = actor.removeprefix(PERSON)
    if number == actor or not number.isdecimal():
        return actor
    person: Any = get_user_model()._default_manager.filter(pk=int(number)).first()
    role = role_of(person, exercise) if person else ""
    return f"{role} ({actor})" if role else actor
