"""Pages for what can't be answered: the product's look, plain words, and JSON where JSON was asked for."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string


def _problem(request: HttpRequest, status: int, title: str, *words: str) -> HttpResponse:
    if request.path.endswith(".json"):
        return JsonResponse({"error": title, "what_to_do": " ".join(words)}, status=status)
    return render(request, "web/problem.html", {"title": title, "words": words}, status=status)


@login_not_required
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: also where an exercise is somebody else's, in the same words."""
    return _problem(
        request,
        404,
        "Page not found",
        "If you typed the address, check that it is right.",
        "If you followed a link, the record may have been renamed, or you may have no part in that exercise.",
    )


@login_not_required
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: the person is known and may not."""
    words = str(exception or "") or "Ask the director of the exercise for the role it needs."
    return _problem(request, 403, "You may not do this", words)


@login_not_required
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the request itself is broken, or its address is not one of this workbench."""
    return _problem(
        request,
        400,
        "The request could not be read",
        "Go back and try again.",
        "If it happens each time, the operator can check that WAYFORWARD_URL is the address you use.",
    )


@login_not_required
def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 of the guard against forged forms: most often a page left open too long."""
    return _problem(
        request,
        403,
        "The page was open too long",
        "Nothing was saved. Go back, load the page anew and send it again.",
        "The workbench needs cookies; check that your browser takes them from this site.",
    )


def broken(request: HttpRequest) -> HttpResponse:
    """500: without a request's context, for anything in it may be what broke."""
    title = "Something went wrong"
    words = (
        "It is our fault, not yours, and it has been logged.",
        "Nothing was saved. Try again in a minute.",
    )
    if request.path.endswith(".json"):
        return JsonResponse({"error": title, "what_to_do": " ".join(words)}, status=500)
    context: dict[str, Any] = {"title": title, "words": words}
    return HttpResponse(render_to_string("web/problem.html", context), status=500)
