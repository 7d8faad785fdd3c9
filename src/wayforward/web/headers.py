"""Headers that every answer carries, and what a request without a signed-in person gets."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, JsonResponse

POLICY = (
    "default-src 'none'; img-src 'self' data:; style-src 'self'; script-src 'self'; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


MOST_SENT = 25_000_000  # bytes of a request: a file of 20 MB with the form that it comes in


def bounded(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Refuse a request that says it is too large, before anything reads it. One that does not say is read as empty."""

    def guarded(request: HttpRequest) -> HttpResponse:
        told = request.META.get("CONTENT_LENGTH") or "0"
        if not (told.isascii() and told.isdecimal()) or int(told) > MOST_SENT:
            words = f"That is more than {MOST_SENT // 1_000_000} MB, which is the most that can be sent at once.\n"
            return HttpResponse(words, content_type="text/plain; charset=utf-8", status=413)
        return answer(request)

    return guarded


def security_headers(
    answer: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Add the content policy, and keep pages of signed-in people out of shared caches."""

    def with_headers(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        return response

    return with_headers


class SignInRequired(LoginRequiredMiddleware):
    """Every address needs a person, except those that say otherwise; a program is told so in JSON."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> Any:
        if request.path.endswith(".json"):
            return JsonResponse({"error": "Sign in first."}, status=401)
        return super().handle_no_permission(request, view_func)
