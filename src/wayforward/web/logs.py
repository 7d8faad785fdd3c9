"""What the workbench says about its running: plain lines, or with WAYFORWARD_LOG=json one JSON object a line.

No line holds an e-mail address, a query or a link that signs somebody in. A JSON line names a fault by its kind and the
places in the code, without the fault's own words, for those can quote what a person entered.
"""

import json
import logging
import re
import time
import uuid
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from traceback import extract_tb
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils.functional import LazyObject

HEADER = "X-Request-Id"
ID = re.compile(r"[A-Za-z0-9-]{1,64}")
SECRET_ARGUMENT = "token"  # the name by which a secret stands in an address
LONGEST = 4000  # characters of a message
FRAMES = 30

# Bounded, so that a long line costs no more than its length.
_EMAIL = re.compile(r"[^\s@/<>\"'(),;:=?&\[\]]{1,80}(?:@|%40)[^\s@/<>\"'(),;:?&\[\]]{1,255}", re.IGNORECASE)
_LINK = re.compile(r"/(first|password/\d{1,20})/[^\s\"'<>]+", re.IGNORECASE)
_QUERY = re.compile(r"(?<=[\w/%.-])\?[^\s\"'<>]+")
_BEFORE_THE_ADDRESSES = {
    "/healthz": "healthz",
    "/metrics": "metrics",
}  # answered before an address is looked up

_access = logging.getLogger("wayforward.access")
_asked: ContextVar[HttpRequest | None] = ContextVar("asked", default=None)


def logged(answer: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Give each request an id, which its answer and every line about it carry, and write one line when answered."""

    def with_id(request: HttpRequest) -> HttpResponseBase:
        begun = time.perf_counter()
        request.log_id = _id(request)  # type: ignore[attr-defined]  # given by this middleware
        held = _asked.set(request)
        try:
            response = answer(request)
            response.headers[HEADER] = request.log_id  # type: ignore[attr-defined]  # given by this middleware
            took = round(1000 * (time.perf_counter() - begun), 1)
            told = {"route": route(request, response), "status": response.status_code, "ms": took}
            _access.info("answered", extra={"told": told})
            return response
        finally:
            _asked.reset(held)

    return with_id


def route(request: HttpRequest, response: HttpResponseBase) -> str:
    """The name of the address that was asked for; '' where there is no such address."""
    match = request.resolver_match
    if match is not None:
        return match.url_name or match.route
    if request.path.startswith(settings.STATIC_URL) and response.status_code in (200, 304):
        return "static"
    return _BEFORE_THE_ADDRESSES.get(request.path, "")


def safe(text: str) -> str:
    """A text without e-mail addresses, queries and links that sign somebody in."""
    return _EMAIL.sub("(an e-mail address)", _LINK.sub(r"/\1/...", _QUERY.sub("?...", text)))


class Plain(logging.Formatter):
    """A line for people, with a fault told in full."""

    def format(self, record: logging.LogRecord) -> str:
        return safe(super().format(record))


class Json(logging.Formatter):
    """One JSON object a line, for programs that gather logs."""

    def format(self, record: logging.LogRecord) -> str:
        asked = _asked_in(record)
        told: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": safe(_without_path(record.getMessage(), asked))[:LONGEST],
        }
        told |= _about(asked)
        told |= getattr(record, "told", {})
        if record.exc_info and record.exc_info[1] is not None:
            told["fault"] = _fault(record.exc_info[1])
        return json.dumps(told)


def _id(request: HttpRequest) -> str:
    told = request.headers.get(HEADER, "") if settings.BEHIND_PROXY else ""
    return told if ID.fullmatch(told) else uuid.uuid4().hex


def _asked_in(record: logging.LogRecord) -> HttpRequest | None:
    """The request that a line is about: Django tells of some only when they are answered."""
    told = _asked.get() or getattr(record, "request", None)
    return told if isinstance(told, HttpRequest) else None


def _about(request: HttpRequest | None) -> dict[str, Any]:
    if request is None:
        return {}
    told: dict[str, Any] = {
        "request": getattr(request, "log_id", ""),
        "method": safe(str(request.method))[:20],
        "path": _path(request),
    }
    if person := _person(request):
        told["person"] = person
    return told


def _path(request: HttpRequest) -> str:
    """Without its query; the name of the address alone where a secret stands in it, or where there is no such page."""
    match = request.resolver_match
    if match is not None:
        return (match.url_name or "") if SECRET_ARGUMENT in match.kwargs else safe(request.path)[:300]
    return safe(request.path)[:300] if request.path in _BEFORE_THE_ADDRESSES else _folder(request)


def _without_path(message: str, request: HttpRequest | None) -> str:
    """A message that tells the address as the line itself does: Django's own, of what was refused, have it in full."""
    if request is None or len(request.path) == 1:
        return message
    for written in (request.path, request.path.encode("unicode_escape").decode("ascii")):
        message = message.replace(written, _path(request))
    return message


def _folder(request: HttpRequest) -> str:
    """Of an address that leads nowhere: anything can stand in it, a mistyped link too."""
    static = str(settings.STATIC_URL)
    return f"{static}..." if request.path.startswith(static) else "(no such address)"


def _person(request: HttpRequest) -> int | None:
    """The number of the person, where it is known already: a line must not ask the database."""
    held = vars(request)
    user = held.get("_cached_user") or held.get("user")
    return None if user is None or isinstance(user, LazyObject) else user.pk


def _fault(fault: BaseException) -> list[str]:
    """The kinds of a fault and of what led to it, the last first, each with its places in the code."""
    told: list[str] = []
    seen: set[int] = set()
    one: BaseException | None = fault
    while one is not None and id(one) not in seen and len(told) < FRAMES:
        seen.add(id(one))
        told.append(f"{type(one).__module__}.{type(one).__qualname__}")
        places = extract_tb(one.__traceback__, limit=-FRAMES)
        told += [f"{place.filename}:{place.lineno} {place.name}" for place in reversed(places)]
        one = one.__cause__ or one.__context__
    return told


def configuration(kind: str) -> dict[str, Any]:
    """Python's settings of logging, all on standard error; of each request a line of its own in JSON alone."""
    access = {"wayforward.access": {"level": "INFO" if kind == "json" else "WARNING"}}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "plain": {
                "()": "wayforward.web.logs.Plain",
                "fmt": "%(asctime)s %(levelname)s %(name)s: %(message)s",
            },
            "json": {"()": "wayforward.web.logs.Json"},
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": kind}},
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {
            "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
            "django.request": {"handlers": ["console"], "level": "ERROR", "propagate": False},
            **access,
        },
    }
