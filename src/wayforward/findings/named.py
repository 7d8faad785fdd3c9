"""The names of what is commercial: whatever says one of them is commercial too.

A name is told in many places that rest on no row of its record: in a headline, in what a figure waits for, in a note.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from weakref import WeakKeyDictionary

from wayforward.findings.finding import Finding, Scalar
from wayforward.records.base import Record, Versioned, columns
from wayforward.records.case import Case
from wayforward.records.fields import CodeField, LongText, RecordRef, ShortText

# Shorter ones are words of many a sentence ("IT", "HR"): they would withhold nearly everything, and tell nothing.
SHORTEST = 4
LONGEST = 59  # of a name as it is looked for: lists and charts cut longer ones off there
# The fields by which something is known. What else a record is told by (a role, a phase, a measure) is no name of it.
NAMES = ("name", "title", "term", "text", "short_name", "supplier", "bidder")
FEWEST_WORDS = (
    4  # of what a commercial record says, to be looked for as its names are: fewer are anybody's words
)
WORD = re.compile(r"[^\W_]+")
APART = " \x00 "  # between texts, so that no name is read across two of them


class Names:
    """Names to be looked for in texts, as whole words, in capitals or not."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = frozenset(names)
        # By their longest word, so that a text is read once however many there are.
        self._by_word: dict[str, list[str]] = defaultdict(list)
        for name in self._names:
            if words := WORD.findall(name):
                self._by_word[max(words, key=len)].append(name)

    def __bool__(self) -> bool:
        return bool(self._names)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Names) and self._names == other._names

    __hash__ = None  # type: ignore[assignment]  # nothing is kept by it

    def said_in(self, texts: Iterable[str]) -> bool:
        """Whether any of the texts says one of the names."""
        if not self._by_word:
            return False
        text = _plain(APART.join(texts))
        words = self._by_word.keys() & set(WORD.findall(text))
        return any(_said(name, text) for word in words for name in self._by_word[word])


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _said(name: str, text: str) -> bool:
    at = text.find(name)
    while at >= 0:
        end = at + len(name)
        if not text[at - 1 : at].isalnum() and not text[end : end + 1].isalnum():
            return True
        at = text.find(name, at + 1)
    return False


_names: WeakKeyDictionary[Case, Names] = WeakKeyDictionary()
_telling: WeakKeyDictionary[Case, dict[type[Record], frozenset[str]]] = WeakKeyDictionary()


def commercial_names(case: Case) -> Names:
    """The names of the commercial records of a case, and how what they say begins.

    A name that another record has too, which is not commercial, is none of them: it is known anyway.
    """
    if case not in _names:
        _names[case] = Names(_secret(case))
    return _names[case]


def _secret(case: Case) -> set[str]:
    hidden = [row for one in sorted(case.commercial) if (row := case.get(one)) is not None]
    if not hidden:
        return set()
    known = set(called(case.exercise))
    words = set[str]()
    for model in case.models():
        for row in case.rows(model):
            if row.reference not in case.commercial:
                known.update(called(row))
                words.update(_texts(row))
    secret = {name for row in hidden for name in called(row)} - known
    said = {text for row in hidden for text in _texts(row)} - words
    return secret | {_cut(_plain(text)) for text in said if len(text.split()) >= FEWEST_WORDS}


def called(record: Versioned) -> Iterator[str]:
    """What a record is called, as it is looked for."""
    for name in _fields(type(record))[0]:
        told = _cut(_plain(getattr(record, name)))
        if len(told) >= SHORTEST:
            yield told


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST + 1].rpartition(" ")[0] or text


def telling(case: Case, model: type[Record]) -> frozenset[str]:
    """The codes of the rows of a table that are commercial, or say the name of what is."""
    if not case.commercial:
        return frozenset()
    kept = _telling.setdefault(case, {})
    if model not in kept:
        names = commercial_names(case)
        kept[model] = frozenset(
            row.code
            for row in case.rows(model)
            if row.reference in case.commercial or names.said_in(texts_of_record(row))
        )
    return kept[model]


def tells(case: Case, record: Versioned) -> bool:
    """Whether a record is commercial, or says the name of what is."""
    return isinstance(record, Record) and record.code in telling(case, type(record))


def texts_of(found: Finding) -> Iterator[str]:
    """Everything that a finding says in words."""
    yield found.headline
    yield from (column.title for column in found.columns)
    yield from found.warnings
    yield from found.waiting
    yield from (item.title for item in found.evidence)
    yield from _words([found.value, *found.parameters.values()])
    for row in found.rows:
        yield from _words(row.values())


def records_in(case: Case, found: Finding) -> Iterator[Versioned]:
    """The records whose codes stand in a finding's rows: a page shows what they are called."""
    for column in found.columns:
        for row in found.rows if column.refers else ():
            if value := row.get(column.name):
                named = case.get(str(value) if column.refers == "record" else f"{column.refers}:{value}")
                if named is not None:
                    yield named


def _words(values: Iterable[Scalar]) -> Iterator[str]:
    return (value for value in values if isinstance(value, str))


def texts_of_record(record: Versioned) -> Iterator[str]:
    """Everything that a record says in words of its own, and what it is called, which may be by another's name."""
    yield record.label
    yield from _texts(record)


def _texts(record: Versioned) -> Iterator[str]:
    for name in _fields(type(record))[1]:
        yield getattr(record, name)


@cache
def _fields(model: type[Versioned]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The fields of a table that hold names, and all that hold words of people's own.

    Of a section only what is written in it: its title is a heading, which the public version prints too.
    """
    if model.narrative:
        return (), (model.narrative,)
    words = tuple(
        field.name
        for field in columns(model)
        if isinstance(field, ShortText | LongText) and not isinstance(field, CodeField | RecordRef)
    )
    return tuple(name for name in words if name in NAMES), words
