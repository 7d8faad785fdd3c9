"""One pass over the tree of a narrative: quotes in, anything active out, typed figures noted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from wayforward.report.typeset import nodes, numerals
from wayforward.report.typeset.document import Block, Heading, Markdown, Narrative, Node, Prose, anchor
from wayforward.report.typeset.quotes import Dropped, NarrativeFault, Quotes, UnknownQuote

QUOTE_SCHEMES = ("finding:", "record:", "records:")
LINK_SCHEMES = ("http://", "https://", "mailto:")
DEEPEST_HEADING = 4
LONGEST_TOLD = 60  # characters of what is left out
PLACE = re.compile(r"s(\d{4})\.md@(\d+):")
_SCOPED = re.compile(r"^#s\d{4}\.md__")
_FORMATTED = ("Emph", "Strong", "Strikeout", "Superscript", "Subscript", "Underline", "SmallCaps")


def position(node: Node) -> str:
    """The place pandoc noted on a node: Div, Span and most others carry it, in one of two spots."""
    content = node.get("c")
    if not isinstance(content, list):
        return ""
    for part in content[:2]:
        if isinstance(part, list) and len(part) == 3 and isinstance(part[2], list):
            for pair in part[2]:
                if isinstance(pair, list) and pair and pair[0] == "data-pos":
                    return str(pair[1])
    return ""


@dataclass
class _Line:
    """The typed text of one paragraph, heading or cell, with the line of each piece."""

    text: str = ""
    starts: list[tuple[int, int]] = field(default_factory=list)
    footnotes: set[str] = field(default_factory=set)

    def add(self, text: str, line: int) -> None:
        self.starts.append((len(self.text), line))
        self.text += text

    def line_at(self, place: int) -> int:
        return next((line for start, line in reversed(self.starts) if start <= place), 1)


class Reader:
    """Walks the tree of one narrative; holds where it is and what it found."""

    def __init__(self, narrative: Narrative | Markdown, quotes: Quotes, used: dict[str, int]) -> None:
        self.narrative = narrative
        self.quotes = quotes
        self.used = used
        self.line = 1
        self.levels: list[int] = []
        self.level = narrative.heading_level - 1
        self.in_footnote = False
        self.typed = _Line()
        self.blocks: list[Block] = []
        self.waiting: list[Node] = []
        self.faults: list[NarrativeFault] = []
        self.dropped: list[Dropped] = []

    def read(self, tree: Sequence[Node]) -> Reader:
        headers = (one for one in _unwrapped(tree, lambda _: None) if one["t"] == "Header")
        self.levels = sorted({one["c"][0] for one in headers})
        for node in _unwrapped(tree, self._moved):
            image = _block_quote(node)
            if image:
                self._flush()
                self._block(image)
            elif node["t"] == "Header":
                self._flush()
                self._heading(node)
            else:
                self.waiting.extend(self._one_block(node))
        self._flush()
        self.faults.sort(key=lambda fault: fault.line)
        return self

    def _moved(self, node: Node) -> None:
        place = PLACE.search(position(node))
        if place:
            self.line = int(place.group(2))

    def _fault(self, found: str, allowed: str, line: int | None = None) -> None:
        one = self.narrative
        at = self.line if line is None else line
        self.faults.append(NarrativeFault(one.section, one.source, at, found, allowed))

    def _drop(self, what: str) -> None:
        self.dropped.append(Dropped(self.narrative.section, self.line, what))

    def _flush(self) -> None:
        if self.waiting:
            prose = Prose(tuple(self.waiting), self.narrative.section, self.narrative.source)
            self.blocks.append(prose)
            self.waiting = []

    def _block(self, image: Node) -> None:
        target = _target(image)
        caption = " ".join(nodes.plain(self._text(image["c"][1])).split())
        try:
            self.blocks.extend(self.quotes.block(target, caption))
        except UnknownQuote as unknown:
            self._fault(f"the quote {target}", str(unknown))
            self.waiting.append(nodes.para(nodes.inlines(f"[not found: {target}]")))

    def _heading(self, node: Node) -> None:
        level = self._level(node["c"][0])
        text = " ".join(nodes.plain(self._text(node["c"][2])).split())
        if not text:
            self._drop("a heading without text")
            return
        name = anchor(f"{self.narrative.section}-{text}")
        self.used[name] = self.used.get(name, 0) + 1
        if self.used[name] > 1:
            name = anchor(f"{name}-{self.used[name]}")
        self.blocks.append(Heading(level, text, name))

    def _level(self, written: int) -> int:
        """Levels follow one another whatever the author starts from or skips: PDF/UA asks it."""
        wanted = self.narrative.heading_level + self.levels.index(written)
        self.level = min(wanted, self.level + 1, DEEPEST_HEADING)
        return self.level

    def _nested(self, blocks: Sequence[Node]) -> list[Node]:
        result: list[Node] = []
        for node in _unwrapped(blocks, self._moved):
            if image := _block_quote(node):
                self._fault(
                    f"the quote {_target(image)} inside a list, quotation or table",
                    "put it in a paragraph of its own",
                )
                continue
            result.extend(self._one_block(node))
        return result

    def _one_block(self, node: Node) -> list[Node]:
        content: Any = node.get("c")
        match node["t"]:
            case "Para" | "Plain":
                text = self._text(content)
                return [{"t": node["t"], "c": text}] if _visible(text) else []
            case "Header":
                return [nodes.para([{"t": "Strong", "c": self._text(content[2])}])]
            case "BlockQuote":
                return [{"t": "BlockQuote", "c": self._nested(content)}]
            case "BulletList":
                return [{"t": "BulletList", "c": [self._nested(item) for item in content]}]
            case "OrderedList":
                items = [self._nested(item) for item in content[1]]
                return [{"t": "OrderedList", "c": [content[0], items]}]
            case "CodeBlock":
                self._code(content[1])
                return [{"t": "CodeBlock", "c": [nodes.attributes(), content[1]]}]
            case "HorizontalRule":
                return [{"t": "HorizontalRule"}]
            case "Table":
                return [self._table(content)]
            case "RawBlock":
                self._drop(_markup(content[1]))
                return []
            case other:
                self._drop(f"a part this report can't hold ({other})")
                return []

    def _code(self, text: str) -> None:
        for number, line in enumerate(text.split("\n")):
            self._check(_single(line, self.line + number))

    def _table(self, content: Any) -> Node:
        def row(one: Any) -> Any:
            cells = [
                [nodes.attributes(), cell[1], cell[2], cell[3], self._nested(cell[4])] for cell in one[1]
            ]
            return [nodes.attributes(), cells]

        head = [nodes.attributes(), [row(one) for one in content[3][1]]]
        bodies = [[nodes.attributes(), body[1], [], [row(one) for one in body[3]]] for body in content[4]]
        empty = [nodes.attributes(), []]
        table = [nodes.attributes(), [None, []], content[2], head, bodies, empty]
        return {"t": "Table", "c": table}

    def _text(self, content: Sequence[Node]) -> list[Node]:
        """The inlines of one paragraph, heading or cell, checked for typed figures."""
        outer, self.typed = self.typed, _Line()
        result = self._inlines(content)
        self._check(self.typed)
        self.typed = outer
        return result

    def _check(self, line: _Line) -> None:
        if not isinstance(self.narrative, Narrative):
            return
        for one in numerals.typed(line.text, self.in_footnote):
            self._fault(f"'{one.word}'", numerals.ALLOWED, line.line_at(one.start))

    def _inlines(self, content: Sequence[Node]) -> list[Node]:
        result: list[Node] = []
        for node in content:
            self._moved(node)
            result.extend(self._one_inline(node))
        return result

    def _one_inline(self, node: Node) -> list[Node]:
        content: Any = node.get("c")
        match node["t"]:
            case "Span":
                return self._inlines(content[1])
            case "Str":
                self.typed.add(content, self.line)
                return [node]
            case "Space" | "SoftBreak" | "LineBreak":
                self.typed.add(" ", self.line)
                return [{"t": node["t"]}]
            case "Code":
                self.typed.add(content[1], self.line)
                return [{"t": "Code", "c": [nodes.attributes(), content[1]]}]
            case "Link":
                return self._link(content[1], content[2][0])
            case "Image":
                return self._image(content[2][0])
            case "Note":
                return self._note(content)
            case kind if kind in _FORMATTED:
                return [{"t": kind, "c": self._inlines(content)}]
            case "RawInline":
                self._drop(_markup(content[1]))
                return []
            case other:
                self._drop(f"a part this report can't hold ({other})")
                return []

    def _note(self, content: Sequence[Node]) -> list[Node]:
        outer, self.in_footnote = self.in_footnote, True
        blocks = self._nested(content)
        self.in_footnote = outer
        return [{"t": "Note", "c": blocks}] if blocks and not outer else []

    def _link(self, content: Sequence[Node], to: str) -> list[Node]:
        address = "".join(unquote(to).split())
        line = self.line
        if address.startswith(QUOTE_SCHEMES):
            return self._quote(content, address)
        if address.startswith("#"):
            target = anchor(_SCOPED.sub("", address).lstrip("#"))
            node = nodes.link(self._inlines(content), f"#{target}", ["reference"])
            node["c"][0][2] = [["line", str(line)]]
            self.typed.add("\ufffc", line)
            return [node]
        if not address.lower().startswith(LINK_SCHEMES):
            self._drop(f"the link to {to[:80] or 'nowhere'}: only http, https and mailto are kept")
            return self._inlines(content)
        if nodes.plain(_bare(content)) == to.removeprefix("mailto:"):
            return [nodes.link(_bare(content), nodes.safe_address(to))]
        return [nodes.link(self._inlines(content), nodes.safe_address(to))]

    def _quote(self, content: Sequence[Node], target: str) -> list[Node]:
        self.typed.add("\ufffc", self.line)
        try:
            quoted = self.quotes.inline(target)
        except UnknownQuote as unknown:
            self._fault(f"the quote {target}", str(unknown))
            return nodes.inlines(f"[not found: {target}]")
        words = self._inlines(content) or nodes.inlines(quoted.text)
        result = words
        if quoted.anchor:
            result = [nodes.link(words, f"#{anchor(quoted.anchor)}", ["quoted"])]
        if quoted.footnote and not self.in_footnote and quoted.footnote not in self.typed.footnotes:
            self.typed.footnotes.add(quoted.footnote)
            result.append({"t": "Note", "c": [nodes.para(nodes.inlines(quoted.footnote))]})
        return result

    def _image(self, to: str) -> list[Node]:
        address = "".join(unquote(to).split())
        if address.startswith(QUOTE_SCHEMES):
            self._fault(
                f"the quote ![]({address}) in the middle of a paragraph",
                "put it in a paragraph of its own, or write [](...) for a value in the sentence",
            )
        else:
            self._drop("an image: charts come from findings")
        return []


def _markup(text: str) -> str:
    told = " ".join(text.split())
    return f"markup that is not Markdown: {told[:LONGEST_TOLD]}{'…' if len(told) > LONGEST_TOLD else ''}"


def _single(text: str, line: int) -> _Line:
    one = _Line()
    one.add(text, line)
    return one


def _unwrapped(blocks: Sequence[Node], moved: Callable[[Node], None]) -> Iterator[Node]:
    """Blocks without the wrappers that only hold a place; each is told where it stands."""
    for node in blocks:
        moved(node)
        if node["t"] == "Div":
            yield from _unwrapped(node["c"][1], moved)
        else:
            yield node


def _bare(content: Sequence[Node]) -> list[Node]:
    result: list[Node] = []
    for node in content:
        result.extend(_bare(node["c"][1]) if node["t"] == "Span" else [node])
    return result


def _block_quote(node: Node) -> Node | None:
    """The image that quotes a block, if a paragraph holds that and nothing else."""
    if node["t"] not in ("Para", "Plain"):
        return None
    content = [one for one in _bare(node["c"]) if one["t"] not in ("Space", "SoftBreak")]
    if len(content) != 1 or content[0]["t"] != "Image":
        return None
    return content[0] if _target(content[0]).startswith(QUOTE_SCHEMES) else None


def _target(image: Node) -> str:
    return "".join(unquote(image["c"][2][0]).split())


def _visible(content: Sequence[Node]) -> bool:
    return any(one["t"] not in ("Space", "SoftBreak", "LineBreak") for one in content)
