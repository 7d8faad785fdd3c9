"""Every page and form there is, in a real browser on a telephone: WCAG 2.2 AA, no sideways scroll, one h1, a title.

The addresses are those of tests/pages/addresses.py, so that a new one is looked at as soon as it has its row there.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from django.urls import reverse

from tests.browser.test_workbench import open_all, violations
from tests.journeys.at_work import CAREFUL, OPERATOR, AtWork, at_work
from tests.pages.addresses import ADDRESSES, Address
from tests.workbench import PASSWORD

pytestmark = pytest.mark.browser
WIDTH = 320

# Whose each rule is, of somebody who has a part; all else the director may do.
WHOSE = {
    "": "",
    "decide": "commissioner",
    "assure": "assurer",
    "review": "reviewer",
    "agree as director": "director",
}
# Who opens it, where that is not whoever may: an account with a second factor, or the operator.
OPENS = dict.fromkeys(
    (
        "mfa_authenticate",
        "mfa_reauthenticate",
        "mfa_index",
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
    ),
    CAREFUL,
) | {"exercises": OPERATOR, "sign": "commissioner"}
# What answers otherwise than 200, and why.
ANSWERS = {"first": 410}  # its link makes the first person, and here there are people


@dataclass(frozen=True)
class Sent:
    """A form sent with something wrong: by the button of this name, all text boxes emptied but those filled."""

    button: str
    fill: dict[str, str] = field(default_factory=dict)


SENT = {
    "sign-in": Sent("Sign in", {"#id_username": "director@example.org", "#id_password": "not it"}),
    "password": Sent("Save and sign in"),
    "mfa_authenticate": Sent("Continue", {"[name=code]": "000000"}),
    "account_change_password": Sent("Change password"),
    "account_reauthenticate": Sent("Continue"),
    "mfa_reauthenticate": Sent("Continue"),
    "mfa_activate_totp": Sent("Set up"),
    "people": Sent("Add"),
    "tokens": Sent("Make a token"),
    "record-new": Sent("Check your answers"),
    "records-several": Sent("Check your answers", {"[name=f-yearly_cost]": "lots"}),
    "record-edit": Sent("Check your answers", {"[name=f-yearly_cost]": "lots"}),
    "record-evidence": Sent("Save"),
    "round-trip": Sent("Upload and compare"),
    "round-trip-uploaded": Sent("Accept"),
    "begin": Sent("Check the terms"),
    "comment-new": Sent("Save"),
    "comment-answer": Sent("Save the answer"),
    "review-new": Sent("Give out"),
    "review-return": Sent("Return the review"),
    "agree": Sent("Save your answer"),
    "decide": Sent("Save your answer"),
    "assure": Sent("Save your answer"),
}

# What stands in every box is taken out.
EMPTIED = """document.querySelectorAll(
    'main :is(textarea, input:is([type=text], [type=email], [type=password], :not([type])))'
).forEach(one => one.value = '')"""
# The innermost elements that reach beyond the window.
TOO_WIDE = """[...document.querySelectorAll('main *')]
    .filter(one => one.getBoundingClientRect().right > 321 && !one.closest('.wf-scroll') && !one.children.length)
    .slice(0, 3).map(one => one.outerHTML.slice(0, 150)).join(' ')"""


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AtWork]:
    with at_work(tmp_path_factory.mktemp("town")) as workbench:
        yield workbench


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """One page for all addresses; animations would only take time."""
    context = browser.new_context(viewport={"width": WIDTH, "height": 640}, reduced_motion="reduce")
    one = context.new_page()
    one.set_default_timeout(60_000)
    yield one
    context.close()


def whose(name: str, one: Address) -> str:
    return OPENS.get(name) or WHOSE.get(one.to_open or "", "director")


def to_code(page: Any, town: AtWork) -> None:
    """The second half of signing in, of somebody who has a second factor."""
    town.enter(page.context, "")
    page.goto(f"{town.address}/sign-in")
    page.get_by_label("E-mail address").fill("careful@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="Enter your code").wait_for()


def to_upload(page: Any, town: AtWork) -> None:
    """What an uploaded file would change."""
    page.goto(town.exercise("/round-trip"))
    content = b"# register,services\ncode,name,yearly_cost\nS1,Lending of books,310000\nS2,,lots\n"
    page.get_by_label("The workbook or CSV that you filled in").set_input_files(
        {"name": "services.csv", "mimeType": "text/csv", "buffer": content}
    )
    page.get_by_role("button", name="Upload and compare").click()
    page.wait_for_url("**/uploads/**")


# What a form or two lead to; and where else to look than at the address as it stands in the table.
LED_TO: dict[str, Callable[[Any, AtWork], None]] = {
    "mfa_authenticate": to_code,
    "round-trip-uploaded": to_upload,
}
ELSEWHERE: dict[str, Callable[[AtWork], str]] = {
    "exercises": lambda town: f"{town.address}/?all=yes",
    "records-several": lambda town: town.exercise(
        "/records/services/_several?row=S1&row=S2&field=yearly_cost"
    ),
    "put-back": lambda town: town.exercise("/records/evidence/E1/history/2/put-back"),
    "act-undo": lambda town: town.exercise(f"/changes/{town.edited}/undo"),
    "password": lambda town: town.address + town.password_path,
}


def faults(page: Any, name: str, *, error: bool = False) -> list[str]:
    """What is wrong with a page as it is now, each under the name of its address."""
    open_all(page)
    wrong = [f"{one}" for one in violations(page)]
    wide = page.evaluate("document.documentElement.scrollWidth")
    if wide != WIDTH:
        wrong.append(f"is {wide} px wide: {page.evaluate(TOO_WIDE)}")
    if (heads := page.locator("h1").count()) != 1:
        wrong.append(f"has {heads} h1")
    if not page.title().strip():
        wrong.append("has no title")
    if error != page.title().startswith("Error: "):
        wrong.append(f"is titled {page.title()!r}")
    return [f"{name}: {one}" for one in wrong]


def opened(page: Any, town: AtWork, name: str) -> list[str]:
    """Open an address as somebody who may, and tell where it did not open."""
    one = ADDRESSES[name]
    town.enter(page.context, whose(name, one))
    if name in LED_TO:
        LED_TO[name](page, town)
        return []
    where = f"{town.address}{reverse(name, kwargs=one.arguments)}?{urlencode(one.given)}"
    if name in ELSEWHERE:
        where = ELSEWHERE[name](town)
    answer = page.goto(where)
    wrong = [] if urlsplit(page.url).path == urlsplit(where).path else [f"{name}: leads to {page.url}"]
    if answer.status != ANSWERS.get(name, 200):
        wrong.append(f"{name}: answers {answer.status}: {page.title()}")
    return wrong


@pytest.mark.timeout(600)
def test_every_page_and_form(page: Any, town: AtWork) -> None:
    wrong = []
    for name, one in ADDRESSES.items():
        if one.kind in ("page", "form"):
            wrong += opened(page, town, name) + faults(page, name)
    assert wrong == [], "\n".join(["", *wrong])


@pytest.mark.timeout(600)
def test_every_main_form_that_is_sent_with_something_wrong(page: Any, town: AtWork) -> None:
    wrong = []
    for name, sent in SENT.items():
        wrong += opened(page, town, name)
        button = page.locator("main").get_by_role("button", name=sent.button).first
        if not button.count():
            wrong.append(
                f"{name}: has no button {sent.button}: {page.locator('main button').all_inner_texts()}"
            )
            continue
        page.evaluate(EMPTIED)
        for box, words in sent.fill.items():
            page.locator(box).fill(words)
        with page.expect_navigation():
            button.click()
        wrong += faults(page, f"{name}, sent", error=True)
    assert wrong == [], "\n".join(["", *wrong])


def test_what_is_said_of_an_address_is_said_of_one_that_there_is() -> None:
    assert set(OPENS) | set(LED_TO) | set(ELSEWHERE) | set(ANSWERS) | set(SENT) <= set(ADDRESSES)
