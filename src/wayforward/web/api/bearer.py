"""A program that shows a token is let in as its person: to read, one exercise, as data."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.crypto import salted_hmac

from wayforward.web import throttle
from wayforward.web.api import tokens

SCHEME = "bearer "
DATA = (".json", ".csv")
READING = ("GET", "HEAD")


def token_in_place_of_a_person(
    answer: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Where a request shows a token, that alone counts: whoever its cookies belong to."""

    def let_in(request: HttpRequest) -> HttpResponse:
        shown = request.headers.get("Authorization", "")
        if shown[: len(SCHEME)].lower() != SCHEME:
            return answer(request)
        if request.method not in READING or not request.path.endswith(DATA):
            return _refused(403, "A token reads data: GET, of an address that ends in .json or .csv.")
        one = tokens.found(shown[len(SCHEME) :].strip())
        if one is None:
            return _wrong(request)
        tokens.note_used(one)
        person = one.user
        person.only_exercise = one.exercise_id
        request.user = person
        return answer(request)

    return let_in


def _wrong(request: HttpRequest) -> HttpResponse:
    """A wrong token is counted by where it came from, as failed tries to sign in are."""
    place = salted_hmac("wayforward.token", throttle.network(request)).hexdigest()
    if throttle.admit(throttle.Try("token", place, known=True)):
        response = _refused(
            401, "The token is not right, has expired or was revoked. Make another: /account/tokens"
        )
        response["WWW-Authenticate"] = "Bearer"
        return response
    response = _refused(429, "Too many wrong tokens. Wait 15 minutes, then try again.")
    response["Retry-After"] = str(int(throttle.WITHIN.total_seconds()))
    return response


def _refused(status: int, words: str) -> HttpResponse:
    return JsonResponse({"error": words}, status=status)
