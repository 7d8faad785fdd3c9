"""Failed tries to sign in: how many may be made for one address, and from one place, within 15 minutes.

A try is counted before its password is looked at, so that many at once are no more than one after another. Strangers
elsewhere can't lock a person out: tries are held by address and place together, and a browser in which that person has
signed in before is a place of its own. Codes of a second factor are counted apart and by person alone, wherever they
come from: only who knows the password is asked for one.
"""

from dataclasses import dataclass
from datetime import timedelta
from ipaddress import IPv6Address, ip_address
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from wayforward.people.models import FailedSignIn, UserByEmail

WITHIN = timedelta(minutes=15)
MOST_OF_ONE_ADDRESS_FROM_ONE_PLACE = 10
MOST_FROM_ONE_PLACE = 50
MOST_OF_ONE_ADDRESS = 100
COOKIE = "known"
COOKIE_LASTS = timedelta(days=365)


class Held(ValidationError):
    """A form is to wait: nothing that it says was looked at."""

    def __init__(self) -> None:
        super().__init__("Too many failed tries. Wait 15 minutes, then try again", code="held")


@dataclass(frozen=True)
class Try:
    """Whose address is tried and from where, as keyed digests; `known` where they have signed in there before."""

    address: str
    place: str
    known: bool


def tried(request: HttpRequest, email: str) -> Try:
    """The try that a request makes for an address."""
    address = _address_digest(email)
    cookie = request.get_signed_cookie(COOKIE, default="", salt=COOKIE) or ""
    known = constant_time_compare(cookie, address)
    return Try(address, _digest(f"browser {address}" if known else f"network {network(request)}"), known)


def tried_code(email: str) -> Try:
    """The try of a code that a person makes; it is the same one wherever it comes from."""
    person = _code_digest(email)
    return Try(person, person, known=True)


def caller(request: HttpRequest) -> str:
    """The address of whoever asks, as far as it is told."""
    told = str(request.META.get("REMOTE_ADDR", ""))
    if settings.BEHIND_PROXY:
        # The last is what the web server in front saw; those before it anybody can write.
        told = request.headers.get("X-Forwarded-For", told).rpartition(",")[2].strip()
    return told


def network(request: HttpRequest) -> str:
    """The network place of a request: its address, or the half of an IPv6 address that one household has."""
    told = caller(request)
    try:
        found = ip_address(told)
    except ValueError:
        return told
    return str(int(found) >> 64) if isinstance(found, IPv6Address) and not found.ipv4_mapped else str(found)


def admit(one: Try) -> bool:
    """Count a try and say whether it may be made; asked before any password is hashed."""
    now = timezone.now()
    with transaction.atomic():
        alone_with(FailedSignIn)
        FailedSignIn.objects.filter(at__lte=now - WITHIN).delete()
        if _full(one):
            return False
        FailedSignIn.objects.create(address_digest=one.address, place_digest=one.place, at=now)
    return True


def demand(one: Try) -> None:
    """Count a try. Raises Held where it may not be made."""
    if not admit(one):
        raise Held


def answered(response: HttpResponse, form: Any) -> HttpResponse:
    """The page of a refused form: 429, and when to try again, where the form was to wait."""
    if any(error.code == "held" for errors in form.errors.as_data().values() for error in errors):
        response.status_code = 429
        response["Retry-After"] = str(int(WITHIN.total_seconds()))
    return response


def _full(one: Try) -> bool:
    of_both = FailedSignIn.objects.filter(address_digest=one.address, place_digest=one.place).count()
    if one.known:
        return of_both >= MOST_OF_ONE_ADDRESS_FROM_ONE_PLACE
    return (
        of_both >= MOST_OF_ONE_ADDRESS_FROM_ONE_PLACE
        or FailedSignIn.objects.filter(place_digest=one.place).count() >= MOST_FROM_ONE_PLACE
        or FailedSignIn.objects.filter(address_digest=one.address).count() >= MOST_OF_ONE_ADDRESS
    )


def succeeded(one: Try) -> None:
    """Forget the tries of an address from where its person has signed in."""
    FailedSignIn.objects.filter(address_digest=one.address, place_digest=one.place).delete()


def unlock(email: str, codes: bool = True) -> int:
    """Forget every try of an address, wherever it came from, and of its codes; how many there were."""
    named = [_address_digest(email), *([_code_digest(email)] if codes else [])]
    tries: QuerySet[FailedSignIn] = FailedSignIn.objects.filter(address_digest__in=named)
    return tries.delete()[0]


def remember(response: HttpResponse, email: str) -> None:
    """Let this browser be known as one in which the person has signed in."""
    response.set_signed_cookie(
        COOKIE,
        _address_digest(email),
        salt=COOKIE,
        max_age=COOKIE_LASTS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def alone_with(model: type[FailedSignIn]) -> None:
    """Within a transaction: nobody else writes until it ends. SQLite sees to that itself."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {connection.ops.quote_name(model._meta.db_table)} IN EXCLUSIVE MODE")


def _address_digest(email: str) -> str:
    return _digest(f"address {UserByEmail.normalize_email(email)}")


def _code_digest(email: str) -> str:
    return _digest(f"code {UserByEmail.normalize_email(email)}")


def _digest(text: str) -> str:
    """Who or where, without keeping it."""
    return salted_hmac("wayforward.failed-sign-in", text).hexdigest()
