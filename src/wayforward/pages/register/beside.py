"""What is put aside, as a form lists it, and where one can go on to: rules may be about several records at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from wayforward.pages.register import aside
from wayforward.pages.register.draft import Draft
from wayforward.pages.register.entries import Fault
from wayforward.pages.register.place import NOT_BY_FORM
from wayforward.people.permissions import may
from wayforward.records.base import Versioned, exercise_model, kinds, record_models
from wayforward.records.case import references

# What the buttons of a form send: put this aside and go on, open what is aside, leave it out.
ON, OPEN, LEAVE = "aside", "open-", "leave-"
REGISTER, CODE = "next", "next-code"
MOST_NAMED = 200  # codes that are suggested


@dataclass(frozen=True)
class Next:
    """Which register to go on to and which record of it (blank: a new one), as it was asked for, and what is wrong."""

    stem: str = ""
    code: str = ""
    faults: tuple[Fault, ...] = ()


def is_step(step: str) -> bool:
    """Whether a button asks for something other than to check or save this one record."""
    return step == ON or step.startswith((f"{ON}:", OPEN, LEAVE))


def offered(draft: Draft, next_: Next | None) -> dict[str, Any]:
    """For the form: what is put aside, and where one can go on to where rules are about several records."""
    place = draft.place
    data: dict[str, Any] = {"put_aside": listed(draft), "wide": None}
    wanted = next_ or Next()
    if not (draft.by_rules or place.beside or wanted.faults):
        return data
    models = [
        model
        for model in (exercise_model(), *record_models())
        if model.changed_by != NOT_BY_FORM and may(place.request.user, model.changed_by, place.exercise)
    ]
    near = _near(models, place.model)
    named = dict.fromkeys(fault.link for fault in draft.faults if fault.link)
    data["wide"] = {
        "named": [one for one in named if type(place.case.get(one)) in models][: aside.MOST],
        "near": near,
        "others": [model for model in models if model not in near],
        "stem": wanted.stem or (near[0].stem if near else ""),
        "code": wanted.code,
        "codes": [row.code for row in place.seen(place.model)[:MOST_NAMED]],
        "said": {fault.name: fault.words for fault in wanted.faults},
    }
    return data


def _near(models: Sequence[type[Versioned]], own: type[Versioned]) -> list[type[Versioned]]:
    """The registers whose records name those of one, then that one itself, then those that its records name."""
    naming = [one for one in models if one is not own and own in [field.table for field in references(one)]]
    named = [field.table for field in references(own)]
    some = [*naming, *(one for one in models if one is own), *(one for one in models if one in named)]
    return list(dict.fromkeys(some))


def listed(draft: Draft) -> list[dict[str, Any]]:
    """What is put aside, in the order of its numbers."""
    words = {model.stem: model.words() for model in kinds().values()}
    rows = {(row.stem, row.code): row for row in draft.place.put}
    return [
        {
            "number": number,
            "code": one.code,
            "words": words.get(one.stem, one.stem),
            "name": getattr(rows.get((one.stem, one.code)), "label", ""),
            "is_new": one.version == 0,
        }
        for number, one in enumerate(draft.place.beside)
    ]
