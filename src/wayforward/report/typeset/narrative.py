"""Narrative in Markdown, read once: quotes filled, links checked, anything active left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from wayforward.report.typeset import bounds, footnotes, nodes, pandoc
from wayforward.report.typeset.document import Block, Document, Markdown, Narrative, Node, TooMuch
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


MOST_NESTED = 60  # nodes inside one another; each level of a list takes about two
TOO_DEEP = bounds.Excess(
    1,
    "lists, quotations or emphasis too deep inside one another",
    f"at most about {MOST_NESTED // 2} of them",
)
TOO_LONG = bounds.Excess(1, bounds.TOO_LONG, bounds.SHORTER)


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
    texts = [footnotes.untangled(nodes.clean(one.markdown)) for one in narratives]
    slow = [bounds.excesses(text) for text, _ in texts]
    trees = _trees(["" if wrong else text for (text, _), wrong in zip(texts, slow, strict=True)])
    used: dict[str, int] = {}
    readers = [Reader(one, quotes, used) for one in narratives]
    faults: list[NarrativeFault] = []
    for one, reader, tree, (text, calls), wrong in zip(narratives, readers, trees, texts, slow, strict=True):
        faults += [_fault(one, call.line, call.found, footnotes.ALLOWED[call.found]) for call in calls]
        faults += [_fault(one, excess.line, excess.found, excess.allowed) for excess in wrong]
        if isinstance(tree, bounds.Excess):
            faults.append(_fault(one, tree.line, tree.found, tree.allowed))
        else:
            reader.dropped += [
                Dropped(one.section, line, footnotes.UNCALLED) for line in footnotes.uncalled(text)
            ]
            faults += reader.read(tree).faults
            reader.dropped.sort(key=lambda dropped: dropped.line)
    return Reading(
        tuple(tuple(reader.blocks) for reader in readers),
        tuple(faults),
        tuple(one for reader in readers for one in reader.dropped),
    )


def _fault(narrative: Narrative | Markdown, line: int, found: str, allowed: str) -> NarrativeFault:
    return NarrativeFault(narrative.section, narrative.source, line, found, allowed)


def _trees(texts: Sequence[str]) -> list[list[Node] | bounds.Excess]:
    """Each text as a tree; for one that nests too deep for what comes after, or that can't be read in time, why."""
    try:
        found = _by_text(pandoc.read(texts), texts)
    except (RecursionError, TooMuch) as error:  # one of them, and the others must not be lost for it
        if len(texts) == 1:
            return [TOO_DEEP if isinstance(error, RecursionError) else TOO_LONG]
        return [_trees([text])[0] for text in texts]
    return [tree if _depth(tree) <= MOST_NESTED else TOO_DEEP for tree in found]


def _depth(tree: Sequence[Node]) -> int:
    """How many nodes stand inside one another at most."""
    deepest = 0
    waiting: list[tuple[Any, int]] = [(list(tree), 0)]
    while waiting:
        part, depth = waiting.pop()
        if isinstance(part, dict):
            depth += 1
            deepest = max(deepest, depth)
            waiting += [(value, depth) for value in part.values()]
        elif isinstance(part, list):
            waiting += [(one, depth) for one in part]
    return deepest


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
