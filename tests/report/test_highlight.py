"""The weekly highlight report as a Word file, read back from its own XML: what the page says, and nothing active."""

import io
import re
import uuid
import zipfile
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from tests.pages.conftest import director, exercise, own_home
from tests.workbench import person
from wayforward.exercise.models import Action, Risk
from wayforward.people.models import Membership
from wayforward.records.save import save

pytestmark = pytest.mark.django_db
__all__ = ["director", "exercise", "own_home"]
PAGE = "/exercises/TOWN/highlight"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HOSTILE = (
    "=cmd|' /C calc'!A0",
    '<w:fldSimple w:instr="DDEAUTO c:\\\\calc">x</w:fldSimple>',
    "[press](javascript:alert) `#read`{=typst} <script>alert</script>",
    "{ INCLUDETEXT /etc/passwd }",
)


def add(exercise: Any, record: Any) -> None:
    record.exercise = exercise
    save(record, 0, "person 1", "added", uuid.uuid4())


def parts_of(client: Client, query: str = "") -> dict[str, bytes]:
    answer = client.get(f"{PAGE}.docx{query}")
    assert answer.status_code == 200
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def paragraphs(parts: dict[str, bytes], name: str = "word/document.xml") -> list[str]:
    tree = ET.fromstring(parts[name])
    told = ("".join(text.text or "" for text in one.iter(f"{W}t")) for one in tree.iter(f"{W}p"))
    return [text for text in told if text]


def test_the_file_says_all_that_the_page_says(director: Client, exercise: Any) -> None:
    add(exercise, Risk(code="RSK-90", name="The roof leaks", likelihood="high", impact="high"))
    said = director.get(f"{PAGE}.json").json()
    text = paragraphs(parts_of(director))
    assert text[0] == said["title"]
    assert f"{said['standing']}. {said['why'].rstrip('.')}." in text
    assert [f"{words.rstrip('.')}." in text for words in said["says"]] == [True] * len(said["says"])
    for part in said["parts"]:
        assert part["title"] in text
        if not part["items"]:
            assert part["none"] in text
        for item in part["items"]:
            (line,) = [one for one in text if one.startswith(f"{item['name']}. ")]
            assert item["what"][1:] in line
            assert item["day_words"] in line
            assert line.endswith(item["owner"])
    assert any(item["name"] == "The roof leaks" for part in said["parts"] for item in part["items"])


def test_each_page_carries_the_marking(director: Client, exercise: Any) -> None:
    due = exercise.status_date
    add(exercise, Action(code="ACT-9", name="Price", owner="Lead", due=due, marking="commercial"))
    answer = director.get(f"{PAGE}.docx")
    assert answer["Wayforward-Marking"].endswith("commercial")
    parts = parts_of(director)
    assert any(answer["Wayforward-Marking"] in line for line in paragraphs(parts, "word/header1.xml"))
    # No page is without that header: the first is not set apart.
    assert b"titlePg" not in parts["word/document.xml"]


def test_what_is_withheld_from_a_person_is_not_in_their_file(director: Client, exercise: Any) -> None:
    due = exercise.status_date
    add(exercise, Action(code="ACT-9", name="Secret price", owner="Lead", due=due, marking="commercial"))
    guest = Client()
    user = person("guest@example.org")
    Membership.objects.create(exercise=exercise, user=user, role="guest")
    guest.force_login(user)
    assert b"Secret price" in b"".join(parts_of(director).values())
    parts = parts_of(guest)
    assert b"Secret" not in b"".join(parts.values())
    assert "Withheld as commercial: 1." in paragraphs(parts)


def test_what_people_typed_stands_there_as_words_and_does_nothing(director: Client, exercise: Any) -> None:
    due = exercise.status_date
    for place, words in enumerate(HOSTILE):
        add(exercise, Action(code=f"ACT-{place}", name=words, owner=words, due=due))
    parts = parts_of(director)
    text = "\n".join(paragraphs(parts))
    for words in HOSTILE:
        assert " ".join(words.split()) in text
    tree = ET.fromstring(parts["word/document.xml"])
    active = ("fldSimple", "instrText", "hyperlink", "object", "altChunk", "subDoc", "attachedTemplate")
    assert [one for one in tree.iter() if one.tag.removeprefix(W) in active] == []
    for name, content in parts.items():
        if name.endswith(".rels"):
            assert b"TargetMode" not in content or not re.search(rb'Target="(?!http://)', content), name


def test_of_another_week_it_says_what_is_of_the_status_date(director: Client) -> None:
    text = paragraphs(parts_of(director, "?week=2012-10-08"))
    assert text[0] == "Highlight report, week from 8 October 2012"
    assert any(line.startswith("The standing, risks, issues") for line in text)


def test_a_week_that_is_none_is_told_on_the_page_with_what_was_entered(director: Client) -> None:
    answer = director.get(f"{PAGE}.docx", {"week": "soon"})
    assert (answer.status_code, answer["Location"]) == (302, f"{PAGE}?week=soon")


def test_the_same_week_gives_the_same_bytes(director: Client) -> None:
    assert director.get(f"{PAGE}.docx").content == director.get(f"{PAGE}.docx").content
