"""What a writer can quote: findings, records and registers, each with the exact text that quotes it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, combinations

from wayforward.exercise.models import Section
from wayforward.findings import Findings
from wayforward.findings.finding import Column, Finding
from wayforward.pages.describe import field_text
from wayforward.pages.labels import Labels, short
from wayforward.records.base import Record, Versioned, columns
from wayforward.records.fields import LongText
from wayforward.report.case_quotes import CaseQuotes
from wayforward.report.compose import quoted_in
from wayforward.report.typeset.quotes import UnknownQuote

MOST = 20
MOST_ROWS = 15
MOST_FIELDS = 12
FEWEST_LETTERS = 2
PLAIN = re.compile(r"[A-Za-z0-9._:-]+\Z")  # what an address may hold as it is


@dataclass(frozen=True)
class Quote:
    """What the reader will see, and what the writer writes for it."""

    shows: str
    text: str


@dataclass(frozen=True)
class Thing:
    """Something that can be quoted, with its quotes; those of its single rows apart, for there may be many."""

    title: str
    says: str
    quotes: tuple[Quote, ...]
    rows: tuple[Quote, ...] = field(default=())


def quotable(findings: Findings, section: Section, words: str) -> tuple[list[Thing], int]:
    """What can be quoted that holds the words, and how many more there are; without words, what the section quotes."""
    quotes = CaseQuotes(findings, Labels(findings.case), {})
    asked = words.casefold().split()
    if len("".join(asked)) < FEWEST_LETTERS:
        keys = quoted_in(section) or [key for key in findings if key.startswith("exercise.")]
        return [_finding(findings[key], quotes) for key in keys[:MOST]], 0
    found: list[Finding | Record | type[Record]] = [
        *(one for one in findings.all() if _holds(f"{one.key} {one.title} {one.headline}", asked)),
        *(model for model in findings.case.models() if _holds(f"{model.plural()} {model.stem}", asked)),
        *(row for row in _records(findings) if _holds(f"{row.reference} {row.label}", asked)),
    ]
    return [_thing(one, findings, quotes) for one in found[:MOST]], max(len(found) - MOST, 0)


def _holds(text: str, words: Iterable[str]) -> bool:
    low = text.casefold()
    return all(word in low for word in words)


def _records(findings: Findings) -> Iterator[Record]:
    return chain.from_iterable(findings.case.rows(model) for model in findings.case.models())


def _thing(one: Finding | Versioned | type[Record], findings: Findings, quotes: CaseQuotes) -> Thing:
    if isinstance(one, Finding):
        return _finding(one, quotes)
    if isinstance(one, type):
        many = len(findings.case.rows(one))
        table = Quote("the register as a table", f"![](records:{one.stem})")
        return Thing(one.plural().capitalize(), f"{one.meaning()} {many:,} recorded.", (table,))
    return _record(one)


def _finding(one: Finding, quotes: CaseQuotes) -> Thing:
    made = [Quote("the sentence", f"[](finding:{one.key}?column=headline)")]
    if one.value is not None:
        made += _shown(quotes, f"finding:{one.key}")
    if one.rows:
        made.append(Quote("the figure or table", f"![](finding:{one.key})"))
    return Thing(one.title, one.headline, tuple(made), tuple(_rows(one, quotes)))


def _rows(one: Finding, quotes: CaseQuotes) -> Iterator[Quote]:
    """A quote of each row's value, by the fewest columns that tell the rows apart."""
    named = _telling_apart(one)
    if not one.value_column or not named:
        return
    for row in one.rows[:MOST_ROWS]:
        query = "&".join(f"{column.name}={row.get(column.name)}" for column in named)
        yield from _shown(quotes, f"finding:{one.key}?{query}")


def _telling_apart(one: Finding) -> list[Column]:
    words = [column for column in one.columns if not column.numeric and column.name != one.value_column]
    for size in (1, 2):
        for some in combinations(words, size):
            names = [tuple(row.get(column.name) for column in some) for row in one.rows]
            plain = all(isinstance(cell, str) and PLAIN.match(cell) for name in names for cell in name)
            if plain and len(set(names)) == len(names):
                return list(some)
    return []


def _shown(quotes: CaseQuotes, target: str) -> list[Quote]:
    try:
        return [Quote(quotes.inline(target).text, f"[]({target})")]
    except UnknownQuote:
        return []


def _record(one: Versioned) -> Thing:
    fields = [
        Quote(f"{f.verbose_name}: {field_text(one, f)}", f"[](record:{one.reference}/{f.name})")
        for f in columns(type(one))
        if f.name not in ("code", "marking")
        and not isinstance(f, LongText)
        and getattr(one, f.name) not in (None, "")
    ]
    return Thing(f"{one.code} {short(one)}", one.words().capitalize(), tuple(fields[:MOST_FIELDS]))
