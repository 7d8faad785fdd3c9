"""Every address there is: its page, its JSON twin, and who may see it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.pages.addresses import ADDRESSES, CODE


def names(patterns: list[URLPattern | URLResolver] | None = None) -> set[str]:
    found: set[str] = set()
    for one in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(one, URLResolver):
            found |= names(one.url_patterns)
        else:
            assert one.name, f"an address without a name: {one.pattern}"
            found.add(one.name)
    return found


def of_kind(*kinds: str) -> dict[str, dict[str, str]]:
    """The addresses of some kinds about the exercise, with what stands in each."""
    return {
        name: one.arguments
        for name, one in ADDRESSES.items()
        if one.kind in kinds and one.to_open not in ("", None)
    }


ARGUMENTS = of_kind("page")
FILE_ARGUMENTS = of_kind("file")
WRITES = {name for name, one in ADDRESSES.items() if one.kind == "sent" and one.to_send}


@pytest.fixture(autouse=True)
def same_code(exercise: Any) -> None:
    assert exercise.code == CODE


def test_each_address_is_listed() -> None:
    """An address, or its JSON twin, that tests/pages/addresses.py does not know fails here."""
    twins = {f"{name}-json" for name in ARGUMENTS}
    assert names() == set(ADDRESSES) | twins


def test_each_page_has_a_json_twin_that_it_links_to(director: Client) -> None:
    for name, arguments in ARGUMENTS.items():
        twin = reverse(f"{name}-json", kwargs=arguments)
        answer = director.get(twin)
        assert answer.status_code == 200, twin
        assert answer["Content-Type"] == "application/json"
        assert answer.json()
        # With one exercise the list of exercises leads straight to it.
        page = director.get(reverse(name, kwargs=arguments), follow=name == "exercises")
        assert page.status_code == 200, name
        if name != "exercises":
            assert f'href="{twin}"' in page.content.decode()


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "FOO"])
def test_what_only_shows_refuses_every_other_method(director: Client, method: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = director.cookies
    for name, arguments in (ARGUMENTS | FILE_ARGUMENTS | {"healthz": {}}).items():
        twin = (
            [] if name in FILE_ARGUMENTS or name == "healthz" else [reverse(f"{name}-json", kwargs=arguments)]
        )
        for address in (reverse(name, kwargs=arguments), *twin):
            answer = strict.generic(method, address)
            assert (answer.status_code, answer.get("Allow")) == (405, "GET, HEAD"), address


def test_what_writes_takes_a_form_that_was_given_out_here_and_nothing_else(director: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = director.cookies
    for name in WRITES:
        address = reverse(name, kwargs=ADDRESSES[name].arguments)
        assert director.get(address).status_code == 405, name
        assert strict.post(address).status_code == 403, name


def test_nobody_sees_a_page_without_signing_in(client: Client) -> None:
    for name, arguments in (ARGUMENTS | FILE_ARGUMENTS).items():
        answer = client.get(reverse(name, kwargs=arguments))
        assert answer.status_code == 302, name
        assert answer["Location"].startswith("/sign-in?next=/"), name


def test_a_program_that_has_not_signed_in_is_told_so_in_json(client: Client) -> None:
    for name, arguments in ARGUMENTS.items():
        answer = client.get(reverse(f"{name}-json", kwargs=arguments))
        assert answer.status_code == 401, name
        assert answer.json() == {"error": "Sign in first."}


def test_an_exercise_of_others_is_not_there(outsider: Client) -> None:
    for name, arguments in (ARGUMENTS | FILE_ARGUMENTS).items():
        if arguments:
            assert outsider.get(reverse(name, kwargs=arguments)).status_code == 404, name
    for name, arguments in ARGUMENTS.items():
        if arguments:
            assert outsider.get(reverse(f"{name}-json", kwargs=arguments)).status_code == 404, name


def test_it_is_not_there_in_the_same_words_as_one_that_never_was(outsider: Client) -> None:
    theirs = outsider.get(reverse("home-json", args=[CODE]))
    none = outsider.get(reverse("home-json", args=["NO-SUCH"]))
    assert (theirs.status_code, theirs.content) == (none.status_code, none.content)


def test_the_list_of_exercises_shows_an_outsider_none(outsider: Client) -> None:
    assert outsider.get("/exercises.json").json() == {"exercises": []}


def test_an_operator_sees_every_exercise(exercise: Any, client: Client) -> None:
    from tests.workbench import person

    client.force_login(person("operator@example.org", is_superuser=True))
    assert [e["code"] for e in client.get("/exercises.json").json()["exercises"]] == [CODE]


def test_every_stage_register_record_and_finding_opens(director: Client) -> None:
    from wayforward.findings import registered
    from wayforward.pages.stages import STAGES
    from wayforward.records.base import record_models

    for one in STAGES:
        assert director.get(reverse("stage", args=[CODE, one.name])).status_code == 200, one.name
    for key in registered():
        assert director.get(reverse("finding", args=[CODE, key])).status_code == 200, key
    for model in record_models():
        listed = director.get(reverse("register", args=[CODE, model.stem]))
        assert listed.status_code == 200, model.stem
        for row in model._default_manager.all():
            opened = director.get(reverse("record", args=[CODE, model.stem, row.code]))
            assert opened.status_code == 200, row.reference
    assert director.get(reverse("record", args=[CODE, "exercise", CODE])).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "stages/nowhere",
        "records/nothing",
        "records/services/NO-SUCH",
        "findings/no.such",
        "report/options-report.exe",
    ],
)
def test_what_is_not_there_answers_404_as_page_and_as_json(director: Client, address: str) -> None:
    assert director.get(f"/exercises/{CODE}/{address}").status_code == 404
    told = director.get(f"/exercises/{CODE}/{address}.json")
    assert told.status_code == 404
    assert told.json()["error"] == "Page not found"
