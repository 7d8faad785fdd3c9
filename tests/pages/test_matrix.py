"""Every address, for every part that a person can have, in their exercise and in another's: who may open and send.

What each part may do is written down here by hand and not read from the rules, so that a rule changed by mistake fails.
"""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.exercise.beginning.test_begun import terms
from tests.pages.addresses import ADDRESSES, CODE, Address
from tests.workbench import person
from wayforward.exercise.beginning.begun import begun
from wayforward.people.models import ROLES, Membership
from wayforward.records.save import save_case

EVERYBODY = {role for role, _ in ROLES}
MAKERS = {"director", "lead", "analyst", "adviser"}
NO_MEMBER = "operator of the installation"
# By rule: the parts that it admits. The operator of the installation may do all of these.
MAY: dict[str, set[str]] = {
    "see": EVERYBODY,
    "change": MAKERS,
    "rate": MAKERS,
    "weigh": MAKERS,
    "write": MAKERS,
    "answer": MAKERS,
    "run": {"director", "lead"},
    "interests": {"director", "lead"},
    "terms": {"director"},
    "people": {"director", "operator"},
    "comment": EVERYBODY - {"guest", "operator"},
    "close comments": {"director"},
    "give out for review": {"director"},
    "keep scenarios": EVERYBODY - {"reviewer", "guest", "operator", "assurer"},
    "publish": {"director"},
    "begin": {"director"},
    "person": EVERYBODY,
    "": EVERYBODY,
}
# What one part alone does, and nobody for it: not the operator either.
OWN: dict[str, set[str]] = {
    "review": {"reviewer"},
    "agree as lead": {"lead"},
    "agree as director": {"director"},
    "agree as analysis": {"approver"},
    "agree as finance-force": {"finance-force"},
    "agree as finance-commissioner": {"finance-commissioner"},
    "agree as legal": {"legal"},
    "agree as chief": {"chief"},
    "decide": {"commissioner"},
    "assure": {"assurer"},
}
NOT_MINE = (403, 404)


def admits(rule: str, role: str) -> bool:
    if role == NO_MEMBER:
        return rule in MAY
    return role in (MAY[rule] if rule in MAY else OWN[rule])


@pytest.fixture
def others(exercise: Any) -> Any:
    """Another exercise, with rows of its own."""
    case = begun(terms(exercise={"code": "OTHER"}))
    save_case(case, "operator")
    return case.exercise


@pytest.fixture
def people(exercise: Any, others: Any) -> dict[str, Any]:
    """Somebody of every part; the operator of the installation, with none; and somebody of the other exercise alone."""
    found = {}
    for role in sorted(EVERYBODY):
        found[role] = person(f"{role}@example.org")
        Membership.objects.create(exercise=exercise, user=found[role], role=role)
    found[NO_MEMBER] = person("nobody@example.org", is_superuser=True)
    found["outsider"] = person("outsider@example.org")
    Membership.objects.create(exercise=others, user=found["outsider"], role="director")
    return found


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def url(name: str, one: Address, **other: str) -> str:
    return reverse(name, kwargs=one.arguments | other)


@pytest.mark.parametrize("role", [*sorted(EVERYBODY), NO_MEMBER])
def test_who_may_open_and_send(role: str, people: dict[str, Any]) -> None:
    wrong = []
    for name, one in ADDRESSES.items():
        for method, rule in methods(one):
            code = getattr(client_of(people[role]), method)(url(name, one), one.given).status_code
            if rule is None:
                right = code in (405, *NOT_MINE)
            elif not admits(rule, role):
                right = code in NOT_MINE
            elif method == "get" and one.kind == "page":
                right = code == 200 or name == "exercises"
            else:
                right = code not in (401, 403, 405)
            if not right:
                wrong.append(f"{method} {name}: {code}")
    assert wrong == []


def methods(one: Address) -> tuple[tuple[str, str | None], ...]:
    return ("get", one.to_open), ("post", one.to_send)


def test_an_exercise_of_others_is_not_there(people: dict[str, Any]) -> None:
    """Nor is an object of another exercise under the address of one's own: a form about it meets what is gone."""
    wrong = []
    for name, one in ADDRESSES.items():
        for method, rule in methods(one) if "code" in one.arguments else ():
            client = client_of(people["outsider"])
            code = getattr(client, method)(url(name, one), one.given).status_code
            if code != 404 and (rule is not None or code != 405):
                wrong.append(f"{method} {name}: {code}")
            if "which" in one.arguments:
                code = getattr(client, method)(url(name, one, code="OTHER"), one.given).status_code
                if code not in (400, 403, 404, 405, 409):
                    wrong.append(f"{method} {name} under OTHER: {code}")
    assert wrong == []


def test_nobody_who_has_not_signed_in(exercise: Any, client: Client) -> None:
    wrong = []
    for name, one in ADDRESSES.items():
        for method, rule in methods(one):
            if rule in ("", None):
                continue
            answer = getattr(client, method)(url(name, one), one.given)
            if answer.status_code != 302 or not answer["Location"].startswith("/sign-in"):
                wrong.append(f"{method} {name}: {answer.status_code}")
    assert wrong == []


def test_each_part_and_each_rule_is_written_down_here() -> None:
    from wayforward.people.permissions import RULES

    assert set(RULES) - {"nobody", "open commercial"} <= set(MAY) | set(OWN)
    assert CODE != "OTHER"
