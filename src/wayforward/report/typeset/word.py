"""The report as a Word document: real heading styles, filled contents, pictures with their text."""

from __future__ import annotations

import base64
import io
import re
import zipfile
from collections.abc import Callable
from itertools import count
from typing import TypeAlias
from xml.sax.saxutils import escape, quoteattr

from wayforward.report.typeset import nodes, pandoc
from wayforward.report.typeset.body import body
from wayforward.report.typeset.document import (
    Callout,
    Document,
    Figure,
    Heading,
    Node,
    Table,
    anchor,
    long_date,
)
from wayforward.report.typeset.figures import picture
from wayforward.report.typeset.layout import (
    PADDING_POINTS,
    SetCell,
    SetColumn,
    SetTable,
    Slack,
    lay_out,
    with_widths,
)
from wayforward.report.typeset.numbering import (
    DATA_ANNEX,
    Entry,
    Numbered,
    data_id,
    with_data_annex,
)
from wayforward.report.typeset.word_styles import (
    FIXED_TIME,
    LAPIS,
    QUIET,
    SHADES,
    TEXT_WIDTH,
    paragraph,
    reference,
    text_run,
)

Bookmark: TypeAlias = Callable[[str, str], str]

# Source Sans has no open dot; Word would pick a face of its own.
SYMBOLS = '<w:rFonts w:ascii="Segoe UI Symbol" w:hAnsi="Segoe UI Symbol" w:cs="Segoe UI Symbol"/>'
# Word has no copy of Source Sans, and what stands in for it is wider: Arial by an eighth, and by a
# quarter the sans of machines that have neither.
ANY_TYPEFACE = Slack(1.2, 1.4)
# Clear of the numbers that pandoc gives to its own bookmarks.
FIRST_BOOKMARK = 100_000


def write(numbered: Numbered) -> bytes:
    """The whole file."""
    numbered = with_data_annex(numbered)
    document = numbered.document
    tree = [_raw(_title_page(document)), *body(numbered, _Word(numbered))]
    meta = {
        "title": _meta(document.title),
        "subtitle": _meta(document.subtitle),
        "description": _meta(document.subtitle),
        "lang": _meta(document.language),
        "keywords": {"t": "MetaList", "c": [_meta(document.status), _meta(document.marking)]},
    }
    made = pandoc.write(tree, "docx", document.date, meta=meta, reference=reference(document))
    return _finished(made, document)


def _finished(docx: bytes, document: Document) -> bytes:
    """The same file with the document's own date, and times in the archive that never change.

    In its sandbox pandoc knows no time and writes 1970; it also repeats each picture's data as the
    description of its drawing.
    """
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(docx)) as given,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as result,
    ):
        for name in given.namelist():
            content = given.read(name)
            if name == "docProps/core.xml":
                day = document.date.isoformat().encode()
                content = content.replace(b"1970-01-01T", day + b"T")
            elif name == "word/document.xml":
                content = re.sub(rb' descr="data:image/png;base64,[^"]*"', b' descr=""', content)
            result.writestr(zipfile.ZipInfo(name, FIXED_TIME), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _meta(text: str) -> Node:
    return {"t": "MetaInlines", "c": nodes.inlines(" ".join(text.split()))}


def _raw(text: str) -> Node:
    return nodes.raw_block("openxml", text)


def _title_page(document: Document) -> str:
    facts = [
        ("Version", document.version),
        ("Date", long_date(document.date)),
        ("Status", document.status),
        ("Handling", document.marking),
    ]
    rows = [
        paragraph("Fact", text_run(name, f'<w:color w:val="{QUIET}"/>') + _TAB
                  + text_run(value, "<w:b/>"))
        for name, value in facts
        if value
    ]  # fmt: skip
    if document.draft:
        rows.append(paragraph("DraftMark", text_run("DRAFT")))
    if document.notice and not document.brief:  # where the first page has a foot, that says it
        rows.append(paragraph("Notice", text_run(document.notice)))
    return "".join(rows)


_TAB = "<w:r><w:tab/></w:r>"


class _Word:
    """The parts of the body that are written here and not by pandoc."""

    def __init__(self, numbered: Numbered) -> None:
        self.numbered = numbered
        self.bookmarks = count(FIRST_BOOKMARK)
        self.annex = next((entry.number for entry in numbered.contents if entry.anchor == DATA_ANNEX), "")

    def heading(self, heading: Heading) -> list[Node]:
        text = nodes.inlines(" ".join(heading.text.split()))
        if heading.number:
            number = text_run(f"{heading.number}\u00a0 ")
            text = [nodes.raw_inline("openxml", number), *text]
        return [{"t": "Header", "c": [heading.level, nodes.attributes(anchor(heading.id)), text]}]

    def lead(self, paragraph: Node) -> list[Node]:
        return [nodes.styled([paragraph], "lead", "Lead")]

    def table(self, table: Table, label: str) -> list[Node]:
        laid = lay_out(table, slack=ANY_TYPEFACE)
        caption = self._caption(label, table.caption, table.id, laid.unit)
        drawn = _table(laid, table.caption, self._bookmark)
        return [_raw(f"{caption}{drawn}{_notes(laid)}{paragraph('AfterTable', '')}")]

    def figure(self, figure: Figure, label: str) -> list[Node]:
        address = f"data:image/png;base64,{base64.b64encode(figure.png).decode()}"
        width = f"{picture(figure.svg, 'w').width_mm / 10:.2f}cm"
        image: Node = {
            "t": "Image",
            "c": [
                nodes.attributes("", (), [("width", width)]),
                nodes.inlines(" ".join(figure.alt.split())),
                [address, ""],
            ],
        }
        after = _source(figure.source_note, keep=figure.table is not None)
        if figure.table:
            told = text_run(f"Data: annex {self.annex}, {label} data")
            after += paragraph("TableNote", _to(data_id(figure), told))
        return [
            _raw(self._caption(label, figure.caption, figure.id)),
            nodes.styled([nodes.para([image])], "figure", "Figure"),
            _raw(f"{after}{paragraph('AfterTable', '')}"),
        ]

    def callout(self, callout: Callout) -> list[Node]:
        return [_raw(paragraph("Callout", text_run(callout.text)))]

    def contents(self) -> list[Node]:
        """The entries as links, without page numbers.

        Only Word knows where its pages end: the PDF's numbers would be untrue here, and fields that
        are due to be updated make Word ask a question when it opens the file. "Update field" fills
        the numbers in.
        """
        entries = self.numbered.contents
        if not entries or self.numbered.document.brief:
            return []
        rows = [_entry(entry) for entry in entries]
        rows[0] = _entry(entries[0], before=_CONTENTS_BEGIN)
        rows.append(paragraph("TOC2", '<w:r><w:fldChar w:fldCharType="end"/></w:r>'))
        heading = paragraph("TOCHeading", text_run("Contents"))
        return [_raw(_CONTENTS.format(heading + "".join(rows)))]

    def page_break(self) -> list[Node]:
        return [_raw('<w:p><w:r><w:br w:type="page"/></w:r></w:p>')]

    def prose_table(self, node: Node) -> Node:
        return with_widths(node)

    def link(self, node: Node) -> Node:
        """Links within the report read as text, as they do on paper."""
        target = node["c"][2][0].removeprefix("#")
        return nodes.raw_inline("openxml", _to(target, text_run(nodes.plain(node["c"][1]))))

    def _bookmark(self, name: str, content: str) -> str:
        number = next(self.bookmarks)
        return (
            f'<w:bookmarkStart w:id="{number}" w:name={quoteattr(anchor(name))}/>{content}'
            f'<w:bookmarkEnd w:id="{number}"/>'
        )

    def _caption(self, label: str, caption: str, name: str, unit: str = "") -> str:
        content = text_run(" ".join(caption.split()))
        if unit:
            quiet = f'<w:b w:val="0"/><w:color w:val="{QUIET}"/><w:sz w:val="18"/>'
            content += text_run(f"\u2002{unit}", quiet)
        if label:
            kind, number = label.split(" ")
            lapis = f'<w:color w:val="{LAPIS}"/>'
            field = f'<w:fldSimple w:instr=" SEQ {kind} \\* ARABIC ">{text_run(number, lapis)}</w:fldSimple>'
            content = text_run(f"{kind} ", lapis) + field + text_run("\u00a0 ") + content
        return paragraph("Caption", self._bookmark(name, content))


_CONTENTS = (
    '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/>'
    "</w:docPartObj></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
)
_CONTENTS_BEGIN = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    '<w:r><w:instrText xml:space="preserve"> TOC \\o "1-2" \\h \\z \\u </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
)


def _entry(entry: Entry, before: str = "") -> str:
    number = text_run(entry.number) + _TAB if entry.number else ""
    content = number + text_run(" ".join(entry.text.split()))
    left = (0, 454)[entry.level - 1]
    flush = "" if entry.number else f'<w:ind w:left="{left}" w:firstLine="0"/>'
    return paragraph(f"TOC{entry.level}", before + _to(entry.anchor, content), flush)


def _to(name: str, content: str) -> str:
    return f'<w:hyperlink w:anchor={quoteattr(anchor(name))} w:history="1">{content}</w:hyperlink>'


def _out(address: str, content: str) -> str:
    code = quoteattr(f' HYPERLINK "{address}" ')
    return f"<w:fldSimple w:instr={code}>{content}</w:fldSimple>"


def _table(laid: SetTable, caption: str, bookmark: Bookmark) -> str:
    widths = _twips([column.share for column in laid.columns])
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    size = f'<w:sz w:val="{round(laid.points * 2)}"/><w:szCs w:val="{round(laid.points * 2)}"/>'
    head = "".join(
        _head_cell(column, width, size, _edge(place))
        for place, (column, width) in enumerate(zip(laid.columns, widths, strict=True))
    )
    told_below = bool(laid.notes or laid.source_note)
    rows = "".join(
        "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
        + "".join(
            _cell(cell, width, size, bookmark, _edge(place), keep=told_below and row is laid.rows[-1])
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        + "</w:tr>"
        for row in laid.rows
    )
    told = escape(" ".join(nodes.clean(caption).split()), {'"': "&quot;"})
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="Table"/><w:tblW w:w="{TEXT_WIDTH}" w:type="dxa"/>'
        # Word widens a column rather than break a word in it; LibreOffice takes the widths as they are.
        f'<w:tblLayout w:type="autofit"/>{_close(laid.padding)}<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" '
        'w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f'<w:tblCaption w:val="{told}"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>{rows}</w:tbl>"
    )


def _close(padding: float) -> str:
    """Cells closer than the style has them."""
    if padding >= PADDING_POINTS:
        return ""
    sides = (f'<w:{side} w:w="{round(padding * 10)}" w:type="dxa"/>' for side in ("left", "right"))
    return f"<w:tblCellMar>{''.join(sides)}</w:tblCellMar>"


def _twips(shares: list[float]) -> list[int]:
    widths = [round(share * TEXT_WIDTH) for share in shares]
    widths[0] += TEXT_WIDTH - sum(widths)
    return widths


def _edge(place: int) -> str:
    """The first column begins where the caption does."""
    return '<w:tcMar><w:left w:w="0" w:type="dxa"/></w:tcMar>' if place == 0 else ""


def _head_cell(column: SetColumn, width: int, size: str, edge: str) -> str:
    content = text_run(column.title, f"<w:b/>{size}")
    if column.unit:
        plain = f'<w:b w:val="0"/><w:color w:val="{QUIET}"/>{size}'
        content += f"<w:r><w:br/></w:r>{text_run(column.unit, plain)}"
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{edge}</w:tcPr>'
        f"{paragraph('TableHead', content, _side(column.align))}</w:tc>"
    )


def _side(align: str) -> str:
    return '<w:jc w:val="right"/>' if align == "right" else ""


def _cell(cell: SetCell, width: int, size: str, bookmark: Bookmark, edge: str, keep: bool) -> str:
    """A cell; with ``keep`` it stays on one page with what follows, as the last row does with the notes."""
    strong = "<w:b/>" if cell.emphasis == "strong" else ""
    colour = f'<w:color w:val="{QUIET}"/>' if cell.emphasis == "muted" else ""
    content = text_run(cell.text, f"{strong}{colour}{size}")
    if cell.link:
        content = _to(cell.link, content) if not nodes.outside(cell.link) else _out(cell.link, content)
    if cell.emphasis == "illustrative":
        content += text_run("\u00a0○", f'{SYMBOLS}<w:color w:val="{QUIET}"/>{size}')
    if cell.note:
        content += text_run(cell.note, f'{size}<w:vertAlign w:val="superscript"/>')
    if cell.id:
        content = bookmark(cell.id, content)
    fill = SHADES.get(cell.emphasis, "")
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}{edge}</w:tcPr>'
        f"{paragraph('TableText', content, ('<w:keepNext/>' if keep else '') + _side(cell.align))}</w:tc>"
    )


def _notes(laid: SetTable) -> str:
    rows = [paragraph("TableNote", _mark(mark) + text_run(text)) for mark, text in laid.notes]
    return "".join(rows) + _source(laid.source_note)


def _mark(mark: str) -> str:
    raised = '<w:vertAlign w:val="superscript"/>' if mark.isalpha() else SYMBOLS
    return text_run(mark, raised) + text_run(" ") if mark else ""


def _source(text: str, keep: bool = False) -> str:
    if not text:
        return ""
    told = text_run("Source: ", "<w:b/>") + text_run(text.removeprefix("Source: "))
    return paragraph("TableNote", told, "<w:keepNext/>" if keep else "")
