"""The first person: a signed link, good for a day and only until somebody exists, in place of a default password."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.signing import BadSignature, TimestampSigner
from django.urls import reverse

GOOD_FOR = timedelta(days=1)
_signer = TimestampSigner(salt="wayforward.first-person")


def operated() -> bool:
    """Whether there is somebody who operates the workbench; people without that right may be added before."""
    return get_user_model().objects.filter(is_superuser=True).exists()


def first_link(workbench: str = "") -> str | None:
    """The address that makes the first person, at that of the workbench; None once there is one."""
    if operated():
        return None
    token = _signer.sign("first").partition(":")[2]
    return f"{(workbench or settings.URL).rstrip('/')}{reverse('first', args=[token])}"


def is_good(token: str) -> bool:
    """Whether a link's token was signed here within a day, and nobody has used it yet."""
    try:
        _signer.unsign(f"first:{token}", max_age=GOOD_FOR)
    except BadSignature:
        return False
    return not operated()
