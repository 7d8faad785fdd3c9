"""An exercise begun from the workbook of a whole case: who may, what is refused, and that it is stored once."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.casefile.streaming import edited
from tests.casefile.test_hostile import BOOKS
from tests.workbench import SMALL, person
from wayforward.casefile import load, write_workbook
from wayforward.people.models import Membership
from wayforward.records.base import exercise_model
from wayforward.records.case import Case
from wayforward.records.models import Event
from wayforward.records.rows import cells

pytestmark = pytest.mark.django_db
HERE = "/begin/workbook"


@pytest.fixture
def operator(client: Client) -> Client:
    client.force_login(person("operator@example.org", is_superuser=True))
    return client


@pytest.fixture
def book(tmp_path: Path) -> bytes:
    write_workbook(load(SMALL), tmp_path / "case.xlsx")
    return (tmp_path / "case.xlsx").read_bytes()


def sent(client: Client, content: bytes, name: str = "case.xlsx") -> Any:
    return client.post(HERE, {"file": SimpleUploadedFile(name, content)})


def key_of(answer: Any) -> str:
    found = re.search(r'name="key" value="([0-9a-f-]{36})"', answer.content.decode())
    assert found
    return found[1]


def test_it_is_seen_then_stored_once_as_it_was_in_the_file(operator: Client, book: bytes) -> None:
    answer = sent(operator, book)
    page = answer.content.decode()
    assert (answer.status_code, exercise_model().objects.count()) == (200, 0)
    assert "3 services" in page
    key = key_of(answer)
    assert operator.post(HERE, {"step": "save", "key": key})["Location"] == "/exercises/TOWN"
    (stored,) = exercise_model().objects.all()
    case, given = Case.of(stored), load(SMALL)
    for model in given.models():
        if model.changed_by == "nobody":
            continue
        assert [cells(row) for row in case.rows(model)] == [cells(row) for row in given.rows(model)]
    assert Membership.objects.get(exercise=stored).role == "director"
    assert set(Event.objects.values_list("action", flat=True)) == {"imported"}
    many = Event.objects.count()
    again = operator.post(HERE, {"step": "save", "key": key})
    assert "not kept any more" in again.content.decode()
    assert Event.objects.count() == many


def test_sent_twice_at_once_it_is_stored_once(
    operator: Client, book: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second sending comes while the file is still there: here it is never let go, and the code is overlooked."""
    from wayforward.pages.round_trip import kept, whole

    key = key_of(sent(operator, book))
    monkeypatch.setattr(kept, "drop", lambda user, key: None)
    monkeypatch.setattr(whole, "_taken", lambda case: [])
    for _ in range(2):
        answer = operator.post(HERE, {"step": "save", "key": key})
        assert answer["Location"] == "/exercises/TOWN"
    assert exercise_model().objects.count() == 1


def test_a_code_that_is_there_and_a_key_of_another_are_refused(
    operator: Client, exercise: Any, book: bytes
) -> None:
    answer = sent(operator, book)
    assert answer.status_code == 400
    assert "the code of no exercise in this workbench" in answer.content.decode()
    other = Client()
    other.force_login(person("other@example.org", is_superuser=True))
    key = key_of(sent(other, edited(book, {("exercise", "A2"): "ELSEWHERE"})))
    assert "not kept any more" in operator.post(HERE, {"step": "save", "key": key}).content.decode()
    assert "not kept any more" in operator.post(HERE, {"step": "save", "key": "x"}).content.decode()
    assert exercise_model().objects.count() == 1


def test_faults_are_told_and_nothing_is_kept(operator: Client, book: bytes, tmp_path: Path) -> None:
    page = sent(operator, edited(book, {("services", "D2"): "lots"})).content.decode()
    assert "<title>Error: " in page
    assert "services, row 2, yearly_cost: found lots" in page
    assert "Choose the workbook" in sent(operator, b"code\n", "case.csv").content.decode()
    assert not list((tmp_path / "uploads").glob("*/*"))


@pytest.mark.parametrize("kind", ["bomb", "far cell", "entities", "no zip"])
def test_a_hostile_workbook_is_refused_in_words(operator: Client, tmp_path: Path, kind: str) -> None:
    path = tmp_path / "case.xlsx"
    write_workbook(load(SMALL), path)
    BOOKS[kind](path)
    answer = sent(operator, path.read_bytes())
    assert answer.status_code == 400
    assert "There is a problem" in answer.content.decode()


def test_what_people_give_under_their_own_sign_in_is_left_out(operator: Client, book: bytes) -> None:
    """The small case holds comments and a peer review: in a file that anybody wrote they would be nobody's word."""
    from wayforward.exercise.models import PeerReview
    from wayforward.records.models import Comment

    answer = sent(operator, book)
    page = answer.content.decode().partition("What is left out")[2]
    for model in (Comment, PeerReview):
        many = len(load(SMALL).rows(model))
        assert f"<li>{many} {model.plural() if many > 1 else model.words()}</li>" in page
    operator.post(HERE, {"step": "save", "key": key_of(answer)})
    assert exercise_model().objects.count() == 1
    assert not Comment.objects.exists()
    assert not PeerReview.objects.exists()


def test_more_than_a_page_stores_is_for_the_operator_s_command(
    operator: Client, book: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    from wayforward.pages.round_trip import whole

    monkeypatch.setattr(whole, "HEAVIEST", 1_000)
    assert "wayforward import" in sent(operator, book).content.decode()


def test_who_may_not_begin_may_not_begin_so_either(outsider: Client, book: bytes) -> None:
    assert outsider.get(HERE).status_code == 403
    assert sent(outsider, book).status_code == 403
