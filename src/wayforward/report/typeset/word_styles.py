"""The reference document of the Word report: pandoc's own, with our styles, header and footer."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, replace
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from wayforward.report.typeset import nodes, pandoc
from wayforward.report.typeset.document import Document, long_date

LAPIS = "1D3F72"
QUIET = "4B5563"
RULE = "C9CED6"
PAPER = "F4F6F9"
SHADES = {
    "shade-1": "EEF2F8",
    "shade-2": "D9E3F0",
    "shade-3": "C1D1E6",
    "shade-4": "A6BEDB",
    "shade-5": "8AA9CE",
}
MARGIN = 1417
TEXT_WIDTH = 9072
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PART = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_NAMESPACES = f'xmlns:w="{_W}" xmlns:r="{_R}"'
OUR_NAMES = {
    *("First Paragraph", "Compact", "Lead", "Title Page Fact", "Notice", "Draft Mark", "Callout"),
    *("Footnote Block Text", "Figure", "Table Text", "Table Head", "Table Note", "After Table"),
    *("Source Code", "Footer Line"),
}
FIXED_TIME = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Style:
    """A paragraph style; sizes and distances are in points."""

    id: str
    name: str
    based: str = "Normal"
    next: str = ""
    size: float = 0
    before: float | None = None
    after: float | None = None
    line: float | None = None
    colour: str = ""
    bold: bool | None = None
    outline: int | None = None
    keep: bool = False
    new_page: bool = False
    more: str = ""


def _toc_tabs(left: int) -> str:
    return (
        f'<w:tabs><w:tab w:val="left" w:pos="{left}"/>'
        f'<w:tab w:val="right" w:leader="dot" w:pos="{TEXT_WIDTH}"/></w:tabs>'
    )


_BAR = f'<w:pBdr><w:left w:val="single" w:sz="24" w:space="8" w:color="{LAPIS}"/></w:pBdr>'
_FILL = f'<w:shd w:val="clear" w:color="auto" w:fill="{PAPER}"/>'
_EDGE = f'<w:pBdr><w:{{}} w:val="single" w:sz="4" w:space="4" w:color="{RULE}"/></w:pBdr>'
_ENDS = f'<w:tabs><w:tab w:val="right" w:pos="{TEXT_WIDTH}"/></w:tabs>'
_FACTS = '<w:tabs><w:tab w:val="left" w:pos="1814"/></w:tabs>'
_HANGING = '<w:ind w:left="{0}" w:hanging="{1}"/>'

STYLES = (
    Style("BodyText", "Body Text", after=7),
    Style("FirstParagraph", "First Paragraph", "BodyText", "BodyText"),
    Style("Compact", "Compact", "BodyText", after=3),
    Style("Lead", "Lead", "BodyText", "BodyText", 13.5, after=10, line=1.1),
    Style("Title", "Title", next="Subtitle", size=32, before=150, after=6, line=1.0, colour=LAPIS,
          bold=True),
    Style("Subtitle", "Subtitle", next="BodyText", size=16, after=36),
    Style("Fact", "Title Page Fact", after=6, more=_FACTS),
    Style("Notice", "Notice", size=9.5, before=160, more=_EDGE.format("top")),
    Style("DraftMark", "Draft Mark", size=11, colour=LAPIS, bold=True),
    Style("Heading1", "heading 1", next="BodyText", size=21, before=0, after=12, line=1.0,
          colour=LAPIS, bold=True, outline=0, keep=True, new_page=True),
    Style("Heading2", "heading 2", next="BodyText", size=14.5, before=18, after=6, line=1.0,
          colour=LAPIS, bold=True, outline=1, keep=True),
    Style("Heading3", "heading 3", next="BodyText", size=12, before=14, after=5, line=1.0,
          colour=LAPIS, bold=True, outline=2, keep=True),
    Style("Heading4", "heading 4", next="BodyText", size=11, before=12, after=4, line=1.0,
          colour=LAPIS, bold=True, outline=3, keep=True),
    Style("TOCHeading", "TOC Heading", next="BodyText", size=21, after=12, line=1.0, colour=LAPIS,
          bold=True, keep=True, new_page=True),
    Style("TOC1", "toc 1", next="BodyText", before=7, after=2, bold=True,
          more=_toc_tabs(454) + _HANGING.format(454, 454)),
    Style("TOC2", "toc 2", next="BodyText", after=2,
          more=_toc_tabs(1021) + _HANGING.format(1021, 567)),
    Style("BlockText", "Block Text", "BodyText", before=6, colour=QUIET, more='<w:ind w:left="284"/>'),
    Style("FootnoteText", "footnote text", size=8.5, after=2, line=1.0),
    Style("FootnoteBlockText", "Footnote Block Text", "FootnoteText"),
    Style("Caption", "caption", next="BodyText", size=10.5, before=14, after=5, line=1.0, bold=True,
          keep=True),
    Style("Figure", "Figure", after=3, line=1.0, keep=True),
    Style("TableText", "Table Text", size=9.5, before=0.5, after=0.5, line=0.95),
    Style("TableHead", "Table Head", "TableText", bold=True, keep=True),
    Style("TableNote", "Table Note", size=8, before=2, after=0, line=1.0, colour=QUIET),
    Style("AfterTable", "After Table", size=6, after=6, line=1.0),
    Style("Callout", "Callout", "BodyText", before=8, after=10, more=_BAR + _FILL
          + '<w:ind w:left="227" w:right="113"/>'),
    Style("SourceCode", "Source Code", "BodyText", size=9, line=1.0, more=_FILL),
    Style("Header", "header", size=8.5, line=1.0, after=0, colour=QUIET,
          more=_EDGE.format("bottom") + _ENDS),
    Style("Footer", "footer", size=8.5, line=1.0, after=0, colour=QUIET,
          more=_EDGE.format("top") + _ENDS),
    Style("FooterLine", "Footer Line", size=8.5, line=1.0, after=0, colour=QUIET),
)  # fmt: skip


# A paper of a few pages begins at the top of its first and goes on.
BRIEF: dict[str, dict[str, Any]] = {
    "Title": {"size": 22, "before": 0},
    "Subtitle": {"size": 13, "after": 12},
    "Fact": {"after": 1},
    "Lead": {"before": 12, "after": 6},
    "Compact": {"after": 1.5, "line": 1.05},
    "Heading1": {"size": 14.5, "before": 14, "after": 4, "new_page": False},
}


def _styles_of(document: Document) -> tuple[Style, ...]:
    changes = BRIEF if document.brief else {}
    return tuple(replace(style, **changes.get(style.id, {})) for style in STYLES)


def reference(document: Document) -> bytes:
    """The reference document for one report, as the bytes of a docx."""
    told = {
        "word/styles.xml": _styles(document),
        "word/header1.xml": _header(document),
        "word/footer1.xml": _footer(document),
        "word/header2.xml": _empty("hdr"),
        "word/footer2.xml": _empty("ftr"),
        "word/fontTable.xml": _FONTS,
    }
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(pandoc.default_reference())) as base,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as result,
    ):
        for name in base.namelist():
            text = base.read(name).decode()
            _add(result, name, told.pop(name, "") or _edited(name, text, document))
        for name, text in told.items():
            _add(result, name, text)
    return made.getvalue()


def _add(archive: zipfile.ZipFile, name: str, text: str) -> None:
    archive.writestr(zipfile.ZipInfo(name, FIXED_TIME), text.encode(), zipfile.ZIP_DEFLATED)


def _edited(name: str, text: str, document: Document) -> str:
    if name == "[Content_Types].xml":
        types = "".join(
            f'<Override PartName="/word/{kind}{number}.xml" ContentType="{_PART}.{kind}+xml"/>'
            for kind in ("header", "footer")
            for number in (1, 2)
        )
        return text.replace("</Types>", f"{types}</Types>")
    if name == "word/_rels/document.xml.rels":
        links = "".join(
            f'<Relationship Id="rId9{place}{number}" Type="{_R}/{kind}" Target="{kind}{number}.xml"/>'
            for place, kind in enumerate(("header", "footer"))
            for number in (1, 2)
        )
        return text.replace("</Relationships>", f"{links}</Relationships>")
    if name == "word/document.xml":
        start = text.index("<w:sectPr")
        section = _SECTION.replace("<w:titlePg/>", "") if document.brief else _SECTION
        return text[:start] + section + text[text.index("</w:sectPr>") + len("</w:sectPr>") :]
    if name == "word/settings.xml":
        return text.replace(
            '<w:themeFontLang w:val="en-US" />',
            f"<w:themeFontLang w:val={quoteattr(document.language)} />",
        ).replace("<w:rsids>", f"{_COMPATIBLE}<w:rsids>")
    return text


_COMPATIBLE = (
    '<w:compat><w:compatSetting w:name="compatibilityMode" '
    'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
)

_SECTION = (
    '<w:sectPr><w:headerReference w:type="default" r:id="rId901"/>'
    '<w:headerReference w:type="first" r:id="rId902"/>'
    '<w:footerReference w:type="default" r:id="rId911"/>'
    '<w:footerReference w:type="first" r:id="rId912"/>'
    '<w:pgSz w:w="11906" w:h="16838"/>'
    f'<w:pgMar w:top="{MARGIN}" w:right="{MARGIN}" w:bottom="{MARGIN}" w:left="{MARGIN}" '
    'w:header="680" w:footer="624" w:gutter="0"/><w:titlePg/></w:sectPr>'
)

_FONTS = (
    f'<?xml version="1.0" encoding="UTF-8"?><w:fonts {_NAMESPACES}>'
    '<w:font w:name="Source Sans Pro"><w:altName w:val="Calibri"/>'
    '<w:panose1 w:val="020B0503030403020204"/><w:charset w:val="00"/>'
    '<w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font>'
    '<w:font w:name="Calibri"><w:altName w:val="Arial"/><w:panose1 w:val="020F0502020204030204"/>'
    '<w:charset w:val="00"/><w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font>'
    '<w:font w:name="Courier New"><w:family w:val="modern"/><w:pitch w:val="fixed"/></w:font>'
    "</w:fonts>"
)


def _styles(document: Document) -> str:
    lang = quoteattr(document.language)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><w:styles {_NAMESPACES}>'
        "<w:docDefaults><w:rPrDefault><w:rPr>"
        '<w:rFonts w:ascii="Source Sans Pro" w:hAnsi="Source Sans Pro" w:cs="Source Sans Pro" '
        'w:eastAsia="Source Sans Pro"/><w:sz w:val="22"/><w:szCs w:val="22"/>'
        f'<w:lang w:val={lang} w:eastAsia={lang} w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:after="0" w:line="276" w:lineRule="auto"/></w:pPr>'
        "</w:pPrDefault></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        "<w:qFormat/></w:style>"
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:semiHidden/></w:style>'
        f"{''.join(map(_style, _styles_of(document)))}{_CHARACTER_STYLES}{_TABLE_STYLES}</w:styles>"
    )


def _style(style: Style) -> str:
    spacing = ""
    if style.before is not None or style.after is not None or style.line is not None:
        parts = [("before", style.before, 20), ("after", style.after, 20), ("line", style.line, 240)]
        told = " ".join(
            f'w:{name}="{round(value * unit)}"' for name, value, unit in parts if value is not None
        )
        auto = ' w:lineRule="auto"' if style.line is not None else ""
        spacing = f"<w:spacing {told}{auto}/>"
    # The schema fixes the order of what a paragraph style may hold.
    border, tabs, indent, fill = (_part(style.more, tag) for tag in ("pBdr", "tabs", "ind", "shd"))
    outline = f'<w:outlineLvl w:val="{style.outline}"/>' if style.outline is not None else ""
    paragraph = (
        ("<w:keepNext/><w:keepLines/>" if style.keep else "")
        + ("<w:pageBreakBefore/>" if style.new_page else "")
        + border + fill + tabs + spacing + indent + outline
    )  # fmt: skip
    size = f'<w:sz w:val="{round(style.size * 2)}"/><w:szCs w:val="{round(style.size * 2)}"/>'
    letters = (
        ("<w:b/>" if style.bold else "")
        + (f'<w:color w:val="{style.colour}"/>' if style.colour else "")
        + (size if style.size else "")
    )
    own = ' w:customStyle="1"' if style.name in OUR_NAMES else ""
    following = f'<w:next w:val="{style.next}"/>' if style.next else ""
    return (
        f'<w:style w:type="paragraph"{own} w:styleId="{style.id}"><w:name w:val="{style.name}"/>'
        f'<w:basedOn w:val="{style.based}"/>{following}<w:qFormat/>'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{letters}</w:rPr></w:style>"
    )


def _part(more: str, tag: str) -> str:
    start = more.find(f"<w:{tag}")
    if start < 0:
        return ""
    closing = f"</w:{tag}>"
    if closing in more:
        return more[start : more.index(closing) + len(closing)]
    return more[start : more.index("/>", start) + 2]


_CHARACTER_STYLES = (
    '<w:style w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/>'
    '<w:basedOn w:val="DefaultParagraphFont"/><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
    "</w:style>"
    '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/>'
    f'<w:basedOn w:val="DefaultParagraphFont"/><w:rPr><w:color w:val="{LAPIS}"/><w:u w:val="single"/>'
    "</w:rPr></w:style>"
    '<w:style w:type="character" w:customStyle="1" w:styleId="VerbatimChar">'
    '<w:name w:val="Verbatim Char"/><w:basedOn w:val="DefaultParagraphFont"/>'
    '<w:rPr><w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New"/><w:sz w:val="20"/>'
    "</w:rPr></w:style>"
)


def _rule(side: str, size: int, colour: str) -> str:
    return f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="{colour}"/>'


_TABLE_STYLES = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>'
    '<w:style w:type="table" w:customStyle="1" w:styleId="Table"><w:name w:val="Table"/>'
    '<w:basedOn w:val="TableNormal"/><w:qFormat/>'
    '<w:rPr><w:sz w:val="19"/><w:szCs w:val="19"/></w:rPr><w:tblPr><w:tblBorders>'
    f"{_rule('top', 8, LAPIS)}{_rule('bottom', 6, LAPIS)}{_rule('insideH', 4, RULE)}"
    '</w:tblBorders><w:tblCellMar><w:top w:w="28" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>'
    '<w:bottom w:w="28" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr><w:tcBorders>'
    f'{_rule("bottom", 8, LAPIS)}</w:tcBorders><w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr>'
    "</w:style>"
)


def text_run(text: str, properties: str = "") -> str:
    """A run of plain text; line breaks are kept."""
    inner = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in nodes.clean(text).split("\n")
    )
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{inner}</w:r>"


def _field(code: str) -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> {code}'
        ' </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        '<w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def paragraph(style: str, content: str, properties: str = "") -> str:
    """A paragraph in a style."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{content}</w:p>'


_TAB = "<w:r><w:tab/></w:r>"


def _header(document: Document) -> str:
    marking = text_run(_line(document.marking), "<w:b/>")
    draft = text_run("   DRAFT", f'<w:b/><w:color w:val="{LAPIS}"/>') if document.draft else ""
    inner = paragraph("Header", text_run(_line(document.title)) + _TAB + marking + draft)
    return f'<?xml version="1.0" encoding="UTF-8"?><w:hdr {_NAMESPACES}>{inner}</w:hdr>'


def _footer(document: Document) -> str:
    told = [document.version and f"Version {document.version}", long_date(document.date), document.status]
    edition = text_run(" · ".join(_line(one) for one in told if one))
    page = text_run("Page ") + _field("PAGE") + text_run(" of ") + _field("NUMPAGES")
    inner = paragraph("Footer", edition + _TAB + page)
    if document.notice:
        inner += paragraph("FooterLine", text_run(_line(document.notice)))
    return f'<?xml version="1.0" encoding="UTF-8"?><w:ftr {_NAMESPACES}>{inner}</w:ftr>'


def _empty(kind: str) -> str:
    inner = paragraph("FooterLine", "")
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{kind} {_NAMESPACES}>{inner}</w:{kind}>'


def _line(text: str) -> str:
    return " ".join(nodes.clean(text).split())
