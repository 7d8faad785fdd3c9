"""Where a form stands: whose exercise, which register, which record, and whether this person may change it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from wayforward.findings import Findings
from wayforward.pages import marking
from wayforward.pages.answer import MARKING
from wayforward.pages.frame import frame
from wayforward.pages.opened import as_it_stands, opened
from wayforward.pages.people import actor_of
from wayforward.pages.record_views import model_of_stem, place_among_stages, record_of
from wayforward.pages.register import aside
from wayforward.pages.submitted import sent_by
from wayforward.pages.withheld import barred, rows_for
from wayforward.people.permissions import COMMERCIAL, demand, refusal
from wayforward.records.base import Record, Versioned
from wayforward.records.case import Case
from wayforward.records.save import Sent

NOT_BY_FORM = "nobody"  # the rule of a register whose rows other pages write
LONGEST_VERSION = 9


@dataclass(frozen=True)
class Place:
    """An exercise open before a person who may change the records of one register.

    `beside`: what they have put aside to be saved together; `put`: rows of that, for others to name.
    """

    request: HttpRequest
    findings: Findings
    model: type[Versioned]
    beside: tuple[aside.Aside, ...] = ()
    put: tuple[Versioned, ...] = ()

    @property
    def case(self) -> Case:
        return self.findings.case

    @property
    def exercise(self) -> Any:
        return self.case.exercise

    @property
    def actor(self) -> str:
        return actor_of(self.request.user)

    def seen(self, model: type[Versioned]) -> list[Versioned]:
        """The rows of a table that this person may see, and those that they have put aside."""
        if not issubclass(model, Record):
            return [self.exercise]
        rows = rows_for(self.request.user, self.findings, self.case.rows(model))
        own = {row.code: row for row in self.put if type(row) is model}
        if not own:
            return list(rows)
        stored = [own.pop(row.code, row) for row in rows]
        return sorted([*stored, *own.values()], key=lambda row: row.code)

    def named(self, reference: str) -> Versioned | None:
        """The record behind kind:CODE, among what is put aside and what is stored; None where there is none."""
        found = next((row for row in self.put if row.reference == reference), None)
        return found or self.case.get(reference)

    def anew(self) -> "Place":
        """The same place as it stands now, after somebody changed something."""
        return replace(self, findings=as_it_stands(self.exercise))


def at(request: HttpRequest, code: str, stem: str, removing: bool = False) -> Place:
    """The register that a person came to change, or to take something from.

    Raises Http404, or PermissionDenied where they may not.
    """
    findings = opened(request, code)
    model = model_of_stem(stem)
    exercise = findings.case.exercise
    demand_change(request.user, model, exercise, removing)
    return Place(
        request, findings, model, aside.opened(request.user, exercise, request.POST.getlist(aside.NAME))
    )


def demand_change(user: Any, model: type[Versioned], exercise: Any, removing: bool = False) -> None:
    """Raise PermissionDenied where this person may not change, or take away, the records of a register by a form."""
    rule = (removing and model.removed_by) or model.changed_by
    if rule == NOT_BY_FORM:
        words = f"The {model.plural()} are kept by the pages that they come from, and not by a form."
        raise PermissionDenied(words)
    demand(user, rule, exercise)


def record_at(place: Place, which: str) -> Versioned:
    """One record that this person may see with all that it names. Raises Http404 or PermissionDenied."""
    one = record_of(place.case, place.model, which)
    refuse_withheld(place, marking.of_records(place.case, [one]))
    return one


def refuse_withheld(place: Place, markings: Iterable[str]) -> None:
    """Raise PermissionDenied where something of these markings is withheld from this person."""
    if marking.in_words(place.case, markings) == COMMERCIAL and barred(place.request.user, place.findings):
        raise PermissionDenied(refusal(place.request.user, "open commercial", place.exercise))


def shown(
    place: Place, template: str, data: dict[str, Any], records: Iterable[Versioned] = (), status: int = 200
) -> HttpResponse:
    """A page with a form, marked as strictly as the records that it shows."""
    markings = list(marking.of_records(place.case, records))
    markings += [str(getattr(row, "marking", "") or "") for row in place.put]
    refuse_withheld(place, markings)
    framed = frame(place.findings, markings)
    context = {
        **framed,
        "stem": place.model.stem,
        "plural": place.model.plural(),
        "words": place.model.words(),
        "aside": place.beside,
        **place_among_stages(place.model),
        **data,
    }
    response = render(place.request, template, context, status=status)
    response[MARKING] = framed["exercise"]["marking"]
    return response


def new_submission() -> str:
    """The name of a form that is being given out, by which it is known if it comes twice."""
    return str(uuid4())


def submission_of(place: Place, instead: Mapping[str, str] | None = None) -> Sent:
    """The form that came. Raises BadRequest where it is none that was given out here.

    `instead`: entries as they are stored, so that the same answer typed otherwise is the same.
    """
    sent = sent_by(place.request, instead)
    if sent is None:
        raise BadRequest("A form without its submission.")
    return sent


def version_of(text: str) -> int:
    """A version as a form holds it. Raises BadRequest for what is none."""
    if not (text.isascii() and text.isdecimal() and len(text) <= LONGEST_VERSION):
        raise BadRequest("A form without the version that it was made from.")
    return int(text)
