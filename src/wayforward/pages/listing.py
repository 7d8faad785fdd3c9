"""A register as a list: searched, kept to one choice, put in an order, and cut into pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import QueryDict

from wayforward.pages import describe
from wayforward.records.base import Versioned, columns
from wayforward.records.fields import Choice, Reference
from wayforward.records.rows import cells

A_PAGE = 50
QUERY_LENGTH = 100


@dataclass(frozen=True)
class Asked:
    """What of a register is asked for: words to hold, a value of its one choice, a column to sort by, a page."""

    words: str
    only: str
    sort: str
    page: str

    @classmethod
    def of(cls, query: QueryDict) -> "Asked":
        words = query.get("q", "").strip()[:QUERY_LENGTH]
        return cls(words, query.get("only", ""), query.get("sort", ""), query.get("page", ""))


def chosen(rows: Sequence[Versioned], model: type[Versioned], asked: Asked) -> list[Versioned]:
    """The rows that hold the words and the choice, in the order asked for."""
    field = choice_of(model)
    kept = [row for row in rows if not (field and asked.only) or getattr(row, field.name) == asked.only]
    return _sorted([row for row in kept if _holds(row, asked.words.casefold())], model, asked.sort)


def choice_of(model: type[Versioned]) -> Choice | None:
    """The first choice among the columns that a list shows, by which it can be narrowed."""
    return next((f for f in describe.listed_columns(model) if isinstance(f, Choice)), None)


def choices(rows: Sequence[Versioned], model: type[Versioned]) -> list[dict[str, Any]]:
    """The values of that choice which some row has, each with how many; none where that narrows nothing."""
    field = choice_of(model)
    if field is None:
        return []
    held = [getattr(row, field.name) for row in rows]
    some = [
        {"value": v, "words": words, "count": held.count(v)} for v, words in field.flatchoices if v in held
    ]
    return some if len(some) > 1 else []


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
