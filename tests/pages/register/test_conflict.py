"""Two people change one record: the second sees both and chooses; nothing is overwritten silently."""

from typing import Any

from django.test import Client

from tests.pages.register.filling import entries, send
from wayforward.records.save import remove, save

AT = "/exercises/TOWN/records/services/S3"


def theirs(**values: Any) -> None:
    """Somebody else saves the record."""
    from wayforward.scope.models import Service

    row = Service.objects.get(code="S3")
    for name, value in values.items():
        setattr(row, name, value)
    save(row, row.version, "person 99")


def stored() -> Any:
    from wayforward.scope.models import Service

    return Service.objects.get(code="S3")


def conflict(director: Client) -> Any:
    """We changed the name and the cost, they the name and the people."""
    check = send(director, director.get(f"{AT}/edit"), "check", f_name="Ours", f_yearly_cost="50000")
    theirs(name="Theirs", people=2)
    return send(director, check, "save")


def test_both_are_shown_and_only_a_true_conflict_is_left_to_choose(director: Client) -> None:
    page = conflict(director)
    words = page.content.decode()
    assert page.status_code == 409
    assert stored().name == "Theirs"
    for text in (
        "Somebody else changed",
        "You both changed it",
        "Only they changed it",
        "Only you changed it",
    ):
        assert text in words
    chosen = entries(page)
    assert "keep-name" not in chosen, "nobody chooses for us between two changes"
    assert chosen["keep-people"] == ["theirs"]
    assert chosen["keep-yearly_cost"] == ["yours"]
    unsaid = send(director, page, "settle")
    assert (unsaid.status_code, "choose which of the two is to stand" in unsaid.content.decode()) == (
        409,
        True,
    )
    saved = send(director, unsaid, "settle", keep_name="yours")
    assert saved.status_code == 302, saved.content.decode()
    assert (stored().name, stored().people, stored().yearly_cost) == ("Ours", 2, 50000)
    assert stored().version == 3


def test_a_third_change_while_choosing_asks_anew(director: Client) -> None:
    page = conflict(director)
    theirs(name="Theirs again")
    again = send(director, page, "settle", keep_name="yours")
    assert again.status_code == 409
    assert "Theirs again" in again.content.decode()
    assert send(director, again, "settle", keep_name="theirs").status_code == 302
    assert (stored().name, stored().yearly_cost) == ("Theirs again", 50000)


def test_it_is_told_at_the_check_already(director: Client) -> None:
    form = director.get(f"{AT}/edit")
    theirs(name="Theirs")
    assert send(director, form, "check", f_name="Ours").status_code == 409


def test_a_record_that_was_removed_is_told_with_what_was_typed(director: Client) -> None:
    check = send(director, director.get(f"{AT}/edit"), "check", f_name="Ours to keep")
    remove(stored(), 1, "person 99")
    gone = send(director, check, "save")
    assert gone.status_code == 409
    assert "was removed meanwhile" in gone.content.decode()
    assert "Ours to keep" in gone.content.decode()
