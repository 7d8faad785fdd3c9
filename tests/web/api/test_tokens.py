"""A token reads one exercise as data, as its person may; nothing else, and never after its time."""

import hashlib
import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from tests.web.api.conftest import asked, expire
from tests.workbench import person
from wayforward.people.models import ApiToken, FailedSignIn, Membership
from wayforward.web.api import tokens

AT = "/exercises/TOWN"
pytestmark = pytest.mark.django_db


def test_it_reads_data_without_signing_in(token: str) -> None:
    assert asked(token, f"{AT}.json").json()["exercise"]["code"] == "TOWN"
    assert asked(token, f"{AT}/findings/appraisal.cost_by_year.csv").status_code == 200
    assert asked(token, f"{AT}/records/services.json", method="HEAD").status_code == 200
    assert ApiToken.objects.get().used == timezone.localdate()


def test_only_its_digest_is_kept(token: str) -> None:
    kept = ApiToken.objects.get()
    assert kept.digest == hashlib.sha256(token.encode()).hexdigest()
    assert token not in str(list(ApiToken.objects.values()))
    assert len(token) >= 43  # 32 bytes in base 64


def test_it_opens_no_page_and_sends_no_form(token: str) -> None:
    for address in (AT, f"{AT}/findings", "/account/tokens", "/"):
        assert asked(token, address).status_code == 403, address
    for method in ("POST", "PUT", "DELETE", "OPTIONS"):
        assert asked(token, f"{AT}.json", method=method).status_code == 403, method


def test_cookies_do_not_count_beside_a_token(exercise: Any, token: str) -> None:
    """Nor does a token let through what the cookies would: each request has one person."""
    client = Client()
    client.force_login(person("operator@example.org", is_superuser=True))
    assert asked("wf_wrong", f"{AT}.json", client).status_code == 401
    answer = asked(token, f"{AT}.json", client)
    assert answer.wsgi_request.user.email == "analyst@example.org"
    assert asked(token, AT, client).status_code == 403


@pytest.mark.parametrize("operates", [False, True])
def test_it_reads_its_own_exercise_alone(exercise: Any, operates: bool) -> None:
    """Even that of somebody who may see another, in the same words as of one that never was."""
    from wayforward.exercise.models import Exercise

    values = {f.attname: getattr(exercise, f.attname) for f in Exercise._meta.concrete_fields}
    other = Exercise.objects.create(**(values | {"id": None, "code": "OTHER"}))
    user = person("both@example.org", is_superuser=operates)
    if not operates:
        for one in (exercise, other):
            Membership.objects.create(exercise=one, user=user, role="director")
    told = tokens.make(user, exercise, "One", 30, uuid4())
    assert told
    assert [one["code"] for one in asked(told, "/exercises.json").json()["exercises"]] == ["TOWN"]
    theirs, none = asked(told, "/exercises/OTHER.json"), asked(told, "/exercises/NONE.json")
    assert (theirs.status_code, theirs.content) == (404, none.content)


def test_it_sees_what_its_person_may_see(exercise: Any, analyst: Any, token: str) -> None:
    from wayforward.records.save import save
    from wayforward.scope.models import Service

    save(Service(exercise=exercise, code="S9", name="Secret", marking="commercial"), 0, "person 1")
    secret = f"{AT}/records/services/S9.json"
    assert asked(token, secret).status_code == 200
    joined = Membership.objects.get(user=analyst)
    joined.role = "guest"
    joined.save()
    assert asked(token, secret).status_code == 403
    joined.delete()
    assert asked(token, f"{AT}.json").status_code == 404


def test_it_works_no_more_once_expired_revoked_or_its_person_left(analyst: Any, token: str) -> None:
    address = f"{AT}.json"
    analyst.is_active = False
    analyst.save()
    assert asked(token, address).status_code == 401
    analyst.is_active = True
    analyst.save()
    expire(days_ago=0)
    assert asked(token, address).status_code == 200  # its last day
    expire()
    assert asked(token, address).status_code == 401
    expire(days_ago=0)
    tokens.revoke(analyst, ApiToken.objects.get().pk)
    answer = asked(token, address)
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")


@pytest.mark.parametrize("shown", ["", "wf_", "wf_x", "x" * 5000, "wf_\x00", "wf_é", "'; --", "None"])
def test_a_wrong_token_is_refused(exercise: Any, shown: str) -> None:
    assert asked(shown, f"{AT}.json").status_code == 401


def test_wrong_tokens_wait_and_right_ones_do_not(token: str) -> None:
    """Ten of one place in a quarter of an hour, and no password is hashed; a colleague's program goes on."""
    tries = [asked("wf_wrong", f"{AT}.json") for _ in range(12)]
    assert [one.status_code for one in tries] == [401] * 10 + [429] * 2
    assert tries[-1]["Retry-After"] == "900"
    assert asked(token, f"{AT}.json").status_code == 200
    assert FailedSignIn.objects.count() == 10
    # And nobody is kept from signing in by them.
    from django.test import RequestFactory

    from wayforward.web import throttle

    assert throttle.admit(throttle.tried(RequestFactory().get("/"), "analyst@example.org"))


@pytest.fixture
def browser_of(analyst: Any) -> Client:
    client = Client()
    client.force_login(analyst)
    return client


def made(client: Client, **given: str) -> Any:
    form = {"name": "Weekly figures", "exercise": "TOWN", "days": "90", "submission": str(uuid4())}
    return client.post("/account/tokens", form | given)


def test_a_token_is_made_on_the_page_and_shown_once(browser_of: Client) -> None:
    page = made(browser_of).content.decode()
    told = re.search(r'id="token">([^<]+)<', page)
    assert told
    assert asked(told[1], f"{AT}.json").status_code == 200
    again = browser_of.get("/account/tokens").content.decode()
    assert "Weekly figures" in again
    assert told[1] not in again
    assert (ApiToken.objects.get().expires - timezone.localdate()).days == 90


def test_the_same_form_twice_makes_one(browser_of: Client) -> None:
    key = str(uuid4())
    made(browser_of, submission=key)
    page = made(browser_of, submission=key).content.decode()
    assert "This form made a token before" in page
    assert ApiToken.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"name": " "}, "Enter what the token is for"),
        ({"name": "x" * 61}, "Use at most 60 characters"),
        ({"days": "3650"}, "Choose how long"),
        ({"exercise": "OTHER"}, "Choose an exercise"),
    ],
)
def test_what_is_wrong_is_told_and_the_rest_kept(
    browser_of: Client, given: dict[str, str], said: str
) -> None:
    page = made(browser_of, **given).content.decode()
    assert said in page
    assert "Error: Tokens for programs" in page
    assert not ApiToken.objects.exists()


def test_no_more_than_twenty(browser_of: Client, analyst: Any, exercise: Any) -> None:
    for _ in range(20):
        assert tokens.make(analyst, exercise, "x", 30, uuid4())
    assert "You have 20 tokens that work" in made(browser_of).content.decode()
    tokens.revoke(analyst, ApiToken.objects.first().pk)  # type: ignore[union-attr]
    assert 'id="token"' in made(browser_of).content.decode()


def test_one_revokes_one_s_own_alone(browser_of: Client, token: str, exercise: Any) -> None:
    other = person("other@example.org")
    theirs = tokens.make(other, exercise, "Theirs", 30, uuid4())
    assert theirs
    number = ApiToken.objects.get(user=other).pk
    for given in (str(number), "0", "x", "9" * 30):
        assert browser_of.post("/account/tokens", {"revoke": given}).status_code == 404
    mine = ApiToken.objects.exclude(user=other).get()
    page = browser_of.post("/account/tokens", {"revoke": str(mine.pk)}).content.decode()
    assert "The token for Notebook works no more" in page
    assert asked(token, f"{AT}.json").status_code == 401
