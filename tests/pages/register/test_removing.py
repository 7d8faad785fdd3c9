"""Removing a record, with what names it told first."""

from django.test import Client

from tests.pages.register.filling import send
from wayforward.records.models import Citation, Event

AT = "/exercises/TOWN/records"


def test_a_record_goes_and_its_history_stays(director: Client) -> None:
    from wayforward.scope.models import Service

    page = director.get(f"{AT}/services/S3/remove")
    gone = send(director, page)
    assert gone["Location"] == f"{AT}/services?removed=S3"
    assert not Service.objects.filter(code="S3").exists()
    event = Event.objects.latest("sequence")
    assert (event.action, event.record, event.row) == ("removed", "service:S3", "")
    assert "S3 is no longer there" in director.get(gone["Location"]).content.decode()
    assert send(director, page).status_code == 302, "sent twice"
    assert Event.objects.latest("sequence").sequence == event.sequence


def test_those_that_name_it_are_told_with_links_and_it_stays(director: Client) -> None:
    from wayforward.scope.models import Service

    page = director.get(f"{AT}/services/S2/remove")
    told = page.content.decode()
    # S3 is part of S2 and supports it.
    assert f'href="{AT}/services/S3"' in told
    assert "Service S3, Warden desk" in told
    form = director.get(f"{AT}/services/S3/remove")
    refused = send(director, form, address=f"{AT}/services/S2/remove")
    assert refused.status_code == 400
    assert Service.objects.filter(code="S2").exists()


def test_citations_of_a_record_go_with_it(director: Client) -> None:
    # citations.csv: C3 is about option B, which many rows name; of S1's citations R1 and R2 stand in the way.
    page = director.get(f"{AT}/services/S1/remove").content.decode()
    assert f'href="{AT}/ratings/R1"' in page
    assert f'href="{AT}/citations/C1"' not in page
    assert Citation.objects.count() == 3


def test_it_was_changed_after_the_page_was_opened(director: Client) -> None:
    from wayforward.records.save import save
    from wayforward.scope.models import Service

    page = director.get(f"{AT}/services/S3/remove")
    row = Service.objects.get(code="S3")
    row.name = "Changed"
    save(row, 1, "person 99")
    told = send(director, page)
    assert (told.status_code, "This is how it stands now" in told.content.decode()) == (409, True)
    assert Service.objects.filter(code="S3").exists()


def test_the_exercise_itself_is_not_removed(director: Client) -> None:
    assert director.get(f"{AT}/exercise/TOWN/remove").status_code == 302
