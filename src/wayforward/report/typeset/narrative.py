"""Narrative in Markdown, read once: quotes filled, links checked, anything active left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from wayforward.report.typeset import nodes, pandoc
from wayforward.report.typeset.document import Block, Document, Markdown, Narrative, Node
from wayforward.report.typeset.quotes import (
    Dropped,
    InlineQuote,
    NarrativeFault,
    NarrativeFaults,
    NoQuotes,
    Quotes,
    UnknownQuote,
)
from wayforward.report.typeset.reading import PLACE, Reader, position

__all__ = [
    "Dropped",
    "InlineQuote",
    "NarrativeFault",
    "NarrativeFaults",
    "NoQuotes",
    "Quotes",
    "Reading",
    "UnknownQuote",
    "fill",
    "read_narratives",
]


@dataclass(frozen=True)
class Reading:
    """What was read: for each narrative its blocks, and what was wrong or left out."""

    blocks: tuple[tuple[Block, ...], ...]
    faults: tuple[NarrativeFault, ...]
    dropped: tuple[Dropped, ...]


def read_narratives(narratives: Sequence[Narrative | Markdown], quotes: Quotes) -> Reading:
    """Read all narratives with one call of pandoc and fill their quotes.

    Faults are collected, never raised; blocks with a fault show the words "[not found: ...]".
    """
    trees = _by_text(pandoc.read([nodes.clean(one.markdown) for one in narratives]), narratives)
    used: dict[str, int] = {}
    readers = [Reader(one, quotes, used).read(tree) for one, tree in zip(narratives, trees, strict=True)]
    return Reading(
        tuple(tuple(reader.blocks) for reader in readers),
        tuple(fault for reader in readers for fault in reader.faults),
        tuple(one for reader in readers for one in reader.dropped),
    )


def fill(document: Document, quotes: Quotes) -> Document:
    """Put what the narratives of a document say in their place.

    Raises NarrativeFaults with everything that needs mending.
    """
    narratives = [block for block in document.blocks if isinstance(block, Narrative | Markdown)]
    if not narratives:
        return document
    reading = read_narratives(narratives, quotes)
    if reading.faults:
        raise NarrativeFaults(reading.faults)
    filled = iter(reading.blocks)
    blocks: list[Block] = []
    for block in document.blocks:
        blocks.extend(next(filled) if isinstance(block, Narrative | Markdown) else (block,))
    return replace(document, blocks=tuple(blocks))


def _by_text(tree: Sequence[Node], texts: Sequence[object]) -> list[list[Node]]:
    parts: list[list[Node]] = [[] for _ in texts]
    current = 0
    for node in tree:
        place = PLACE.search(position(node))
        if place:
            current = int(place.group(1))
        parts[current].append(node)
    return parts
