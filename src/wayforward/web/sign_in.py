"""Signing in and out, and the page of the one-use link that makes the first person."""

from typing import Any

from allauth.account.internal.flows.logout import logout
from allauth.account.utils import get_next_redirect_url
from django import forms
from django.contrib.auth import authenticate, get_user_model
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from wayforward.people.models import FailedSignIn
from wayforward.web import first_link, throttle
from wayforward.web.accounts.entering import entered
from wayforward.web.passwords import NewPasswordForm, gone, signed_in


class SignInForm(forms.Form):
    """E-mail address and password; too many failed tries make it wait before anything is hashed."""

    username = forms.EmailField(
        label="E-mail address", max_length=254, error_messages={"required": "Enter your e-mail address"}
    )
    password = forms.CharField(
        label="Password",
        strip=False,
        max_length=4096,
        widget=forms.PasswordInput,
        error_messages={"required": "Enter your password"},
    )

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        self.request = request
        self.user: Any = None
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        email, password = self.cleaned_data.get("username"), self.cleaned_data.get("password")
        if not email or not password:
            return self.cleaned_data
        throttle.demand(throttle.tried(self.request, email))
        self.user = authenticate(self.request, email=email, password=password)
        if self.user is None:
            raise ValidationError("The e-mail address or the password is not right")
        return self.cleaned_data


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page; afterwards to where the person was going, on this site only."""
    to = get_next_redirect_url(request) or "/"
    if request.user.is_authenticated:
        return redirect(to)
    form = SignInForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        return entered(request, form.user, to)
    asked = request.POST.get("next", "") or request.GET.get("next", "")
    return throttle.answered(render(request, "web/sign_in.html", {"form": form, "next": asked}), form)


class FirstPersonForm(NewPasswordForm):
    """The first person: e-mail address and a password, given twice."""

    email = forms.EmailField(
        label="E-mail address",
        max_length=254,
        error_messages={"required": "Enter your e-mail address"},
    )
    field_order = ("email", "password", "again")


@login_not_required
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def first(request: HttpRequest, token: str) -> HttpResponse:
    """Make the first person, who operates the workbench and sees every exercise, and sign them in."""
    if not first_link.is_good(token):
        return _used_or_old(request)
    form = FirstPersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = _make_first(form.cleaned_data)
        return signed_in(request, user) if user else _used_or_old(request)
    return render(request, "web/first.html", {"form": form})


def _used_or_old(request: HttpRequest) -> HttpResponse:
    return gone(
        request,
        "A first sign-in link works for one day, and only until the first person exists.",
        "If you are that person, sign in. If nobody is, the operator can print a new link by starting the "
        "workbench again.",
    )


def _make_first(given: dict[str, Any]) -> Any:
    """The first person; None where somebody else was quicker."""
    people = get_user_model().objects
    with transaction.atomic():
        throttle.alone_with(FailedSignIn)
        if first_link.operated():
            return None
        user = people.filter(email=people.normalize_email(given["email"])).first()
        if user is None:
            return people.create_user(given["email"], given["password"], is_superuser=True)
        user.is_superuser = True
        user.set_password(given["password"])
        user.save()
        return user


@login_not_required
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out, by a button and never by a link."""
    logout(request)
    return redirect("sign-in")
