"""What differs between two texts, word by word; and two changes of one text put together where they don't meet."""

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

SAME, ADDED, REMOVED = "same", "added", "removed"
WORD = re.compile(r"\s+|[^\s]+")
MOST_WORDS = 600  # of a stretch that is compared word by word; a longer one is told as taken out and put in
CONTEXT = 240  # characters of unchanged text beside a change


@dataclass(frozen=True)
class Piece:
    """A stretch of text that is the same in both, or is only in the second (added) or the first (removed)."""

    kind: str
    text: str


def differences(before: str, after: str) -> list[Piece]:
    """The two texts as one, with what was taken out and what was put in: by line, and by word within changed lines."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    found: list[Piece] = []
    for what, a, b, c, d in difflib.SequenceMatcher(None, old, new).get_opcodes():
        if what == "equal":
            found.append(Piece(SAME, "".join(old[a:b])))
        else:
            found += _by_word("".join(old[a:b]), "".join(new[c:d]))
    return _joined(found)


def _by_word(before: str, after: str) -> list[Piece]:
    old, new = WORD.findall(before), WORD.findall(after)
    if len(old) > MOST_WORDS or len(new) > MOST_WORDS:
        return [Piece(REMOVED, before), Piece(ADDED, after)]
    found = []
    for what, a, b, c, d in difflib.SequenceMatcher(None, old, new).get_opcodes():
        if what == "equal":
            found.append(Piece(SAME, "".join(old[a:b])))
        else:
            found += [Piece(REMOVED, "".join(old[a:b])), Piece(ADDED, "".join(new[c:d]))]
    return found


def _joined(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces with those of a kind that follow one another as one, and no empty ones."""
    found: list[Piece] = []
    for piece in pieces:
        if piece.text and found and found[-1].kind == piece.kind:
            found[-1] = Piece(piece.kind, found[-1].text + piece.text)
        elif piece.text:
            found.append(piece)
    return found


def shortened(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces with the middle of a long unchanged stretch left out."""
    for place, piece in enumerate(pieces):
        if piece.kind != SAME or len(piece.text) <= 2 * CONTEXT:
            yield piece
            continue
        first = piece.text[:CONTEXT] if place else ""
        last = piece.text[-CONTEXT:] if place < len(pieces) - 1 else ""
        yield Piece(SAME, f"{first} … {last}")


def many_words(pieces: Sequence[Piece], kind: str) -> int:
    """How many words the pieces of a kind hold."""
    return sum(len(piece.text.split()) for piece in pieces if piece.kind == kind)


def together(base: str, theirs: str, mine: str) -> str | None:
    """The text with both changes in it; None where the two touch the same lines, so that a person must choose."""
    lines = base.splitlines(keepends=True)
    one, other = _edits(lines, theirs), _edits(lines, mine)
    if any(a <= d and c <= b for a, b, _ in one for c, d, _ in other):
        return None
    for start, end, instead in sorted([*one, *other], reverse=True):
        lines[start:end] = instead
    return "".join(lines)


def _edits(base: list[str], other: str) -> list[tuple[int, int, list[str]]]:
    new = other.splitlines(keepends=True)
    found = difflib.SequenceMatcher(None, base, new).get_opcodes()
    return [(a, b, new[c:d]) for what, a, b, c, d in found if what != "equal"]
