"""What is active in a page, a document or a sheet and carries the mark of a payload; empty where nothing is."""

import csv
import io
import re
import zipfile
from html.parser import HTMLParser
from xml.etree import ElementTree

from tests.hostile.payloads import MARK

HARMLESS = ("http://", "https://", "mailto:", "/", "#", "?", "")
ADDRESSES = (
    "href",
    "src",
    "action",
    "formaction",
    "data",
    "xlink:href",
    "poster",
    "srcset",
    "cite",
    "background",
)
NEVER = ("iframe", "object", "embed", "base", "applet", "frame", "frameset")
FORMULA = ("=", "+", "-", "@", "\t", "\r")
FIELDS = re.compile(rb"<w:instrText[^>]*>([^<]*)<|w:instr=\"([^\"]*)\"")
PDF_ACTIONS = (
    "/JavaScript",
    "/JS",
    "/Launch",
    "/SubmitForm",
    "/ImportData",
    "/EmbeddedFile",
    "/GoToR",
    "/RichMedia",
)


class _Page(HTMLParser):
    """Reads a page and keeps what a browser would run, load or follow because of a payload."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.within = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in NEVER:
            self.found.append(f"<{tag}>")
        if tag == "meta" and given.get("http-equiv", "").casefold() == "refresh" and MARK in str(given):
            self.found.append("<meta refresh>")
        for name, value in given.items():
            if name.startswith("on") or MARK.casefold() in name:
                self.found.append(f"<{tag} {name}>")
            if name == "style" and MARK in value:
                self.found.append(f"<{tag} style>")
            if name in ADDRESSES and not _harmless(value):
                self.found.append(f'<{tag} {name}="{value[:60]}">')
            if name == "srcdoc":
                self.found.append(f"<{tag} srcdoc>")
        if tag in ("script", "style"):
            self.within = tag

    def handle_endtag(self, tag: str) -> None:
        self.within = "" if tag == self.within else self.within

    def handle_data(self, data: str) -> None:
        if self.within and MARK in data:
            self.found.append(f"<{self.within}> holds a payload")


def _harmless(address: str) -> bool:
    """Whether an address is one of the web, of the site itself, or a picture in the page."""
    plain = re.sub(r"[\x00-\x20]", "", address).casefold()
    if ":" not in plain.partition("/")[0].partition("?")[0]:
        return "wfx.example" not in plain
    return plain.startswith(("https:", "http:", "mailto:")) or bool(
        re.match(r"data:(image/(png|svg\+xml|jpeg)|font/)", plain)
    )


def in_html(page: str) -> list[str]:
    reader = _Page()
    reader.feed(page)
    reader.close()
    return reader.found


def in_word(document: bytes) -> list[str]:
    """Fields, macros and outside files in a Word file; links to the web are none."""
    found = []
    with zipfile.ZipFile(io.BytesIO(document)) as parts:
        for name in parts.namelist():
            content = parts.read(name)
            if name.endswith((".bin", ".exe", ".js", ".vbs")) or "vba" in name.casefold():
                found.append(name)
            if name.endswith(".xml"):
                ElementTree.fromstring(content)
                for one, other in FIELDS.findall(content):
                    if MARK.encode() in one + other:
                        found.append(f"{name}: field {(one + other)[:60]!r}")
            if name.endswith(".rels"):
                found += [f"{name}: {target}" for target in _outside(content) if not _harmless(target)]
    return found


def _outside(relations: bytes) -> list[str]:
    return [
        one.get("Target", "")
        for one in ElementTree.fromstring(relations)
        if one.get("TargetMode") == "External"
    ]


def in_pdf(document: bytes) -> list[str]:
    """Actions other than following a link of the web, in any object of a PDF."""
    from pypdf import PdfReader
    from pypdf.generic import ArrayObject, DictionaryObject

    reader = PdfReader(io.BytesIO(document))
    found: list[str] = []

    def look(one: object) -> None:
        if isinstance(one, DictionaryObject):
            found.extend(name for name in PDF_ACTIONS if name in one)
            if one.get("/S") == "/URI" and not _harmless(str(one.get("/URI", ""))):
                found.append(f"link {one.get('/URI')}")
            for value in one.values():
                if not hasattr(value, "idnum"):
                    look(value)
        elif isinstance(one, ArrayObject):
            for value in one:
                if not hasattr(value, "idnum"):
                    look(value)

    for number in range(1, int(str(reader.trailer["/Size"]))):
        look(reader.get_object(number))
    return found


def in_workbook(content: bytes, formulas: bool = False) -> list[str]:
    """Formulas, links and outside files in a workbook; where it may have formulas of its own, those with a payload."""
    found = []
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        for name in parts.namelist():
            text = parts.read(name)
            if "externalLink" in name or "vba" in name.casefold():
                found.append(name)
            if name.endswith(".rels"):
                found += [f"{name}: {target}" for target in _outside(text)]
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                for formula in re.findall(rb"<f[ >][^<]*</f>|<f>[^<]*</f>", text):
                    if not formulas or MARK.encode() in formula:
                        found.append(f"{name}: formula {formula[:60]!r}")
    return found


def in_csv(text: str) -> list[str]:
    """Cells that a spreadsheet would take for a formula; a number below nought is none."""
    return [
        cell[:60]
        for row in csv.reader(io.StringIO(text, newline=""))
        for cell in row
        if cell.startswith(FORMULA) and not re.fullmatch(r"-?[0-9.]+(e[+-]?[0-9]+)?", cell)
    ]
