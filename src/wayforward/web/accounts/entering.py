"""Letting a person in whose password was right or has just been set: through the second factor, where they have one."""

from typing import Any

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.account.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from wayforward.web import throttle

BACKEND = "django.contrib.auth.backends.ModelBackend"


def entered(request: HttpRequest, user: Any, to: str = "/") -> HttpResponse:
    """Sign a person in, or ask for their code first; then to where they were going."""
    user.backend = BACKEND
    record_authentication(request, user, method="password")
    response: HttpResponse = perform_login(request, Login(user=user, redirect_url=to))
    return response


@receiver(user_logged_in, dispatch_uid="wayforward.web.entering")
def _is_in(request: HttpRequest, response: HttpResponseBase, user: Any, **more: Any) -> None:
    """Only now is a try no failed one: a right password without its code is none."""
    throttle.succeeded(throttle.tried(request, user.email))
    throttle.succeeded(throttle.tried_code(user.email))
    if isinstance(response, HttpResponse):
        throttle.remember(response, user.email)
