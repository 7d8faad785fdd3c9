"""Small constructors for pandoc's tree, and plain text out of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import Any
from urllib.parse import quote

from wayforward.report.typeset.document import Node

# An amount below nought as a word of its own; nothing in it means anything to Typst or HTML.
_NEGATIVE = re.compile(r"\u2212£?\d[\d.,]*[a-z%°]*[.,;:]?")
# Typographers' spaces share a glyph with the plain one and would take its place in copied text.
_SPACES = dict.fromkeys([*range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " ")


def clean(text: str) -> str:
    """Leave out control characters that XML refuses and marks that reverse the reading order."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").translate(_SPACES)
    kept = (c for c in lines if _allowed(c))
    return "".join(kept)


def _allowed(character: str) -> bool:
    if character in "\n\t" or character.isascii():
        return (character >= " " and character != "\x7f") or character in "\n\t"
    if character in "\ufeff\ufffe\uffff" or "\u202a" <= character <= "\u202e":
        return False
    return unicodedata.category(character) not in ("Cc", "Co", "Cs") and character not in "⁦⁧⁨⁩"


def inlines(text: str) -> list[Node]:
    """Plain text as inline nodes: words, spaces and line breaks."""
    result: list[Node] = []
    for row, line in enumerate(clean(text).split("\n")):
        if row:
            result.append({"t": "LineBreak"})
        for place, word in enumerate(line.split(" ")):
            if place:
                result.append({"t": "Space"})
            if word:
                result.append({"t": "Str", "c": word})
    return result


def attributes(
    identifier: str = "", classes: Sequence[str] = (), pairs: Sequence[tuple[str, str]] = ()
) -> list[object]:
    """A pandoc attribute."""
    return [identifier, list(classes), [list(pair) for pair in pairs]]


def para(content: Iterable[Node]) -> Node:
    """A paragraph."""
    return {"t": "Para", "c": list(content)}


def raw_block(form: str, text: str) -> Node:
    """A block that goes into one format as it is: for text of our own only."""
    return {"t": "RawBlock", "c": [form, text]}


def raw_inline(form: str, text: str) -> Node:
    """An inline that goes into one format as it is: for text of our own only."""
    return {"t": "RawInline", "c": [form, text]}


def link(content: Sequence[Node], to: str, classes: Sequence[str] = ()) -> Node:
    """A link."""
    return {"t": "Link", "c": [attributes("", classes), list(content), [to, ""]]}


def styled(blocks: Sequence[Node], css_class: str, word_style: str) -> Node:
    """Blocks with a class (HTML) and a paragraph style (Word)."""
    pairs = [("custom-style", word_style)] if word_style else []
    return {"t": "Div", "c": [attributes("", [css_class], pairs), list(blocks)]}


def plain(content: Iterable[Node]) -> str:
    """The text of inline nodes as a reader hears it, notes left out."""
    return "".join(_plain_one(node) for node in content)


def _plain_one(node: Node) -> str:
    match node["t"]:
        case "Str":
            return str(node["c"])
        case "Code":
            return str(node["c"][1])
        case "Space" | "SoftBreak" | "LineBreak":
            return " "
        case "Emph" | "Strong" | "Strikeout" | "Superscript" | "Subscript" | "Underline":
            return plain(node["c"])
        case "Link" | "Span" | "Quoted":
            return plain(node["c"][1])
        case _:
            return ""


def plain_blocks(blocks: Sequence[Node]) -> str:
    """The text of paragraphs, one a line."""
    lines = (plain(one["c"]) for one in blocks if one["t"] in ("Para", "Plain"))
    return "\n".join(lines)


def mapped(tree: list[Node], change: Callable[[Node], Node]) -> list[Node]:
    """A tree with every node passed through ``change``, from the outside in."""
    return [_mapped(node, change) for node in tree]


def _mapped(part: Any, change: Callable[[Node], Node]) -> Any:
    if isinstance(part, dict):
        node = change(part) if "t" in part else part
        return {key: _mapped(value, change) for key, value in node.items()}
    if isinstance(part, list):
        return [_mapped(one, change) for one in part]
    return part


def outside(address: str) -> bool:
    """Whether a link leads out of the report."""
    return address.lower().startswith(("http://", "https://", "mailto:"))


def safe_address(address: str) -> str:
    """Percent-encode whatever an address should not hold, so that no writer has to escape it."""
    return quote(clean(address).strip(), safe=":/?#[]@!$&'()*+,;=%~")


def kept_whole(part: Any, form: str, frame: str) -> Any:
    """A tree in which no line ends between a minus sign and its amount: ``frame`` holds it in the words of a format."""
    if isinstance(part, list):
        return [kept_whole(one, form, frame) for one in part]
    if not isinstance(part, dict):
        return part
    if part.get("t") == "Str" and _NEGATIVE.fullmatch(part["c"]):
        return raw_inline(form, frame.format(part["c"]))
    return {key: kept_whole(value, form, frame) for key, value in part.items()}
