"""Joining, a second factor, and ending what is signed in elsewhere: in a real browser, by the pages."""

import re
import time
from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.conftest import PASSWORD, Workbench
from tests.browser.test_workbench import violations
from tests.web.test_second_factor import code_of

pytestmark = pytest.mark.browser
NAME = "a.director.with.rather.a.long.name@commissioner.example.org"


@pytest.fixture
def invited(page: Any, workbench: Workbench) -> str:
    """A link for a new director, as the operator's page shows it."""
    page.goto(workbench.exercise("/people"))
    page.get_by_label("E-mail address").fill(NAME)
    page.get_by_label("Part").select_option("director")
    page.get_by_role("button", name="Add").click()
    fits(page)
    return str(page.locator("code.wf-key").inner_text())


@pytest.fixture
def new(browser: Any) -> Iterator[Any]:
    """A browser of somebody who is not signed in, on a telephone."""
    context = browser.new_context(viewport={"width": 320, "height": 640})
    yield context.new_page()
    context.close()


def fits(page: Any) -> None:
    """A page meets WCAG 2.2 AA and fits a telephone."""
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") == 320, page.url
    assert violations(page) == [], page.url


def press_enter(page: Any) -> None:
    """Send a form by keyboard, and wait for the answer."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def enter(page: Any, password: str = PASSWORD) -> None:
    page.get_by_label("E-mail address").fill(NAME)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def test_from_the_invitation_to_ending_another_place(
    invited: str, new: Any, browser: Any, page: Any, workbench: Workbench
) -> None:
    page.get_by_role("link", name=NAME).click()
    fits(page)
    # Join.
    new.goto(invited)
    fits(new)
    new.get_by_label("Password", exact=True).fill(PASSWORD)
    new.get_by_label("The same password again").fill(PASSWORD)
    new.get_by_role("button", name="Save and sign in").click()
    new.wait_for_url(workbench.exercise())
    # Set up a second factor, by keyboard once the page is there.
    new.get_by_role("link", name="Account").click()
    fits(new)
    new.get_by_role("link", name=re.compile("Set up second factor")).click()
    fits(new)
    new.get_by_role("button", name="Set up a second factor").click()
    fits(new)
    new.get_by_label("Code").fill("000000")
    press_enter(new)
    assert new.title().startswith("Error: Set up a second factor")
    fits(new)
    new.get_by_text("The app can't scan").click()
    key = new.locator("code.wf-key").inner_text()
    new.get_by_label("Code").fill(code_of(key, time.time()))
    press_enter(new)
    assert new.locator("h1").inner_text() == "Recovery codes"
    fits(new)
    spare = new.locator(".wf-codes code").all_inner_texts()
    # Sign in elsewhere: the code is asked for.
    elsewhere = browser.new_context()
    other = elsewhere.new_page()
    other.goto(f"{workbench.address}/account/sessions")
    enter(other)
    assert other.locator("h1").inner_text() == "Enter your code"
    other.get_by_label("Code").fill("000000")
    press_enter(other)
    assert other.title().startswith("Error: Enter your code")
    fits(other)
    other.get_by_label("Code").fill(spare[0])
    press_enter(other)
    assert other.locator("h1").inner_text() == "Where you are signed in"
    fits(other)
    # And end the first.
    other.get_by_role("button", name=re.compile("^End (?!all)")).click()
    assert other.locator(".wf-places li").count() == 1
    new.goto(f"{workbench.address}/account")
    assert new.title().startswith("Sign in")
    for path in (
        "account/password",
        "account/second-factor",
        "account/second-factor/remove",
        "account/confirm",
    ):
        other.goto(f"{workbench.address}/{path}")
        fits(other)
    elsewhere.close()


def test_a_forgotten_password_without_script(browser: Any, workbench: Workbench) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(f"{workbench.address}/sign-in")
    page.get_by_role("link", name="Forgotten your password?").click()
    assert "The operator can give you a link" in page.locator("main").inner_text()
    page.get_by_role("link", name="Sign in").click()
    assert page.title().startswith("Sign in")
    context.close()
