"""Parts are given, changed and taken away; every change is logged, and what would leave things wrong is refused."""

from typing import Any

import pytest

from tests.workbench import person, store_small_case
from wayforward.exercise.models import DeclaredInterest
from wayforward.people import parts
from wayforward.people.independence import changed_by
from wayforward.people.models import Membership, PartChange, User
from wayforward.people.permissions import RULES, may, refusal
from wayforward.records.models import Comment, Evidence
from wayforward.records.save import save

pytestmark = pytest.mark.django_db


@pytest.fixture
def exercise() -> Any:
    return store_small_case()


@pytest.fixture
def director(exercise: Any) -> Any:
    user = person("director@example.org")
    parts.give(exercise, user, "director", None)
    return user


def anew(user: Any) -> Any:
    """The person as the next request has them."""
    return User.objects.get(pk=user.pk)


def log() -> list[tuple[Any, ...]]:
    return list(PartChange.objects.values_list("by", "who", "what", "before", "after"))


def declared(exercise: Any, code: str = "INT-1") -> Any:
    row = DeclaredInterest(exercise=exercise, code=code, holder="Adviser", interest="Has tendered before.")
    save(row, 0, "operator")
    return row


def test_each_change_of_a_part_is_logged_by_number(exercise: Any, director: Any) -> None:
    user = person("new@example.org")
    parts.give(exercise, user, "guest", director)
    parts.give(exercise, user, "analyst", director, seen="guest")
    parts.take(exercise, user, director, seen="analyst")
    assert log() == [
        (None, director.pk, "part", "", "director"),
        (director.pk, user.pk, "part", "", "guest"),
        (director.pk, user.pk, "part", "guest", "analyst"),
        (director.pk, user.pk, "part", "analyst", ""),
    ]
    assert not Membership.objects.filter(user=user).exists()


def test_the_log_is_only_added_to(exercise: Any, director: Any) -> None:
    entry = PartChange.objects.get()
    with pytest.raises(TypeError, match="stays as it is"):
        entry.save()
    with pytest.raises(TypeError, match="stays in the log"):
        entry.delete()


def test_what_was_changed_meanwhile_is_left_as_it_is(exercise: Any, director: Any) -> None:
    user = person("new@example.org")
    parts.give(exercise, user, "lead", director)
    with pytest.raises(parts.ChangedMeanwhile, match="They are Workstream lead now"):
        parts.give(exercise, user, "analyst", director, seen="guest")
    with pytest.raises(parts.ChangedMeanwhile):
        parts.take(exercise, user, director, seen="guest")
    assert Membership.objects.get(user=user).role == "lead"


def test_a_form_sent_twice_changes_nothing_twice(exercise: Any, director: Any) -> None:
    user = person("new@example.org")
    parts.give(exercise, user, "guest", director, seen="")
    for _ in range(2):
        parts.give(exercise, user, "lead", director, seen="guest")
    assert len(log()) == 3


def test_the_last_director_stays_unless_the_operator_says_otherwise(exercise: Any, director: Any) -> None:
    with pytest.raises(parts.Refused, match="only director"):
        parts.take(exercise, director, director)
    with pytest.raises(parts.Refused, match="only director"):
        parts.give(exercise, director, "guest", director)
    other = person("second@example.org")
    parts.give(exercise, other, "director", director)
    parts.give(exercise, director, "guest", other)
    parts.take(exercise, other, person("op@example.org", is_superuser=True))
    assert not Membership.objects.filter(role="director").exists()


def test_who_changed_records_cant_assure_and_who_commented_can(exercise: Any, director: Any) -> None:
    maker, reader = person("maker@example.org"), person("reader@example.org")
    save(
        Evidence(exercise=exercise, code="EV-NEW", title="A study", evidence_kind="research"),
        0,
        f"person {maker.pk}",
    )
    comment = Comment(
        exercise=exercise, code="COM-1", about="evidence:EV-NEW", comment_kind="comment", text="!"
    )
    save(comment, 0, f"person {reader.pk}")
    assert (changed_by(maker.pk, exercise), changed_by(reader.pk, exercise)) == (1, 0)
    with pytest.raises(parts.Refused, match="They made 1 change to the records"):
        parts.give(exercise, maker, "assurer", director)
    parts.give(exercise, reader, "assurer", director)
    # Nor can it be reached by way of another part.
    parts.give(exercise, maker, "guest", director)
    with pytest.raises(parts.Refused):
        parts.give(exercise, maker, "assurer", director, seen="guest")


def test_a_number_that_begins_another_is_not_that_person(exercise: Any) -> None:
    save(
        Evidence(exercise=exercise, code="EV-NEW", title="A study", evidence_kind="research"), 0, "person 12"
    )
    assert (changed_by(1, exercise), changed_by(12, exercise)) == (0, 1)


def test_an_interest_bars_while_it_lasts(exercise: Any, director: Any) -> None:
    row, user = declared(exercise), person("adviser@example.org")
    parts.give(exercise, user, "adviser", director)
    assert all(may(user, what, exercise) for what in ("rate", "weigh", "open commercial", "change"))
    parts.link_interests(exercise, user, [row.code], director, seen="")
    held = anew(user)
    assert not any(may(held, what, exercise) for what in ("rate", "weigh", "open commercial"))
    assert may(held, "change", exercise)
    assert "You hold a declared interest (INT-1), and nobody who does weighs" in refusal(
        held, "weigh", exercise
    )
    from datetime import date

    row = DeclaredInterest.objects.get()
    row.ended = date(2013, 1, 5)
    save(row, 1, "operator")
    assert may(anew(user), "weigh", exercise)


def test_who_holds_an_interest_cant_end_it(exercise: Any, director: Any) -> None:
    row, lead = declared(exercise), person("lead@example.org")
    parts.give(exercise, lead, "lead", director)
    assert may(lead, DeclaredInterest.changed_by, exercise)
    parts.link_interests(exercise, lead, [row.code], director)
    assert not may(anew(lead), DeclaredInterest.changed_by, exercise)
    with pytest.raises(parts.Refused, match="Nobody links interests to themselves"):
        parts.link_interests(exercise, lead, [], anew(lead))


def test_leaving_and_coming_back_sheds_no_interest(exercise: Any, director: Any) -> None:
    row, user = declared(exercise), person("adviser@example.org")
    parts.give(exercise, user, "adviser", director)
    parts.link_interests(exercise, user, [row.code], director)
    parts.take(exercise, user, director)
    joined = parts.give(exercise, user, "analyst", director)
    assert parts.linked(joined) == "INT-1"
    # What was taken off is not brought back.
    parts.link_interests(exercise, user, [], director)
    parts.take(exercise, user, director)
    assert parts.linked(parts.give(exercise, user, "analyst", director)) == ""


def test_erasing_takes_all_that_names_a_person_and_leaves_their_number(exercise: Any, director: Any) -> None:
    from allauth.mfa.models import Authenticator

    user = person("gone@example.org", first_name="Ann", last_name="Other")
    parts.give(exercise, user, "guest", director)
    Authenticator.objects.create(user=user, type="totp", data={"secret": "x"})
    parts.erase(user)
    left = User.objects.get(pk=user.pk)
    assert (left.email, left.first_name, left.last_name) == (f"erased-{user.pk}@erased.invalid", "", "")
    assert (left.is_active, left.has_usable_password(), left.memberships.count()) == (False, False, 0)
    assert not Authenticator.objects.exists()
    assert log()[-1] == (None, user.pk, "part", "guest", "")


def test_no_role_is_another_ones_own_step() -> None:
    """Each agreement, advice and decision is one role's alone; so says the issue, role by role."""

    class Somebody:
        def __init__(self, role: str, operates: bool = False) -> None:
            from wayforward.people.permissions import Part

            self.__dict__["_parts"] = {1: Part(role, (), operates)}

    class Exercise:
        pk = 1

    from wayforward.people.models import ROLES

    own = {
        "agree as lead": "lead",
        "agree as director": "director",
        "agree as analysis": "approver",
        "agree as finance-force": "finance-force",
        "agree as finance-commissioner": "finance-commissioner",
        "agree as legal": "legal",
        "agree as chief": "chief",
        "decide": "commissioner",
        "assure": "assurer",
    }
    for rule, theirs in own.items():
        allowed = {role for role, _ in ROLES if RULES[rule].test(Somebody(role), Exercise())}
        assert allowed == {theirs}, rule
        assert not RULES[rule].test(Somebody("", operates=True), Exercise()), rule
