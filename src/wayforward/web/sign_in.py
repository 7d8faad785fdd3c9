"""Signing in and out, and the page of the one-use link that makes the first person."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model, logout
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from wayforward.people.models import FailedSignIn
from wayforward.web import first_link, throttle
from wayforward.web.passwords import NewPasswordForm, gone, signed_in


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
    held = False  # whether it had to wait

    def clean(self) -> dict[str, Any]:
        email, password = self.cleaned_data.get("username"), self.cleaned_data.get("password")
        if not email or not password or self.request is None:
            return self.cleaned_data
        one = throttle.tried(self.request, email)
        if not throttle.admit(one):
            self.held = True
            raise ValidationError("Too many failed tries. Wait 15 minutes, then try again")
        cleaned = super().clean()
        throttle.succeeded(one)
        return dict(cleaned)


class SignIn(LoginView):
    """The sign-in page; afterwards to where the person was going, on this site only."""

    form_class = SignInForm
    template_name = "web/sign_in.html"
    redirect_authenticated_user = True
    http_method_names = ("get", "head", "post")  # type: ignore[assignment]  # a list, in Django's own

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        response = super().form_valid(form)
        throttle.remember(response, form.cleaned_data["username"])
        return response

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        response = super().form_invalid(form)
        if isinstance(form, SignInForm) and form.held:
            response.status_code = 429
            response["Retry-After"] = str(int(throttle.WITHIN.total_seconds()))
        return response


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
