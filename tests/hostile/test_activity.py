"""The look-out sees what it is there to see: each kind of activity, made by hand, is found."""

import io
import zipfile

import pytest

from tests.hostile import activity


@pytest.mark.parametrize(
    "page",
    [
        "<script>WFX()</script>",
        "<img src=x onerror=WFX()>",
        '<a href="java\nscript:WFX()">x</a>',
        "<iframe></iframe>",
        '<meta http-equiv=refresh content="0;url=WFX">',
        "<base href=x>",
        "<style>WFX</style>",
        '<a href="data:text/html,WFX">x</a>',
        '<img src="file:///etc/hostname">',
    ],
)
def test_what_a_page_would_run_is_seen(page: str) -> None:
    assert activity.in_html(page)


def test_what_is_only_text_is_not() -> None:
    assert activity.in_html('<p title="onerror=WFX()">&lt;script&gt;WFX()&lt;/script&gt;</p>') == []
    assert (
        activity.in_html('<a href="/exercises/A?q=javascript:WFX">x</a><script src="/a.js"></script>') == []
    )


def _zipped(name: str, content: str) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as parts:
        parts.writestr(name, content)
    return whole.getvalue()


def test_what_a_workbook_would_run_is_seen() -> None:
    sheet = "<worksheet><c><f>WFX()</f></c></worksheet>"
    assert activity.in_workbook(_zipped("xl/worksheets/sheet1.xml", sheet))
    assert activity.in_workbook(_zipped("xl/worksheets/sheet1.xml", sheet), formulas=True)
    own = "<worksheet><c><f>SUM(A1)</f></c></worksheet>"
    assert activity.in_workbook(_zipped("xl/worksheets/sheet1.xml", own), formulas=True) == []


def test_what_word_would_run_is_seen() -> None:
    field = '<w:p xmlns:w="w"><w:instrText>DDEAUTO WFX</w:instrText></w:p>'
    assert activity.in_word(_zipped("word/document.xml", field))
    outside = '<Relationships><Relationship TargetMode="External" Target="file:///x"/></Relationships>'
    assert activity.in_word(_zipped("word/_rels/document.xml.rels", outside))


def test_what_a_pdf_would_run_is_seen() -> None:
    from pypdf import PdfWriter
    from pypdf.generic import DictionaryObject, NameObject, TextStringObject

    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    action = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("WFX()")}
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(action)
    whole = io.BytesIO()
    writer.write(whole)
    assert activity.in_pdf(whole.getvalue())


def test_what_a_spreadsheet_would_run_of_csv_is_seen() -> None:
    assert activity.in_csv("a,=WFX()\n") == ["=WFX()"]
    assert activity.in_csv('a,-5,-0.5,"\'=WFX()"\n') == []
