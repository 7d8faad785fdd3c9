"""How a form asks for a field: its label, what may stand there, and the control to give it with."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from wayforward.pages.describe import NONE_NAMED, Column, blank_means
from wayforward.pages.labels import short
from wayforward.pages.register.entries import PREFIX, Fault
from wayforward.pages.register.place import Place
from wayforward.records.base import Versioned
from wayforward.records.fields import (
    Choice,
    Day,
    LongText,
    Money,
    Number,
    RecordRef,
    Reference,
    ShortText,
    Whole,
    YearField,
    YesNo,
)

MOST_RADIOS = 5
# Rows of another register that a drop-down holds; beyond, they are suggested as one types; beyond a thousand the code
# is typed, for a page of thousands of suggestions helps nobody.
MOST_SELECTED, MOST_SUGGESTED = 200, 1000
IN_FIGURES = (Number, Whole)
SHORT_ENTRY = 80


@dataclass(frozen=True)
class Offered:
    """One of the values to choose from."""

    value: str
    words: str


@dataclass(frozen=True)
class Control:
    """One question of a form. `kind`: radios, select, suggest, area or text."""

    name: str
    id: str
    label: str
    hint: str
    kind: str
    text: str
    offered: tuple[Offered, ...] = ()
    before: str = ""
    after: str = ""
    width: str = ""
    mode: str = "text"
    rows: int = 1
    longest: int | None = None
    faults: tuple[str, ...] = ()


def controls(
    place: Place | None,
    fields: Iterable[Column],
    texts: Mapping[str, str],
    faults: Collection[Fault] = (),
    prefix: str = PREFIX,
) -> list[Control]:
    """The questions of a form, each with what stands in it and what is wrong with that."""
    return [_control(place, one, texts.get(one.name, ""), faults, prefix) for one in fields]


def named(place: Place, fields: Iterable[Column]) -> list[Versioned]:
    """The records of other registers that a form names among what it offers."""
    tables = {one.table: one for one in fields if isinstance(one, Reference)}
    own = {id(row) for row in place.put}  # not stored yet, and marked apart
    return [row for one in tables.values() for row in _suggested(place, one) if id(row) not in own]


def _suggested(place: Place, field: Reference) -> list[Versioned]:
    rows = place.seen(field.table)
    return rows if len(rows) <= MOST_SUGGESTED else []


def _control(
    place: Place | None, field: Column, text: str, faults: Collection[Fault], prefix: str
) -> Control:
    offered = _offered(place, field)
    kind = _kind(place, field, offered)
    if text and kind in ("radios", "select") and text not in [one.value for one in offered]:
        offered = (*offered, Offered(text, f"{text} (not one of these)"))
    numeric = isinstance(field, IN_FIGURES) and not isinstance(field, YearField)
    return Control(
        name=f"{prefix}{field.name}",
        id=f"{prefix}{field.name}",
        label=f"{field.verbose_name}{'' if field.required else ' (optional)'}",
        hint=hint(field, kind),
        kind=kind,
        text=text,
        offered=offered,
        before="£" if isinstance(field, Money) else "",
        after="" if isinstance(field, Money) or not numeric else _unit(field),
        width=_width(field),
        mode="decimal" if isinstance(field, Number) and not _may_be_negative(field) else "text",
        rows=min(15, max(4, len(text) // 70 + text.count("\n") + 1)),
        longest=field.max_length if isinstance(field, ShortText) else None,
        faults=tuple(one.words for one in faults if one.name == field.name),
    )


def _may_be_negative(field: Number) -> bool:
    return field.least is None or field.least < 0


def _unit(field: Column) -> str:
    return "" if field.unit == "fraction" else field.unit


def _kind(place: Place | None, field: Column, offered: tuple[Offered, ...]) -> str:
    if isinstance(field, Reference):
        return "suggest" if place and len(place.seen(field.table)) > MOST_SELECTED else "select"
    if isinstance(field, Choice | YesNo):
        return "radios" if sum(bool(one.value) for one in offered) <= MOST_RADIOS else "select"
    return "area" if isinstance(field, LongText) else "text"


def _offered(place: Place | None, field: Column) -> tuple[Offered, ...]:
    blank = () if field.required else (Offered("", _blank(field)),)
    if isinstance(field, YesNo):
        return (Offered("yes", "Yes"), Offered("no", "No"), *blank)
    if isinstance(field, Choice):
        return (*(Offered(str(value), str(words)) for value, words in field.flatchoices), *blank)
    if isinstance(field, Reference):
        rows = _suggested(place, field) if place else []
        return (*blank, *(Offered(row.code, _called(row)) for row in rows))
    return ()


def _called(row: Versioned) -> str:
    name = short(row)
    return f"{row.code} {name}" if name != row.code else f"{row.code} {row.label}"[:SHORT_ENTRY]


def _blank(field: Column) -> str:
    means = blank_means(field) or (NONE_NAMED if isinstance(field, Reference) else "not known")
    return f"{means[:1].upper()}{means[1:]}"


def hint(field: Column, kind: str = "") -> str:
    """What a field is, and what may stand in it where that is not to be seen."""
    said = [str(field.help_text).strip()] if field.help_text else []
    free = isinstance(field, ShortText | LongText) and not isinstance(field, RecordRef)
    if not free and kind not in ("radios", "select"):
        said.append(_as_sentence(field.allowed()))
    return " ".join(_ended(words) for words in said)


def _as_sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"


def _ended(words: str) -> str:
    return words if words.endswith((".", "?", "!")) else f"{words}."


def _width(field: Column) -> str:
    if isinstance(field, Day | YearField | Money | Number | Whole):
        return "govuk-input--width-10"
    return "govuk-!-width-two-thirds"
