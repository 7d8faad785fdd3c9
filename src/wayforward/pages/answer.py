"""Answering a request with a page or with its JSON twin: the same content, for people and for programs."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, URLPattern, path, reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

MARKING = (
    "Wayforward-Marking"  # the header by which every answer about an exercise says how it is to be handled
)
View = Callable[..., HttpResponseBase]


def answer(
    request: HttpRequest, form: str, template: str, data: dict[str, Any], **context: Any
) -> HttpResponse:
    """The page of a template, or `data` as JSON where the address ends in .json."""
    if form == "json":
        response: HttpResponse = JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 1})
    else:
        response = render(request, template, {**data, **context, "twin": _twin(request)})
    if marking := data.get("exercise", {}).get("marking"):
        response[MARKING] = marking
    return response


def _twin(request: HttpRequest) -> str:
    match = request.resolver_match
    if match is None:
        return ""
    asked = {name: value for name, value in match.kwargs.items() if name != "form"}
    query = request.GET.copy()
    query.pop("page", None)  # data is not cut into pages
    told = f"?{query.urlencode()}" if query else ""
    try:
        return f"{reverse(f'{match.url_name}-json', kwargs=asked)}{told}"
    except NoReverseMatch:
        return ""  # a form, which has none


def read_only(view: View) -> View:
    """A view that only shows: any method but GET and HEAD answers 405, which needs no guard against forged forms."""
    return csrf_exempt(require_safe(view))


def twinned(route: str, view: View, name: str) -> list[URLPattern]:
    """A page and its JSON twin; both only show."""
    view = read_only(view)
    return [
        path(route, view, {"form": ""}, name=name),
        path(f"{route}.json", view, {"form": "json"}, name=f"{name}-json"),
    ]
