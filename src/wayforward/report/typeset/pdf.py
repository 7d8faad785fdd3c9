"""The report as a tagged PDF (PDF/UA-1), set by Typst in Source Sans."""

from __future__ import annotations

import json
import re
import tempfile
import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

from wayforward.report.typeset import fonts, nodes, pandoc
from wayforward.report.typeset.body import body
from wayforward.report.typeset.document import (
    Callout,
    Document,
    Figure,
    Heading,
    Node,
    RenderError,
    Table,
    anchor,
    long_date,
)
from wayforward.report.typeset.figures import picture
from wayforward.report.typeset.layout import SetCell, lay_out, with_widths
from wayforward.report.typeset.numbering import DATA_ANNEX, Numbered, data_id, with_data_annex

STANDARD: Literal["ua-1"] = "ua-1"
NO_GLYPH = "■"
_CALLS = {"Link", "Note", "Emph", "Strong", "Strikeout", "Superscript", "Subscript", "Code"}


def write(numbered: Numbered, tell: Callable[[str], None] = lambda _: None) -> bytes:
    """The whole file; ``tell`` hears of characters that could not be shown.

    Raises RenderError if a typeface is missing or the result would not be PDF/UA-1.
    """
    numbered = with_data_annex(numbered)
    parts = _Typst(numbered)
    tree = nodes.kept_whole(_terminated(body(numbered, parts)), "typst", "#box[{}];")
    parts.mark_headed(tree)
    source = pandoc.write(tree, "typst", numbered.document.date)
    with tempfile.TemporaryDirectory(prefix="wayforward-pdf-") as name:
        folder = Path(name)
        _copy_template(folder)
        for file, svg in parts.pictures.items():
            (folder / file).write_text(svg, encoding="utf-8")
        (folder / "body.typ").write_bytes(_BODY + source)
        (folder / "report.json").write_text(json.dumps(parts.data(), ensure_ascii=False), encoding="utf-8")
        return _compile(folder, numbered.document, tell)


_BODY = b'#import "report.typ": *\n#show: report\n\n'


def _copy_template(folder: Path) -> None:
    template = (files("wayforward.report.typeset") / "report.typ").read_bytes()
    (folder / "report.typ").write_bytes(template)
    try:
        fonts.copy_faces(folder / "fonts")
    except FileNotFoundError as missing:
        raise RenderError(
            f"the PDF needs the typeface {Path(str(missing.filename)).name}, which is not "
            "installed: install the package font-source-sans-pro"
        ) from missing


def _compile(folder: Path, document: Document, tell: Callable[[str], None]) -> bytes:
    """Compile; characters that no typeface holds are shown as ■, and the caller told which."""
    lacking: set[str] = set()
    while True:
        try:
            return _compile_once(folder, document, tell)
        except RenderError as error:
            found = _lacking(str(error)) - lacking
            if not found:
                raise
            lacking |= found
            for name in ("body.typ", "report.json"):
                _replace(folder / name, found)
            shown = " ".join(f"U+{ord(one):04X}" for text in sorted(found) for one in text)
            tell(f"no typeface holds {shown}: shown as {NO_GLYPH}")


def _compile_once(folder: Path, document: Document, tell: Callable[[str], None]) -> bytes:
    import typst

    day = document.date
    moment = int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())
    try:
        compiler = typst.Compiler(
            input=str(folder / "body.typ"),
            root=str(folder),
            font_paths=[str(folder / "fonts")],
            ignore_system_fonts=True,
        )
        pdf, warnings = compiler.compile_with_warnings(
            format="pdf", pdf_standards=[STANDARD], timestamp=moment
        )
    except typst.TypstError as error:
        told = str(getattr(error, "diagnostic", "") or error)
        reasons = [line for line in told.splitlines() if line.startswith("error: ")]
        raise RenderError(f"the PDF could not be set: {'; '.join(reasons) or told}") from error
    missing = [str(one.message) for one in warnings if "font" in str(one.message)]
    if missing:
        raise RenderError(f"the PDF lacks a typeface: {'; '.join(missing)}")
    if not isinstance(pdf, bytes):
        raise RenderError("the PDF came out empty")
    if any("converge" in str(one.message) for one in warnings):
        tell("its pages did not settle: page numbers named in it may be wrong")
    return pdf


def _lacking(error: str) -> set[str]:
    """The characters that Typst says it can't show."""
    found = re.findall(r'the text `"([^`]*)"` could not be displayed', error)
    texts = (re.sub(r"\\u\{([0-9a-f]+)\}", lambda m: chr(int(m.group(1), 16)), one) for one in found)
    return {character for text in texts for character in text if not character.isascii()}


def _replace(path: Path, characters: set[str]) -> None:
    text = path.read_text(encoding="utf-8")
    for one in sorted(characters):
        text = text.replace(one, "" if unicodedata.category(one) in ("Cf", "Mn") else NO_GLYPH)
    path.write_text(text, encoding="utf-8")


def _terminated(part: Any) -> Any:
    """End each function call of pandoc's Typst before text that would read as a field of it."""
    if isinstance(part, dict):
        return {key: _terminated(value) for key, value in part.items()}
    if not isinstance(part, list):
        return part
    result: list[Any] = []
    for one in part:
        called = bool(result) and isinstance(result[-1], dict) and result[-1].get("t") in _CALLS
        if called and isinstance(one, dict) and str(one.get("c", "")).startswith("."):
            result.append(nodes.raw_inline("typst", ";"))
        result.append(_terminated(one))
    return result


class _Typst:
    """The parts of the body that are set from data, and that data."""

    def __init__(self, numbered: Numbered) -> None:
        self.numbered = numbered
        self.tables: list[dict[str, Any]] = []
        self.figures: list[dict[str, Any]] = []
        self.callouts: list[str] = []
        self.pictures: dict[str, str] = {}
        self.annex = next((entry.number for entry in numbered.contents if entry.anchor == DATA_ANNEX), "")

    def heading(self, heading: Heading) -> list[Node]:
        text = nodes.inlines(" ".join(heading.text.split()))
        if heading.number:
            # Digits, letters and points only: see numbering.
            text = [nodes.raw_inline("typst", f'#heading-number("{_safe(heading.number)}");'), *text]
        return [{"t": "Header", "c": [heading.level, nodes.attributes(anchor(heading.id)), text]}]

    def table(self, table: Table, label: str) -> list[Node]:
        laid = lay_out(table)
        self.tables.append(
            {
                "id": anchor(table.id),
                "label": label,
                "caption": nodes.clean(table.caption),
                "unit": laid.unit,
                "points": laid.points,
                "padding": laid.padding,
                "columns": [
                    {"title": one.title, "unit": one.unit, "align": one.align, "share": one.share}
                    for one in laid.columns
                ],
                "rows": [[_cell(cell) for cell in row] for row in laid.rows],
                "notes": [list(note) for note in laid.notes],
                "source": laid.source_note.removeprefix("Source: "),
            }
        )
        return [nodes.raw_block("typst", f"#data-table({len(self.tables) - 1})")]

    def figure(self, figure: Figure, label: str) -> list[Node]:
        place = len(self.figures)
        drawn = picture(figure.svg, f"f{place}")
        file = f"figure-{place + 1}.svg"
        self.pictures[file] = drawn.svg
        self.figures.append(
            {
                "id": anchor(figure.id),
                "label": label,
                "caption": nodes.clean(figure.caption),
                "alt": nodes.clean(figure.alt),
                "file": file,
                "width": drawn.width_mm,
                "height": drawn.height_mm,
                "least": drawn.least_scale,
                "headed": False,
                "notes": [],
                "source": nodes.clean(figure.source_note).removeprefix("Source: "),
                "data": data_id(figure) if figure.table else "",
                "annex": self.annex,
            }
        )
        return [nodes.raw_block("typst", f"#chart({place})")]

    def mark_headed(self, tree: list[Node]) -> None:
        """Note the figures that follow a heading at once: they stay with it."""
        for before, node in pairwise(tree):
            text = node["c"][1] if before["t"] == "Header" and node["t"] == "RawBlock" else ""
            if found := re.fullmatch(r"#chart\((\d+)\)", text):
                self.figures[int(found.group(1))]["headed"] = True

    def lead(self, paragraph: Node) -> list[Node]:
        return [
            nodes.raw_block("typst", "#lead["),
            paragraph,
            nodes.raw_block("typst", "]"),
        ]

    def callout(self, callout: Callout) -> list[Node]:
        self.callouts.append(nodes.clean(callout.text))
        return [nodes.raw_block("typst", f"#callout({len(self.callouts) - 1})")]

    def contents(self) -> list[Node]:
        return [nodes.raw_block("typst", "#contents()")]

    def page_break(self) -> list[Node]:
        return [nodes.raw_block("typst", "#pagebreak(weak: true)")]

    def prose_table(self, node: Node) -> Node:
        return with_widths(node)

    def link(self, node: Node) -> Node:
        return node

    def _run_on(self) -> list[str]:
        """The annexes between the first and the data: each follows the one before on its page."""
        annexes = [
            entry.anchor
            for entry in self.numbered.contents
            if entry.level == 1 and entry.number.isalpha() and entry.anchor != DATA_ANNEX
        ]
        return annexes[1:]

    def data(self) -> dict[str, Any]:
        """Everything the template shows that is not prose."""
        document = self.numbered.document
        language, _, region = document.language.partition("-")
        facts = [
            ("Version", document.version),
            ("Date", long_date(document.date)),
            ("Status", document.status),
            ("Handling", document.marking),
        ]
        edition = [f"Version {document.version}", long_date(document.date), document.status]
        return {
            "title": _line(document.title),
            "subtitle": _line(document.subtitle),
            "facts": [[name, _line(value)] for name, value in facts if value],
            "edition": " · ".join(_line(one) for one in edition if one),
            "marking": _line(document.marking),
            "notice": _line(document.notice),
            "draft": document.draft,
            "keywords": [
                _line(one) for one in (document.status, document.marking, *document.keywords) if one
            ],
            "lang": language,
            "region": region or None,
            "day": [document.date.year, document.date.month, document.date.day],
            "tables": self.tables,
            "figures": self.figures,
            "callouts": self.callouts,
            "run-on": self._run_on(),
        }


def _line(text: str) -> str:
    return " ".join(nodes.clean(text).split())


def _safe(number: str) -> str:
    return "".join(c for c in number if c.isalnum() or c == ".")


def _cell(cell: SetCell) -> dict[str, str]:
    outside = nodes.outside(cell.link)
    return {
        "text": cell.text,
        "note": cell.note,
        "emphasis": cell.emphasis,
        "align": cell.align,
        "id": anchor(cell.id) if cell.id else "",
        "to": anchor(cell.link) if cell.link and not outside else "",
        "address": cell.link if outside else "",
    }
