"""The round trip as a person meets it: at a desk, on a phone, by keyboard, without script."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import Workbench
from tests.browser.test_workbench import violations
from tests.casefile.streaming import cells_of, edited
from wayforward.casefile.stream_in import letters_of

pytestmark = pytest.mark.browser


def filled(page: Any, workbench: Workbench, folder: Path, number: int) -> Path:
    """The workbook of the definitions' stage with one cell changed, one that is refused, and one new row."""
    with page.expect_download() as download:
        page.get_by_text("One register of Comparison").click()
        page.get_by_role("link", name="workbook of peers").click()
    content = download.value.path().read_bytes()
    sheet = cells_of(content)["peers"]
    name = letters_of(sheet[0].index("name"))
    below = len(sheet) + 1
    changed = edited(
        content,
        {
            ("peers", f"{name}2"): f"Renamed {number}",
            ("peers", f"{name}3"): "",
            ("peers", f"A{below}"): "a b",
        },
    )
    path = folder / "peers.xlsx"
    path.write_bytes(changed)
    return path


def fits(page: Any, width: int) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= width, "the page would scroll sideways"
    assert violations(page) == []


@pytest.mark.parametrize(("width", "number"), [(1280, 1), (320, 2)])
def test_take_away_change_bring_back_accept(
    page: Any, workbench: Workbench, tmp_path: Path, width: int, number: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(workbench.exercise("/round-trip"))
    fits(page, width)
    path = filled(page, workbench, tmp_path, number)
    page.get_by_role("button", name="Upload and compare").click()
    assert "Choose the file" in page.get_by_role("alert").inner_text()
    fits(page, width)
    page.get_by_label("The workbook or CSV that you filled in").set_input_files(path)
    page.get_by_role("button", name="Upload and compare").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("uploads/"))
    fits(page, width)
    assert f"Renamed {number}" in page.locator("main").inner_text()
    page.get_by_role("button", name="Accept 1 change, leave 2 refused").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="1 change accepted").wait_for()
    fits(page, width)
    assert page.said == [] or all("400 (Bad Request)" in words for words in page.said)


def test_an_upload_without_script_on_a_phone(
    browser: Any, signed_in: Any, workbench: Workbench, tmp_path: Path
) -> None:
    """A file without its seal: all that differs is asked, and a choice is needed."""
    context = browser.new_context(
        storage_state=signed_in, viewport={"width": 320, "height": 900}, java_script_enabled=False
    )
    page = context.new_page()
    path = tmp_path / "lessons.csv"
    path.write_text("# register,peers\ncode,name\nPEER-NONE,Nobody's\n")
    page.goto(workbench.exercise("/round-trip"))
    page.get_by_label("The workbook or CSV that you filled in").set_input_files(path)
    page.get_by_role("button", name="Upload and compare").click()
    page.wait_for_url(re.compile("uploads/"))
    assert "doesn’t say what was downloaded" in page.locator("main").inner_text()
    page.get_by_role("button", name="Discard this upload").click()
    assert "was discarded" in page.locator("main").inner_text()
    context.close()


@pytest.mark.parametrize("width", [1280, 320])
def test_a_big_file_is_compared_in_the_background(
    page: Any, workbench: Workbench, tmp_path: Path, width: int
) -> None:
    """Eight thousand new rows: the page says how far it is, and leads to what they would change by itself."""
    page.set_viewport_size({"width": width, "height": 900})
    path = tmp_path / "peers.csv"
    rows = "".join(f"BIG-{n:04d},A peer with a rather long name {n}\n" for n in range(8_000))
    path.write_text(f"# register,peers\ncode,name\n{rows}")
    page.goto(workbench.exercise("/round-trip"))
    page.get_by_label("The workbook or CSV that you filled in").set_input_files(path)
    page.get_by_role("button", name="Upload and compare").click()
    page.wait_for_url(re.compile("uploads/"))
    page.get_by_role("heading", name="peers.csv is being compared").wait_for()
    fits(page, width)
    page.get_by_role("heading", name="What peers.csv would change").wait_for(timeout=60_000)
    assert (
        "8,000 rows added" in page.locator("main").inner_text()
        or "refused" in page.locator("main").inner_text()
    )
    fits(page, width)
    page.get_by_role("button", name="Discard this upload").click()
    assert "was discarded" in page.locator("main").inner_text()


@pytest.mark.parametrize("width", [1280, 320])
def test_an_exercise_is_begun_from_a_workbook(
    page: Any, workbench: Workbench, tmp_path: Path, width: int
) -> None:
    """The small case, under a code of its own for each width."""
    from tests.workbench import SMALL
    from wayforward.casefile import load, write_workbook

    page.set_viewport_size({"width": width, "height": 900})
    case = load(SMALL)
    case.exercise.code = f"SMALL-{width}"
    write_workbook(case, tmp_path / "case.xlsx")
    page.goto(f"{workbench.address}/begin")
    page.get_by_role("link", name="Begin from the workbook of a whole case instead").click()
    fits(page, width)
    page.get_by_role("button", name="Read and check it").click()
    assert "Choose the workbook" in page.get_by_role("alert").inner_text()
    fits(page, width)
    page.get_by_label("The workbook of a whole case").set_input_files(tmp_path / "case.xlsx")
    page.get_by_role("button", name="Read and check it").click()
    page.get_by_role("heading", name="What the registers begin with").wait_for()
    fits(page, width)
