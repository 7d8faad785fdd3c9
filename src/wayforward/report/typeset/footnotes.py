"""Footnotes that would never end: one that calls a footnote, which is followed in a ring or doubled each time.

A note is set anew wherever it is called, so the calls of one text are limited too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MOST_CALLS = 200
INSIDE = "a footnote inside a footnote"
TOO_MANY = "one footnote more"
ALLOWED = {
    INSIDE: "write it into the text of the footnote that it stands in",
    TOO_MANY: f"at most {MOST_CALLS} footnotes in a section",
}

UNCALLED = "the text of a footnote that nothing calls"

# Where the text of one begins: its label and a colon, at the start of a line or after the marks of what it stands in.
_DEFINED = re.compile(r"[ \t>*+\-0-9.)]*\[\^(?:\\.|[^\]\\])+\]:")
_CONTINUED = re.compile(r"[ \t>]*(?: {4}|\t)")
_CALL = re.compile(r"\\*\[\^")
_LABEL = re.compile(r"(?<!\\)\[\^((?:\\.|[^\]\\])+)\](:?)")
_PLAIN = "&#91;^"  # a bracket that opens nothing


@dataclass(frozen=True)
class Call:
    """A call of a footnote that was left as plain characters: its line, and what was wrong with it."""

    line: int
    found: str


def untangled(text: str) -> tuple[str, list[Call]]:
    """The text with each call that can't be followed as plain characters, and those calls, one a line at most."""
    lines = text.split("\n")
    found: list[Call] = []
    inside = after_blank = False
    calls = 0
    for place, line in enumerate(lines):
        start = _DEFINED.match(line)
        if start:
            inside = True
        elif inside and after_blank and line.strip() and not _CONTINUED.match(line):
            inside = False
        after_blank = not line.strip(" \t>")
        kept = start.end() if start else 0
        here = len(_CALL.findall(line[kept:]))
        if not inside:
            calls += here
        if here and (inside or calls > MOST_CALLS):
            lines[place] = line[:kept] + _CALL.sub(_PLAIN, line[kept:])
            found.append(Call(place + 1, INSIDE if inside else TOO_MANY))
    return "\n".join(lines), found


def uncalled(text: str) -> list[int]:
    """The lines on which footnotes are written that no sentence calls: the reader leaves them out."""
    written: dict[str, int] = {}
    called: set[str] = set()
    for number, line in enumerate(text.split("\n"), start=1):
        start = _DEFINED.match(line)
        for place, found in enumerate(_LABEL.finditer(line)):
            label = " ".join(found[1].split()).casefold()
            if start and place == 0 and found[2] and found.end() == start.end():
                written.setdefault(label, number)
            else:
                called.add(label)
    return [number for label, number in written.items() if label not in called]
