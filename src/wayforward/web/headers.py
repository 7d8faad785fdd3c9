"""Headers that every answer carries, and what a request without a signed-in person gets."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, JsonResponse

POLICY = (
    "default-src 'none'; img-src 'self' data:; style-src 'self'; script-src 'self'; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


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
