"""Whether the workbench answers: for monitors and load balancers, without signing in and by any name of the host."""

import time
from collections.abc import Callable
from functools import cache

from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_not_required
from django.contrib.sessions.models import Session
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from wayforward.pages.answer import read_only
from wayforward.web.home import database_file

PATH = "/healthz"
HOLDS_FOR = 3.0  # seconds
_last = (float("-inf"), "")


@read_only
@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:
    """'ok' where the database can be worked with, else 503 and one line; it tells nothing else about the server."""
    global _last
    when, wrong = _last
    if time.monotonic() - when > HOLDS_FOR:
        wrong = what_is_wrong()
        _last = (time.monotonic(), wrong)
    return HttpResponse(f"{wrong or 'ok'}\n", content_type="text/plain", status=503 if wrong else 200)


def before_the_host_is_checked(
    answer: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Answer a monitor, which asks by number or by a name of its own."""

    def answered(request: HttpRequest) -> HttpResponseBase:
        return healthz(request) if request.path_info == PATH else answer(request)

    return answered


def what_is_wrong() -> str:
    """In a few words; '' where nothing is."""
    try:
        path = database_file()
        if path and not path.exists():
            return "the database is not there"  # a file moved away still answers those who hold it open
        get_user_model().objects.exists()
        Session.objects.exists()
        if _known() - set(MigrationRecorder(connection).applied_migrations()):
            return "the database is not up to date"
    except DatabaseError:
        return "the database does not answer"
    return ""


@cache
def _known() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)
