"""E-mail to a person about their account: sent where the operator has named a mail server."""

import logging
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string

from wayforward.web.passwords import good_for, password_link

log = logging.getLogger("wayforward.mail")


def send_link(user: Any, exercise: Any = None) -> bool:
    """Send a person a link to set a password; whether it went. `exercise`: the one they are invited to."""
    if not settings.SENDS_MAIL:
        return False
    told = {
        "link": password_link(user),
        "days": good_for(user).days,
        "exercise": exercise,
        "at": settings.URL,
    }
    subject = f"Join {exercise.title} in Wayforward" if exercise else "Set your password in Wayforward"
    return _sent(subject, render_to_string("web/mail/link.txt", told), user)


def tell_of_part(user: Any, exercise: Any) -> bool:
    """Tell somebody who signs in already that they have a part in an exercise; whether it went."""
    if not settings.SENDS_MAIL:
        return False
    told = {"exercise": exercise, "at": settings.URL}
    return _sent(
        f"You have a part in {exercise.title} in Wayforward",
        render_to_string("web/mail/part.txt", told),
        user,
    )


def _sent(subject: str, text: str, user: Any) -> bool:
    try:
        return bool(send_mail(" ".join(subject.split()), text, None, [user.email]))
    except OSError as error:  # no server, or one that refuses; its words may hold the address
        log.error("An e-mail to person %s was not sent (%s).", user.pk, type(error).__name__)
        return False
