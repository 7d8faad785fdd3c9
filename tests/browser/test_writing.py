"""Writing and reviewing the report in a real browser: a paragraph with a figure, a challenge, its answer, its end."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.browser.conftest import CODE, PASSWORD, Workbench
from tests.browser.test_workbench import until, violations

pytestmark = pytest.mark.browser


def no_fault(page: Any) -> None:
    """WCAG, and no sideways scroll on a phone, in the state that the page is in."""
    assert violations(page) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert violations(page) == []
    page.set_viewport_size({"width": 1280, "height": 900})


@pytest.fixture
def of_part(browser: Any, workbench: Workbench) -> Iterator[Callable[[str], Any]]:
    """A page of somebody with a part in the exercise, added by the operator's command and signed in by its link."""
    opened = []

    def page_of(role: str) -> Any:
        person = [f"{role}@example.org", "--exercise", CODE, "--role", role]
        command = [sys.executable, "-c", "from wayforward.cli import main; main()", "people", "add", *person]
        environment = {
            **os.environ,
            "WAYFORWARD_HOME": str(workbench.home),
            "WAYFORWARD_URL": workbench.address,
        }
        environment.pop("DATABASE_URL", None)
        said = subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout
        link = re.search(r"http\S+/password/\S+", said)
        assert link, said
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        opened.append(context)
        page = context.new_page()
        page.said = []
        page.on("console", lambda m: page.said.append(m.text) if m.type in ("error", "warning") else None)
        page.goto(link.group())
        for box in page.locator("input[type=password]").all():
            box.fill(PASSWORD)
        page.locator("main button[type=submit]").click()
        page.goto(workbench.exercise())
        if page.get_by_label("E-mail address").count():
            page.get_by_label("E-mail address").fill(f"{role}@example.org")
            page.get_by_label("Password", exact=True).fill(PASSWORD)
            page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(workbench.exercise())
        page.said.clear()
        return page

    yield page_of
    for context in opened:
        context.close()


@pytest.fixture
def plain(browser: Any, signed_in: Any) -> Iterator[Any]:
    """A page without script."""
    context = browser.new_context(storage_state=signed_in, java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.mark.timeout(400)
def test_a_paragraph_with_a_figure_is_written_challenged_answered_and_closed(
    page: Any, workbench: Workbench, of_part: Callable[[str], Any]
) -> None:
    page.set_default_timeout(100_000)  # the first reading works out every figure and draws every chart
    page.goto(workbench.exercise("/report/read/section-GOV"))
    page.get_by_role("link", name="Write this section").click()
    box = page.get_by_label("Text", exact=True)
    box.fill("Who decides must be plain.\n\nAs it stands, ")
    page.get_by_label("Search figures, records and registers").fill("exercise.days_left")
    until(
        page, "document.querySelector('#quotable [role=status]')?.textContent.includes('exercise.days_left')"
    )
    page.get_by_role("button", name=re.compile("^Insert the sentence")).first.click()
    assert box.input_value().endswith("As it stands, [](finding:exercise.days_left?column=headline)")
    # The text beside follows by itself.
    until(page, "document.querySelector('#preview .quoted')?.href.endsWith('/findings/exercise.days_left')")
    no_fault(page)
    page.get_by_role("button", name="Save", exact=True).click()
    assert "The section is saved." in page.get_by_role("alert").inner_text()
    assert page.locator(".wf-report").inner_text().startswith("Who decides must be plain.")
    no_fault(page)
    assert page.said == []

    reviewer = of_part("reviewer")
    reviewer.goto(workbench.exercise("/findings/exercise.days_left"))
    reviewer.get_by_role("link", name="Comment or challenge").click()
    reviewer.get_by_label("Challenge").check()
    reviewer.get_by_label("Who is to answer").fill("")
    reviewer.get_by_role("button", name="Save").click()
    assert reviewer.title().startswith("Error: ")
    no_fault(reviewer)
    reviewer.get_by_label("What you have to say").fill("Christmas is not counted.")
    reviewer.get_by_label("Who is to answer").fill("Analyst")
    reviewer.get_by_role("button", name="Save").click()
    assert reviewer.get_by_text("Waits for an answer").is_visible()
    no_fault(reviewer)

    # It stands beside the section that quotes the figure, too.
    page.goto(workbench.exercise("/report/read/section-GOV"))
    assert page.get_by_text("Christmas is not counted.").is_visible()

    analyst = of_part("analyst")
    analyst.goto(workbench.exercise("/comments?show=mine"))
    analyst.get_by_role("link", name=re.compile("^Answer")).click()
    analyst.get_by_label("Answer", exact=True).fill("It is: days, not working days.")
    no_fault(analyst)
    analyst.get_by_role("button", name="Save the answer").click()

    reviewer.reload()
    reviewer.get_by_role("link", name=re.compile("^Close")).click()
    no_fault(reviewer)
    reviewer.get_by_role("button", name="Close it").click()
    assert reviewer.locator(".wf-comment--closed").get_by_text("Closed", exact=True).is_visible()
    # A browser says itself that the challenge was refused at first.
    assert [words for words in (*reviewer.said, *analyst.said) if "400 (Bad Request)" not in words] == []


def test_without_script_the_buttons_do_the_same(plain: Any, workbench: Workbench) -> None:
    plain.set_default_timeout(100_000)  # it may be the first to read the report
    plain.goto(workbench.exercise("/report/sections/AMB/edit"))
    plain.get_by_label("Text", exact=True).fill("It saves 45 posts.")
    plain.get_by_role("button", name="Preview").click()
    assert "found '45'" in plain.locator(".wf-waiting").inner_text()
    assert plain.locator(".wf-report").inner_text().strip().startswith("It saves 45 posts.")
    plain.get_by_label("Search figures, records and registers").fill("net present social")
    plain.keyboard.press("Enter")  # searches, and saves nothing
    plain.wait_for_selector("#quotable [role=status]")
    assert "![](finding:appraisal.npsv)" in plain.locator(".wf-quotable").inner_text()
    assert plain.get_by_label("Text", exact=True).input_value() == "It saves 45 posts."
    assert plain.url.endswith("/edit")


def test_what_is_left_out_and_what_is_too_slow_to_read_are_told_beside_the_text(
    page: Any, workbench: Workbench
) -> None:
    page.set_default_timeout(100_000)
    page.goto(workbench.exercise("/report/sections/AMB/edit"))
    box, told = page.get_by_label("Text", exact=True), page.locator("#preview")
    box.fill("Words.\n\n" + "*a " * 900)
    page.get_by_role("button", name="Preview").click()
    told.get_by_text("900 marks").wait_for()
    no_fault(page)
    box.fill("Words.\n\n<div>a note to myself</div>\n")
    page.get_by_role("button", name="Preview").click()
    told.get_by_text("To mend, or to leave: not in the report").wait_for()
    no_fault(page)


def test_two_writers_by_keyboard_alone(page: Any, plain: Any, workbench: Workbench) -> None:
    address = workbench.exercise("/report/sections/STR/edit")
    page.goto(address)
    plain.goto(address)
    plain.get_by_label("Text", exact=True).fill("The first text.")
    plain.get_by_role("button", name="Save", exact=True).click()
    box = page.get_by_label("Text", exact=True)
    box.focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("The second text.")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Save"
    page.keyboard.press("Enter")
    page.wait_for_selector("#two")
    assert page.locator("ins").text_content() == "[put in: second]"
    assert page.locator("del").text_content() == "[taken out: first]"
    no_fault(page)
    assert [words for words in page.said if "409" not in words] == []


@pytest.mark.parametrize(
    "address",
    [
        "/report",
        "/report/read/opening",
        "/report/read/section-OPT",
        "/report/read/annex-figures",
        "/report/sections/BCK/edit",
        "/report/sections/BCK/versions",
        "/report/review",
        "/report/review/new",
        "/comments",
        "/comments?show=all",
    ],
)
def test_each_page_meets_wcag_and_runs_under_its_policy(
    page: Any, workbench: Workbench, address: str
) -> None:
    page.goto(workbench.exercise(address))
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    no_fault(page)
    assert page.said == []
