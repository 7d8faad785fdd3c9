"""The sample report, rendered once for all tests of what came out."""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from pypdf import PdfReader

from tests.report.typeset import sample
from wayforward.report.typeset.render import render

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The files of the sample report, by format."""
    return render(sample.report(), tmp_path_factory.mktemp("report"), quotes=sample.SampleQuotes())


@pytest.fixture(scope="session")
def html(files: dict[str, Path]) -> str:
    """The web page."""
    return files["html"].read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def pdf(files: dict[str, Path]) -> PdfReader:
    """The PDF."""
    return PdfReader(files["pdf"])


@pytest.fixture(scope="session")
def parts(files: dict[str, Path]) -> dict[str, bytes]:
    """The parts of the Word document, by name."""
    with zipfile.ZipFile(files["docx"]) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="session")
def word(parts: dict[str, bytes]) -> ET.Element:
    """The body of the Word document."""
    return ET.fromstring(parts["word/document.xml"])


def words(element: ET.Element) -> str:
    """The text of a Word paragraph."""
    pieces = (" " if one.tag == f"{W}tab" else one.text or "" for one in _text_nodes(element))
    return " ".join("".join(pieces).split())


def _text_nodes(element: ET.Element) -> Iterator[ET.Element]:
    return (one for one in element.iter() if one.tag in (f"{W}t", f"{W}tab"))


def styled(body: ET.Element, style: str) -> list[str]:
    """The texts of all Word paragraphs in a style."""
    found = []
    for paragraph in body.iter(f"{W}p"):
        named = paragraph.find(f"{W}pPr/{W}pStyle")
        if named is not None and named.get(f"{W}val") == style:
            found.append(words(paragraph))
    return found
