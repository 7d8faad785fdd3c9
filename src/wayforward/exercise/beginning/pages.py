"""The page on which an exercise begins: its terms, then what they would make of it, then the exercise itself."""

from typing import Any, cast
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from wayforward.exercise.beginning import form
from wayforward.exercise.beginning.begun import begun
from wayforward.exercise.models import Exercise
from wayforward.pages.describe import exact_text
from wayforward.pages.people import actor_of
from wayforward.pages.register.entries import PREFIX, Fault
from wayforward.pages.submitted import sent_by
from wayforward.people.models import User
from wayforward.people.parts import give
from wayforward.people.permissions import may_begin
from wayforward.records.base import columns
from wayforward.records.case import Case
from wayforward.records.faults import Faults
from wayforward.records.save import AlreadyReceived, Sent, save_case

TITLE = "Begin an exercise"
QUESTION = "What do the terms of reference say? Everything can be changed later."
ASK_THE_OPERATOR = (
    "Operators of this workbench, and directors of an exercise in it, begin exercises. Ask one of them to begin yours "
    "and to make you its director."
)


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """The form of the terms, the page that checks them, and beginning; whoever begins an exercise is its director."""
    if not may_begin(request.user):
        raise PermissionDenied(ASK_THE_OPERATOR)
    if request.method != "POST":
        return _form(request, form.at_first(timezone.localdate()))
    texts = form.typed(request.POST)
    step = request.POST.get("step", "check")
    if step == "back":
        return _form(request, texts)
    try:
        case = begun(form.terms(texts))
    except Faults as faults:
        return _form(request, texts, form.faults_of(faults))
    code, submission, who = case.exercise.code, sent_by(request) or Sent(uuid4()), cast(User, request.user)
    if step != "save":
        taken = Exercise.objects.filter(code__iexact=code).exists()
        return _form(request, texts, [_taken(code)]) if taken else _check(request, texts, case, submission)
    try:
        with transaction.atomic():
            save_case(case, actor_of(request.user), "begun", submission)
            give(case.exercise, who, "director", by=who)
    except AlreadyReceived:
        pass  # the browser sent the form again, having heard nothing
    except IntegrityError:
        return _form(request, texts, [_taken(code)])
    return redirect("home", code)


def _taken(code: str) -> Fault:
    return Fault("code", f"Code: there is an exercise {code} in this workbench already; give another code")


def _form(request: HttpRequest, texts: dict[str, str], faults: list[Fault] | None = None) -> HttpResponse:
    told = {
        "title": TITLE,
        "question": QUESTION,
        "parts": form.parts(texts, faults or ()),
        "faults": faults,
        "first": f"{PREFIX}code",
    }
    return render(request, "exercise/beginning/form.html", told)


def _check(request: HttpRequest, texts: dict[str, str], case: Case, submission: Sent) -> HttpResponse:
    """The answers, and how many rows each register would begin with."""
    told: dict[str, Any] = {
        "title": "Check the terms",
        "question": "Is this what the exercise begins with? Nothing is stored until you begin it.",
        "answers": _answers(case),
        "begins_with": [
            {"plural": model.plural(), "count": len(case.rows(model))}
            for model in case.models()
            if case.rows(model)
        ],
        "hidden": [(f"{PREFIX}{name}", text) for name, text in texts.items()],
        "submission": submission.key,
    }
    return render(request, "exercise/beginning/check.html", told)


def _answers(case: Case) -> list[tuple[str, str]]:
    exercise = case.exercise
    return [
        (str(field.verbose_name), exact_text(exercise, field))
        for field in columns(Exercise)
        if field.name not in form.LATER
    ]
