"""Peer review: a round given out by the director, and what reviewers return."""

from tests.report.writing.conftest import As
from tests.report.writing.sent import given_out, new_key, send
from wayforward.exercise.models import PeerReview
from wayforward.records.models import Event

REVIEW = "/exercises/TOWN/report/review"
# The small case stands at 1 October 2012.
ROUND = {"sections": ["INT", "OPT"], "reviewers": ["Peer reviewer", "Assurer"], "due": "2012-10-12"}


def test_a_round_gives_each_section_to_each_reviewer(signed_in: As) -> None:
    director = signed_in("director")
    entries = given_out(director, f"{REVIEW}/new") | ROUND
    for _ in range(2):  # sent twice, given out once
        assert director.post(f"{REVIEW}/new", entries).status_code == 302
    rows = PeerReview.objects.filter(round=2)
    assert sorted((row.section.code, row.reviewer) for row in rows) == [
        ("INT", "Assurer"),
        ("INT", "Peer reviewer"),
        ("OPT", "Assurer"),
        ("OPT", "Peer reviewer"),
    ]
    assert {str(row.asked) for row in rows} == {"2012-10-01"}
    assert sorted(row.code for row in rows) == ["PEE-002", "PEE-003", "PEE-004", "PEE-005"]
    assert Event.objects.filter(action="given out for review").count() == 4


def test_what_is_missing_of_a_round_is_told_by_the_field(signed_in: As) -> None:
    director = signed_in("director")
    answer = send(director, f"{REVIEW}/new", due="soon")
    assert answer.status_code == 400
    page = answer.content.decode()
    for words in ("Choose at least one section", "Choose at least one reviewer", "The day has soon"):
        assert words in page
    assert 'value="soon"' in page
    past = send(director, f"{REVIEW}/new", **(ROUND | {"due": "2012-09-30"}))
    assert "or later" in past.content.decode()
    # Who makes the analysis is no reviewer of it, whatever a form sends.
    makers = send(director, f"{REVIEW}/new", **(ROUND | {"reviewers": ["Analyst"]}))
    assert makers.status_code == 400
    assert PeerReview.objects.count() == 1


def test_a_reviewer_returns_a_verdict_that_the_report_shows(signed_in: As) -> None:
    reviewer = signed_in("reviewer")
    address = f"{REVIEW}/PEE-001/return"
    assert send(reviewer, address, verdict="changes", note="").status_code == 400
    assert send(reviewer, address, verdict="changes", note="Say who pays.").status_code == 302
    row = PeerReview.objects.get()
    assert (row.verdict, row.note, str(row.returned)) == ("changes", "Say who pays.", "2012-10-01")
    told = reviewer.get("/exercises/TOWN/report.json").json()["sections"][0]["reviews"]
    assert [one["state"] for one in told] == ["Ready once changed"]
    assert "Say who pays." in reviewer.get("/exercises/TOWN/report/read/section-INT").content.decode()


def test_nobody_returns_what_was_given_to_another(signed_in: As) -> None:
    entries = {"verdict": "ready", "note": "", "version": "1", "submission": new_key()}
    for role in ("director", "analyst", "assurer", "guest"):
        assert signed_in(role).post(f"{REVIEW}/PEE-001/return", entries).status_code == 403, role
    assert PeerReview.objects.get().verdict == ""


def test_who_is_named_returns_it_whatever_their_part(signed_in: As) -> None:
    send(signed_in("director"), f"{REVIEW}/new", **(ROUND | {"reviewers": ["Assurer"]}))
    answer = send(signed_in("assurer"), f"{REVIEW}/PEE-002/return", verdict="ready", note="")
    assert answer.status_code == 302
    assert PeerReview.objects.get(code="PEE-002").verdict == "ready"


def test_a_review_returned_meanwhile_is_not_overwritten(signed_in: As) -> None:
    reviewer = signed_in("reviewer")
    address = f"{REVIEW}/PEE-001/return"
    entries = given_out(reviewer, address)
    send(reviewer, address, verdict="ready", note="")
    answer = reviewer.post(address, entries | {"verdict": "not ready", "note": "No."})
    assert answer.status_code == 409
    assert "No." in answer.content.decode()
    assert PeerReview.objects.get().verdict == "ready"


def test_only_the_director_begins_a_round_and_nobody_edits_a_review_as_a_record(signed_in: As) -> None:
    for role in ("lead", "analyst", "reviewer"):
        assert signed_in(role).get(f"{REVIEW}/new").status_code == 403
    assert PeerReview.changed_by == "nobody"
