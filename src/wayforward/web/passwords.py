"""A person's password: the form that sets it, and the one-use link for it, given by hand or sent by e-mail."""

from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import base36_to_int
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from wayforward.web import throttle
from wayforward.web.accounts.entering import entered

A_DAY = timedelta(days=1)


class NewPasswordForm(forms.Form):
    """A password, given twice."""

    password = forms.CharField(
        label="Password",
        strip=False,
        widget=forms.PasswordInput,
        help_text="At least 12 characters. Three words that do not belong together are easy to remember.",
        error_messages={"required": "Enter a password"},
    )
    again = forms.CharField(
        label="The same password again",
        strip=False,
        widget=forms.PasswordInput,
        error_messages={"required": "Enter the password again"},
    )

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        try:
            validate_password(password)
        except ValidationError as error:
            raise ValidationError([_instruction(message) for message in error.messages]) from None
        return password

    def clean(self) -> dict[str, Any]:
        given, again = self.cleaned_data.get("password"), self.cleaned_data.get("again")
        if given and again and given != again:
            self.add_error("again", "The two passwords are not the same")
        return self.cleaned_data


def _instruction(message: str) -> str:
    """Django's words for a weak password as an instruction."""
    if "too short" in message:
        return "Choose a password of at least 12 characters"
    if "too common" in message:
        return "Choose a password that is not on lists of common passwords"
    return message.rstrip(".")


class LinkTokens(PasswordResetTokenGenerator):
    """What makes a link good once: until the password is set, a week for an invitation and a day for anybody else."""

    key_salt = "wayforward.password-link"

    def check_token(self, user: Any, token: str | None) -> bool:
        if token is None or not super().check_token(user, token):  # no older than PASSWORD_RESET_TIMEOUT
            return False
        made = base36_to_int(token.partition("-")[0])
        age = self._num_seconds(self._now()) - made
        return bool(age <= good_for(user).total_seconds())


_tokens = LinkTokens()


def good_for(user: Any) -> timedelta:
    """How long a link is good that a person gets now."""
    return A_DAY if user.has_usable_password() else timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)


def password_link(user: Any) -> str:
    """The address at which a person sets a password, once, until the password changes."""
    path = reverse("password", args=[user.pk, _tokens.make_token(user)])
    return f"{settings.URL.rstrip('/')}{path}"


@login_not_required
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def set_password(request: HttpRequest, who: int, token: str) -> HttpResponse:
    """Set a person's password by their link, and sign them in."""
    user = get_user_model().objects.filter(pk=who, is_active=True).first()
    if user is None or not _tokens.check_token(user, token):
        return gone(
            request,
            "A link to set a password works once: an invitation for seven days, any other for one day.",
            "If you have set a password, sign in. If not, ask the director or the operator for a new link.",
        )
    form = NewPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user.set_password(form.cleaned_data["password"])
        user.save()
        return signed_in(request, user)
    return render(request, "web/password.html", {"form": form, "email": user.email})


def signed_in(request: HttpRequest, user: Any) -> HttpResponse:
    """Let a person in who has just set a password, by their code where they have a second factor."""
    throttle.unlock(user.email, codes=False)
    return entered(request, user)


def gone(request: HttpRequest, *words: str) -> HttpResponse:
    """The page of a link that no longer works."""
    told = {"title": "This link no longer works", "words": words}
    return render(request, "web/problem.html", told, status=410)
