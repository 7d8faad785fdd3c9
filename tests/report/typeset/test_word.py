"""The Word document by its parts; through an office program where there is one."""

import re
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from pypdf import PdfReader

from tests.report.typeset.conftest import W, styled

SOFFICE = shutil.which("soffice")


def test_headings_are_real_heading_styles(parts: dict[str, bytes]) -> None:
    styles = ET.fromstring(parts["word/styles.xml"])
    named = {}
    for style in styles.iter(f"{W}style"):
        name = style.find(f"{W}name")
        level = style.find(f"{W}pPr/{W}outlineLvl")
        if name is not None and level is not None:
            named[name.get(f"{W}val")] = level.get(f"{W}val")
    assert named == {"heading 1": "0", "heading 2": "1", "heading 3": "2", "heading 4": "3"}


def test_contents_are_filled_and_lead_to_their_headings(word: ET.Element) -> None:
    entries = styled(word, "TOC1") + [one for one in styled(word, "TOC2") if one]
    assert "1 Background and the case for change" in entries
    assert "1.1 What officers said" in entries
    assert len(entries) == len(styled(word, "Heading1")) + len(styled(word, "Heading2"))
    marks = {one.get(f"{W}name") for one in word.iter(f"{W}bookmarkStart")}
    links = {one.get(f"{W}anchor") for one in word.iter(f"{W}hyperlink")} - {None}
    assert links <= marks


def test_it_opens_without_a_question(parts: dict[str, bytes]) -> None:
    everything = b"".join(content for name, content in parts.items() if name.endswith(".xml"))
    assert b"updateFields" not in everything
    assert b"w:dirty" not in everything
    assert b'w:name="compatibilityMode"' in parts["word/settings.xml"]


def test_bookmarks_have_numbers_and_names_of_their_own(word: ET.Element) -> None:
    for key in ("id", "name"):
        found = [one.get(f"{W}{key}") for one in word.iter(f"{W}bookmarkStart")]
        assert len(found) == len(set(found))


def test_every_part_is_declared_and_every_relation_is_there(parts: dict[str, bytes]) -> None:
    types = parts["[Content_Types].xml"].decode()
    for name in parts:
        if name.startswith("word/") and name.endswith(".xml") and "/_rels/" not in name:
            assert f"/{name}" in types
    relations = parts["word/_rels/document.xml.rels"].decode()
    ids = set(re.findall(r'\bId="([^"]+)"', relations))
    assert set(re.findall(r'r:(?:id|embed)="([^"]+)"', parts["word/document.xml"].decode())) <= ids


def test_tables_repeat_their_header_and_fill_the_page(word: ET.Element) -> None:
    for table in word.iter(f"{W}tbl"):
        first, *_ = table.iter(f"{W}tr")
        assert first.find(f"{W}trPr/{W}tblHeader") is not None
        width = table.find(f"{W}tblPr/{W}tblW")
        assert width is not None
        told = (width.get(f"{W}type"), width.get(f"{W}w"))
        # The room between the margins: 160 mm in twentieths of a point, or all of it.
        assert told in (("dxa", "9072"), ("pct", "5000"))
        if told[0] == "dxa":
            widths = [int(one.get(f"{W}w", "0")) for one in table.iter(f"{W}gridCol")]
            assert sum(widths) == 9072


def test_the_last_row_of_a_table_stays_with_its_notes(word: ET.Element) -> None:
    body = word.find(f"{W}body")
    assert body is not None
    blocks = list(body)
    noted = 0
    for table, after in pairwise(blocks):
        style = after.find(f"{W}pPr/{W}pStyle")
        if table.tag == f"{W}tbl" and style is not None and style.get(f"{W}val") == "TableNote":
            noted += 1
            *_, last = table.iter(f"{W}tr")
            assert all(one.find(f"{W}pPr/{W}keepNext") is not None for one in last.iter(f"{W}p"))
    assert noted


def test_a_machine_without_the_typeface_is_told_what_comes_nearest(parts: dict[str, bytes]) -> None:
    fonts = ET.fromstring(parts["word/fontTable.xml"])
    named = {one.get(f"{W}name"): one.find(f"{W}altName") for one in fonts.iter(f"{W}font")}
    told = {name: alt.get(f"{W}val") for name, alt in named.items() if alt is not None}
    assert told == {"Source Sans Pro": "Calibri", "Calibri": "Arial"}


def test_pages_carry_title_marking_version_and_numbers(parts: dict[str, bytes]) -> None:
    header, footer = parts["word/header1.xml"].decode(), parts["word/footer1.xml"].decode()
    for text in ("Technology options 2012-13", "Restricted until published", "DRAFT"):
        assert text in header
    for text in ("Version 0.4", "23 January 2013", " PAGE ", " NUMPAGES ", "Made-up example"):
        assert text in footer
    document = parts["word/document.xml"].decode()
    assert "<w:titlePg" in document
    assert 'w:w="11906"' in document


def test_properties_are_the_documents_own(parts: dict[str, bytes]) -> None:
    core = parts["docProps/core.xml"].decode()
    assert "<dc:title>Technology options 2012-13</dc:title>" in core
    assert core.count("2013-01-23T00:00:00Z") == 2
    assert "<dc:language>en-GB</dc:language>" in core
    assert b"data:image" not in parts["word/document.xml"]


@pytest.mark.extras
@pytest.mark.skipif(SOFFICE is None, reason="needs: LibreOffice Writer (soffice) on the path")
def test_an_office_program_opens_it(files: dict[str, Path], tmp_path: Path) -> None:
    assert SOFFICE is not None
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    command = [SOFFICE, home, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(files["docx"])], check=True, capture_output=True, timeout=100)
    pages = PdfReader(tmp_path / "options-report.pdf").pages
    assert "Technology options" in pages[0].extract_text()
    assert "Page 2 of" in pages[1].extract_text()
    everything = " ".join(" ".join(page.extract_text().split()) for page in pages)
    assert "What is not known" in everything
    assert "Table 3" in everything
