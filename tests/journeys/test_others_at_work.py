"""What others of the people come for: who keeps the workbench running, knows the systems, advises, agrees, looks on.

By keyboard alone, as in test_people_at_work.py; each journey also looks at where it ends on a telephone. Staff and
public have no journey yet: there is no survey for them.
"""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest

from tests.browser.test_workbench import violations
from tests.databases import command
from tests.journeys.at_work import OPERATOR, AtWork, at_work
from tests.journeys.test_people_at_work import Desk, desk

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
__all__ = ["desk"]
TELEPHONE, WIDE = {"width": 320, "height": 800}, {"width": 1280, "height": 900}
DeskOf = Callable[[str], Desk]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("others")


@pytest.fixture(scope="module")
def town(home: Path) -> Iterator[AtWork]:
    with at_work(home) as workbench:
        yield workbench


def fits(one: Desk) -> None:
    """Where somebody is, on a telephone: nothing to scroll sideways, and no violation of WCAG 2.2 AA."""
    one.page.set_viewport_size(TELEPHONE)
    assert one.page.evaluate("document.documentElement.scrollWidth") == TELEPHONE["width"], one.page.url
    assert violations(one.page) == [], one.page.url
    one.page.set_viewport_size(WIDE)


def test_an_it_lead_dates_the_end_of_a_system_and_sees_what_stands_on_it(desk: DeskOf) -> None:
    lead = desk("lead")
    lead.open("/stages/baseline")
    lead.press("1 Systems")
    lead.press("Y1")
    lead.press("Change this record")
    lead.type("End of support", "2013-01-31")
    lead.press("Check your answers")
    assert "31 March 2014" in lead.text
    assert "31 January 2013" in lead.text
    lead.press("Save")
    assert "The change is stored" in lead.text
    lead.open("/findings/baseline.support")
    assert "31 January 2013" in lead.text
    fits(lead)


def test_terms_are_agreed_by_each_whose_turn_it_is_as_home_tells_them(desk: DeskOf) -> None:
    words = "Agree the terms of reference"
    waiting = desk("chief")
    waiting.open()
    assert words not in waiting.text, "it is not their turn"
    for role in ("director", "chief", "commissioner"):
        one = desk(role)
        one.open()
        fits(one)
        one.press(words)
        one.choose("Approved", "Approved")
        one.press("Save your answer")
        one.open()
        assert words not in one.text
    one.open("/agreements/terms")
    assert "Agreed at every step." in one.text
    fits(one)


def test_a_legal_adviser_answers_what_was_asked_of_them(desk: DeskOf) -> None:
    reviewer, legal = desk("reviewer"), desk("legal")
    reviewer.open("/records/services/S2")
    reviewer.press("Comment or challenge")
    reviewer.choose("Comment", "Challenge")
    reviewer.type("What you have to say", "May a company's people patrol?")
    reviewer.type("Who is to answer", "Legal and procurement adviser")
    reviewer.press("Save")
    legal.open()
    legal.press("Answer the challenge")
    assert "May a company's people patrol?" in legal.text
    legal.open("/comments?show=mine")
    legal.press("Answer")
    legal.type("Answer", "No: the powers are a constable's.")
    fits(legal)
    legal.press("Save the answer")
    reviewer.open("/comments?show=all")
    assert "No: the powers are a constable's." in reviewer.text


def test_an_analyst_finds_what_an_action_asks_of_them_under_the_name_that_it_gives(desk: DeskOf) -> None:
    lead, director, analyst = desk("lead"), desk("director"), desk("analyst")
    lead.open("/records/actions/_new")
    for name, words in {"Action": "Count the vans", "Owner": "Fleet analyst", "Due": "2012-09-28"}.items():
        lead.type(name, words)
    lead.press("Check your answers")
    lead.press("Save")
    analyst.open()
    assert "Count the vans" not in analyst.text
    director.open("/people")
    director.press("analyst@example.org")
    director.type("As owner of actions", "Fleet analyst")
    director.press("Save what they are called")
    assert "Fleet analyst" in director.text
    fits(director)
    analyst.open()
    assert "by 28 September 2012: overdue" in analyst.text
    fits(analyst)
    analyst.press("Do what was agreed: Count the vans")
    assert analyst.head == "Count the vans"


def test_a_guest_reads_and_changes_nothing(desk: DeskOf) -> None:
    guest = desk("guest")
    guest.open("/report")
    guest.press("Read it here")
    assert "Choose one option" in guest.text
    guest.open("/records/services/S1")
    assert "Change this record" not in guest.text
    assert "Comment or challenge" not in guest.text
    guest.open("/records/services/S1/edit")
    assert guest.head == "You may not do this"
    assert "Your part in this exercise (Guest) does not allow this." in guest.text
    fits(guest)


def test_an_operator_lets_somebody_in_keeps_a_copy_and_brings_it_back(
    desk: DeskOf, browser: Any, town: AtWork, home: Path, tmp_path: Path
) -> None:
    """By command line: who comes in, is signed out and leaves, a copy, and a second workbench from it. By page: health,
    figures for a monitor, and a token for a program."""
    operator = desk(OPERATOR)
    added = (
        "people",
        "add",
        "new@example.org",
        "--exercise",
        "TOWN",
        "--role",
        "analyst",
        "--called",
        "Auditor",
    )
    link = re.search(r"http\S+/password/\S+", command(home, {}, *added).stdout)
    assert link
    context = browser.new_context(viewport=WIDE, reduced_motion="reduce")
    new = Desk(context.new_page(), town)
    new.page.goto(f"{town.address}{urlsplit(link[0]).path}")
    new.skip()
    fits(new)
    for name in ("Password", "The same password again"):
        new.type(name, "three odd words here")
    new.press("Save and sign in")
    assert "Library service review" in new.head

    new.page.goto(f"{town.address}/account/tokens")
    new.skip()
    new.type("What is it for?", "Notebook of the analyst")
    new.to("Which exercise may it read?")
    new.page.keyboard.type("Library")
    new.choose("90 days", "180 days")
    new.press("Make a token")
    token = new.page.locator("#token").inner_text()
    fits(new)
    asked = Request(
        f"{town.address}/exercises/TOWN/findings.json", headers={"Authorization": f"Bearer {token}"}
    )
    with urlopen(asked, timeout=60) as answer:
        assert json.load(answer)["findings"]

    with urlopen(f"{town.address}/healthz", timeout=20) as answer:
        assert answer.read() == b"ok\n"
    with urlopen(f"{town.address}/metrics", timeout=20) as answer:
        assert b"wayforward_requests_total" in answer.read()

    kept = tmp_path / "kept.tar"
    assert "Keep the secret key apart" in command(home, {}, "backup", kept).stdout
    second = tmp_path / "second"
    assert "it holds" in command(second, {}, "restore", kept).stdout
    assert command(second, {}, "people", "list").stdout == command(home, {}, "people", "list").stdout
    command(second, {}, "verify", "TOWN")

    assert "1 place ended" in command(home, {}, "people", "sign-out", "new@example.org").stdout
    new.page.goto(town.exercise())
    assert new.page.url.startswith(f"{town.address}/sign-in")
    command(home, {}, "people", "remove", "new@example.org", "--exercise", "TOWN")
    operator.open("/people")
    assert "new@example.org" not in operator.text
    fits(operator)
    context.close()
