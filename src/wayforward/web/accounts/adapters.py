"""What django-allauth asks of us: where things are, who is asking, and how secrets are kept."""

import base64
import hashlib
import time
from ipaddress import ip_address
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.app_settings import REAUTHENTICATION_TIMEOUT
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.totp.internal.auth import generate_totp_secret
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from wayforward.web import throttle

NOT_TOLD = "::"


class Accounts(DefaultAccountAdapter):
    """Nobody signs up, a second factor is the only step between the password and the workbench."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_ajax(self, request: HttpRequest) -> bool:
        return False

    def is_safe_url(self, url: str) -> bool:
        return url_has_allowed_host_and_scheme(url, {self.request.get_host()}, self.request.is_secure())

    def get_login_stages(self) -> list[str]:
        return ["allauth.mfa.stages.AuthenticateStage"]

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account")

    def reauthenticate(self, user: Any, password: str) -> bool:
        return bool(user.check_password(password))

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:
        """Whoever gave a password or a code within the last quarter of an hour is not asked again."""
        said = get_authentication_records(self.request, self.request.user)
        within = time.time() - REAUTHENTICATION_TIMEOUT
        return not any(one["at"] > within for one in said)

    def get_client_ip(self, request: HttpRequest) -> str:
        told = throttle.caller(request)
        try:
            return str(ip_address(told))
        except ValueError:
            return NOT_TOLD


class Factors(DefaultMFAAdapter):
    """Secrets of second factors, kept so that who has the database without the secret key has none of them."""

    def encrypt(self, text: str) -> str:
        return _sealer().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        try:
            return _sealer().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            # Of another secret key. One that nobody knows lets nobody in; an empty one would be known to all.
            return str(generate_totp_secret())

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        return not settings.SECOND_FACTOR_REQUIRED


def _sealer() -> Fernet:
    digest = hashlib.sha256(b"wayforward.second-factor" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))
