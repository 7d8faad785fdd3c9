"""How long signing in lasts, and that a second factor is set up first where it is required."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.deprecation import MiddlewareMixin

# It is noted that somebody is there, at most once in so long: a look at a page should write nothing.
NOTED_EVERY = timedelta(minutes=5)
# Where a person without the second factor that is required may go: to set it up, and out.
WITHOUT = ("mfa_activate_totp", "account_reauthenticate", "sign-out", "mfa_view_recovery_codes")


def limited(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """End what lasted too long, or was left alone too long; note when people were last there."""

    def within_limits(request: HttpRequest) -> HttpResponse:
        if SESSION_KEY in request.session:
            _limit(request)
        return answer(request)

    return within_limits


def _limit(request: HttpRequest) -> None:
    now = timezone.now()
    mine = UserSession.objects.filter(session_key=request.session.session_key).first()
    if mine is None:
        _note(request)
        return
    idle = timedelta(minutes=settings.IDLE_MINUTES)
    too_long = now - mine.created_at > timedelta(seconds=settings.SESSION_COOKIE_AGE)
    left_alone = idle and now - mine.last_seen_at > max(idle, NOTED_EVERY)
    if too_long or left_alone:
        mine.delete()
        logout(request)
    elif now - mine.last_seen_at > NOTED_EVERY:
        _note(request)


def _note(request: HttpRequest) -> None:
    """That the person is there. Where the database is busy with something long, that can wait."""
    if not request.user.is_authenticated:
        return
    person: Any = request.user
    try:
        with transaction.atomic():
            UserSession.objects.create_from_request(request)
            person.seen = timezone.now()
            person.save(update_fields=["seen"])
    except DatabaseError:
        return


class SecondFactorRequired(MiddlewareMixin):
    """Where the operator requires a second factor, nothing else opens before it is set up."""

    def process_view(
        self, request: HttpRequest, view: Any, arguments: Any, named: Any
    ) -> HttpResponse | None:
        if not settings.SECOND_FACTOR_REQUIRED or SESSION_KEY not in request.session:
            return None
        match = request.resolver_match
        open_to_all = not getattr(view, "login_required", True)
        if open_to_all or (match and match.url_name in WITHOUT) or is_mfa_enabled(request.user, ["totp"]):
            return None
        if request.path.endswith(".json"):
            return JsonResponse({"error": "Set up a second factor first."}, status=403)
        return redirect("mfa_activate_totp")
