"""What if and the two-minute summary as a person meets them: by mouse, by keyboard, on a phone and without script."""

import re
from typing import Any

import pytest

from tests.browser.conftest import Workbench
from tests.browser.test_workbench import until, violations

pytestmark = pytest.mark.browser

MOVED = "What changes"


def open_what_if(page: Any, workbench: Workbench, query: str = "") -> None:
    page.goto(workbench.exercise(f"/what-if{query}"))
    until(page, "!document.querySelector('[type=range]') || !document.querySelector('[type=range]').hidden")


def asked(page: Any) -> None:
    """Wait for the answer to what was moved."""
    until(page, "document.querySelector('#changes').textContent === 'What changes'")
    until(page, "!document.querySelector('#answer').hasAttribute('aria-busy')")


@pytest.mark.parametrize(
    "path",
    [
        "/options-summary",
        "/what-if",
        "/what-if?edition=green-book-2026",
        "/what-if?nothing=1",
    ],
)
@pytest.mark.parametrize("width", [1280, 320])
def test_the_pages_meet_wcag_and_fit(page: Any, workbench: Workbench, path: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    answer = page.goto(workbench.exercise(path))
    assert "unsafe" not in answer.headers["content-security-policy"]
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    for chart in page.locator("[data-chart]").all():
        chart.scroll_into_view_if_needed()
    until(page, "[...document.querySelectorAll('[data-chart]')].every(one => one.dataset.drawn)")
    assert page.evaluate("document.documentElement.scrollWidth") == width, "the page would scroll sideways"
    assert violations(page) == []
    assert [words for words in page.said if "400 (Bad Request)" not in words] == []


def test_the_summary_fits_a_desk_without_scrolling_sideways(page: Any, workbench: Workbench) -> None:
    page.goto(workbench.exercise("/options-summary"))
    wide, seen = page.evaluate(
        "(one => [one.scrollWidth, one.clientWidth])(document.querySelector('.wf-summary'))"
    )
    assert wide == seen


def test_the_keyboard_alone_moves_a_slider_and_saves_what_it_asked(page: Any, workbench: Workbench) -> None:
    open_what_if(page, workbench)
    slider = page.locator("[type=range]").first
    box = page.locator("[data-input] [name]").first
    was = float(box.input_value())
    slider.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    asked(page)
    assert float(box.input_value()) > was
    assert page.locator("[role=status]").inner_text() != ""
    # The address is the question: opened anew it gives the same answer.
    told = page.locator("#answer [data-said]").inner_text()
    assert "?" in page.url
    page.reload()
    assert page.locator("#answer [data-said]").inner_text() == told

    page.get_by_label("Save as a scenario").focus()
    page.keyboard.type("By keyboard")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("saved="))
    assert "By keyboard" in page.get_by_role("alert").inner_text()
    assert page.locator("#answer [data-said]").inner_text() == told
    page.get_by_role("link", name=re.compile("By keyboard")).click()
    assert page.locator("h1").inner_text() == "By keyboard"
    assert page.said == []


def test_a_number_box_takes_what_the_slider_can_not(page: Any, workbench: Workbench) -> None:
    open_what_if(page, workbench)
    box = page.locator("[data-input] [name]").first
    box.fill("999")
    asked(page)
    slider = page.locator("[type=range]").first
    assert slider.input_value() == slider.get_attribute("max")
    box.fill("many")
    until(page, "!!document.querySelector('#answer .govuk-error-summary')")
    assert "is no plain number" in page.locator("#answer").inner_text()
    page.get_by_role("link", name="Reset").click()
    assert page.locator("#changes").inner_text() == "As recorded"
    assert [words for words in page.said if "400 (Bad Request)" not in words] == []


def test_another_input_is_added_and_what_was_moved_stays(page: Any, workbench: Workbench) -> None:
    open_what_if(page, workbench, "?edition=green-book-2026")
    page.get_by_label("Add another input").select_option(index=1)
    page.get_by_role("button", name="Add").click()
    page.wait_for_url(re.compile("show="))
    assert page.locator("summary").get_by_text("Added", exact=True).is_visible()
    assert page.locator("#edition").input_value() == "green-book-2026"
    assert page.locator("#changes").inner_text() == MOVED


def test_without_script_the_form_asks_the_same(browser: Any, signed_in: Any, workbench: Workbench) -> None:
    context = browser.new_context(
        storage_state=signed_in, java_script_enabled=False, viewport={"width": 320, "height": 640}
    )
    page = context.new_page()
    page.goto(workbench.exercise("/what-if"))
    assert page.locator("[type=range]:visible").count() == 0
    box = page.locator("[data-input] [name]").first
    name = box.get_attribute("name")
    box.fill("120")
    page.get_by_role("button", name="Show what changes").click()
    assert page.locator("#changes").inner_text() == MOVED
    assert page.locator(f'[name="{name}"][id]').input_value() == "120"
    assert page.locator("#answer svg").count() >= 2
    page.get_by_label("Save as a scenario").fill("Without script")
    page.get_by_role("button", name="Save").click()
    assert "Without script" in page.get_by_role("alert").inner_text()
    context.close()


def test_the_summary_prints_whole(browser: Any, signed_in: Any, workbench: Workbench) -> None:
    context = browser.new_context(storage_state=signed_in, java_script_enabled=False)
    page = context.new_page()
    page.set_viewport_size({"width": 740, "height": 1000})  # A4 less its margins
    page.emulate_media(media="print")
    page.goto(workbench.exercise("/options-summary"))
    wide, room = page.evaluate(
        "(one => [one.querySelector('table').offsetWidth, one.clientWidth])(document.querySelector('.wf-summary'))"
    )
    assert wide <= room
    assert page.locator(".wf-actions").is_hidden()
    context.close()
