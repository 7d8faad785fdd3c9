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
    until(page, "document.querySelector('#changes')?.textContent === 'What changes'")
    until(page, "!document.querySelector('#answer').hasAttribute('aria-busy')")


@pytest.mark.parametrize(
    "path",
    [
        "/options-summary",
        "/what-if",
        "/what-if?edition=green-book-2026",
        "/what-if?nothing=1",
        "/what-if?option_phase:PHA-INH-3/delay_months=99&edition=none",
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
    # Who listens hears the first sentence, and how many more there are.
    sentences = page.locator("#answer [data-said] li").all_inner_texts()
    heard = page.locator("[role=status]").inner_text()
    assert heard == sentences[0] + (f" And {len(sentences) - 1} more." if len(sentences) > 1 else "")
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
    # It is marked where it stands too, and the link of the summary leads there.
    assert box.get_attribute("aria-invalid") == "true"
    place = box.get_attribute("id")
    assert page.locator(f"#{place}-error").inner_text().startswith("Error:\n“many” is no plain number")
    assert page.locator(f'#answer a[href="#{place}"]').count() == 1
    assert violations(page) == []
    box.fill("90")
    asked(page)
    assert box.get_attribute("aria-invalid") is None
    assert page.locator(".govuk-error-message").count() == 0
    page.get_by_role("link", name="Reset").click()
    assert page.locator("#changes").inner_text() == "As recorded"
    assert [words for words in page.said if "400 (Bad Request)" not in words] == []


def test_saving_what_is_wrong_keeps_it_with_the_name(page: Any, workbench: Workbench) -> None:
    open_what_if(page, workbench)
    page.locator("[data-input] [name]").nth(1).fill("90")
    page.locator("[data-input] [name]").first.fill("-5")
    until(page, "!!document.querySelector('#answer .govuk-error-summary')")
    page.get_by_label("Save as a scenario").fill("Wrong")
    page.get_by_role("button", name="Save").click()
    until(page, "document.title.startsWith('Error')")
    boxes = page.locator("[data-input] [name]")
    assert [boxes.nth(place).input_value() for place in (0, 1)] == ["-5", "90"]
    assert page.get_by_label("Save as a scenario").input_value() == "Wrong"
    page.locator(".govuk-error-summary a").click()
    assert page.evaluate("document.activeElement.value") == "-5"
    assert "csrf" not in page.url


def test_the_table_has_room_for_ranks(page: Any, workbench: Workbench) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    open_what_if(page, workbench)
    # The worked case ranks no option: the column that ranks would stand in is put there.
    wide, seen = page.evaluate(
        """(table => {
            if (!table.tHead.textContent.includes("Rank"))
                for (const row of table.rows) {
                    const cell = row.cells[1].cloneNode();
                    cell.textContent = row.parentNode === table.tHead ? "Rank" : "not ranked";
                    row.insertBefore(cell, row.cells[1]);
                }
            const box = table.closest(".wf-scroll");
            return [box.scrollWidth, box.clientWidth];
        })(document.querySelector(".wf-answer"))"""
    )
    assert wide == seen


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
    assert "csrf" not in page.url
    page.get_by_label("Save as a scenario").fill("Without script")
    page.get_by_role("button", name="Save").click()
    assert "Without script" in page.get_by_role("alert").inner_text()
    # What stands in the form is saved, though nobody asked what it changes first.
    page.goto(workbench.exercise("/what-if"))
    page.locator(f'[name="{name}"][id]').fill("110")
    page.get_by_label("Save as a scenario").fill("Without asking")
    page.get_by_role("button", name="Save").click()
    assert "Without asking" in page.get_by_role("alert").inner_text()
    assert page.locator(f'[name="{name}"][id]').input_value() == "110"
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
