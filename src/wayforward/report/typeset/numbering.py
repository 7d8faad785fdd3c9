"""Numbers of headings, tables and figures, given once and the same in every format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from wayforward.report.typeset import nodes
from wayforward.report.typeset.document import (
    Block,
    Document,
    DocumentFault,
    Figure,
    Heading,
    Node,
    Prose,
    Table,
    anchor,
    as_cell,
)
from wayforward.report.typeset.quotes import NarrativeFault, NarrativeFaults

DATA_ANNEX = "figure-data"
DEEPEST_IN_CONTENTS = 2


@dataclass(frozen=True)
class Entry:
    """A line of the contents list."""

    level: int
    number: str
    text: str
    anchor: str


@dataclass(frozen=True)
class Numbered:
    """A document with every heading numbered and every reference filled.

    ``labels`` gives "Table 3" or "Figure 1" for the anchor of a captioned block.
    """

    document: Document
    labels: Mapping[str, str]
    contents: tuple[Entry, ...]


def number(document: Document, lost: list[NarrativeFault] | None = None) -> Numbered:
    """Number headings and captions, and fill references such as ``[](#table-id)``.

    Raises NarrativeFaults for a reference to nothing, DocumentFault for a link or anchor of a
    quote that no heading, table, figure or cell carries. For a draft, ``lost`` takes the faults
    instead, and the words "[not found: ...]" stand in place of the reference.
    """
    numbered = replace(document, blocks=tuple(_headings(document.blocks)))
    labels = dict(_captions(numbered.blocks))
    words = _reference_words(numbered, labels)
    faults: list[NarrativeFault] = [] if lost is None else lost
    blocks = tuple(
        _with_references(block, words, faults) if isinstance(block, Prose) else block
        for block in numbered.blocks
    )
    if faults and lost is None:
        raise NarrativeFaults(faults)
    _check_links(blocks, set(words))
    return Numbered(replace(document, blocks=blocks), labels, tuple(_contents(blocks)))


def with_data_annex(numbered: Numbered) -> Numbered:
    """Add an annex of the tables behind the figures: for formats that can't fold them away."""
    figures = [block for block in numbered.document.blocks if isinstance(block, Figure)]
    with_data = [(figure, figure.table) for figure in figures if figure.table]
    if not with_data:
        return numbered
    heading = Heading(1, "Data behind the figures", DATA_ANNEX, _next_annex(numbered))
    tables = [
        replace(
            table,
            id=data_id(figure),
            caption=f"{numbered.labels[anchor(figure.id)]} data: {figure.caption}",
            numbered=False,
        )
        for figure, table in with_data
    ]
    blocks = (*numbered.document.blocks, heading, *tables)
    document = replace(numbered.document, blocks=blocks)
    return replace(numbered, document=document, contents=tuple(_contents(blocks)))


def data_id(figure: Figure) -> str:
    """The id of the data table of a figure."""
    return f"{anchor(figure.id)}-data"


def _next_annex(numbered: Numbered) -> str:
    letters = [entry.number for entry in numbered.contents if entry.level == 1]
    annexes = [letter for letter in letters if len(letter) == 1 and letter.isalpha()]
    return chr(ord(max(annexes, default="@")) + 1)


def _headings(blocks: tuple[Block, ...]) -> Iterator[Block]:
    parent, count = "", 0
    for block in blocks:
        if isinstance(block, Heading):
            given = block.number or ""
            if block.level == 1:
                parent, count = given, 0
            elif block.level == 2 and block.number is None and parent:
                count += 1
                given = f"{parent}.{count}"
            yield replace(block, number=given)
        else:
            yield block


def _captions(blocks: tuple[Block, ...]) -> Iterator[tuple[str, str]]:
    tables = figures = 0
    for block in blocks:
        if isinstance(block, Table) and block.numbered:
            tables += 1
            yield anchor(block.id), f"Table {tables}"
        elif isinstance(block, Figure):
            figures += 1
            yield anchor(block.id), f"Figure {figures}"


def _reference_words(document: Document, labels: Mapping[str, str]) -> dict[str, str]:
    words = dict(labels)
    for block in document.blocks:
        if isinstance(block, Heading):
            words[anchor(block.id)] = _heading_words(block)
        elif isinstance(block, Table):
            words.setdefault(anchor(block.id), block.caption)
            for row in block.rows:
                for cell in map(as_cell, row):
                    if cell.id:
                        words[anchor(cell.id)] = cell.text
    return words


def _heading_words(heading: Heading) -> str:
    if not heading.number:
        return f"“{heading.text}”"
    kind = "section" if heading.number[0].isdigit() else "annex"
    return f"{kind} {heading.number}"


def _with_references(prose: Prose, words: Mapping[str, str], faults: list[NarrativeFault]) -> Prose:
    def filled(node: Node) -> Node:
        if node["t"] != "Link" or "reference" not in node["c"][0][1]:
            return node
        target = node["c"][2][0].removeprefix("#")
        if target in words:
            content = node["c"][1] or nodes.inlines(words[target])
            return nodes.link(content, f"#{target}", ["reference"])
        line = next((int(value) for key, value in node["c"][0][2] if key == "line"), 1)
        allowed = "refer to the id of a heading, table or figure in this report"
        faults.append(NarrativeFault(prose.section, prose.source, line, f"the reference #{target}", allowed))
        return {"t": "Span", "c": [nodes.attributes(), nodes.inlines(f"[not found: #{target}]")]}

    return replace(prose, nodes=tuple(nodes.mapped(list(prose.nodes), filled)))


def _check_links(blocks: tuple[Block, ...], known: set[str]) -> None:
    missing: set[str] = set()

    def noted(node: Node) -> Node:
        if node["t"] == "Link" and node["c"][2][0].startswith("#"):
            missing.add(node["c"][2][0].removeprefix("#"))
        return node

    for block in blocks:
        if isinstance(block, Prose):
            nodes.mapped(list(block.nodes), noted)
        elif isinstance(block, Table):
            missing.update(
                anchor(cell.link)
                for row in block.rows
                for cell in map(as_cell, row)
                if cell.link and not nodes.outside(cell.link)
            )
    missing -= known
    if missing:
        raise DocumentFault(tuple(f"a link leads to #{one}, which is nowhere" for one in sorted(missing)))


def _contents(blocks: tuple[Block, ...]) -> Iterator[Entry]:
    for block in blocks:
        if isinstance(block, Heading) and block.level <= DEEPEST_IN_CONTENTS:
            yield Entry(block.level, block.number or "", block.text, anchor(block.id))
