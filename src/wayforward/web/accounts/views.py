"""Pages about one's own account: password, second factor, where one is signed in, and a forgotten password."""

from typing import Any

from allauth.account.internal.flows.password_change import finalize_password_change
from allauth.account.views import ReauthenticateView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.base.views import ReauthenticateView as CodeAgainView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.usersessions.models import UserSession
from django import forms
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from wayforward.people.models import ROLES
from wayforward.web import throttle
from wayforward.web.accounts.entering import BACKEND
from wayforward.web.accounts.forms import ChangePasswordForm, ConfirmForm, note_used
from wayforward.web.accounts.mail import send_link

FORM = ["GET", "HEAD", "POST"]


class Waits:
    """A page whose form may have to wait: it then answers 429."""

    def form_invalid(self, form: Any) -> HttpResponse:
        return throttle.answered(super().form_invalid(form), form)  # type: ignore[misc]  # that of a form's view


class SignInCodePage(Waits, AuthenticateView):
    template_name = "web/accounts/code.html"


class ConfirmPage(Waits, ReauthenticateView):
    form_class = ConfirmForm
    template_name = "web/accounts/confirm.html"


class ConfirmByCodePage(Waits, CodeAgainView):
    template_name = "web/accounts/confirm.html"


class SetUpPage(Waits, ActivateTOTPView):
    template_name = "web/accounts/set_up.html"

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        note_used(self.request.user, form.cleaned_data["code"])
        return response


class RemovePage(DeactivateTOTPView):
    template_name = "web/accounts/remove.html"


class RecoveryCodesPage(ViewRecoveryCodesView):
    template_name = "web/accounts/recovery_codes.html"


class NewRecoveryCodesPage(GenerateRecoveryCodesView):
    template_name = "web/accounts/new_recovery_codes.html"


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Who is signed in, and what they can change about how they sign in."""
    user: Any = request.user
    joined = user.memberships.select_related("exercise")
    parts = sorted((one.exercise.code, one.exercise.title, dict(ROLES)[one.role]) for one in joined)
    told = {
        "parts": [{"code": code, "title": title, "role": role} for code, title, role in parts],
        "factor": Authenticator.objects.filter(user=user, type="totp").first(),
        "sessions": len(UserSession.objects.purge_and_list(user)),
        "required": settings.SECOND_FACTOR_REQUIRED,
    }
    return render(request, "web/accounts/account.html", told)


@sensitive_post_parameters("now", "password", "again")
@require_http_methods(FORM)
def change_password(request: HttpRequest) -> HttpResponse:
    """A new password, in place of the one in use; everywhere else the person is then signed out."""
    form = ChangePasswordForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        user: Any = request.user
        user.set_password(form.cleaned_data["password"])
        user.save()
        user.backend = BACKEND
        finalize_password_change(request, user)
        return redirect("account")
    response = render(request, "web/accounts/change_password.html", {"form": form, "email": request.user})
    return throttle.answered(response, form)


@require_safe
def second_factor(request: HttpRequest) -> HttpResponse:
    """Whether a code is asked for besides the password, and what to do if the app is lost."""
    kept = {one.type: one for one in Authenticator.objects.filter(user=request.user)}
    codes = kept.get("recovery_codes")
    told = {
        "factor": kept.get("totp"),
        "left": len(codes.wrap().get_unused_codes()) if codes else 0,
        "required": settings.SECOND_FACTOR_REQUIRED,
    }
    return render(request, "web/accounts/second_factor.html", told)


@require_http_methods(FORM)
def sessions(request: HttpRequest) -> HttpResponse:
    """Where the person is signed in, and ending that elsewhere."""
    every = sorted(UserSession.objects.purge_and_list(request.user), key=lambda one: one.created_at)
    if request.method == "POST":
        chosen = request.POST.get("end", "")
        for one in every:
            if not one.is_current() and chosen in ("others", str(one.pk)):
                one.end()
        return redirect("usersessions_list")
    lines = [
        {
            "pk": one.pk,
            "browser": _browser(one.user_agent),
            "ip": one.ip,
            "began": one.created_at,
            "seen": one.last_seen_at,
            "here": one.is_current(),
        }
        for one in reversed(every)
    ]
    return render(request, "web/accounts/sessions.html", {"lines": lines})


def _browser(said: str) -> str:
    """A browser and its system, as far as it says; what it says of itself is long, and nobody reads it."""
    browsers = (
        ("Edg", "Edge"),
        ("OPR", "Opera"),
        ("Firefox", "Firefox"),
        ("Chrom", "Chrome"),
        ("Safari", "Safari"),
    )
    systems = (
        ("Windows", "Windows"),
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    )
    browser = next((name for part, name in browsers if part in said), "Another browser")
    system = next((name for part, name in systems if part in said), "")
    return f"{browser} on {system}" if system else browser


class ForgottenForm(forms.Form):
    """Whose password is forgotten."""

    email = forms.EmailField(
        label="E-mail address", max_length=254, error_messages={"required": "Enter your e-mail address"}
    )

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        self.request = request
        super().__init__(*args, **kwargs)

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"])
        throttle.demand(throttle.tried(self.request, email))
        return email


@login_not_required
@never_cache
@require_http_methods(FORM)
def forgotten(request: HttpRequest) -> HttpResponse:
    """Send a link for a new password; whether there is such a person is told to nobody but them."""
    if not settings.SENDS_MAIL:
        return render(request, "web/accounts/forgotten.html", {"by_hand": True})
    form = ForgottenForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        email = get_user_model().objects.normalize_email(form.cleaned_data["email"])
        user = get_user_model().objects.filter(email=email, is_active=True).first()
        if user is not None:
            send_link(user)
        return render(request, "web/accounts/forgotten.html", {"sent": True})
    return throttle.answered(render(request, "web/accounts/forgotten.html", {"form": form}), form)


def _form(view: Any) -> Any:
    return require_http_methods(FORM)(view)


sign_in_code = _form(sensitive_post_parameters("code")(SignInCodePage.as_view()))
confirm = _form(sensitive_post_parameters("password")(ConfirmPage.as_view()))
confirm_by_code = _form(sensitive_post_parameters("code")(ConfirmByCodePage.as_view()))
set_up = _form(sensitive_post_parameters("code")(SetUpPage.as_view()))
remove = _form(RemovePage.as_view())
recovery_codes = require_safe(RecoveryCodesPage.as_view())
new_recovery_codes = _form(NewRecoveryCodesPage.as_view())
