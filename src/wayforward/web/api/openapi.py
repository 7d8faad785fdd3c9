"""The description of every address that answers a program (OpenAPI 3.1), made from the addresses themselves.

What an answer looks like is in shapes.json, taken from the answers about a small case; a test holds the two together.
"""

import inspect
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, URLResolver, get_resolver

import wayforward

SHAPES = Path(__file__).with_name("shapes.json")
PLACE = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>")
TYPES: dict[str, dict[str, Any]] = {
    "int": {"type": "integer", "minimum": 0},
    "day": {"type": "string", "format": "date"},
    "slug": {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$"},
    "key": {"type": "string", "pattern": r"^[a-z]+\.[a-z_]+$"},
}
WORDS = {
    "code": "The code of the exercise.",
    "stem": "The name of a register, as in its address.",
    "which": "The code of a record.",
    "key": "The key of a finding, stage.noun.",
    "day": "A day, such as 2012-12-20.",
    "sequence": "The number of an entry in the log.",
    "name": "The word of a stage.",
}
ERRORS = {
    "401": "No token, or one that is not right, has expired or was revoked.",
    "403": "The token's person may not see this.",
    "404": "There is no such thing, or it is not theirs to see.",
    "429": "Too many wrong tokens came from there: wait for as long as Retry-After says.",
}
PROBLEM = {
    "type": "object",
    "properties": {"error": {"type": "string"}, "what_to_do": {"type": "string"}},
    "required": ["error"],
}


@login_not_required
def description(request: HttpRequest) -> HttpResponse:
    """What a program can ask for; it tells nothing of any exercise."""
    return JsonResponse(document(), json_dumps_params={"ensure_ascii": False, "indent": 1})


@cache
def document() -> dict[str, Any]:
    """The whole description."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Wayforward",
            "version": wayforward.__version__,
            "description": "Records and findings of an exercise, to be read with a token. See docs/api.md.",
        },
        "servers": [{"url": "/"}],
        "security": [{"token": []}],
        "paths": {f"/{told}": {"get": _operation(one, told)} for told, one in sorted(addresses().items())},
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": {"Problem": PROBLEM},
        },
    }


def addresses() -> dict[str, URLPattern]:
    """Every address that answers with data, as OpenAPI writes it."""
    found = {}
    for route, one in _every(get_resolver().url_patterns, ""):
        if route.endswith((".json", ".csv")) and one.name != "openapi":
            found[PLACE.sub(lambda place: f"{{{place['name']}}}", route)] = one
    return found


def _every(patterns: list[Any], before: str) -> Iterator[tuple[str, URLPattern]]:
    for one in patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _every(one.url_patterns, route)
        else:
            yield route, one


def _operation(one: URLPattern, told: str) -> dict[str, Any]:
    name = str(one.name)
    places = PLACE.finditer(str(one.pattern))
    schema = shapes().get(name, {"type": "object"}) if told.endswith(".json") else {"type": "string"}
    kind = "application/json" if told.endswith(".json") else "text/csv"
    problem = {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    errors = {status: {"description": words, "content": problem} for status, words in ERRORS.items()}
    return {
        "operationId": name,
        "summary": _summary(one),
        "parameters": [_parameter(place["name"], place["kind"] or "str") for place in places],
        "responses": {"200": {"description": "The data.", "content": {kind: {"schema": schema}}}, **errors},
    }


def _parameter(name: str, kind: str) -> dict[str, Any]:
    schema = TYPES.get(kind, {"type": "string"})
    told = {"name": name, "in": "path", "required": True, "schema": schema}
    return {**told, "description": WORDS[name]} if name in WORDS else told


def _summary(one: URLPattern) -> str:
    """The first line of what the view says of itself."""
    return (inspect.getdoc(inspect.unwrap(one.callback)) or str(one.name)).split("\n")[0]


@cache
def shapes() -> dict[str, Any]:
    """What each address answers with, by its name."""
    found: dict[str, Any] = json.loads(SHAPES.read_text(encoding="utf-8"))
    return found


def shape_of(value: Any) -> dict[str, Any]:
    """The shape of an example as a JSON schema; what is null in it may be anything."""
    if isinstance(value, dict):
        properties = {name: shape_of(inner) for name, inner in value.items()}
        return {"type": "object", "properties": properties, "required": sorted(properties)}
    if isinstance(value, list):
        return {"type": "array", "items": _of_all(value)}
    for kind, word in ((bool, "boolean"), (int | float, "number"), (str, "string")):
        if isinstance(value, kind):
            return {"type": word}
    return {}


def _of_all(values: list[Any]) -> dict[str, Any]:
    """The shape that all items of a list have: what they share, and no more than is so of each."""
    told = [shape_of(one) for one in values]
    if not told or any(one.get("type") != told[0].get("type") for one in told):
        return {}
    if told[0].get("type") != "object":
        return told[0] if all(one == told[0] for one in told) else {"type": told[0].get("type")}
    shared = set(told[0]["properties"]).intersection(*(one["properties"] for one in told))
    properties = {}
    for name in told[0]["properties"]:
        if name in shared:
            kinds = [one["properties"][name] for one in told]
            properties[name] = kinds[0] if all(kind == kinds[0] for kind in kinds) else {}
    return {"type": "object", "properties": properties, "required": sorted(properties)}
