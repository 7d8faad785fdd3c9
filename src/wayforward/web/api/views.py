"""The page on which people make tokens for their programs and revoke them."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from wayforward.pages.opened import visible_exercises
from wayforward.people.models import ApiToken
from wayforward.web.api import tokens

DAYS = [(str(days), f"{days} days" if days < 365 else "a year") for days in tokens.LASTS]


class TokenForm(forms.Form):
    """What a new token is for: its name, its exercise, and how long it works."""

    name = forms.CharField(
        label="What is it for?",
        max_length=60,
        help_text="Such as the name of the notebook or program.",
        error_messages={"required": "Enter what the token is for", "max_length": "Use at most 60 characters"},
    )
    exercise = forms.ChoiceField(
        label="Which exercise may it read?",
        error_messages={"required": "Choose an exercise", "invalid_choice": "Choose an exercise"},
    )
    days = forms.ChoiceField(
        label="How long shall it work?",
        choices=DAYS,
        initial="90",
        error_messages={"required": "Choose how long", "invalid_choice": "Choose how long"},
    )
    submission = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Any, exercises: list[Any]) -> None:
        super().__init__(data, initial={"submission": uuid4()})
        choices = [(one.code, f"{one.title} ({one.code})") for one in exercises]
        self.fields["exercise"].choices = choices  # type: ignore[attr-defined]  # a field of choices
        if len(choices) == 1:
            self.fields["exercise"].initial = choices[0][0]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def token_page(request: HttpRequest) -> HttpResponse:
    """One's own tokens: make one, see which there are, revoke one."""
    if request.method == "POST" and "revoke" in request.POST:
        return _revoked(request, request.POST["revoke"])
    exercises = visible_exercises(request.user)
    making = request.method == "POST"
    form = TokenForm(request.POST if making else None, exercises)
    if not making or not form.is_valid():
        return _page(request, form)
    given = form.cleaned_data
    exercise = next(one for one in exercises if one.code == given["exercise"])
    submission: UUID = given["submission"]
    try:
        told = tokens.make(request.user, exercise, given["name"], int(given["days"]), submission)
    except tokens.TooMany:
        form.add_error(None, f"You have {tokens.MOST} tokens that work. Revoke one, then make another")
        return _page(request, form)
    fresh = TokenForm(None, exercises)
    if told is None:
        note = "This form made a token before, and a token is shown once. If you have not kept it, revoke it."
        return _page(request, fresh, note=note)
    return _page(request, fresh, told=told, named=given["name"])


def _revoked(request: HttpRequest, number: str) -> HttpResponse:
    usable = number.isdecimal() and number.isascii() and len(number) < 16
    one = tokens.revoke(request.user, int(number)) if usable else None
    if one is None:
        raise Http404("You have no such token.")
    form = TokenForm(None, visible_exercises(request.user))
    return _page(request, form, note=f"The token for {one.name} works no more.")


def _page(request: HttpRequest, form: TokenForm, **shown: str) -> HttpResponse:
    user: Any = request.user
    mine = ApiToken.objects.filter(user=user).select_related("exercise").order_by("-made", "-pk")
    live = set(tokens.working(user).values_list("pk", flat=True))
    rows = [{"one": one, "works": one.pk in live} for one in mine[:100]]
    return render(request, "web/api/tokens.html", {"form": form, "tokens": rows, **shown})
