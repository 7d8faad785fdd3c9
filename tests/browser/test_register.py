"""Changing records as a person meets it: by keyboard, on a phone, without script, and beside somebody else."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.conftest import Workbench
from tests.browser.test_workbench import violations

pytestmark = pytest.mark.browser


@pytest.fixture
def lesson(page: Any, workbench: Workbench) -> str:
    """The address of a record that no figure rests on."""
    page.goto(workbench.exercise("/records/lessons"))
    return str(page.locator("tbody th a").first.get_attribute("href"))


@pytest.fixture
def without_script(browser: Any, signed_in: Any) -> Iterator[Any]:
    context = browser.new_context(
        storage_state=signed_in, java_script_enabled=False, viewport={"width": 320, "height": 900}
    )
    yield context.new_page()
    context.close()


def fits(page: Any) -> None:
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") == width, page.url
        assert violations(page) == [], page.url


def test_by_keyboard_from_the_record_to_the_form_the_check_and_back(
    page: Any, workbench: Workbench, lesson: str
) -> None:
    page.goto(workbench.address + lesson)
    page.get_by_role("link", name="Change this record").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/edit")
    fits(page)
    box = page.locator("[name=f-name]")
    box.focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("Typed by keyboard")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Check your answers").wait_for()
    assert page.locator("tbody tr").count() == 1, "what changes, and no more"
    fits(page)
    page.get_by_role("button", name="Save", exact=True).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**?saved=changed")
    assert page.locator("h1").inner_text() == "Typed by keyboard"
    fits(page)
    assert page.said == []


def test_what_is_wrong_is_told_at_its_field(page: Any, workbench: Workbench) -> None:
    page.goto(workbench.exercise("/records/services/SVC-012/edit"))
    page.locator("[name=f-yearly_cost]").fill("lots")
    page.get_by_role("button", name="Check your answers").click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    assert page.title().startswith("Error: ")
    page.locator(".govuk-error-summary a").first.click()
    assert page.evaluate("document.activeElement.id") == "f-yearly_cost"
    fits(page)


def test_without_script_on_a_phone(without_script: Any, workbench: Workbench, lesson: str) -> None:
    page = without_script
    page.goto(workbench.address + lesson)
    page.get_by_role("link", name="Change this record").click()
    page.locator("[name=f-source]").fill("Without script")
    page.get_by_role("button", name="Check your answers").click()
    page.get_by_role("button", name="Change Source").click()
    assert page.locator("[name=f-source]").input_value() == "Without script"
    page.get_by_role("button", name="Check your answers").click()
    page.get_by_role("button", name="Save", exact=True).click()
    assert "The change is stored" in page.locator("[role=alert]").inner_text()


def test_two_people_one_record(
    page: Any, browser: Any, signed_in: Any, workbench: Workbench, lesson: str
) -> None:
    page.goto(f"{workbench.address}{lesson}/edit")
    other = browser.new_context(storage_state=signed_in).new_page()
    other.goto(f"{workbench.address}{lesson}/edit")
    other.locator("[name=f-name]").fill("Theirs")
    other.get_by_role("button", name="Check your answers").click()
    other.get_by_role("button", name="Save", exact=True).click()
    other.wait_for_url("**?saved=changed")
    other.context.close()
    page.locator("[name=f-name]").fill("Ours")
    page.get_by_role("button", name="Check your answers").click()
    page.get_by_role("heading", name="Somebody else changed this record").wait_for()
    fits(page)
    page.get_by_label("Yours").check()
    page.get_by_role("button", name="Save what is chosen").click()
    page.wait_for_url("**?saved=changed")
    assert page.locator("h1").inner_text() == "Ours"


def test_by_keyboard_two_records_that_a_rule_asks_for_together(page: Any, workbench: Workbench) -> None:
    page.goto(workbench.exercise("/records/investments/_new"))
    page.locator("[name=f-name]").focus()
    page.keyboard.type("Night desk")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="There is a problem").wait_for()
    fits(page)
    page.get_by_role("link", name="save the two together").focus()
    page.keyboard.press("Enter")
    assert page.url.endswith("#together-title")
    page.get_by_label("Register of the other record").focus()
    page.keyboard.press("Tab")  # what names an investment is chosen already; a blank code is a new record
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Put this aside and go on"
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Put aside, to be saved together with this").wait_for()
    fits(page)
    page.get_by_label("Outcome", exact=True).focus()
    page.keyboard.press("ArrowDown")
    page.get_by_role("button", name="Check your answers").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Check your answers").wait_for()
    fits(page)
    # Back to the one that was put aside, and from there to the other: nothing is lost.
    page.get_by_role("button", name=re.compile("^Change INV-.* Night desk")).focus()
    page.keyboard.press("Enter")
    box = page.locator("[name=f-proposer]")
    box.focus()
    page.keyboard.type("Typed by keyboard")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Save all 2 records").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/changes/*")
    words = page.locator("main").inner_text()
    assert "Night desk" in words
    assert "investment outcome" in words.casefold()
    fits(page)
    assert [words for words in page.said if "400" not in words] == [], "a refused form is answered with 400"


def test_without_script_two_records_are_saved_together(without_script: Any, workbench: Workbench) -> None:
    page = without_script
    page.goto(workbench.exercise("/records/investments/_new"))
    page.locator("[name=f-name]").fill("Without script")
    page.get_by_role("button", name="Check your answers").click()
    page.get_by_role("button", name="Put this aside and go on").click()
    page.locator("[name=f-outcome]").select_option(index=1)
    page.get_by_role("button", name="Check your answers").click()
    page.get_by_role("button", name="Save all 2 records").click()
    assert "Without script" in page.locator("main").inner_text()


def test_a_form_sent_again_with_other_answers_is_kept_and_asked_about(
    page: Any, workbench: Workbench, lesson: str
) -> None:
    page.goto(f"{workbench.address}{lesson}/edit")
    key = page.locator("[name=submission]").input_value()
    page.locator("[name=f-source]").fill("Sent first")
    page.get_by_role("button", name="Check your answers").click()
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url("**?saved=changed")
    page.goto(f"{workbench.address}{lesson}/edit")
    page.evaluate("key => { document.querySelector('[name=submission]').value = key }", key)
    page.locator("[name=f-source]").fill("Sent with the same key")
    page.get_by_role("button", name="Check your answers").click()
    page.get_by_role("heading", name="This form was saved already, with other answers").wait_for()
    fits(page)
    page.get_by_role("button", name="Send what is shown here").click()
    page.get_by_role("heading", name="Check your answers").wait_for()
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url("**?saved=changed")
    assert "Sent with the same key" in page.locator("main").inner_text()


def test_several_are_chosen_in_the_list_and_changed_together(page: Any, workbench: Workbench) -> None:
    page.goto(workbench.exercise("/records/lessons"))
    fits(page)
    for box in page.locator("[name=row]").all()[:2]:
        box.check()
    page.get_by_role("button", name="Change those chosen together").click()
    fits(page)
    page.get_by_label("Field").select_option("source")
    page.get_by_role("button", name="Continue").click()
    page.locator("[name=f-source]").fill("Together")
    page.get_by_role("button", name="Check your answers").click()
    fits(page)
    page.get_by_role("button", name="Save 2 changes").click()
    assert "2 records changed" in page.locator("[role=alert]").inner_text()


def test_a_file_is_attached_and_downloaded(page: Any, workbench: Workbench) -> None:
    page.goto(workbench.exercise("/records/services/SVC-012/evidence/demand_unit"))
    fits(page)
    page.get_by_label("It is new").check()
    page.locator("[name=e-title]").fill("Minutes of May")
    page.locator("[name=e-evidence_kind]").select_option("judgement")
    page.locator("[name=file]").set_input_files(
        {"name": "minutes.txt", "mimeType": "text/plain", "buffer": b"What was said."}
    )
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**?saved=cited")
    page.get_by_role("link", name="Minutes of May").first.click()
    with page.expect_download() as got:
        page.get_by_role("link", name="minutes.txt").click()
    assert got.value.path().read_bytes() == b"What was said."


def test_removing_is_asked_first(page: Any, workbench: Workbench, lesson: str) -> None:
    page.goto(f"{workbench.address}{lesson}/remove")
    assert "while others name it" in page.locator("main").inner_text()
    fits(page)
    page.goto(workbench.exercise("/records/background_events"))
    page.locator("tbody th a").first.click()
    page.get_by_role("link", name="Remove it").click()
    fits(page)
    page.get_by_role("button", name="Remove").click()
    assert "is no longer there" in page.locator("[role=alert]").inner_text()
