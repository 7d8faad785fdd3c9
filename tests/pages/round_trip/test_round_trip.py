"""The round trip as a person makes it: taken away, changed, uploaded, seen, decided, accepted once, or discarded."""

import os
import re
import stat
import time
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.casefile.streaming import cells_of, edited
from tests.casefile.test_hostile import BOOKS
from tests.pages.addresses import CODE
from tests.workbench import person
from wayforward.casefile.stream_in import letters_of

HERE = f"/exercises/{CODE}/round-trip"
ACCEPT = "Accept"


def taken(client: Client, path: str = "records/services.xlsx") -> bytes:
    answer = client.get(f"{HERE}/{path}")
    assert answer.status_code == 200
    return answer.content


def sent(client: Client, content: bytes, name: str = "part.xlsx") -> Any:
    return client.post(f"{HERE}/upload", {"file": SimpleUploadedFile(name, content)})


def seen(client: Client, content: bytes, name: str = "part.xlsx") -> tuple[str, str]:
    """The address of the preview of an upload, and the page."""
    answer = sent(client, content, name)
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"], client.get(answer["Location"]).content.decode()


def agreed(page: str) -> str:
    found = re.search(r'name="seen" value="([0-9a-f]{64})"', page)
    assert found
    return found[1]


def service(code: str) -> Any:
    from wayforward.scope.models import Service

    return Service.objects.get(code=code)


def events() -> list[tuple[str, str, int]]:
    from wayforward.records.models import Event

    found = Event.objects.exclude(action="imported").order_by("sequence")
    return list(found.values_list("action", "record", "record_version"))


def column(content: bytes, stem: str, name: str) -> str:
    return letters_of(cells_of(content)[stem][0].index(name))


def test_every_stage_and_register_comes_back_unchanged(director: Client) -> None:
    page = director.get(HERE).content.decode()
    files = re.findall(rf'href="({HERE}/(?:stages|records)/[a-z_]+\.(?:xlsx|csv))"', page)
    assert len(files) > 150
    for address in files:
        if "/stages/" in address or address.endswith(".csv"):
            answer = director.get(address)
            assert answer["Wayforward-Marking"] == "Official"
            _, seen_page = seen(director, answer.content, address.rpartition("/")[2])
            assert "Nothing differs from what is stored" in seen_page, address
    assert events() == []


def test_changes_are_seen_then_accepted_with_an_event_each(director: Client) -> None:
    content = taken(director)
    remove = column(content, "services", "_remove")
    changed = edited(
        content,
        {
            ("services", "B3"): "Street wardens",
            ("services", "E3"): 4.5,
            ("services", f"{remove}4"): "yes",
            ("services", "A5"): "S9",
            ("services", "B5"): "Archive",
            ("services", "D5"): "lots",
            ("services", "A6"): "S10",
            ("services", "B6"): "Web site",
        },
    )
    address, page = seen(director, changed)
    for words in (
        "2 cells changed",
        "1 row added",
        "1 row removed",
        "1 entry refused",
        "Accept 4 changes, leave 1 refused",
    ):
        assert words in page
    assert "D5" in page
    assert "an amount in pounds" in page
    assert service("S2").name == "Wardens"

    answer = director.post(address, {"seen": agreed(page)})
    assert (answer.status_code, answer["Location"]) == (302, address)
    told = director.get(address).content.decode()
    assert "4 changes accepted" in told
    assert "an amount in pounds" in told
    assert (service("S2").name, str(service("S2").people), service("S2").version) == (
        "Street wardens",
        "4.5000",
        2,
    )
    assert events() == [
        ("uploaded", "service:S10", 1),
        ("uploaded", "service:S2", 2),
        ("uploaded", "service:S3", 2),
    ]
    # Sent again, by a browser that heard nothing, it changes nothing twice.
    again = director.post(address, {"seen": agreed(page)})
    assert "4 changes accepted" in again.content.decode()
    assert len(events()) == 3


def test_an_accept_whose_receipt_was_lost_is_known_all_the_same(director: Client, tmp_path: Path) -> None:
    address, page = seen(director, edited(taken(director), {("services", "B3"): "Street wardens"}))
    waiting = next((tmp_path / "uploads").glob("*/*.json"))
    kept = waiting.read_bytes()
    director.post(address, {"seen": agreed(page)})
    waiting.write_bytes(kept)  # as if the process had been killed after saving
    assert "accepted" in director.get(address).content.decode()
    director.post(address, {"seen": agreed(page)})
    waiting.unlink()
    assert "accepted" in director.get(address).content.decode()
    assert events() == [("uploaded", "service:S2", 2)]


def save_by_another(**cells: Any) -> None:
    from wayforward.records.save import save

    row = service("S2")
    for name, value in cells.items():
        setattr(row, name, value)
    save(row, row.version, "person 0")


def test_a_conflict_is_decided_by_the_person(director: Client) -> None:
    content = taken(director)
    save_by_another(name="Park wardens", yearly_demand=901)
    address, page = seen(
        director, edited(content, {("services", "B3"): "Street wardens", ("services", "E3"): 5})
    )
    assert "Since this was downloaded, 1 change was saved here" in page
    assert "1 cell that others changed too" in page
    assert "Theirs, stored now: Park wardens" in page
    assert "checked" not in page
    without = director.post(address, {"seen": agreed(page)})
    assert without.status_code == 400
    assert "<title>Error: " in without.content.decode()
    assert events() == [("changed", "service:S2", 2)]
    chosen = {"seen": agreed(page), "keep:services:S2:name": "yours"}
    assert director.post(address, chosen).status_code == 302
    row = service("S2")
    assert (row.name, str(row.people), str(row.yearly_demand), row.version) == (
        "Street wardens",
        "5.0000",
        "901.0000",
        3,
    )


@pytest.mark.parametrize("given", [{"keep:services:S2:name": "theirs"}, {"leave": "yes"}])
def test_a_conflict_may_be_left_to_the_other(director: Client, given: dict[str, str]) -> None:
    content = taken(director)
    save_by_another(name="Park wardens")
    address, page = seen(
        director, edited(content, {("services", "B3"): "Street wardens", ("services", "E3"): 5})
    )
    assert director.post(address, {"seen": agreed(page), **given}).status_code == 302
    assert (service("S2").name, str(service("S2").people)) == ("Park wardens", "5.0000")


def test_what_changed_after_it_was_seen_is_shown_anew(director: Client) -> None:
    address, page = seen(director, edited(taken(director), {("services", "B3"): "Street wardens"}))
    save_by_another(name="Park wardens")
    answer = director.post(address, {"seen": agreed(page), "leave": "yes"})
    assert answer.status_code == 409
    assert "Theirs, stored now: Park wardens" in answer.content.decode()
    assert service("S2").name == "Park wardens"


def test_a_rule_that_would_be_broken_refuses_the_cell(director: Client) -> None:
    """The small case cites 310000 for the cost of S1: without its citation the value can't change, with it it can."""
    content = taken(director)
    place = column(content, "citations", "value")
    address, page = seen(director, edited(content, {("services", "D2"): 311000, ("services", "B2"): "Loans"}))
    assert "citation:C1, value" in page
    assert "Accept 1 change, leave 1 refused" in page
    _, page = seen(
        director, edited(content, {("services", "D2"): 311000, ("citations", f"{place}2"): "311000"})
    )
    assert "Accept 2 changes<" in page
    assert "refused" not in page.split("<main")[1].split("Discard")[0].replace(
        "What is refused is never kept", ""
    )
    director.post(address, {"seen": agreed(director.get(address).content.decode())})
    assert (service("S1").name, str(service("S1").yearly_cost)) == ("Loans", "310000.00")


def test_a_row_that_others_name_stays(director: Client) -> None:
    content = taken(director)
    remove = column(content, "services", "_remove")
    _, page = seen(director, edited(content, {("services", f"{remove}3"): "yes"}))
    assert "named by" in page
    assert "service:S3" in page
    assert ACCEPT not in page


def test_a_code_that_was_removed_is_never_used_again(director: Client) -> None:
    from wayforward.records.save import remove

    remove(service("S3"), 1, "person 0")
    _, page = seen(director, b"# register,services\ncode,name\nS3,Desk\n", "s.csv")
    assert "a code that no row has or ever had" in page
    assert ACCEPT not in page


def test_a_file_of_another_exercise_is_told(exercise: Any) -> None:
    from tests.workbench import SMALL
    from wayforward.casefile import load
    from wayforward.records.save import save_case

    other = load(SMALL)
    other.exercise.code = "OTHER"
    save_case(other, "operator")
    client = Client()
    client.force_login(person("operator@example.org", is_superuser=True))
    for name in ("services.xlsx", "services.csv"):
        given = SimpleUploadedFile(name, taken(client, f"records/{name}"))
        answer = client.post("/exercises/OTHER/round-trip/upload", {"file": given})
        assert answer.status_code == 400
        assert "was downloaded from another exercise, TOWN" in answer.content.decode()


def test_without_a_seal_every_difference_is_asked(director: Client) -> None:
    content = edited(taken(director), {("services", "B3"): "Street wardens", ("_stream", "A1"): "made up"})
    _, page = seen(director, content)
    assert "doesn’t say what was downloaded" in page
    assert "1 cell that others changed too" in page


def test_what_was_uploaded_is_its_owners_alone(director: Client, exercise: Any, tmp_path: Path) -> None:
    from wayforward.people.models import Membership

    address, _ = seen(director, edited(taken(director), {("services", "B3"): "Street wardens"}))
    kept = next((tmp_path / "uploads").glob("*/*.json"))
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    other = Client()
    user = person("lead@example.org")
    Membership.objects.create(exercise=exercise, user=user, role="lead")
    other.force_login(user)
    for path in (address, f"{address}/differences.csv"):
        assert other.get(path).status_code == 404
    assert other.post(f"{address}/discard").status_code == 302
    assert director.get(address).status_code == 200
    assert director.get(f"{address}/differences.csv").content.decode().splitlines()[2] == (
        "services,B3,S2,name,changed,Wardens,Wardens,Street wardens,,"
    )
    assert director.post(f"{address}/discard").status_code == 302
    assert director.get(address).status_code == 404
    assert events() == []


def test_an_upload_is_let_go_after_a_day(director: Client, tmp_path: Path) -> None:
    address, _ = seen(director, taken(director))
    kept = next((tmp_path / "uploads").glob("*/*.json"))
    old = time.time() - 24 * 3600 - 60
    os.utime(kept, (old, old))
    assert director.get(address).status_code == 404
    assert not kept.exists()


def test_a_reader_takes_away_what_is_locked_and_brings_nothing_back(exercise: Any, director: Client) -> None:
    from wayforward.people.models import Membership

    reader = Client()
    user = person("reviewer@example.org")
    Membership.objects.create(exercise=exercise, user=user, role="reviewer")
    reader.force_login(user)
    content = taken(reader)
    assert any("services: locked." in row[0] for row in cells_of(content)["read me"])
    assert sent(reader, content).status_code == 403
    assert reader.get(f"{HERE}/uploads/{uuid4()}").status_code == 403


def test_a_register_that_is_not_theirs_is_refused(exercise: Any) -> None:
    """The exercise's own row is the director's; an analyst changes other registers of the same workbook."""
    from wayforward.people.models import Membership

    client = Client()
    user = person("analyst@example.org")
    Membership.objects.create(exercise=exercise, user=user, role="analyst")
    client.force_login(user)
    content = taken(client, "stages/exercise.xlsx")
    place = column(content, "exercise", "title")
    _, page = seen(client, edited(content, {("exercise", f"{place}2"): "Mine"}))
    assert "does not allow this" in page
    assert ACCEPT not in page


def test_what_is_commercial_is_left_out_for_a_holder_of_an_interest(exercise: Any) -> None:
    from wayforward.exercise.models import DeclaredInterest
    from wayforward.people.models import HeldInterest, Membership
    from wayforward.records.save import save

    row = service("S1")
    row.marking = "commercial"
    save(row, 1, "person 0")
    interest = DeclaredInterest(exercise=exercise, code="DI1")
    for field in interest._meta.concrete_fields:
        if getattr(field, "required", False) and field.name != "code":
            setattr(interest, field.name, "x")
    save(interest, 0, "person 0")
    client = Client()
    user = person("analyst@example.org")
    part = Membership.objects.create(exercise=exercise, user=user, role="analyst")
    HeldInterest.objects.create(membership=part, interest="DI1")
    client.force_login(user)
    content = taken(client, "stages/scope.xlsx")
    sheets = cells_of(content)
    assert [r[0] for r in sheets["services"][1:]] == ["S2", "S3"]
    assert sheets["ratings"][1:] == []  # both rate S1
    assert "4 rows left out" in str(sheets["read me"])  # S1, its two ratings, and M1, which is about it
    assert "310000" not in str(sheets)
    _, page = seen(client, b"# register,services\ncode,name\nS1,Mine\n", "s.csv")
    assert "not yours to see" in page
    assert "Lending" not in page


@pytest.mark.parametrize("kind", [*BOOKS, "nothing", "a picture", "too large"])
def test_a_hostile_file_is_refused_in_words(
    director: Client, tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "part.xlsx"
    path.write_bytes(taken(director))
    name = "part.xlsx"
    if kind in BOOKS:
        BOOKS[kind](path)
    elif kind == "a picture":
        name = "part.png"
    elif kind == "too large":
        monkeypatch.setattr("wayforward.casefile.limits.WORKBOOK_BYTES", 100)
    answer = director.post(
        f"{HERE}/upload", {} if kind == "nothing" else {"file": SimpleUploadedFile(name, path.read_bytes())}
    )
    assert answer.status_code == 400
    assert "There is a problem" in answer.content.decode()
    assert "<title>Error: " in answer.content.decode()
    assert not list((tmp_path / "uploads").glob("*/*"))


def test_a_thousand_differences_fit_a_page(director: Client) -> None:
    rows = "".join(f"N{n},Service {n}\n" for n in range(1000))
    address, page = seen(director, f"# register,services\ncode,name\n{rows}".encode(), "s.csv")
    assert "1,000 rows added" in page
    assert "And 700 more" in page
    assert len(director.get(f"{address}/differences.csv").content.decode().splitlines()) == 1002
