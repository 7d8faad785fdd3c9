"""The pages of one form: the form itself, and its answers to check before they are saved."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse

from wayforward.pages import describe
from wayforward.pages.register.beside import Next, is_step, offered
from wayforward.pages.register.controls import controls, named
from wayforward.pages.register.draft import Draft
from wayforward.pages.register.entries import PREFIX, Fault, asked_of
from wayforward.pages.register.place import shown
from wayforward.records.base import Versioned

FORM = "pages/register/form.html"
CHECK = "pages/register/check.html"


def form(draft: Draft, status: int = 200, next_: Next | None = None) -> HttpResponse:
    """The form of a record, with what is wrong with its entries."""
    place = draft.place
    fields = asked_of(place.model, without=() if draft.is_new else ("code",))
    step = place.request.POST.get("step", "")
    stays = place.request.method == "POST" and step != "back" and not is_step(step)
    data = {
        "title": f"Add to {place.model.plural()}" if draft.is_new else f"Change {_called(draft.record)}",
        "question": place.model.meaning(),
        "draft": draft,
        "controls": controls(place, fields, draft.texts, draft.faults),
        "faults": draft.faults,
        "first": f"{PREFIX}{fields[0].name}",
        "unchanged": stays and not draft.faults and not draft.changes,
        **offered(draft, next_),
    }
    return shown(place, FORM, data, [*draft.stored, *named(place, fields)], status)


def check(draft: Draft, status: int = 200, faults: Sequence[Fault] = ()) -> HttpResponse:
    """The answers of a form, and of what was put aside, before they are saved."""
    place = draft.place
    drafts = [one for one in (draft, *draft.beside) if one.changes]
    data = {
        "title": "Check your answers",
        "called": _called(draft.put[0]) if not draft.beside else "",
        "draft": draft,
        "groups": [_changes(one, draft.beside) for one in drafts],
        "hidden": [(f"{PREFIX}{name}", text) for name, text in draft.texts.items()],
        "faults": faults,
        "first": faults[0].name if faults else "",
    }
    every: list[Versioned] = [row for one in (draft, *draft.beside) for row in (*one.stored, *one.put)]
    return shown(place, CHECK, data, every, status)


def _changes(draft: Draft, beside: Sequence[Draft]) -> dict[str, Any]:
    """What changes of one record, field by field; of one put aside also its number there."""
    after = draft.put[0]
    number = next((place for place, one in enumerate(beside) if one is draft), None)
    own = number is None
    rows = [
        {
            "label": str(one.verbose_name),
            "id": f"{PREFIX}{one.name}" if own else "",
            "was": "" if draft.is_new else describe.exact_text(draft.record, one),
            "now": describe.exact_text(after, one),
            "known": draft.texts[one.name] != "",
        }
        for one in asked_of(draft.place.model)
        if one.name in draft.names
    ]
    return {
        "words": draft.place.model.words(),
        "called": _called(after),
        "is_new": draft.is_new,
        "own": own,
        "number": number,
        "rows": rows,
    }


def _called(record: Versioned) -> str:
    return f"{record.code}{f', {record.label}' if record.label else ''}"
