"""Undoing by a new entry: the former cells and a new version, or a sentence that says what stands in the way."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.pages.past.conftest import change, head
from tests.workbench import person
from wayforward.people.models import Membership
from wayforward.records import history
from wayforward.records.models import Citation, Event, Evidence
from wayforward.records.rows import cells
from wayforward.records.save import Change, remove, save, save_all
from wayforward.scope.models import Service

AT = "/exercises/TOWN"
pytestmark = pytest.mark.django_db


def form_of(client: Client, address: str) -> dict[str, str]:
    """The hidden entries of a page's form, as a browser would send them."""
    page = client.get(f"{AT}/{address}").content.decode()
    pairs = re.findall(r'<input type="hidden" name="(submission|version)" value="([^"]*)"', page)
    return dict(pairs)


def put_back(client: Client, address: str) -> Any:
    return client.post(f"{AT}/{address}", form_of(client, address))


def test_a_record_is_as_it_was_and_one_version_on(exercise: Any, director: Client) -> None:
    was = cells(Service.objects.get(exercise=exercise, code="S1"))
    change(exercise, name="Second")
    change(exercise, name="Third")
    page = director.get(f"{AT}/records/services/S1/history/2/put-back").content.decode()
    assert "What was done after that change, 1 more entry, is put back with it." in page
    assert "Third" in page
    answer = put_back(director, "records/services/S1/history/2/put-back")
    assert answer["Location"] == f"{AT}/records/services/S1/history"
    now = Service.objects.get(exercise=exercise, code="S1")
    assert (cells(now), now.version) == (was, 4)
    event = Event.objects.filter(exercise=exercise).latest("sequence")
    assert (event.action, event.actor.startswith("person "), event.record_version) == ("undone", True, 4)


deeds = st.lists(
    st.tuples(st.sampled_from(["name", "remove", "back"]), st.text("ab", min_size=1, max_size=3)),
    min_size=1,
    max_size=5,
)


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=deeds, which=st.integers(0, 9))
def test_undo_after_any_change_gives_the_former_cells_and_a_new_version(
    exercise: Any, director: Client, deeds: list[tuple[str, str]], which: int
) -> None:
    code = f"H-{uuid4().hex[:12]}"
    save(Evidence(exercise=exercise, code=code, title="T", evidence_kind="press"), 0, "person 1", "added")
    for deed, words in deeds:
        one = Evidence.objects.filter(exercise=exercise, code=code).first()
        if deed == "name" and one:
            one.title = words
            save(one, one.version, "person 1")
        elif deed == "remove" and one:
            remove(one, one.version, "person 1")
        elif deed == "back" and not one:
            last = history.steps(exercise, f"evidence:{code}")[-1].after.version
            again = Evidence(exercise=exercise, code=code, title=words, evidence_kind="press")
            save_all([Change(again, last, back=True)], "person 1", "undone")
    steps = history.steps(exercise, f"evidence:{code}")
    step = steps[which % len(steps)]
    answer = put_back(director, f"records/evidence/{code}/history/{step.after.version}/put-back")
    now = history.steps(exercise, f"evidence:{code}")[-1].after
    stored = Evidence.objects.filter(exercise=exercise, code=code).first()
    assert now.cells == step.before.cells
    assert (cells(stored) if stored else None) == step.before.cells
    if step.before.cells != steps[-1].after.cells:
        assert answer.status_code == 302
        assert now.version == steps[-1].after.version + 1
    else:  # it was so already: nothing is added to the log
        assert answer.status_code == 200
        assert now.version == steps[-1].after.version


def test_the_same_form_twice_changes_nothing_twice(exercise: Any, director: Client) -> None:
    change(exercise, name="Second")
    address = "records/services/S1/history/2/put-back"
    sent = form_of(director, address)
    first, second = director.post(f"{AT}/{address}", sent), director.post(f"{AT}/{address}", sent)
    assert first["Location"] == second["Location"]
    assert Service.objects.get(exercise=exercise, code="S1").version == 3


def test_a_page_that_was_open_while_another_saved_is_told(exercise: Any, director: Client) -> None:
    change(exercise, name="Second")
    address = "records/services/S1/history/2/put-back"
    sent = form_of(director, address)
    change(exercise, name="Theirs")
    answer = director.post(f"{AT}/{address}", sent)
    assert answer.status_code == 409
    assert "Somebody changed this after you opened the page" in answer.content.decode()
    assert Service.objects.get(exercise=exercise, code="S1").name == "Theirs"


def test_what_is_named_is_not_taken_away(exercise: Any, director: Client) -> None:
    save(Service(exercise=exercise, code="S9", name="Music"), 0, "person 1", "added")
    change(exercise, parent=Service.objects.get(exercise=exercise, code="S9"))
    page = director.get(f"{AT}/records/services/S9/history/1/put-back").content.decode()
    assert "names S9 (Part of): change that first" in page
    assert "/records/services/S1/history" in page
    assert put_back(director, "records/services/S9/history/1/put-back").status_code == 409
    assert Service.objects.filter(exercise=exercise, code="S9").exists()


def test_what_named_a_record_that_is_gone_waits_for_it(exercise: Any, director: Client) -> None:
    """A citation of evidence that was removed after it can't come back before the evidence does."""
    evidence = Evidence(exercise=exercise, code="E9", title="T", evidence_kind="press")
    save(evidence, 0, "person 1", "added")
    cited = Citation(
        exercise=exercise, code="C9", record="exercise", evidence=evidence, used=False, reason="r"
    )
    save(cited, 0, "person 1", "added")
    remove(cited, 1, "person 1")
    remove(evidence, 1, "person 1")
    page = director.get(f"{AT}/records/citations/C9/history/2/put-back").content.decode()
    assert "Evidence would be E9; allowed: the code of a row of evidence" in page
    assert put_back(director, "records/citations/C9/history/2/put-back").status_code == 409
    assert put_back(director, "records/evidence/E9/history/2/put-back").status_code == 302
    assert put_back(director, "records/citations/C9/history/2/put-back").status_code == 302
    assert Citation.objects.get(exercise=exercise, code="C9").evidence.code == "E9"


def test_an_act_is_undone_as_a_whole(exercise: Any, director: Client) -> None:
    before = history.states(exercise, head(exercise))
    parent = Service(exercise=exercise, code="S8", name="Culture")
    child = Service(exercise=exercise, code="S9", name="Music", parent=parent)
    renamed = Service.objects.get(exercise=exercise, code="S1")
    renamed.name = "Renamed"
    save_all([Change(child, 0), Change(parent, 0), Change(renamed, 1)], "person 1", "uploaded")
    number = head(exercise)
    assert put_back(director, f"changes/{number}/undo").status_code == 302
    now = history.states(exercise, head(exercise))
    there = {name: state.cells for name, state in now.items() if state.cells}
    assert there == {name: state.cells for name, state in before.items()}
    # And the undoing is undone: both come back, the child under its parent.
    assert put_back(director, f"changes/{head(exercise)}/undo").status_code == 302
    assert Service.objects.get(exercise=exercise, code="S9").parent.code == "S8"


def test_an_act_whose_records_were_touched_since_is_not_undone(exercise: Any, director: Client) -> None:
    some = list(Service.objects.filter(exercise=exercise).order_by("code")[:2])
    for one in some:
        one.powers = "By-laws"
    save_all([Change(one, 1) for one in some], "person 1", "changed with others")
    number = head(exercise)
    change(exercise, code=some[0].code, powers="Others")
    page = director.get(f"{AT}/changes/{number}/undo").content.decode()
    assert "was changed since" in page
    assert director.post(f"{AT}/changes/{number}/undo", {"submission": str(uuid4())}).status_code == 409
    assert Service.objects.get(pk=some[1].pk).powers == "By-laws"


def test_the_exercise_itself_is_not_taken_away(exercise: Any, director: Client) -> None:
    assert "An exercise is not taken away" in director.get(f"{AT}/changes/1/undo").content.decode()
    assert director.post(f"{AT}/changes/1/undo", {"submission": str(uuid4())}).status_code == 409
    address = "records/exercise/TOWN/history/1/put-back"
    assert "An exercise is not taken away" in director.get(f"{AT}/{address}").content.decode()


def test_a_purpose_is_put_back(exercise: Any, director: Client) -> None:
    was = exercise.purpose
    exercise.purpose = "Another"
    save(exercise, 1, "person 1")
    assert put_back(director, "records/exercise/TOWN/history/2/put-back").status_code == 302
    exercise.refresh_from_db()
    assert (exercise.purpose, exercise.version) == (was, 3)


def test_who_may_not_change_may_not_undo(exercise: Any, director: Client) -> None:
    change(exercise, name="Second")
    client = Client()
    user = person("reviewer@example.org")
    Membership.objects.create(exercise=exercise, user=user, role="reviewer")
    client.force_login(user)
    assert "put-back" not in client.get(f"{AT}/records/services/S1/history").content.decode()
    for address in ("records/services/S1/history/2/put-back", f"changes/{head(exercise)}/undo"):
        assert client.get(f"{AT}/{address}").status_code == 403
        assert client.post(f"{AT}/{address}", {"submission": str(uuid4())}).status_code == 403
    assert director.get(f"{AT}/records/services/S1/history/99/put-back").status_code == 404
