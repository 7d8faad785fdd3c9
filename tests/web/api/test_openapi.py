"""The description of addresses for programs: whole, well formed, and true of what is answered.

After a change of what an address answers: WAYFORWARD_WRITE_SHAPES=yes pytest tests/web/api/test_openapi.py
"""

import json
import os
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse

from tests.pages.addresses import ADDRESSES, CODE
from tests.web.api.conftest import asked
from wayforward.web.api import openapi

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(client: Any) -> Any:
    answer = client.get("/api/openapi.json")
    assert answer.status_code == 200
    return answer.json()


def test_every_json_address_is_described(document: Any) -> None:
    """Against the list of addresses that the tests of pages keep by hand."""
    told = {one["get"]["operationId"] for one in document["paths"].values()}
    assert {f"{name}-json" for name, one in ADDRESSES.items() if one.kind == "page"} <= told


def test_it_is_open_api(document: Any) -> None:
    """What the specification (3.1, sections 4.8) demands of the parts that are used, checked part by part."""
    assert re.fullmatch(r"3\.1\.\d+", document["openapi"])
    assert {"title", "version"} <= document["info"].keys()
    names = [one["get"]["operationId"] for one in document["paths"].values()]
    assert len(names) == len(set(names))
    schemes = document["components"]["securitySchemes"]
    assert schemes == {"token": {"type": "http", "scheme": "bearer"}}
    assert all(name in schemes for one in document["security"] for name in one)
    for path, item in document["paths"].items():
        assert path.startswith("/")
        assert item.keys() == {"get"}
        operation = item["get"]
        assert operation["summary"] != operation["operationId"], f"{path}: its view says nothing of itself"
        places = [one["name"] for one in operation["parameters"]]
        assert sorted(places) == sorted(re.findall(r"{(\w+)}", path)), path
        assert all(one["in"] == "path" and one["required"] is True for one in operation["parameters"])
        for status, response in operation["responses"].items():
            assert re.fullmatch(r"[1-5]\d\d", status)
            assert response["description"]
            for content in response["content"].values():
                _is_schema(content["schema"], document)


def _is_schema(schema: Any, document: Any) -> None:
    """A JSON schema (2020-12) in the words that are used here."""
    assert schema.keys() <= {"type", "properties", "required", "items", "$ref"}
    if "$ref" in schema:
        inner = document
        for part in schema["$ref"].removeprefix("#/").split("/"):
            inner = inner[part]
        return
    assert schema.get("type") in (None, "object", "array", "string", "number", "boolean")
    assert set(schema.get("required", [])) <= schema.get("properties", {}).keys()
    for one in schema.get("properties", {}).values():
        _is_schema(one, document)
    if "items" in schema:
        _is_schema(schema["items"], document)


def fits(value: Any, schema: dict[str, Any], at: str = "") -> Iterator[str]:
    """Where a value is not as a schema says: written apart from what makes the shapes."""
    kinds = {"object": dict, "array": list, "string": str, "boolean": bool, "number": (int, float)}
    kind = schema.get("type")
    if kind and (not isinstance(value, kinds[kind]) or (kind == "number" and isinstance(value, bool))):
        yield f"{at}: {value!r} is no {kind}"
    elif kind == "object":
        for name in schema.get("required", []):
            if name not in value:
                yield f"{at}: no {name}"
        for name, inner in schema.get("properties", {}).items():
            if name in value:
                yield from fits(value[name], inner, f"{at}.{name}")
    elif kind == "array":
        for place, one in enumerate(value):
            yield from fits(one, schema.get("items", {}), f"{at}[{place}]")


def examples(token: str, exercise: Any) -> dict[str, list[Any]]:
    """Answers of every address that a token opens: for findings, registers and records, several."""
    from wayforward.findings import registered
    from wayforward.records.base import record_models

    told: dict[str, list[Any]] = {}

    def ask(name: str, arguments: dict[str, str]) -> None:
        answer = asked(token, reverse(f"{name}-json", kwargs=arguments))
        assert answer.status_code == 200, (name, arguments, answer.status_code)
        told.setdefault(f"{name}-json", []).append(answer.json())

    for name, one in ADDRESSES.items():
        if one.kind == "page" and one.to_open in ("see", "person"):
            ask(name, one.arguments)
    for key in registered():
        ask("finding", {"code": CODE, "key": key})
    for model in record_models():
        ask("register", {"code": CODE, "stem": model.stem})
        for row in list(model._default_manager.filter(exercise=exercise))[:2]:
            ask("record", {"code": CODE, "stem": model.stem, "which": row.code})
    ask("as-at", {"code": CODE, "day": exercise_day(exercise)})
    return told


def exercise_day(exercise: Any) -> str:
    from django.utils import timezone

    return timezone.localdate().isoformat()


def test_each_answer_is_as_described(token: str, exercise: Any) -> None:
    told = examples(token, exercise)
    if os.environ.get("WAYFORWARD_WRITE_SHAPES") == "yes":
        found = {name: openapi._of_all(some) for name, some in sorted(told.items())}
        text = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
        openapi.SHAPES.write_text(text.replace('},"', '},\n"') + "\n", encoding="utf-8")
        openapi.shapes.cache_clear()
    mend = "WAYFORWARD_WRITE_SHAPES=yes pytest tests/web/api/test_openapi.py"
    for name, some in told.items():
        assert name in openapi.shapes(), f"{name} has no shape yet: {mend}"
        for one in some:
            wrong = list(fits(one, openapi.shapes()[name], name))
            assert wrong == [], mend


def test_a_shape_says_what_is_so_of_every_item() -> None:
    """By hand: a name that one item lacks, or that holds now a number and now nothing, is promised to nobody."""
    items = [{"a": 1, "b": "x", "c": None}, {"a": 2.5, "b": None}]
    assert openapi.shape_of(items) == {
        "type": "array",
        "items": {"type": "object", "properties": {"a": {"type": "number"}, "b": {}}, "required": ["a", "b"]},
    }
    assert list(fits(items, openapi.shape_of(items))) == []
    assert list(fits([{"a": "x", "b": 1}], openapi.shape_of(items))) == ["[0].a: 'x' is no number"]
