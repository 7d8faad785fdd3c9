"""Failed tries to sign in: after ten for one address within 15 minutes, further tries wait."""

from datetime import timedelta

from django.utils import timezone
from django.utils.crypto import salted_hmac

from wayforward.web.models import FailedSignIn

MOST = 10
WITHIN = timedelta(minutes=15)


def _digest(email: str) -> str:
    """Who was tried, without keeping the address."""
    return salted_hmac("wayforward.failed-sign-in", email.strip().casefold()).hexdigest()


def must_wait(email: str) -> bool:
    """Whether an address has had its tries for now; asked before any password is hashed."""
    since = timezone.now() - WITHIN
    return FailedSignIn.objects.filter(address_digest=_digest(email), at__gt=since).count() >= MOST


def failed(email: str) -> None:
    """Note a failed try, and forget those that no longer count."""
    now = timezone.now()
    FailedSignIn.objects.filter(at__lte=now - WITHIN).delete()
    FailedSignIn.objects.create(address_digest=_digest(email), at=now)


def succeeded(email: str) -> None:
    """Forget the failed tries of an address whose person has signed in."""
    FailedSignIn.objects.filter(address_digest=_digest(email)).delete()
