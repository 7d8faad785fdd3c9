"""Comments and challenges: raised, answered, closed; shown where they belong, to those who may see them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.report.writing.sent import given_out, new_key, send
from tests.workbench import person
from wayforward.records.checks import run_checks
from wayforward.records.models import Comment, Event

AT = "/exercises/TOWN"
NEW = f"{AT}/comments/new"


@pytest.fixture
def signed_in(exercise: Any) -> Callable[[str], Client]:
    from wayforward.people.models import Membership

    def of(role: str) -> Client:
        client = Client()
        user = person(f"{role}-{new_key()[:6]}@example.org")
        Membership.objects.create(exercise=exercise, user=user, role=role)
        client.force_login(user)
        return client

    return of


def challenge(client: Client, about: str = "finding:appraisal.npsv", **entries: str) -> Comment:
    said = {"kind": "challenge", "text": "I doubt it.", "owner": "Analyst", "about": about} | entries
    answer = client.post(NEW, given_out(client, f"{NEW}?about={about}") | said)
    assert answer.status_code == 302, answer.content.decode()
    found = Comment.objects.order_by("code").last()
    assert found is not None
    return found


def test_a_challenge_is_raised_answered_and_closed(signed_in: Callable[[str], Client]) -> None:
    reviewer, analyst = signed_in("reviewer"), signed_in("analyst")
    one = challenge(reviewer)
    assert (one.code, one.raised_by, str(one.raised)) == ("COM-002", "Peer reviewer", "2012-10-01")
    page = analyst.get(f"{AT}/findings/appraisal.npsv").content.decode()
    assert "I doubt it." in page
    assert "Waits for an answer" in page
    close = f"{AT}/comments/COM-002/close"
    assert reviewer.get(close).status_code == 403  # not before it is answered
    assert send(analyst, f"{AT}/comments/COM-002/answer", answer="See the accounts.").status_code == 302
    assert analyst.get(close).status_code == 403  # who answered doesn't close
    assert signed_in("reviewer").get(close).status_code == 403  # nor does another of the same part
    assert send(reviewer, close).status_code == 302
    done = Comment.objects.get(code="COM-002")
    assert (done.answer, done.answered_by, str(done.closed)) == ("See the accounts.", "Analyst", "2012-10-01")
    actions = Event.objects.filter(record="comment:COM-002").order_by("sequence")
    assert list(actions.values_list("action", flat=True)) == ["raised", "answered", "closed"]


def test_the_director_closes_what_others_raised_and_a_plain_comment_needs_no_answer(
    signed_in: Callable[[str], Client],
) -> None:
    assert send(signed_in("director"), f"{AT}/comments/COM-001/close").status_code == 302
    assert Comment.objects.get().closed is not None


def test_whoever_it_was_given_to_answers(signed_in: Callable[[str], Client]) -> None:
    challenge(signed_in("reviewer"), owner="Legal and procurement adviser")
    address = f"{AT}/comments/COM-002/answer"
    assert signed_in("assurer").get(address).status_code == 403
    assert send(signed_in("legal"), address, answer="It is lawful.").status_code == 302
    assert Comment.objects.get(code="COM-002").answered_by == "Legal and procurement adviser"


@pytest.mark.parametrize("about", ["section:INT", "service:S1", "exercise", "evidence:E1"])
def test_a_section_and_any_record_are_commented_on_at_their_own_page(
    signed_in: Callable[[str], Client], about: str
) -> None:
    reviewer = signed_in("reviewer")
    challenge(reviewer, about, text="What of this?")
    told = reviewer.get(f"{AT}/comments.json").json()["comments"][0]
    assert told["about"] == about
    assert "What of this?" in reviewer.get(told["address"]).content.decode()


@pytest.mark.parametrize(
    "about", ["", "service:NONE", "finding:no.such", "comment:COM-001", "nothing", "x" * 300]
)
def test_what_is_not_there_can_not_be_commented_on(signed_in: Callable[[str], Client], about: str) -> None:
    client = signed_in("reviewer")
    assert client.get(NEW, {"about": about}).status_code == 404
    entries = {"about": about, "kind": "comment", "text": "x", "version": "0", "submission": new_key()}
    assert client.post(NEW, entries).status_code == 404
    assert Comment.objects.count() == 1


def test_what_must_be_mended_is_told_with_the_entries_kept(signed_in: Callable[[str], Client]) -> None:
    client = signed_in("reviewer")
    about = {"about": "service:S1"}
    for entries, words in (
        ({"kind": "comment", "text": " "}, "Write what you have to say"),
        ({"kind": "shout", "text": "Kept words"}, "Choose whether it is a comment or a challenge"),
        ({"kind": "challenge", "text": "Kept words", "owner": ""}, "Say who is to answer"),
        ({"kind": "comment", "text": "Kept words\x00"}, "a control character"),
        ({"kind": "comment", "text": "Kept words" * 600}, "6,000 characters"),
    ):
        answer = client.post(NEW, given_out(client, f"{NEW}?about=service:S1") | about | entries)
        page = answer.content.decode()
        assert answer.status_code == 400
        assert words in page
        assert "Error: Comment on" in page
        assert ("Kept words" in page) == ("Kept words" in entries["text"])
    assert Comment.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("analyst", "Analyst"),  # a part, whatever the capitals
        ("Head Librarian", "Head librarian"),  # as a record names its owner
        ("head of buildings", "Head of Buildings"),  # as the exercise calls one of its people
    ],
)
def test_a_comment_is_given_to_somebody_of_the_exercise(
    signed_in: Callable[[str], Client], exercise: Any, typed: str, kept: str
) -> None:
    from wayforward.people.models import Membership
    from wayforward.records.models import Evidence
    from wayforward.records.save import save

    evidence = Evidence.objects.get(exercise=exercise, code="E1")
    evidence.owner = "Head librarian"
    save(evidence, 1, "person 99")
    client = signed_in("reviewer")
    joined = Membership.objects.get(role="reviewer")
    joined.called = "Head of Buildings; Surveyor"
    joined.save()
    assert challenge(client, owner=typed).owner == kept


@pytest.mark.parametrize("owner", ["Analist", "Somebody", "Guest", "a@b.example"])
def test_a_comment_is_given_to_nobody_else(signed_in: Callable[[str], Client], owner: str) -> None:
    client = signed_in("reviewer")
    entries = {"about": "service:S1", "kind": "challenge", "text": "Kept words", "owner": owner}
    answer = client.post(NEW, given_out(client, f"{NEW}?about=service:S1") | entries)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "give a part in this exercise" in page
    assert ("did you mean Analyst?" in page) == (owner == "Analist")
    assert "Kept words" in page
    assert Comment.objects.count() == 1


def test_a_form_sent_twice_raises_one_comment(signed_in: Callable[[str], Client]) -> None:
    client = signed_in("analyst")
    entries = given_out(client, f"{NEW}?about=service:S1") | {
        "about": "service:S1",
        "kind": "comment",
        "text": "x",
    }
    for _ in range(2):
        assert client.post(NEW, entries).status_code == 302
    assert Comment.objects.count() == 2


def test_an_answer_given_meanwhile_is_not_overwritten(signed_in: Callable[[str], Client]) -> None:
    one, other = signed_in("analyst"), signed_in("analyst")
    address = f"{AT}/comments/COM-001/answer"
    entries = given_out(one, address)
    send(other, address, answer="Theirs.")
    answer = one.post(address, entries | {"answer": "Mine."})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Theirs." in page
    assert "Mine." in page
    assert Comment.objects.get().answer == "Theirs."


def test_text_is_shown_as_it_was_typed_and_does_nothing(signed_in: Callable[[str], Client]) -> None:
    client = signed_in("reviewer")
    challenge(client, "service:S1", text="<script>alert(1)</script>\n=cmd()")
    for address in (f"{AT}/records/services/S1", f"{AT}/comments"):
        page = client.get(address).content.decode()
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
        assert "<script>alert" not in page


def test_a_comment_is_marked_as_what_it_is_about_and_withheld_with_it(
    signed_in: Callable[[str], Client], exercise: Any
) -> None:
    from wayforward.records.save import save
    from wayforward.scope.models import Service

    reviewer, guest = signed_in("reviewer"), signed_in("guest")
    challenge(reviewer, "service:S2", text="Before it was commercial")
    service = Service.objects.get(code="S2")
    service.marking = "commercial"
    save(service, 1, "person 99")
    challenge(reviewer, "service:S2", text="After it was commercial")
    assert Comment.objects.get(code="COM-003").marking == "commercial"
    told = reviewer.get(f"{AT}/comments.json")
    assert told["Wayforward-Marking"] == "Official-sensitive: commercial"
    assert len(told.json()["comments"]) == 3
    withheld = guest.get(f"{AT}/comments.json")
    assert withheld.status_code == 200
    assert [one["code"] for one in withheld.json()["comments"]] == ["COM-001"]
    for address in (f"{AT}/records/comments", f"{AT}/records/comments.json"):
        answer = guest.get(address)
        assert b"commercial</" not in answer.content
        assert b"it was commercial" not in answer.content
    # A comment's own page is marked as what it is about, even where it was raised before.
    assert guest.get(f"{AT}/records/comments/COM-002").status_code == 403
    assert signed_in("lead").get(f"{AT}/comments/COM-002/answer").status_code == 200


def test_a_holder_of_an_interest_can_not_comment_on_what_is_commercial(exercise: Any) -> None:
    from wayforward.exercise.models import DeclaredInterest
    from wayforward.people.models import HeldInterest, Membership
    from wayforward.records.save import save
    from wayforward.scope.models import Service

    service = Service.objects.get(code="S2")
    service.marking = "commercial"
    save(service, 1, "person 99")
    interest = DeclaredInterest(exercise=exercise, code="I1", holder="Adviser", interest="Owns shares")
    save(interest, 0, "person 99")
    user = person("adviser@example.org")
    joined = Membership.objects.create(exercise=exercise, user=user, role="adviser")
    HeldInterest.objects.create(membership=joined, interest="I1")
    client = Client()
    client.force_login(user)
    assert client.get(NEW, {"about": "service:S2"}).status_code == 403
    assert client.get(NEW, {"about": "service:S1"}).status_code == 200


def test_the_list_is_narrowed_to_what_is_open_mine_a_challenge_or_closed(
    signed_in: Callable[[str], Client],
) -> None:
    reviewer, director = signed_in("reviewer"), signed_in("director")
    challenge(reviewer, owner="Director")
    send(director, f"{AT}/comments/COM-001/close")

    def shown(client: Client, which: str) -> list[str]:
        told = client.get(f"{AT}/comments.json?show={which}").json()["comments"]
        return sorted(one["code"] for one in told)

    assert shown(director, "open") == ["COM-002"]
    assert shown(director, "closed") == ["COM-001"]
    assert shown(director, "all") == ["COM-001", "COM-002"]
    assert shown(director, "challenges") == ["COM-002"]
    assert shown(reviewer, "mine") == ["COM-002"]  # raised
    assert shown(director, "mine") == ["COM-002"]  # theirs to answer
    assert shown(signed_in("legal"), "mine") == []


def test_counts_for_home(signed_in: Callable[[str], Client], exercise: Any) -> None:
    from wayforward.pages.comments.shown import counts
    from wayforward.pages.opened import as_it_stands
    from wayforward.people.models import User

    challenge(signed_in("reviewer"))
    analyst = signed_in("analyst")
    user = User.objects.get(pk=analyst.session["_auth_user_id"])
    assert counts(user, as_it_stands(exercise)) == {"open": 2, "challenges": 1, "yours": 1}


def test_guests_read_and_say_nothing(signed_in: Callable[[str], Client]) -> None:
    guest = signed_in("guest")
    assert guest.get(f"{AT}/comments").status_code == 200
    assert guest.get(NEW, {"about": "service:S1"}).status_code == 403
    assert "Comment or challenge" not in guest.get(f"{AT}/records/services/S1").content.decode()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"about": "service:NONE"}, "about"),
        ({"about": "nonsense"}, "about"),
        ({"comment_kind": "challenge", "closed": "2012-10-01"}, "answer"),
        ({"answer": "Yes."}, "answered"),
        ({"answered": "2012-10-01"}, "answer"),
        ({"closed": "2012-09-01"}, "closed"),
    ],
)
def test_rules_of_comments(exercise: Any, changes: dict[str, str], field: str) -> None:
    from wayforward.records.case import Case

    case = Case.of(exercise)
    assert [wrong for wrong in run_checks(case) if isinstance(wrong.record, Comment)] == []
    one = case.rows(Comment)[0]
    for name, text in changes.items():
        parser: Any = Comment._meta.get_field(name)
        setattr(one, name, parser.read_cell(text))
    found = [wrong.field for wrong in run_checks(case) if isinstance(wrong.record, Comment)]
    assert found == [field]


def test_a_closed_comment_may_outlive_what_it_was_about(exercise: Any) -> None:
    from wayforward.records.case import Case

    case = Case.of(exercise)
    one = case.rows(Comment)[0]
    one.about, one.closed = "service:GONE", one.raised
    assert [wrong for wrong in run_checks(case) if isinstance(wrong.record, Comment)] == []
