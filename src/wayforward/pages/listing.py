"""A register as a list: searched, kept to some values, put in an order, and cut into pages."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import QueryDict

from wayforward.pages import describe
from wayforward.pages.labels import short
from wayforward.records.base import Versioned, columns
from wayforward.records.fields import Choice, Reference, YesNo
from wayforward.records.rows import cells

A_PAGE = 50
QUERY_LENGTH = 100
MOST_VALUES = 12  # of a column by which a list is narrowed
MOST_TOGETHER = 500  # rows that are changed at once
ONLY = "only-"  # before a column's name in an address
Narrowing = Choice | Reference | YesNo


@dataclass(frozen=True)
class Asked:
    """What of a register is asked for: words to hold, values of its columns, a column to sort by, a page."""

    words: str
    only: Mapping[str, str]
    sort: str
    page: str

    @classmethod
    def of(cls, query: QueryDict) -> "Asked":
        words = query.get("q", "").strip()[:QUERY_LENGTH]
        only = {
            name.removeprefix(ONLY): value
            for name, value in query.items()
            if name.startswith(ONLY) and isinstance(value, str) and value
        }
        return cls(words, only, query.get("sort", ""), query.get("page", ""))


def chosen(rows: Sequence[Versioned], model: type[Versioned], asked: Asked) -> list[Versioned]:
    """The rows that hold the words and the values asked for, in the order asked for."""
    narrowing = {field.name: field for field in filtering(model)}
    kept = [
        row
        for row in rows
        if all(_cell(row, narrowing[name]) == v for name, v in asked.only.items() if name in narrowing)
    ]
    return _sorted([row for row in kept if _holds(row, asked.words.casefold())], model, asked.sort)


def filtering(model: type[Versioned]) -> list[Narrowing]:
    """The columns by whose values a list can be narrowed: those that hold one of a few."""
    return [one for one in columns(model) if isinstance(one, Choice | Reference | YesNo)]


def _cell(row: Versioned, field: Narrowing) -> str:
    return field.write_cell(getattr(row, field.name))


@dataclass(frozen=True)
class Filter:
    """A column with the values that some row has, each with how many rows have it, and the one asked for."""

    name: str
    label: str
    values: list[dict[str, Any]]
    asked: str
    every: str  # the address of the list without it


def filters(rows: Sequence[Versioned], model: type[Versioned], query: QueryDict) -> list[Filter]:
    """The columns that narrow a list: of few values, and more than one of them."""
    asked = Asked.of(query)
    some = [
        Filter(
            f"{ONLY}{one.name}",
            str(one.verbose_name),
            [{**value, "href": _with(query, one.name, value["value"])} for value in _values(rows, one)],
            asked.only.get(one.name, ""),
            _with(query, one.name, ""),
        )
        for one in filtering(model)
    ]
    return [one for one in some if 1 < len(one.values) <= MOST_VALUES or one.asked]


def _with(query: QueryDict, name: str, value: str) -> str:
    """The address of the same list with another value of a column, or none, from its first page on."""
    other = query.copy()
    for gone in ("page", "removed", f"{ONLY}{name}"):
        other.pop(gone, None)
    if value:
        other[f"{ONLY}{name}"] = value
    return f"?{other.urlencode()}"


def _values(rows: Sequence[Versioned], field: Narrowing) -> list[dict[str, Any]]:
    """The values of a column in their order, each with its words and how many rows have it."""
    held: Counter[str] = Counter()
    words: dict[str, str] = {}
    for row in rows:
        if value := _cell(row, field):
            held[value] += 1
            if value not in words:
                words[value] = _in_words(row, field)
    order = [str(value) for value, _ in field.flatchoices] if isinstance(field, Choice) else sorted(held)
    return [{"value": v, "words": words[v], "count": held[v]} for v in order if v in held]


def _in_words(row: Versioned, field: Narrowing) -> str:
    other = getattr(row, field.name)
    return short(other) if isinstance(other, Versioned) else describe.field_text(row, field)


def _holds(row: Versioned, words: str) -> bool:
    """Whether a row holds some words, as it is stored or as it is shown."""
    if not words:
        return True
    stored = " ".join(cells(row).values())
    return words in stored.casefold() or any(
        words in text.casefold()
        for field in columns(type(row))
        for text in (describe.field_text(row, field), describe.exact_text(row, field))
    )


def _sorted(rows: list[Versioned], model: type[Versioned], sort: str) -> list[Versioned]:
    """By a column, downwards where a minus stands before it; what is not known comes last either way."""
    named = {field.name: field for field in (*columns(model), *describe.listed_columns(model))}
    field = named.get(sort.removeprefix("-"))
    if field is None:
        return rows
    known = [row for row in rows if getattr(row, field.name) not in (None, "")]
    rest = [row for row in rows if getattr(row, field.name) in (None, "")]

    def value(row: Versioned) -> Any:
        if isinstance(field, Choice):
            return list(dict(field.flatchoices)).index(getattr(row, field.name))
        if isinstance(field, Reference):
            return describe.field_text(row, field).casefold()
        found = getattr(row, field.name)
        return (
            found.casefold() if isinstance(found, str) else str(found) if isinstance(found, dict) else found
        )

    return sorted(known, key=value, reverse=sort.startswith("-")) + rest


def heads(model: type[Versioned], sort: str) -> list[dict[str, Any]]:
    """The heads of a list's columns, each with what to ask for to sort by it and how it is sorted now."""
    named = [("code", describe.ListHead("Code", "", False))]
    named += [(field.name, describe.head(field)) for field in describe.listed_columns(model)]
    return [
        {
            "title": head.title,
            "unit": head.unit,
            "numeric": head.numeric,
            "sort": f"-{name}" if sort == name else name,
            "sorted": {name: "ascending", f"-{name}": "descending"}.get(sort, ""),
        }
        for name, head in named
    ]


def page_of(rows: list[Versioned], asked: Asked) -> Page[Versioned]:
    """The page asked for; the first where that is no page, the last where there are fewer."""
    paginator = Paginator(rows, A_PAGE)
    number = int(asked.page) if asked.page.isdecimal() and asked.page.isascii() else 1
    return paginator.page(max(1, min(number, paginator.num_pages)))
