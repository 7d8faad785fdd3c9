"""Pages and files carry the strictest marking of what they show."""

import csv
import io
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils.text import slugify

import wayforward.pages
from wayforward.pages.marking import WORDS

AT = "/exercises/TOWN"
USUAL = "Official"
STRICT = "Official-sensitive"


def mark(code: str) -> None:
    from wayforward.records import save
    from wayforward.scope.models import Service

    service = Service.objects.get(code=code)
    service.marking = "official-sensitive"
    save.save(service, service.version, "director")


@pytest.fixture
def marked(exercise: Any) -> None:
    """The exercise is official; one of its services, S1, is more than that."""
    mark("S1")


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("", STRICT),
        ("/stages/scope", STRICT),
        ("/stages/finance", USUAL),
        ("/findings", STRICT),
        ("/findings/scope.areas", STRICT),
        ("/findings/exercise.days_left", USUAL),
        ("/records/services", STRICT),
        ("/records/systems", USUAL),
        ("/records/services/S1", STRICT),
        ("/records/services/S2", USUAL),
        ("/report", STRICT),
    ],
)
def test_a_page_and_its_twin_say_it(marked: None, director: Client, path: str, words: str) -> None:
    assert director.get(f"{AT}{path}.json").json()["exercise"]["marking"] == words
    page = director.get(f"{AT}{path}").content.decode()
    assert f'<span class="wf-header__marking">{words}</span>' in page
    assert f'<span class="wf-footer__marking">{words}</span>' in page


def test_a_record_that_names_another_is_marked_as_that(director: Client) -> None:
    mark("S2")  # services.csv: the parent of S3
    assert director.get(f"{AT}/records/services/S3.json").json()["exercise"]["marking"] == STRICT


def test_evidence_is_marked_as_the_values_it_supports_and_they_as_it(director: Client) -> None:
    from wayforward.records import save
    from wayforward.records.models import Evidence

    item = Evidence.objects.get(code="E1")  # citations.csv: in use for a cost of S1
    item.marking = "commercial"
    save.save(item, item.version, "director")
    told = director.get(f"{AT}/records/services/S1.json").json()
    assert told["exercise"]["marking"] == "Official-sensitive: commercial"


def rows(client: Client, query: str) -> list[list[str]]:
    answer = client.get(f"{AT}/findings/scope.areas.csv{query}")
    assert answer["Wayforward-Marking"] == STRICT
    return list(csv.reader(io.StringIO(answer.content.decode())))


def test_figures_as_csv_begin_with_notes_where_asked(marked: None, director: Client) -> None:
    plain, noted = rows(director, ""), rows(director, "?notes=yes")
    assert not any(row[0].startswith("#") for row in plain)
    notes = {row[0]: row[1] for row in noted if row[0].startswith("#")}
    assert notes["# marking"] == STRICT
    assert notes["# notice"] == "A made-up town"
    assert notes["# prices"] == "2012-13 prices"  # exercise.csv: the price year
    assert "worst grade" in notes["# source"]
    assert notes["# column cost"].endswith("(GBP)")
    assert [row for row in noted if not row[0].startswith("#")] == plain
    assert 'scope.areas.csv?notes=yes"' in director.get(f"{AT}/stages/scope").content.decode()


def test_no_note_is_taken_for_a_formula(director: Client, exercise: Any) -> None:
    exercise.notice = '=HYPERLINK("http://example.org","a, b")'
    exercise.save()
    from wayforward.records import events

    events.append(exercise, "operator", "changed", [exercise])
    answer = director.get(f"{AT}/findings/scope.areas.csv?notes=yes").content.decode()
    notes = {row[0]: row[1:] for row in csv.reader(io.StringIO(answer))}
    assert notes["# notice"] == ['\'=HYPERLINK("http://example.org","a, b")']


def test_a_chart_as_picture_says_what_it_is(marked: None, director: Client) -> None:
    found = ElementTree.fromstring(director.get(f"{AT}/findings/scope.grid.svg").content)
    title, description = found[0], found[1]
    assert title.tag.endswith("title")
    assert title.text
    assert description.tag.endswith("desc")
    for words in (f"Marking: {STRICT}", "Source: scope.grid", "A made-up town"):
        assert words in (description.text or "")


def test_each_marking_has_a_sheet_of_its_own_when_printed() -> None:
    style = (Path(wayforward.pages.__file__).parent / "static" / "pages" / "wayforward.css").read_text()
    for words in WORDS.values():
        name = slugify(words)
        assert f'@page {name} {{ @top-right {{ content: "{words}"; }} }}' in style
        assert f".wf-marked--{name} {{ page: {name}; }}" in style
