"""The PDF: tagged, titled, in its own typeface, readable by others."""

from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.report.typeset import sample
from wayforward.report.typeset import fonts
from wayforward.report.typeset.document import Document, Figure, Heading, Paragraph, RenderError
from wayforward.report.typeset.render import render


def tags(pdf: PdfReader) -> Counter[str]:
    found: Counter[str] = Counter()

    def walk(node: object) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for one in node:
                walk(one)
        elif isinstance(node, dict):
            if "/S" in node:
                found[str(node["/S"])] += 1
            if "/K" in node:
                walk(node["/K"])

    walk(pdf.trailer["/Root"]["/StructTreeRoot"])
    return found


def test_it_says_that_it_is_pdf_ua(pdf: PdfReader) -> None:
    root = pdf.trailer["/Root"]
    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"] is True or root["/MarkInfo"]["/Marked"].value is True
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    metadata = root["/Metadata"].get_object().get_data()
    assert b"pdfuaid:part" in metadata


def test_it_is_tagged(pdf: PdfReader) -> None:
    found = tags(pdf)
    tables = 5  # three numbered, one written in the narrative, one with the data of the figure
    assert found["/Table"] == tables
    assert found["/THead"] >= tables
    assert found["/Figure"] >= 1
    assert found["/Note"] + found["/FENote"] >= 10
    assert found["/H1"] == len(sample.SECTIONS) + 5
    assert found["/L"] >= 3


def test_it_has_title_date_and_typeface_of_its_own(pdf: PdfReader) -> None:
    metadata = pdf.metadata
    assert metadata is not None
    assert metadata.title == "Technology options 2012-13"
    assert str(metadata.creation_date).startswith("2013-01-23")
    used = {
        str(font.get_object()["/BaseFont"]).split("+")[-1]
        for page in pdf.pages
        for font in page["/Resources"].get("/Font", {}).values()
    }
    assert {name for name in used if "SourceSansPro-Regular" in name}
    assert not {name for name in used if "NewComputerModern" in name}


def test_the_title_page_bears_nothing_else(pdf: PdfReader) -> None:
    first = " ".join(pdf.pages[0].extract_text().split())
    for text in ("Technology options 2012-13", "0.4", "23 January 2013", "Draft for comment"):
        assert text in first
    assert "Page" not in first
    assert "Decision" not in first


def test_every_other_page_has_its_running_lines_and_draft_mark(pdf: PdfReader) -> None:
    total = len(pdf.pages)
    for place, page in enumerate(pdf.pages[1:], start=2):
        text = " ".join(page.extract_text().split())
        assert f"Page {place} of {total}" in text
        assert "DRAFT" in text
        assert "Restricted until published" in text
        assert "Made-up example" in text


def test_long_tables_repeat_their_header(pdf: PdfReader) -> None:
    pages = [page.extract_text() for page in pdf.pages]
    holding = [text for text in pages if "appraisal.npsv.option" in text]
    assert len(holding) >= 2
    assert all("Inputs and evidence" in text for text in holding)


def small(text: str) -> Document:
    blocks = (Heading(1, "One", "one", "1"), Paragraph(text))
    return Document("T", "", "1", date(2013, 1, 23), "Final", "", blocks)


LINES = Paragraph("A few lines of text that stand between two figures and say what they show. " * 6)


def drawn(height: int, caption: str) -> Figure:
    """A picture as wide as the page and so many mm tall."""
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 {height}"><rect width="9" height="9"/></svg>'
    return Figure(caption, f"f-{caption}", "A square in a corner.", svg, sample.chart()[1])


def shown(before: int, height: int, after: str) -> Document:
    """Lines of text, a picture and a text after it."""
    figure = drawn(height, "It is true")
    lines = [Paragraph("A line of text.")] * before
    return Document(
        "T", "", "1", date(2013, 1, 23), "Final", "",
        (Heading(1, "One", "one", "1"), *lines, figure, Paragraph(after)),
    )  # fmt: skip


@pytest.mark.parametrize(
    # The third page has 247 mm; a heading and 20 paragraphs of a line, 18 points each, take 140 of them.
    ("height", "of_picture", "of_text"),
    [(60, 3, 3), (110, 4, 3), (150, 4, 3)],
    ids=["fits", "waits though it could share a page", "waits for the next page while the text goes on"],
)
def test_a_figure_leaves_no_page_empty(tmp_path: Path, height: int, of_picture: int, of_text: int) -> None:
    path = render(shown(20, height, "What follows."), tmp_path, ["pdf"])["pdf"]
    pages = [page.extract_text() for page in PdfReader(path).pages]
    found = {
        text: next(
            place for place, page in enumerate(pages, start=1) if text in page and "Contents" not in page
        )
        for text in ("It is true", "What follows")
    }
    assert found == {"It is true": of_picture, "What follows": of_text}


def test_no_figure_goes_before_one_that_waits(tmp_path: Path) -> None:
    tall, small = drawn(150, "Tall one"), drawn(20, "Small one")
    whole = shown(20, 150, "")
    blocks = (*whole.blocks[:-2], tall, Paragraph("Between."), small, Paragraph("After."))
    path = render(replace(whole, blocks=blocks), tmp_path, ["pdf"])["pdf"]
    text = "".join(page.extract_text() for page in PdfReader(path).pages)
    assert text.index("Between.") < text.index("Tall one") < text.index("Small one")


def test_the_pages_of_many_figures_settle(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    whole = shown(1, 60, "")
    heights = (60, 110, 150, 75) * 5
    parts = [(drawn(height, f"Number {place}"), LINES) for place, height in enumerate(heights)]
    blocks = (whole.blocks[0], LINES, *(one for part in parts for one in part))
    path = render(replace(whole, blocks=blocks), tmp_path, ["pdf"])["pdf"]
    assert "settle" not in caplog.text
    text = "".join(page.extract_text() for page in PdfReader(path).pages)
    places = [text.index(f"Number {place}\n") for place in range(len(heights))]
    assert places == sorted(places)


def test_no_line_ends_between_a_minus_sign_and_its_amount(tmp_path: Path) -> None:
    # Each paragraph a letter longer than the last: somewhere among them a line would end there.
    words = "Spread over ten years the likely worth of all the options together runs from a low of −£2.0m, to more."
    paragraphs = [Paragraph(f"{'x' * extra} {words}") for extra in range(24)]
    whole = replace(small(""), blocks=(Heading(1, "One", "one", "1"), *paragraphs))
    path = render(whole, tmp_path, ["pdf"])["pdf"]
    lines = "\n".join(page.extract_text() for page in PdfReader(path).pages).splitlines()
    held = [line for line in lines if "−£2.0m," in line]
    assert len(held) == len(paragraphs)
    assert any(line.startswith("−£2.0m,") for line in held)


def test_without_draft_there_is_no_mark(tmp_path: Path) -> None:
    path = render(small("text"), tmp_path, ["pdf"])["pdf"]
    assert not any("DRAFT" in page.extract_text() for page in PdfReader(path).pages)


def test_a_missing_typeface_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "folder", lambda: tmp_path)
    with pytest.raises(RenderError, match="SourceSansPro-Regular"):
        render(small("text"), tmp_path, ["pdf"])


def test_a_typeface_of_another_name_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "copy_faces", lambda to: to.mkdir())
    with pytest.raises(RenderError, match="unknown font family: source sans pro"):
        render(small("text"), tmp_path, ["pdf"])


def test_a_character_no_typeface_holds_is_shown_as_a_box_and_told_in_a_line_of_its_own(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    told: list[str] = []
    path = render(small("smile \U0001f600 here"), tmp_path, ["pdf"], progress=told.append)["pdf"]
    assert "smile ■ here" in PdfReader(path).pages[-1].extract_text()
    assert told == ["PDF written: options-report.pdf"]
    assert [record.message for record in caplog.records] == ["PDF: no typeface holds U+1F600: shown as ■"]
