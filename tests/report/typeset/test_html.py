"""The web page by its structure; in a browser at two widths."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from wayforward.report.typeset.document import Column, Document, Heading, Paragraph, Table
from wayforward.report.typeset.render import render


def test_landmarks_language_and_skip_link(html: str) -> None:
    assert '<html lang="en-GB">' in html
    assert html.count("<main ") == html.count("<nav ") == html.count("<h1>") == 1
    assert '<a class="skip" href="#main">' in html
    assert '<main id="main"' in html


def test_every_link_within_the_page_leads_somewhere_once(html: str) -> None:
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(ids)


def test_tables_have_caption_scope_and_row_headers(html: str) -> None:
    tables = re.findall(r'<div class="table".*?</table>', html, re.S)
    assert len(tables) == 4  # three numbered, one with the data of the figure
    for table in tables:
        assert "<caption" in table
        assert '<th scope="col"' in table
        assert '<th scope="row"' in table


def test_wide_tables_can_be_scrolled_by_keyboard(html: str) -> None:
    place = html.index('id="tbl-options"')
    region = html[place : html.index("<table", place)]
    assert 'role="region" tabindex="0" aria-labelledby="tbl-options-caption"' in region


def test_figures_are_one_picture_with_one_text(html: str) -> None:
    (svg,) = re.findall(r"<svg .*?</svg>", html, re.S)
    assert svg.startswith('<svg role="img" aria-labelledby="fig-cost-alt"')
    assert len(re.findall(r"\srole=", svg)) == 1


def test_the_page_carries_the_typeface_that_its_charts_were_drawn_for(html: str) -> None:
    faces = re.findall(
        r'@font-face {[^}]*"Source Sans Pro"; font-weight: (\d+); src: url\(data:font/otf', html
    )
    assert faces == ["400", "600"]
    assert "font-src data:;" in html[: html.index("<title>")]


def test_title_page_facts_and_draft_mark(html: str) -> None:
    head = html[html.index('<header class="masthead">') : html.index("</header>")]
    for fact in ("Draft", "Version", "0.4", "23 January 2013", "Restricted until published"):
        assert fact in head
    assert "Made-up example" in head


def test_the_file_is_small_and_needs_no_script(html: str) -> None:
    assert len(html.encode()) < 1_500_000
    assert "<script" not in html


def test_no_line_ends_within_an_amount_a_year_or_a_code(tmp_path: Path) -> None:
    columns = (Column("Name"), Column("Year", align="right"))
    rows = (("EVD-001", "2012-13"), ("A longer name", "The whole of 2012-13"))
    blocks = (
        Heading(1, "One", "one", "1"),
        Table("C", "t", columns, rows),
        Paragraph("From −£2.0m, to more."),
    )
    document = Document("T", "", "1", date(2013, 1, 23), "Final", "", blocks)
    text = render(document, tmp_path, ["html"])["html"].read_text(encoding="utf-8")
    assert '<th scope="row" class="whole">EVD-001</th><td class="right whole">2012-13</td>' in text
    assert '<th scope="row">A longer name</th><td class="right">The whole of 2012-13</td>' in text
    assert 'From <span class="whole">−£2.0m,</span> to' in " ".join(text.split())


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing_and_the_page_never_scrolls_sideways(
    files: dict[str, Path], browser: Any, width: int
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = browser.new_page(viewport={"width": width, "height": 900})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(files["html"].as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    result = Axe().run(page)
    assert result.violations_count == 0, result.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert asked == [files["html"].as_uri()]
    page.close()


def test_a_library_that_names_a_prefix_for_pictures_changes_nothing() -> None:
    """As one that draws QR codes does, for the whole process, when it is first used."""
    from xml.etree import ElementTree

    from wayforward.report.typeset import figures

    ElementTree.register_namespace("svg", figures.SVG)
    picture = ElementTree.fromstring(f'<svg xmlns="{figures.SVG}"><g/></svg>')
    assert figures.written(picture) == f'<svg xmlns="{figures.SVG}"><g /></svg>'
