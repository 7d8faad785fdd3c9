"""What a person does in the workbench, in a real browser."""

import re
from typing import Any

import pytest

from tests.browser.conftest import EMAIL, PASSWORD, Workbench

pytestmark = pytest.mark.browser

# One of each kind of page.
PAGES = {
    "home": "",
    "stage with charts": "/stages/appraisal",
    "stage with a plan": "/stages/exercise",
    "stage with layers of marks": "/stages/baseline",
    "register in an order": "/records/services?sort=-yearly_cost&page=2",
    "findings": "/findings",
    "finding with chart": "/findings/appraisal.npsv",
    "finding with one value": "/findings/exercise.days_left",
    "finding as a grid": "/findings/alignment.matrix",
    "registers": "/records",
    "register": "/records/services",
    "search": "/records/services?q=custody",
    "record": "/records/services/SVC-012",
    "the exercise": "/records/exercise/WMP-2012",
    "report": "/report",
    "not found": "/records/nothing",
}
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def violations(page: Any) -> list[str]:
    """What axe finds against WCAG 2.2 AA, as rule and element."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}}).response["violations"]
    return [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]]


def open_all(page: Any) -> None:
    """Open what is folded away, and let charts be drawn."""
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    for chart in page.locator("[data-chart]").all():
        chart.scroll_into_view_if_needed()
    until(page, "[...document.querySelectorAll('[data-chart]')].every(one => one.dataset.drawn)")


def until(page: Any, true: str) -> None:
    """Wait until an expression is true. Playwright's own wait needs the eval that our policy forbids."""
    for _ in range(100):
        if page.evaluate(true):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"never true: {true}")


def test_from_home_to_the_evidence_of_an_input(page: Any, workbench: Workbench) -> None:
    page.goto(workbench.exercise())
    page.get_by_role("link", name="Appraisal").click()
    assert page.locator("h1").inner_text() == "Appraisal"
    page.get_by_role("link", name=re.compile("How this was worked out.*Net present social value")).click()
    assert page.locator("h1").inner_text() == "Net present social value of each option"
    page.get_by_text("Cost lines: ").click()
    first = page.locator("details[open] a").first
    code = first.inner_text()
    first.click()
    assert page.locator(".govuk-caption-l").inner_text() == code
    evidence = page.locator(".wf-fields__evidence a").first
    title = evidence.inner_text()
    evidence.click()
    assert page.locator("h1").inner_text() == title
    assert page.get_by_role("heading", name="What it supports").is_visible()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_meets_wcag_fits_a_phone_and_runs_under_its_policy(
    page: Any, workbench: Workbench, name: str
) -> None:
    answer = page.goto(workbench.exercise(PAGES[name]))
    assert "unsafe" not in answer.headers["content-security-policy"]
    open_all(page)
    assert violations(page) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") == 320, "a phone would scroll sideways"
    assert violations(page) == []
    # A browser says itself that a page was not found.
    assert [words for words in page.said if "404 (Not Found)" not in words] == []


def test_a_chart_is_a_picture_first_and_answers_to_the_pointer_then(page: Any, workbench: Workbench) -> None:
    page.goto(workbench.exercise("/findings/appraisal.costs"))
    open_all(page)
    assert page.locator("[data-chart] .wf-chart__live svg").count() == 1
    page.locator("[data-chart] path[aria-label*='Partner'][aria-label*='Ownership']").hover()
    page.wait_for_selector("#vg-tooltip-element.visible")
    assert page.said == []


def test_without_script_the_pictures_and_the_menu_are_there(
    browser: Any, signed_in: Any, workbench: Workbench
) -> None:
    context = browser.new_context(
        storage_state=signed_in, java_script_enabled=False, viewport={"width": 320, "height": 640}
    )
    page = context.new_page()
    page.goto(workbench.exercise("/stages/appraisal"))
    assert page.locator("[data-chart] svg").count() >= 3
    assert page.get_by_role("link", name="Findings", exact=True).is_visible()
    page.locator("summary").first.click()
    assert page.locator("details[open] table").first.is_visible()
    context.close()


def test_the_keyboard_reaches_content_first_and_scrolls_tables(page: Any, workbench: Workbench) -> None:
    page.goto(workbench.exercise("/records/services"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#main-content"
    region = page.get_by_role("region", name="Table: Services")
    page.set_viewport_size({"width": 320, "height": 640})
    region.focus()
    page.keyboard.press("ArrowRight")
    until(page, "document.querySelector('.wf-scroll').scrollLeft > 0")
    # Down, the page alone scrolls.
    assert (
        page.evaluate("(one => one.scrollHeight - one.clientHeight)(document.querySelector('.wf-scroll'))")
        <= 1
    )


def test_everything_on_a_page_is_in_a_landmark(page: Any, workbench: Workbench) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page.goto(workbench.exercise())
    rules = {
        "runOnly": {"type": "rule", "values": ["region", "landmark-unique", "landmark-no-duplicate-banner"]}
    }
    assert Axe().run(page, options=rules).response["violations"] == []


def test_a_register_is_put_in_an_order_and_narrowed(page: Any, workbench: Workbench) -> None:
    page.goto(workbench.exercise("/records/services"))
    page.get_by_role("link", name="Service", exact=True).click()
    head = page.get_by_role("columnheader", name="Service")
    assert head.get_attribute("aria-sort") == "ascending"
    names = page.locator("tbody td:nth-of-type(2)").all_inner_texts()  # beside the box to choose by
    assert names == sorted(names, key=str.casefold)


def test_print_has_no_addresses_and_leaves_nothing_folded(
    browser: Any, signed_in: Any, workbench: Workbench
) -> None:
    # Without script: what prints is for the style alone to say.
    context = browser.new_context(storage_state=signed_in, java_script_enabled=False)
    page = context.new_page()
    page.emulate_media(media="print")
    page.goto(workbench.exercise("/stages/appraisal"))
    folded = page.locator("details:not([open]) table").first
    assert folded.bounding_box()["height"] > 20
    after = "[...document.querySelectorAll('main a')].map(a => getComputedStyle(a, '::after').content)"
    assert set(page.evaluate(after)) == {"none"}
    page.goto(workbench.exercise())
    for status in page.locator(".wf-status").all():
        style = status.evaluate("one => [getComputedStyle(one).color, getComputedStyle(one).backgroundColor]")
        assert style == ["rgb(0, 0, 0)", "rgba(0, 0, 0, 0)"]
    context.close()


def test_a_register_is_searched_and_paged(page: Any, workbench: Workbench) -> None:
    page.goto(workbench.exercise("/records/cost_lines"))
    page.get_by_role("link", name=re.compile("Next")).click()
    assert "Page 2 of" in page.get_by_role("status").inner_text()
    page.get_by_label("Search cost lines").fill("zzz")
    page.get_by_role("button", name="Search").click()
    assert page.get_by_role("status").inner_text().startswith("0 of ")


def _is_the_report(answer: Any) -> bool:
    return bool(answer.url.endswith("options-report.html") and answer.status == 200)


def test_the_report_opens_in_the_browser_under_a_policy_of_its_own(page: Any, workbench: Workbench) -> None:
    page.goto(workbench.exercise("/report"))
    # The page that says it is being made may come before.
    with page.expect_response(_is_the_report, timeout=60_000) as answer:
        page.get_by_role("button", name="Open the report").click(timeout=60_000)
    policy = answer.value.headers["content-security-policy"]
    assert "script-src" not in policy
    assert "default-src 'none'" in policy
    page.get_by_role("heading", level=1).first.wait_for()
    # Of the page before, a browser says that the report was not there yet.
    assert [words for words in page.said if "503" not in words] == []


def test_sign_in_page_meets_wcag_with_and_without_an_error(
    browser: Any, signed_in: Any, workbench: Workbench
) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(workbench.exercise("/findings"))
    assert page.title().startswith("Sign in")
    assert violations(page) == []
    page.get_by_label("E-mail address").fill(EMAIL)
    page.get_by_role("button", name="Sign in").click()
    assert page.title().startswith("Error: Sign in")
    assert page.evaluate("document.activeElement.className") == "govuk-error-summary"
    assert violations(page) == []
    page.get_by_role("link", name="Enter your password").click()
    assert page.evaluate("document.activeElement.id") == "id_password"
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(workbench.exercise("/findings"))
    page.goto(workbench.first_link)
    assert page.locator("h1").inner_text() == "This link no longer works"
    page.get_by_role("button", name="Sign out").click()
    assert page.title().startswith("Sign in")
    context.close()


WIDE = """() => [...document.querySelectorAll("body *")].filter(one => one.getBoundingClientRect().right > 320
    && !one.closest(".wf-scroll, svg")).map(one => one.tagName + "." + one.className).slice(0, 8).join(", ")"""
LONG_WORD = """word => {
    for (const one of document.querySelectorAll("main a, main li, main p, main h1, main dd, .govuk-breadcrumbs a"))
        if (!one.closest(".wf-scroll, svg, .govuk-button") && !one.firstElementChild)
            one.textContent = word
}"""


def test_a_long_word_that_somebody_enters_widens_no_page(page: Any, workbench: Workbench) -> None:
    """Such as the address of a document, given as a title."""
    page.set_viewport_size({"width": 320, "height": 900})
    for address in ("", "/stages/scope", "/findings/scope.ratings", "/records/services", "/records/evidence"):
        page.goto(workbench.exercise(address))
        page.evaluate(LONG_WORD, "wwwexampleorgminutes" * 12)
        wide = page.evaluate(WIDE)
        assert page.evaluate("document.documentElement.scrollWidth") == 320, f"{address}: {wide}"
