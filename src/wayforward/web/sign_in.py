"""Signing in and out, and the page of the one-use link that makes the first person."""

from typing import Any

from django import forms
from django.contrib.auth import authenticate, get_user_model, login, logout
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.views import LoginView
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from wayforward.web import first_link, throttle


class SignInForm(AuthenticationForm):
    """E-mail address and password; too many failed tries make it wait before anything is hashed."""

    username = forms.EmailField(
        label="E-mail address", error_messages={"required": "Enter your e-mail address"}
    )
    password = forms.CharField(
        label="Password",
        strip=False,
        widget=forms.PasswordInput,
        error_messages={"required": "Enter your password"},
    )
    error_messages = {
        "invalid_login": "The e-mail address or the password is not right",
        "inactive": "The e-mail address or the password is not right",
    }

    def clean(self) -> dict[str, Any]:
        email = self.cleaned_data.get("username", "")
        if email and throttle.must_wait(email):
            raise ValidationError("Too many failed tries for this address. Wait 15 minutes, then try again")
        try:
            cleaned = super().clean()
        except ValidationError:
            throttle.failed(email)
            raise
        if self.user_cache is not None:
            throttle.succeeded(email)
        return dict(cleaned)


class SignIn(LoginView):
    """The sign-in page; afterwards to where the person was going, on this site only."""

    form_class = SignInForm
    template_name = "web/sign_in.html"
    redirect_authenticated_user = True


class FirstPersonForm(forms.Form):
    """The first person: e-mail address and a password, given twice."""

    email = forms.EmailField(
        label="E-mail address",
        max_length=254,
        error_messages={"required": "Enter your e-mail address"},
    )
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
            raise ValidationError([_plain(message) for message in error.messages]) from None
        return password

    def clean(self) -> dict[str, Any]:
        given, again = self.cleaned_data.get("password"), self.cleaned_data.get("again")
        if given and again and given != again:
            self.add_error("again", "The two passwords are not the same")
        return self.cleaned_data


def _plain(message: str) -> str:
    """Django's words for a weak password as an instruction."""
    if "too short" in message:
        return "Choose a password of at least 12 characters"
    if "too common" in message:
        return "Choose a password that is not on lists of common passwords"
    return message.rstrip(".")


@login_not_required
@sensitive_post_parameters("password", "again")
def first(request: HttpRequest, token: str) -> HttpResponse:
    """Make the first person, who operates the workbench and sees every exercise, and sign them in."""
    if not first_link.is_good(token):
        return render(
            request,
            "web/problem.html",
            {
                "title": "This link no longer works",
                "words": (
                    "A first sign-in link works for one day, and only until the first person exists.",
                    "If you are that person, sign in. If nobody is, the operator can print a new link by "
                    "starting the workbench again.",
                ),
            },
            status=410,
        )
    form = FirstPersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _make_first(form.cleaned_data):
        email, password = form.cleaned_data["email"], form.cleaned_data["password"]
        login(
            request,
            authenticate(
                request, username=get_user_model().objects.normalize_email(email), password=password
            ),
        )
        return HttpResponseRedirect("/")
    return render(request, "web/first.html", {"form": form})


def _make_first(given: dict[str, Any]) -> bool:
    people = get_user_model().objects
    with transaction.atomic():
        if people.exists():
            return False
        people.create_user(given["email"], given["password"], is_superuser=True)
    return True


@login_not_required
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out, by a button and never by a link."""
    logout(request)
    return redirect("sign-in")
