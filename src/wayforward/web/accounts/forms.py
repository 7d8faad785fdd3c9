"""Forms about one's own account: codes of a second factor, and the password in use."""

from typing import Any

from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction

from wayforward.web import throttle
from wayforward.web.passwords import NewPasswordForm

NOT_RIGHT = "The code is not right. Wait for the next one, and type the six digits that the app shows"


def _code(label: str, hint: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=20,
        error_messages={"required": "Enter the code", "max_length": NOT_RIGHT},
    )


def _plain(code: str) -> str:
    """A code as it is compared: people type the space that apps show."""
    return "".join(code.split())


class _Code(forms.Form):
    """A code of the app or a recovery code; counted before it is looked at, and good for once."""

    user: Any
    authenticator: Any

    def clean_code(self) -> str:
        throttle.demand(throttle.tried_code(self.user.email))
        self.cleaned_data["code"] = _plain(self.cleaned_data["code"])
        with transaction.atomic():
            list(Authenticator.objects.select_for_update().filter(user=self.user))
            try:
                code: str = super().clean_code()  # type: ignore[misc]  # that of the form it is joined with
            except ValidationError:
                raise ValidationError(NOT_RIGHT) from None
            self._refuse_again(code)
        throttle.succeeded(throttle.tried_code(self.user.email))
        return code

    def _refuse_again(self, code: str) -> None:
        """A code of the app lasts for a minute and a half; whoever reads it over a shoulder is refused it."""
        kept = self.authenticator
        if kept.type != Authenticator.Type.TOTP:
            return
        kept.refresh_from_db()
        counter = _counter(decrypt(kept.data["secret"]), code)
        if counter <= kept.data.get("last", -1):
            raise ValidationError("That code was used. Wait for the next one")
        kept.data["last"] = counter
        kept.save(update_fields=["data"])


def note_used(user: Any, code: str) -> None:
    """Let the code that set a second factor up be no good at signing in."""
    with transaction.atomic():
        kept = Authenticator.objects.select_for_update().get(user=user, type=Authenticator.Type.TOTP)
        kept.data["last"] = _counter(decrypt(kept.data["secret"]), code)
        kept.save(update_fields=["data"])


def _counter(secret: str, code: str) -> int:
    """The half minute that a right code belongs to; the latest, should two have the same."""
    return max(
        (n for n in yield_hotp_counters_from_time() if format_hotp_value(hotp_value(secret, n)) == code),
        default=-1,
    )


class SignInCode(_Code, AuthenticateForm):
    code = _code("Code", "Six digits from your authenticator app, or one of your recovery codes.")


class ConfirmingCode(_Code, ReauthenticateForm):
    code = _code("Code", "Six digits from your authenticator app, or one of your recovery codes.")


class FirstCode(ActivateTOTPForm):
    """The first code of an app: it shows that the app has the key."""

    code = _code("Code", "The six digits that the app shows now.")

    def clean_code(self) -> str:
        throttle.demand(throttle.tried_code(self.user.email))
        self.cleaned_data["code"] = _plain(self.cleaned_data["code"])
        try:
            code: str = super().clean_code()
        except ValidationError:
            raise ValidationError(NOT_RIGHT) from None
        throttle.succeeded(throttle.tried_code(self.user.email))
        return code


class ConfirmForm(forms.Form):
    """The password in use, before something that matters."""

    password = forms.CharField(
        label="Your password",
        strip=False,
        widget=forms.PasswordInput,
        error_messages={"required": "Enter your password"},
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_password(self) -> str:
        one = throttle.tried(context.request, self.user.email)
        throttle.demand(one)
        if not self.user.check_password(self.cleaned_data["password"]):
            raise ValidationError("The password is not right")
        throttle.succeeded(one)
        return str(self.cleaned_data["password"])


class ChangePasswordForm(NewPasswordForm):
    """The password in use, and a new one, given twice."""

    now = forms.CharField(
        label="The password you use now",
        strip=False,
        widget=forms.PasswordInput,
        error_messages={"required": "Enter the password you use now"},
    )
    field_order = ("now", "password", "again")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)
        self.fields["password"].label = "New password"
        self.fields["again"].label = "The new password again"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        # Looked at last: a new password that can't be taken costs no try.
        if not self.errors:
            one = throttle.tried(context.request, self.user.email)
            try:
                throttle.demand(one)
            except throttle.Held as held:
                self.add_error(None, held)
                return cleaned
            if not self.user.check_password(cleaned["now"]):
                self.add_error("now", "The password is not right")
            else:
                throttle.succeeded(one)
        return cleaned
