"""The pages of agreeing and signing, as people with different parts use them."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from tests.report.signing.ready import DECIDED, Town
from wayforward.exercise.models import Approval, DecisionNotice
from wayforward.report.models import SignedVersion
from wayforward.report.signing.steps import Standing
from wayforward.report.signing.subjects import BY_KEY

pytestmark = pytest.mark.django_db
AT = "/exercises/TOWN"


def as_(town: Town, role: str) -> Client:
    client = Client()
    client.force_login(town.people[role])
    return client


def entered(town: Town, subject: str, **said: str) -> dict[str, str]:
    seen = Standing(town.findings.case, BY_KEY[subject]).digest
    return {"seen": seen, "submission": str(uuid4()), "outcome": "approved", **said}


def test_a_step_is_given_on_a_page_that_shows_what_is_agreed(town: Town) -> None:
    town.fill()
    lead, address = as_(town, "lead"), f"{AT}/agreements/definitions/lead"
    page = lead.get(address).content.decode()
    assert "What the law asks of a library." in page
    assert Standing(town.findings.case, BY_KEY["definitions"]).digest in page
    answer = lead.post(address, entered(town, "definitions"))
    assert (answer.status_code, answer["Location"]) == (302, f"{AT}/agreements/definitions")
    assert Approval.objects.get().given_by == "Workstream lead"
    assert as_(town, "chief").get(address).status_code == 403


@pytest.mark.parametrize("subject", ["terms", "definitions", "scope", "cut-off", "report"])
def test_every_subject_opens_as_a_page_and_as_data(subject: str, town: Town) -> None:
    guest = as_(town, "guest")
    assert guest.get(f"{AT}/agreements/{subject}").status_code == 200
    told = guest.get(f"{AT}/agreements/{subject}.json").json()
    assert told["digest"] == Standing(town.findings.case, BY_KEY[subject]).digest


def test_entries_are_kept_until_they_are_in_order(town: Town) -> None:
    lead, address = as_(town, "lead"), f"{AT}/agreements/scope/lead"
    answer = lead.post(address, entered(town, "scope", outcome="conditions", reason="It is wide"))
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "<title>Error: " in page
    assert "Write the conditions" in page
    assert "It is wide" in page
    assert not Approval.objects.exists()


def test_out_of_turn_is_told_and_nothing_is_kept(town: Town) -> None:
    answer = as_(town, "chief").post(f"{AT}/agreements/report/chief", entered(town, "report"))
    assert answer.status_code == 409
    assert "It is not your turn yet" in answer.content.decode()
    assert not Approval.objects.exists()


@pytest.mark.parametrize(
    "address", ["agreements/none", "agreements/scope/analysis", "agreements/report/commissioner"]
)
def test_a_step_that_there_is_not(address: str, town: Town) -> None:
    assert as_(town, "director").get(f"{AT}/{address}").status_code == 404


def test_the_decision_begins_from_the_advice_and_is_printed_as_a_notice(town: Town) -> None:
    for step in ("lead", "director", "analysis"):
        town.step("report", step)
    town.step("report", "finance-force", conditions="It fits the plan.")
    town.step("report", "finance-commissioner", conditions="No reserves are needed.")
    town.step("report", "legal", conditions="A fresh procurement is lawful.")
    town.step("report", "chief")
    commissioner = as_(town, "commissioner")
    page = commissioner.get(f"{AT}/report/decide").content.decode()
    for words in ("It fits the plan.", "No reserves are needed.", "A fresh procurement is lawful."):
        assert f"{words}" in page.partition("Your answer")[2]
    answer = commissioner.post(f"{AT}/report/decide", entered(town, "report", **DECIDED))
    assert answer["Location"] == f"{AT}/report/decision"
    assert DecisionNotice.objects.get().outcome == "conditions"
    notice = as_(town, "guest").get(f"{AT}/report/decision").content.decode()
    assert "Take the machines to an outline business case." in notice


def test_the_list_of_what_is_lacking_links_to_where_it_is_mended(town: Town) -> None:
    page = as_(town, "commissioner").get(f"{AT}/report/sign").content.decode()
    assert f'href="{AT}/records/assumptions"' in page
    assert f'href="{AT}/agreements/scope"' in page
    assert "Sign version" not in page
    sent = as_(town, "commissioner").post(f"{AT}/report/sign", {"sure": "yes", "number": "1.0"})
    assert sent.status_code == 409
    assert not SignedVersion.objects.exists()


def test_the_commissioner_signs_and_everybody_reads(ready: Town) -> None:
    assert (
        as_(ready, "director").post(f"{AT}/report/sign", {"sure": "yes", "number": "1.0"}).status_code == 403
    )
    commissioner = as_(ready, "commissioner")
    unsure = commissioner.post(f"{AT}/report/sign", {"number": "1.0"})
    assert (unsure.status_code, "Say that you sign" in unsure.content.decode()) == (400, True)
    for _ in range(2):  # the second is a retry, and changes nothing
        answer = commissioner.post(f"{AT}/report/sign", {"sure": "yes", "number": "1.0"})
        assert answer["Location"] == f"{AT}/report/versions", answer.content.decode()
    assert SignedVersion.objects.filter(public=False).count() == 1
    guest: Any = as_(ready, "guest")
    told = guest.get(f"{AT}/report/versions.json").json()
    assert [(one["number"], one["public"]) for one in told["versions"]] == [("1.0", False), ("1.0", True)]
    for one in told["versions"]:
        for file in one["files"]:
            assert guest.get(file["href"]).status_code == 200
    page = guest.get(f"{AT}/report/versions/1.0/whole/options-report.html")
    assert "script-src" not in page["Content-Security-Policy"]
    assert guest.get(f"{AT}/report/versions/1.0/whole/secret.txt").status_code == 404
    assert guest.get(f"{AT}/report/versions/2.0/whole/bundle.zip").status_code == 404


def test_a_guest_opens_the_public_version_alone_where_anything_is_commercial(ready: Town) -> None:
    from wayforward.records.models import Comment
    from wayforward.records.save import save

    said = {"about": "exercise", "comment_kind": "comment", "text": "The price is low."}
    save(Comment(exercise=ready.exercise, code="C-1", marking="commercial", **said), 0, "person 0")
    ready.sign()
    guest = as_(ready, "guest")
    assert guest.get(f"{AT}/report/versions/1.0/whole/bundle.zip").status_code == 403
    assert guest.get(f"{AT}/report/versions/1.0/public/bundle.zip").status_code == 200
    assert as_(ready, "analyst").get(f"{AT}/report/versions/1.0/whole/bundle.zip").status_code == 200
