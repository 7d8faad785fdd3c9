"""What the three files have in common: headings, captions, alternative text, nothing active."""

import re
from html import unescape
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from pypdf import PdfReader

from tests.report.typeset import sample
from tests.report.typeset.conftest import W, styled
from wayforward.report.typeset.document import Document
from wayforward.report.typeset.narrative import fill
from wayforward.report.typeset.numbering import number, with_data_annex
from wayforward.report.typeset.render import render

CAPTIONS = [
    "Table 1 No option costs more than business as usual",
    "Table 2 Mobile data has furthest to go",
    "Figure 1 The partner option costs least from 2014-15",
    "Table 3 Every figure in this report and where it comes from",
]


def text_of(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def html_headings(html: str) -> list[str]:
    main = html[html.index("<main") : html.index('<section id="footnotes"')]
    return [text_of(one) for one in re.findall(r"<h[2-5][^>]*>.*?</h[2-5]>", main, re.S)]


def html_captions(html: str) -> list[str]:
    found = re.findall(r"<(?:caption|figcaption)[^>]*>(.*?)</(?:caption|figcaption)>", html, re.S)
    return [one for one in map(text_of, found) if re.match(r"(Table|Figure) \d+ (?!data)", one)]


def outlines(pdf: PdfReader) -> list[str]:
    found: list[str] = []

    def walk(items: list[object]) -> None:
        for item in items:
            if isinstance(item, list):
                walk(item)
            else:
                found.append(" ".join(str(item.title).split()))  # type: ignore[attr-defined]

    walk(pdf.outline)
    return found


def expected(document: Document) -> list[str]:
    numbered = number(fill(document, sample.SampleQuotes()))
    return [f"{one.number} {one.text}".strip() for one in numbered.contents]


def test_headings_are_the_same_in_all_three(html: str, word: ET.Element, pdf: PdfReader) -> None:
    told = expected(sample.report())
    assert told[:4] == [
        "Decision asked for",
        "What is not known",
        "1 Background and the case for change",
        "1.1 What officers said",
    ]
    annex = "C Data behind the figures"
    assert html_headings(html) == told
    in_word = []
    for paragraph in word.iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if style is not None and style.get(f"{W}val") in ("Heading1", "Heading2"):
            text = "".join(one.text or "" for one in paragraph.iter(f"{W}t"))
            in_word.append(" ".join(text.split()))
    assert in_word == [*told, annex]
    assert [one for one in outlines(pdf) if one != "Contents"] == [*told, annex]


def test_captions_are_the_same_in_all_three(html: str, word: ET.Element, pdf: PdfReader) -> None:
    assert html_captions(html) == CAPTIONS
    in_word = [one for one in styled(word, "Caption") if " data: " not in one]
    assert in_word == CAPTIONS
    pages = " ".join(" ".join(page.extract_text().split()) for page in pdf.pages)
    for caption in CAPTIONS:
        assert caption in pages


def test_alternative_text_is_in_all_three(html: str, parts: dict[str, bytes], pdf: PdfReader) -> None:
    alt = sample.cost_figure().alt
    assert f">{alt}</title>" in html
    assert f'descr="{alt}"' in parts["word/document.xml"].decode()
    assert alt in alternative_texts(pdf)


def alternative_texts(pdf: PdfReader) -> list[str]:
    found: list[str] = []

    def walk(node: object) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for one in node:
                walk(one)
        elif isinstance(node, dict):
            if "/Alt" in node:
                found.append(str(node["/Alt"]))
            if "/K" in node:
                walk(node["/K"])

    walk(pdf.trailer["/Root"]["/StructTreeRoot"])
    return found


def test_the_data_of_a_figure_is_in_all_three(html: str, word: ET.Element, pdf: PdfReader) -> None:
    details = html[html.index("<details>") : html.index("</details>")]
    assert "Do minimum" in details
    assert any("Figure 1 data: " in one for one in styled(word, "Caption"))
    assert "Figure 1 data: " in pdf.pages[-1].extract_text()


HOSTILE = """\
<script>alert("active-1")</script>

<img src=x onerror=alert("active-2")> [a](javascript:alert(3)) ![b](/etc/passwd)

```{=typst}
#read("/etc/passwd")
```

`#panic("active-4")`{=typst} ```{=openxml}<w:active-5/>```

[](finding:spend).at(0) **bold**.len() [x](https://example.org/"#panic()) \\#panic("active")

# (panic("active-6")) #panic()

= not a heading

+ (1)
"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A report in which every text that comes from people is hostile."""
    from dataclasses import replace

    from wayforward.report.typeset.document import (
        Bullets,
        Callout,
        Cell,
        Column,
        Heading,
        Markdown,
        Paragraph,
        Table,
    )

    bad = '<script>alert(1)</script>#panic("x")]] </w:t><w:active/> \x00\x1b *b* $x$ @ref "q" \\'
    blocks = (
        Heading(1, f'("{bad}")', "h", "1"),
        Heading(2, bad, "h2"),
        Paragraph(bad),
        Bullets((bad, bad)),
        Callout(bad),
        Markdown(HOSTILE),
        Table(bad, "t", (Column(bad, bad),), ((Cell(bad, bad, id="used:0"),),), (bad,), bad),
        replace(sample.cost_figure(), caption=bad, alt=f"Alt {bad}", source_note=bad),
    )
    document = replace(
        sample.report(), title=bad, subtitle=bad, marking=bad, notice=bad, status=bad, version=bad
    )
    document = replace(document, blocks=blocks)
    return render(document, tmp_path_factory.mktemp("hostile"), quotes=sample.SampleQuotes())


def test_hostile_text_is_shown_and_never_run(hostile: dict[str, Path]) -> None:
    html = hostile["html"].read_text(encoding="utf-8")
    tags = re.findall(r"<[a-zA-Z][^>]*>", html[html.index("<body>") :])
    assert not [tag for tag in tags if tag.startswith("<script") or "<w:" in tag]
    assert not [tag for tag in tags if re.search(r"\son\w+=|javascript:|src=", tag)]
    assert "&lt;script&gt;alert(1)" in html
    pages = " ".join(page.extract_text() for page in PdfReader(hostile["pdf"]).pages)
    assert "<script>alert(1)</script>" in pages
    assert '#panic("x")' in pages
    assert "root:" not in pages + html


def test_hostile_text_leaves_word_well_formed(hostile: dict[str, Path]) -> None:
    import zipfile

    with zipfile.ZipFile(hostile["docx"]) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                content = archive.read(name)
                ET.fromstring(content)
                assert b"<w:active" not in content
                assert b"javascript:" not in content


def test_no_file_holds_a_way_out(files: dict[str, Path], parts: dict[str, bytes]) -> None:
    html = files["html"].read_text(encoding="utf-8")
    assert not re.findall(r'(?:src|@import|url\()\s*=?\s*["\']?https?:', html)
    assert "<script" not in html
    assert not [name for name in parts if "vba" in name.lower() or "embeddings" in name]


def test_the_sample_grows_only_by_its_data_annex() -> None:
    numbered = number(fill(sample.report(), sample.SampleQuotes()))
    extra = len(with_data_annex(numbered).document.blocks) - len(numbered.document.blocks)
    assert extra == 2
