"""The key of a form that was kept comes again with other content: refused and kept, never told as saved.

Each kind of form that stores something is tried once: sent, sent again alike, then with one entry changed.
"""

import copy
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.casefile.streaming import edited
from tests.exercise.beginning.test_pages import ENTRIES
from tests.pages.register.filling import entries, send
from tests.pages.round_trip.test_round_trip import agreed, seen, taken
from wayforward.records.models import Comment, Event

TOWN = "/exercises/TOWN"
AT = f"{TOWN}/records"
OTHERWISE = "This form was saved already, with other answers"


def sent_thrice(client: Client, page: Any, other: dict[str, Any], step: str = "", **said: Any) -> Any:
    """A form sent, sent again, and sent with one entry changed: the answer to that."""
    first = send(client, page, step, **said)
    assert first.status_code == 302, first.content.decode()
    before = Event.objects.count()
    again = send(client, page, step, **said)
    assert again.status_code == 302, "told as saved"
    assert again["Location"].split("?")[0] == first["Location"].split("?")[0]
    told = send(client, page, step, **{**said, **other})
    assert told.status_code == 409, told.content.decode()
    assert OTHERWISE in told.content.decode()
    assert Event.objects.count() == before, "nothing is stored twice, nor under a key that is used"
    assert entries(told)["submission"] != entries(page)["submission"], "a key of its own"
    return told


def name_of(code: str) -> str:
    from wayforward.scope.models import Service

    return str(Service.objects.get(code=code).name)


def test_a_new_record(director: Client) -> None:
    check = send(director, director.get(f"{AT}/services/_new"), "check", f_name="Night shelter")
    told = sent_thrice(director, check, {"f_name": "Day shelter"}, "save")
    assert "Day shelter" in told.content.decode()
    assert told["Wayforward-Marking"] == "Official"
    # To store it too it needs a code of its own, which is told; then it is stored.
    wrong = send(director, told)
    assert (wrong.status_code, "S5 is free" in wrong.content.decode()) == (400, True)
    assert send(director, wrong, "save", f_code="S5")["Location"] == f"{AT}/services/S5?saved=added"
    assert (name_of("S4"), name_of("S5")) == ("Night shelter", "Day shelter")


def test_a_changed_record_however_its_entries_are_typed(director: Client) -> None:
    form = director.get(f"{AT}/services/S3/edit")
    check = send(director, form, "check", f_name="Once", f_yearly_cost=" 41000.50 ")
    told = sent_thrice(director, check, {"f_name": "Twice"}, "save")
    # The same cost as it was typed first is the same form.
    assert send(director, check, "save", f_yearly_cost=" 41000.50 ").status_code == 302
    # Sent as a form of its own it meets what was stored meanwhile, and both versions are shown.
    both = send(director, told)
    assert (both.status_code, "Somebody else changed this record" in both.content.decode()) == (409, True)
    assert send(director, both, "settle", keep_name="yours").status_code == 302
    assert name_of("S3") == "Twice"


def test_several_records(director: Client) -> None:
    form = director.get(f"{AT}/services/_several", {"row": ["S2", "S3"], "field": "powers"})
    sent_thrice(director, form, {"f_powers": "None"}, "save", f_powers="By-laws")


def test_evidence_asks_for_its_file_again(director: Client) -> None:
    form = director.get(f"{AT}/services/S3/evidence/yearly_cost")
    said = {"which": "there", "chosen": "E2"}
    first = send(director, form, **said, file=SimpleUploadedFile("a.txt", b"One."))
    again = send(director, form, **said, file=SimpleUploadedFile("a.txt", b"One."))
    assert first["Location"] == again["Location"]
    told = send(director, form, **said, file=SimpleUploadedFile("a.txt", b"Two."))
    assert (told.status_code, OTHERWISE in told.content.decode()) == (409, True)
    assert entries(told)["chosen"] == ["E2"]
    aside = {"f_used": "no", "f_reason": "The other is newer"}  # for one alone is in use
    stored = send(director, told, **aside, file=SimpleUploadedFile("a.txt", b"Two."))
    assert (stored.status_code, Event.objects.filter(record__startswith="attachment:").count()) == (302, 2)


def test_removing_another_record(director: Client) -> None:
    """It says nothing but which record: with the key of one, another is not said to be removed."""
    page = director.get(f"{AT}/lessons/LE1/remove")
    assert send(director, page).status_code == 302
    assert send(director, page)["Location"].endswith("?removed=LE1")
    told = send(director, page, address=f"{AT}/citations/C2/remove")
    assert (told.status_code, OTHERWISE in told.content.decode()) == (409, True)


def test_undoing_another_change(director: Client) -> None:
    for code in ("S2", "S3"):
        check = send(director, director.get(f"{AT}/services/{code}/edit"), "check", f_name=f"New {code}")
        send(director, check, "save")
    page = director.get(f"{AT}/services/S3/history/2/put-back")
    first, again = send(director, page), send(director, page)
    assert first["Location"] == again["Location"]
    told = send(director, page, address=f"{AT}/services/S2/history/2/put-back")
    assert (told.status_code, OTHERWISE in told.content.decode()) == (409, True)
    assert name_of("S2") == "New S2"


def test_a_comment_an_answer_and_the_closing_of_another(director: Client) -> None:
    page = director.get(f"{TOWN}/comments/new?about=service:S1")
    said = {"kind": "challenge", "text": "I doubt it.", "owner": "Analyst"}
    told = sent_thrice(director, page, {"text": "I doubt all."}, **said, address=f"{TOWN}/comments/new")
    assert send(director, told).status_code == 302
    assert [one.text for one in Comment.objects.order_by("code")][-2:] == ["I doubt it.", "I doubt all."]
    answer = f"{TOWN}/comments/COM-002/answer"
    given = entries(director.get(answer))
    assert director.post(answer, {**given, "answer": "See page 8."}).status_code == 302
    told = director.post(answer, {**given, "answer": "See page 9."})
    assert (told.status_code, OTHERWISE in told.content.decode()) == (409, True)
    closing = director.get(f"{TOWN}/comments/COM-002/close")
    assert send(director, closing).status_code == 302
    told = send(director, closing, address=f"{TOWN}/comments/COM-001/close")
    assert (told.status_code, OTHERWISE in told.content.decode()) == (409, True)


def test_the_text_of_a_section(director: Client) -> None:
    page = director.get(f"{TOWN}/report/sections/INT/edit")
    sent_thrice(director, page, {"body": "Another beginning."}, body="A beginning.", do="save")


def test_a_round_of_review(director: Client) -> None:
    page = director.get(f"{TOWN}/report/review/new")
    said = {"sections": ["INT"], "reviewers": ["Assurer"], "due": "2012-10-12"}
    sent_thrice(director, page, {"due": "2012-10-13"}, **said)


def test_agreeing(somebody: Callable[..., Client]) -> None:
    from wayforward.exercise.models import Approval

    lead = somebody("lead")
    page = lead.get(f"{TOWN}/agreements/scope/lead")
    sent_thrice(lead, page, {"outcome": "refused", "reason": "No"}, outcome="approved")
    assert [one.outcome for one in Approval.objects.all()] == ["approved"]


def test_an_upload_that_was_accepted(director: Client) -> None:
    changed = edited(taken(director), {("services", "B3"): "Street wardens"})
    address, page = seen(director, changed)
    said = {"seen": agreed(page)}
    assert director.post(address, said).status_code == 302
    assert director.post(address, said).status_code == 200
    told = director.post(address, {**said, "leave": "yes"})
    words = told.content.decode()
    assert (told.status_code, OTHERWISE in words, "open the page again" in words) == (409, True, True)
    assert "submission" not in entries(told), "the upload is not kept any more: there is nothing to send"


@pytest.mark.django_db
def test_beginning_an_exercise(client: Client) -> None:
    from tests.workbench import person
    from wayforward.exercise.models import Exercise

    client.force_login(person("operator@example.org", is_superuser=True))
    said = {**ENTRIES, "step": "save", "submission": "0f9f1a4e-6a3c-4a25-9e43-3a2f1f0f7a10"}
    first, again = client.post("/begin", said), client.post("/begin", said)
    assert first["Location"] == again["Location"]
    told = client.post("/begin", {**said, "f-title": "Another"})
    assert (told.status_code, OTHERWISE in told.content.decode()) == (409, True)
    assert "Another" in told.content.decode()
    taken_ = send(client, told)
    assert "give another code" in taken_.content.decode()
    assert Exercise.objects.count() == 1


def test_the_key_of_another_exercise_s_form(director: Client, exercise: Any) -> None:
    """A key is one form's wherever it is sent: what comes with it elsewhere is refused, and nothing breaks."""
    from uuid import UUID

    from django.utils import timezone

    from wayforward.records.models import Submission

    check = send(director, director.get(f"{AT}/services/S3/edit"), "check", f_name="Mine")
    other = copy.copy(exercise)
    other.pk, other.code = None, "CITY"
    other.save()
    key = UUID(entries(check)["submission"][0])
    Submission.objects.create(exercise=other, key=key, digest="0" * 64, sequence=1, at=timezone.now())
    told = send(director, check, "save")
    assert (told.status_code, OTHERWISE in told.content.decode()) == (409, True)
    assert send(director, told).status_code == 302
    assert name_of("S3") == "Mine"


def test_what_is_sent_is_shown_as_text_alone(director: Client) -> None:
    check = send(director, director.get(f"{AT}/services/S3/edit"), "check", f_name="Once")
    send(director, check, "save")
    told = send(director, check, "save", f_name="<script>alert(1)</script>", **{"<b>x": "y"})
    assert told.status_code == 409
    assert "<script>alert" not in told.content.decode()
    assert "<b>x" not in told.content.decode()
