"""Versions of a section: who wrote which, what differs, and an old text put back."""

from tests.report.writing.conftest import As
from tests.report.writing.sent import given_out, new_key, send
from wayforward.exercise.models import Section
from wayforward.records.models import Event

EDIT = "/exercises/TOWN/report/sections/INT/edit"
VERSIONS = "/exercises/TOWN/report/sections/INT/versions"


def test_each_text_is_a_version_with_who_wrote_it_and_how_much(signed_in: As) -> None:
    analyst = signed_in("analyst")
    send(analyst, EDIT, body="one two three", do="save")
    send(analyst, EDIT, body="one 2 three four", do="save")
    told = analyst.get(f"{VERSIONS}.json").json()
    assert [one["version"] for one in told["versions"]] == [3, 2, 1]
    assert told["versions"][0]["said"].startswith("written by Analyst (person ")
    # 'two' went; '2' and 'four' came.
    assert (told["versions"][0]["added"], told["versions"][0]["removed"]) == (2, 1)
    assert (told["before"], told["after"]) == (2, 3)
    assert {"kind": "removed", "text": "two"} in told["differences"]


def test_any_two_are_compared(signed_in: As) -> None:
    analyst = signed_in("analyst")
    for text in ("alpha", "beta", "alpha gamma"):
        send(analyst, EDIT, body=text, do="save")
    told = analyst.get(f"{VERSIONS}.json?from=2&to=4").json()
    assert [piece["text"] for piece in told["differences"] if piece["kind"] != "same"] == [" gamma"]
    # What is no version is as if nothing had been asked.
    assert analyst.get(f"{VERSIONS}.json?from=x&to=999").json()["after"] == 4


def test_another_field_saved_makes_no_version_of_the_text(signed_in: As) -> None:
    from wayforward.records.save import save

    section = Section.objects.get(code="INT")
    section.owner = "Somebody else"
    save(section, 1, "person 99")
    told = signed_in("analyst").get(f"{VERSIONS}.json").json()
    assert [one["version"] for one in told["versions"]] == [1]


def test_an_old_text_is_put_back_as_a_new_version(signed_in: As) -> None:
    analyst = signed_in("analyst")
    first = Section.objects.get(code="INT").body
    send(analyst, EDIT, body="Something else.", do="save")
    assert send(analyst, f"{VERSIONS}/1/put-back").status_code == 302
    section = Section.objects.get(code="INT")
    assert (section.body, section.version) == (first, 3)
    assert Event.objects.filter(record="section:INT").latest("sequence").action == "put back"


def test_putting_back_what_somebody_wrote_over_asks_again(signed_in: As) -> None:
    analyst, lead = signed_in("analyst"), signed_in("lead")
    send(analyst, EDIT, body="Second.", do="save")
    entries = given_out(analyst, f"{VERSIONS}/1/put-back")
    send(lead, EDIT, body="Third.", do="save")
    answer = analyst.post(f"{VERSIONS}/1/put-back", entries)
    assert answer.status_code == 409
    assert "Third." in answer.content.decode()
    assert Section.objects.get(code="INT").body == "Third."


def test_what_is_no_version_is_not_there_and_who_may_not_write_puts_nothing_back(signed_in: As) -> None:
    assert signed_in("analyst").get(f"{VERSIONS}/7/put-back").status_code == 404
    entries = {"version": "1", "submission": new_key()}
    assert signed_in("reviewer").post(f"{VERSIONS}/1/put-back", entries).status_code == 403
