"""An exercise that begins from the workbook of a whole case: read and checked, seen, then stored once, all of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from wayforward.casefile import limits, stream_in
from wayforward.casefile.reading import case_of
from wayforward.casefile.sheets import shown
from wayforward.casefile.workbook_in import tables_of
from wayforward.findings import show
from wayforward.pages.describe import exact_text
from wayforward.pages.people import actor_of
from wayforward.pages.round_trip import kept
from wayforward.pages.round_trip.away import NOBODY
from wayforward.people.models import User
from wayforward.people.parts import give
from wayforward.people.permissions import may_begin
from wayforward.records.base import columns, exercise_model
from wayforward.records.case import Case
from wayforward.records.faults import Faults
from wayforward.records.save import AlreadyReceived, Sent, save_case

TITLE = "Begin from a workbook"
QUESTION = "Which workbook holds the case? You see what it begins with before anything is stored."
ASK = "Operators of this workbench, and directors of an exercise in it, begin exercises. Ask one of them."
HEAVIEST = 12_000_000  # bytes unpacked, some 20,000 rows
MOST_TOLD = 20
GONE = "The workbook is not kept any more: it was stored already, or is over a day old. Upload it again."


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """The form for the file, the page that checks it, and beginning; whoever begins an exercise is its director."""
    if not may_begin(request.user):
        raise PermissionDenied(ASK)
    if request.method != "POST":
        return _form(request)
    if request.POST.get("step") == "save":
        return _save(request)
    given = request.FILES.get("file")
    name = given.name or "" if given else ""
    if given is None or not name.lower().endswith(".xlsx"):
        return _form(request, ["Choose the workbook (.xlsx) of a case."])
    content = given.read(limits.WORKBOOK_BYTES + 1)
    if stream_in.weight(name, content) > HEAVIEST:
        words = f"{shown(name)} holds more than is stored from a page: the operator stores it with wayforward import."
        return _form(request, [words])
    read = _read(name, content)
    if read.case is None:
        return _form(request, read.faults)
    key = kept.keep_file(request.user, None, name, content)
    return _check(request, read.case, read.left_out, key)


@dataclass(frozen=True)
class Read:
    """What a workbook holds, and how many rows of it are left out, by what they are called; or why it holds no case."""

    case: Case | None
    left_out: Sequence[str] = ()
    faults: Sequence[str] = ()


def _read(name: str, content: bytes) -> Read:
    """The case in a workbook, without what people give in the workbench under their own sign-in."""
    found = tables_of(shown(name), content)
    given_here = [sheet for sheet in found.sheets if sheet.model.changed_by == NOBODY]
    found.sheets = [sheet for sheet in found.sheets if sheet not in given_here]
    try:
        case = case_of(found, shown(name))
    except Faults as faults:
        return Read(None, faults=[f"{one}." for one in faults.faults[:MOST_TOLD]])
    if words := _taken(case):
        return Read(None, faults=words)
    counted = [(len(sheet.rows), sheet.model) for sheet in given_here if sheet.rows]
    return Read(case, [show.count(many, model.words(), model.plural()) for many, model in counted])


def _taken(case: Case) -> list[str]:
    code = case.exercise.code
    if not exercise_model().objects.filter(code__iexact=code).exists():
        return []
    return [
        f"exercise, code: found {code}; allowed: the code of no exercise in this workbench. Give another code."
    ]


def _save(request: HttpRequest) -> HttpResponse:
    """Store the case that was looked at; sent twice, it is stored once."""
    try:
        key = UUID(request.POST.get("key", ""))
    except ValueError:
        return _form(request, [GONE])
    found = kept.find(request.user, None, key)
    content = found.part(kept.FILE) if found else None
    if found is None or content is None:
        return _form(request, [GONE])
    read = _read(found.name, content)
    if read.case is None:
        return _form(request, read.faults)
    case = read.case
    who = cast(User, request.user)
    try:
        with transaction.atomic():
            save_case(case, actor_of(who), "imported", Sent(key))
            give(case.exercise, who, "director", by=who)
    except AlreadyReceived:
        pass  # the browser sent the form again while it was being stored
    except IntegrityError:
        return _form(request, _taken(case))
    kept.drop(who, key)
    return redirect("home", case.exercise.code)


def _form(request: HttpRequest, errors: Sequence[str] = ()) -> HttpResponse:
    told = {"title": TITLE, "question": QUESTION, "errors": errors}
    return render(request, "pages/round_trip/whole.html", told, status=400 if errors else 200)


def _check(request: HttpRequest, case: Case, left_out: Sequence[str], key: UUID) -> HttpResponse:
    """The terms, and how many rows each register would begin with."""
    exercise: Any = case.exercise
    told = {
        "title": f"Begin {exercise.title}",
        "question": "Is this what the exercise begins with? Nothing is stored until you begin it.",
        "answers": [(str(one.verbose_name), exact_text(exercise, one)) for one in columns(type(exercise))],
        "begins_with": [
            {"plural": model.plural(), "count": len(case.rows(model))}
            for model in case.models()
            if case.rows(model)
        ],
        "left_out": left_out,
        "key": key,
    }
    return render(request, "pages/round_trip/whole_check.html", told)
