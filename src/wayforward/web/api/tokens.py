"""Tokens: what a program shows in place of a person. The token is told once; only its digest is kept."""

import hashlib
import secrets
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import DatabaseError, transaction
from django.utils import timezone

from wayforward.people.models import ApiToken, User

PREFIX = "wf_"  # so that a token found in a file is known for what it is
BYTES = 32
LASTS = (30, 90, 180, 365)  # days that may be chosen
MOST = 20  # of one person that work


class TooMany(Exception):  # says what happened
    """A person has as many tokens as they may have."""


def make(user: Any, exercise: Any, name: str, days: int, submission: UUID) -> str | None:
    """Make a token and tell it, this once; None where the same form made one before.

    Raises TooMany.
    """
    told = PREFIX + secrets.token_urlsafe(BYTES)
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        if ApiToken.objects.filter(submission=submission).exists():
            return None
        if working(user).count() >= MOST:
            raise TooMany
        ApiToken.objects.create(
            user_id=user.pk,
            exercise=exercise,
            name=name,
            digest=_digest(told),
            submission=submission,
            expires=timezone.localdate() + timedelta(days=days),
        )
    return told


def working(user: Any) -> Any:
    """The tokens of a person that work today."""
    return ApiToken.objects.filter(user=user, revoked=None, expires__gte=timezone.localdate())


def found(told: str) -> ApiToken | None:
    """The working token that a program shows; None where it is none, has expired, was revoked, or its person left."""
    if not told.startswith(PREFIX) or len(told) > 100:
        return None
    one = ApiToken.objects.select_related("user", "exercise").filter(digest=_digest(told)).first()
    if one is None or one.revoked or one.expires < timezone.localdate() or not one.user.is_active:
        return None
    return one


def note_used(one: ApiToken) -> None:
    """That a token was used today. Where the database is busy with something long, that can wait."""
    today = timezone.localdate()
    if one.used == today:
        return
    one.used = today
    try:
        with transaction.atomic():
            one.save(update_fields=["used"])
    except DatabaseError:
        return


def revoke(user: Any, number: int) -> ApiToken | None:
    """Let a token of this person work no more; None where they have none of that number."""
    one = ApiToken.objects.filter(user=user, pk=number).first()
    if one is not None and one.revoked is None:
        one.revoked = timezone.now()
        one.save(update_fields=["revoked"])
    return one


def _digest(told: str) -> str:
    """Nobody can guess 32 random bytes, so a plain digest is as good as a slow one, and costs nothing."""
    return hashlib.sha256(told.encode()).hexdigest()
