"""What each of the people comes to the workbench for, from its first page to the end, by keyboard alone."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.exercise.beginning.test_begun import EXERCISE
from tests.journeys.at_work import OPERATOR, AtWork, at_work

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
MOST = 150  # presses of the Tab key to anything on a page

# What a screen reader would call what has the focus.
CALLED = """(one => {
    const words = one.ariaLabel || (one.labels && one.labels[0] ? one.labels[0].textContent : one.textContent) || ''
    return words.replace(/\\s+/g, ' ').trim()
})(document.activeElement)"""


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AtWork]:
    with at_work(tmp_path_factory.mktemp("town")) as workbench:
        yield workbench


@pytest.fixture
def desk(browser: Any, town: AtWork) -> Iterator[Callable[[str], "Desk"]]:
    """The desk of the person with a part: a browser in which they are signed in."""
    opened = []

    def of(role: str) -> Desk:
        context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
        opened.append(context)
        town.enter(context, role)
        return Desk(context.new_page(), town)

    yield of
    for context in opened:
        context.close()


class Desk:
    """Somebody at a page who has a keyboard and no mouse."""

    def __init__(self, page: Any, town: AtWork) -> None:
        self.page, self.town = page, town
        page.set_default_timeout(20_000)

    def open(self, path: str = "") -> None:
        self.page.goto(self.town.exercise(path))
        self.skip()

    def skip(self) -> None:
        """By the first link of each page, past its menus."""
        self.page.keyboard.press("Tab")
        assert self.page.evaluate(CALLED) == "Skip to main content"
        self.page.keyboard.press("Enter")

    def to(self, name: str) -> None:
        """Tab to what is called so, or begins so."""
        seen = []
        for _ in range(MOST):
            self.page.keyboard.press("Tab")
            seen.append(self.page.evaluate(CALLED))
            if seen[-1].startswith(name):
                return
        raise AssertionError(f"no Tab leads to {name!r} on {self.page.url}: {seen}")

    def type(self, name: str, words: str) -> None:
        """Into the box of that name, in place of what stands there."""
        self.to(name)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(words)

    def choose(self, group: str, choice: str) -> None:
        """One of some radio buttons: Tab to the first, arrows to the choice."""
        self.to(group)
        self.page.keyboard.press("Space")
        for _ in range(10):
            if self.page.evaluate(CALLED) == choice:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"no arrow leads to {choice!r}")

    def press(self, name: str) -> None:
        """Enter on the link or button of that name, and the next page."""
        self.to(name)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    @property
    def head(self) -> str:
        return str(self.page.locator("h1").inner_text())

    @property
    def text(self) -> str:
        """What the page says, on one line."""
        return " ".join(self.page.locator("main").inner_text().split())


def test_a_director_begins_an_exercise_and_sees_what_to_do_first(desk: Callable[[str], Desk]) -> None:
    director = desk("director")
    director.page.goto(f"{director.town.address}/?all=yes")
    director.press("Begin an exercise")
    asked = {
        "Code": EXERCISE["code"],
        "Title": EXERCISE["title"],
        "Organisation": EXERCISE["organisation"],
        "Purpose": EXERCISE["purpose"],
        "Sponsor": EXERCISE["sponsor"],
    }
    for name, words in asked.items():
        director.type(name, words)
    director.press("Check the terms")
    assert director.page.title().startswith("Error: "), "the days are asked for"
    assert director.page.get_by_label("Purpose").input_value() == EXERCISE["purpose"]
    director.to("Starts: give a date")
    director.page.keyboard.press("Enter")  # the summary of what is wrong leads to the box
    director.page.keyboard.type(EXERCISE["starts"])
    director.type("Report due", EXERCISE["report_due"])
    director.type("Sign-off due", EXERCISE["signoff_due"])
    director.press("Check the terms")
    assert "9 sections" in director.text
    director.press("Begin the exercise")
    assert director.head == EXERCISE["title"]
    first = director.page.get_by_role("list").filter(has_text="next").last
    step = first.get_by_role("listitem").filter(has_text="next").get_by_role("link").inner_text()
    director.press(step)
    assert "/exercises/FIRE-2026/records/" in director.page.url


def test_a_lead_changes_a_service_and_finds_it_in_the_history(desk: Callable[[str], Desk]) -> None:
    lead = desk("lead")
    lead.open("/records/services/S1")
    lead.press("Change this record")
    lead.type("Yearly cost", "325000")
    lead.press("Check your answers")
    assert "£310,000" in lead.text
    assert "£325,000" in lead.text
    lead.press("Save")
    assert lead.page.title().startswith("Error: ")
    assert "choose what becomes of the evidence E1" in lead.text
    lead.choose("It gives the new value", "The new value does not rest on it: keep it as not used")
    lead.type("Why it is not used", "The rent went up after the accounts.")
    lead.press("Save")
    assert "The change is stored" in lead.text
    lead.press("Full history")
    assert re.search(r"310,?000.*325,?000", lead.text), lead.text


def test_an_analyst_asks_what_if(desk: Callable[[str], Desk]) -> None:
    """By hand, at 3.5%: 40,000 in each of the years 1 to 4 is worth 146,923 now, less 60,000 and 12,500.50 / 1.035
    leaves 74,845; with machines that cost a tenth more, 67,637. Running them costs what running goes on costing."""
    analyst = desk("analyst")
    analyst.open("/what-if")
    analyst.to("Add another input")
    analyst.page.keyboard.type("Machines: M")
    analyst.press("Add")
    analyst.to("Machines: Machines, % of likely: slider")
    analyst.type("Machines: Machines", "110")
    told = "The likely NPSV of Machines would go from £75,000 to £68,000."
    analyst.page.get_by_text(told, exact=True).first.wait_for()
    analyst.page.reload()  # the address is the question
    assert told in analyst.text
    analyst.to("Machines: Machines, % of likely: slider")
    analyst.to("Save as a scenario")
    analyst.page.keyboard.type("Dearer machines")
    analyst.press("Save")
    assert "The record of the options is unchanged." in analyst.text


def test_a_reviewer_challenges_a_figure_and_the_analyst_answers(desk: Callable[[str], Desk]) -> None:
    reviewer, analyst = desk("reviewer"), desk("analyst")
    reviewer.open("/findings/appraisal.npsv")
    reviewer.press("Comment or challenge")
    reviewer.choose("Comment", "Challenge")
    reviewer.type("What you have to say", "Are the wardens' wages in it?")
    reviewer.type("Who is to answer", "Analyst")
    reviewer.press("Save")
    assert "Waits for an answer" in reviewer.text

    analyst.open("/comments?show=mine")
    assert "Are the wardens' wages in it?" in analyst.text
    analyst.press("Answer")
    analyst.type("Answer", "No: they are no part of either option.")
    analyst.press("Save the answer")

    reviewer.open("/comments?show=all")
    assert "No: they are no part of either option." in reviewer.text
    reviewer.press("Close COM-")
    reviewer.press("Close it")
    assert "Closed" in reviewer.text


def test_an_assurer_gives_a_statement(desk: Callable[[str], Desk]) -> None:
    assurer = desk("assurer")
    assurer.open("/agreements")
    assurer.press("Assure the analysis")
    assurer.choose("High", "Medium")
    assurer.type("Statement", "The costs agree with the accounts.")
    assurer.type("Limits", "The machines' price was not tested.")
    assurer.press("Save your answer")
    assert assurer.head == "Agreement"
    assurer.press("Decision")
    assert "The costs agree with the accounts." in assurer.text
    assert "Medium" in assurer.text


def test_a_commissioner_reads_the_report_and_is_told_what_a_decision_waits_for(
    desk: Callable[[str], Desk],
) -> None:
    commissioner = desk("commissioner")
    commissioner.open("/report")
    commissioner.press("Read it here")
    assert "Choose one option" in commissioner.text
    commissioner.open("/report/decision")
    assert "Nothing has been decided yet." in commissioner.text
    commissioner.press("Decide on the report")
    commissioner.choose("Approved", "Deferred")
    said = {
        "What is decided": "Come back with a price.",
        "Reasons": "There is none yet.",
        "Financial implications": "None.",
        "Legal implications": "None.",
        "Equality implications": "None.",
    }
    for name, words in said.items():
        commissioner.type(name, words)
    commissioner.press("Save your answer")
    assert commissioner.page.title().startswith("Error: ")
    assert "It is not your turn yet: it waits for" in commissioner.page.get_by_role("alert").inner_text()
    assert commissioner.page.get_by_label("What is decided").input_value() == "Come back with a price."
    commissioner.open("/report/sign")
    assert "The register of decisions is empty." in commissioner.text
    commissioner.open("/report/decision")
    assert "Nothing has been decided yet." in commissioner.text


def test_an_operator_has_long_work_begun_and_sees_where_it_stands(desk: Callable[[str], Desk]) -> None:
    operator = desk(OPERATOR)
    operator.open("/long-work")
    assert "Nothing waits or runs." in operator.text
    operator.press("Work out every finding now")
    assert "No worker is running" in operator.text
    operator.press("Cancel")
    assert "Nothing waits or runs." in operator.text
    assert "Cancelled" in operator.text
