"""The blocks of a document as one pandoc tree, with a format's own parts from its writer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from wayforward.report.typeset import nodes
from wayforward.report.typeset.document import (
    Block,
    Bullets,
    Callout,
    Contents,
    Figure,
    Heading,
    Markdown,
    Narrative,
    Node,
    PageBreak,
    Paragraph,
    Prose,
    Table,
    anchor,
)
from wayforward.report.typeset.numbering import Numbered


class Writer(Protocol):
    """What one format makes for itself; the rest is pandoc's own writer."""

    def heading(self, heading: Heading) -> list[Node]:
        """A heading with its number and anchor."""

    def table(self, table: Table, label: str) -> list[Node]:
        """A table with caption, notes and source."""

    def figure(self, figure: Figure, label: str) -> list[Node]:
        """A figure with caption, picture, source and the way to its data."""

    def lead(self, paragraph: Node) -> list[Node]:
        """A paragraph that opens a section."""

    def callout(self, callout: Callout) -> list[Node]:
        """A gap."""

    def contents(self) -> list[Node]:
        """The contents list."""

    def page_break(self) -> list[Node]:
        """A new page."""

    def prose_table(self, node: Node) -> Node:
        """A table written in the narrative itself."""

    def link(self, node: Node) -> Node:
        """A link that leads to an anchor in the report."""


def body(numbered: Numbered, writer: Writer) -> list[Node]:
    """The whole body of a document, in order."""
    blocks = numbered.document.blocks
    result: list[Node] = []
    if not any(isinstance(block, Contents) for block in blocks):
        result.extend(writer.contents())
    for block, lead in _with_lead(blocks):
        result.extend(_one(block, lead, numbered, writer))
    return result


def _with_lead(blocks: Sequence[Block]) -> Iterator[tuple[Block, bool]]:
    """Each block, and whether it opens a numbered section: a commissioner could quote it."""
    opens = False
    for block in blocks:
        yield block, opens
        numbered = isinstance(block, Heading) and block.level == 1 and bool(block.number)
        opens = numbered and str(getattr(block, "number", "")).isdigit()


def _one(block: Block, lead: bool, numbered: Numbered, writer: Writer) -> list[Node]:
    match block:
        case Heading():
            return writer.heading(block)
        case Prose():
            return _prose(block, lead, writer)
        case Paragraph():
            text = nodes.para(nodes.inlines(block.text))
            return writer.lead(text) if lead or block.lead else [text]
        case Bullets():
            return [_bullets(block)]
        case Callout():
            return writer.callout(block)
        case PageBreak():
            return writer.page_break()
        case Contents():
            return writer.contents()
        case Table():
            return writer.table(block, numbered.labels.get(anchor(block.id), ""))
        case Figure():
            return writer.figure(block, numbered.labels[anchor(block.id)])
        case Narrative() | Markdown():
            raise TypeError("narrative must be read before it is set: see narrative.fill")


def _prose(prose: Prose, lead: bool, writer: Writer) -> list[Node]:
    def changed(node: Node) -> Node:
        if node["t"] == "Link" and node["c"][2][0].startswith("#"):
            return writer.link(node)
        return node

    tree = [
        writer.prose_table(node) if node["t"] == "Table" else node
        for node in nodes.mapped(list(prose.nodes), changed)
    ]
    if lead and tree[0]["t"] == "Para":
        return [*writer.lead(tree[0]), *tree[1:]]
    return tree


def _bullets(bullets: Bullets) -> Node:
    items = [[{"t": "Plain", "c": nodes.inlines(text)}] for text in bullets.items]
    if not bullets.ordered:
        return {"t": "BulletList", "c": items}
    return {"t": "OrderedList", "c": [[1, {"t": "Decimal"}, {"t": "Period"}], items]}
