"""What is marked commercial, and who may not open it: guests, and whoever holds a declared interest.

Pages leave out what such a person may not see, and say so. Whatever slips through is caught here once more: an answer
about an exercise says its marking in a header, and none that is marked commercial reaches them.
"""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from wayforward.findings import Findings
from wayforward.findings.finding import Finding
from wayforward.pages.answer import MARKING
from wayforward.pages.comments.subjects import marking_of
from wayforward.pages.marking import in_words, of_records
from wayforward.pages.opened import OPENED
from wayforward.people.permissions import COMMERCIAL, may, refusal
from wayforward.records.base import Versioned
from wayforward.records.models import Comment

V = TypeVar("V", bound=Versioned)
SHOWN = 400  # answers from here on say what is wrong, and show nothing of the case


def barred(user: Any, findings: Findings) -> bool:
    """Whether a person may not open what is marked commercial."""
    return not may(user, "open commercial", findings.case.exercise)


def rows_for(user: Any, findings: Findings, rows: Iterable[V]) -> list[V]:
    """The rows of a register that a person may see."""
    some = list(rows)
    if not barred(user, findings):
        return some
    return [row for row in some if not _hidden(findings, row)]


def _hidden(findings: Findings, row: Versioned) -> bool:
    """Whether a row is withheld from the barred: for what is in it; a comment also for what it is about."""
    markings = [*of_records(findings.case, [row])]
    if isinstance(row, Comment):
        markings.append(marking_of(findings, row))
    return in_words(findings.case, markings) == COMMERCIAL


def findings_for(user: Any, findings: Findings, some: Iterable[Finding]) -> list[Finding]:
    """The findings that a person may see."""
    every = list(some)
    if not barred(user, findings):
        return every
    return [one for one in every if in_words(findings.case, [one.marking]) != COMMERCIAL]


def commercial_is_withheld(
    answer: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Mark every answer about an exercise, and refuse a commercial one to whoever may not open it."""

    def guarded(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        findings: Findings | None = getattr(request, OPENED, None)
        if findings is None or response.status_code >= SHOWN or 300 <= response.status_code < SHOWN:
            return response
        # An answer that does not say is taken to hold anything of the case.
        response.headers.setdefault(MARKING, in_words(findings.case, [findings.case.marking]))
        if response[MARKING] != COMMERCIAL or not barred(request.user, findings):
            return response
        words = refusal(request.user, "open commercial", findings.case.exercise)
        title = "Withheld: commercial"
        if request.path.endswith(".json"):
            return JsonResponse({"error": title, "what_to_do": words}, status=403)
        return render(request, "web/problem.html", {"title": title, "words": (words,)}, status=403)

    return guarded
