"""The read half of the generic register: every table as a list, every record as a page."""

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from wayforward.findings import Findings, show
from wayforward.pages import describe, listing, marking, quoting, stages
from wayforward.pages.answer import answer
from wayforward.pages.comments import shown
from wayforward.pages.frame import frame
from wayforward.pages.opened import opened
from wayforward.pages.withheld import rows_for
from wayforward.pages.working_out import last_worked_out
from wayforward.people.permissions import may
from wayforward.records.base import Record, Versioned, exercise_model, record_models
from wayforward.records.case import Case
from wayforward.records.fields.words import CODE
from wayforward.records.models import Attachment, Citation, Event, Evidence
from wayforward.records.rows import cells

MOST_EVENTS = 50
ABOUT_EVIDENCE = ("evidence", "citations", "attachments")  # registers whose values are not cited themselves
SAVED = {"added": "It has been added", "changed": "The change is stored", "cited": "The evidence is stored"}


def registers(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """Every table of the exercise, by stage, with how many records it holds."""
    findings = opened(request, code)
    groups = [
        {"stage": one.name, "title": one.title, "registers": stages.registers(findings.case, one)}
        for one in stages.STAGES
    ]
    data = {**frame(findings), "groups": groups}
    return answer(request, form, "pages/registers.html", data, nav="registers")


def register(request: HttpRequest, code: str, stem: str, form: str) -> HttpResponse:
    """Every record of one kind: a dense list that can be searched."""
    findings = opened(request, code)
    model = model_of_stem(stem)
    there = stages.rows(findings.case, model)
    every = rows_for(request.user, findings, there)
    asked = listing.Asked.of(request.GET)
    found = listing.chosen(every, model, asked)
    page = None if form == "json" else listing.page_of(found, asked)
    data = {
        **frame(findings, marking.of_records(findings.case, page or found)),
        "stem": stem,
        "title": model.plural().capitalize(),
        "question": model.meaning(),
        "query": asked.words,
        "only": dict(asked.only),
        "sort": asked.sort,
        "total": len(every),
        "withheld": len(there) - len(every),
        "found": len(found),
    }
    if page is None:
        return answer(request, form, "", {**data, "records": [cells(row) for row in found]})
    columns = describe.listed_columns(model)
    return answer(
        request,
        form,
        "pages/register.html",
        data,
        heads=listing.heads(model, asked.sort),
        lines=[{"code": row.code, "cells": [describe.cell(row, c) for c in columns]} for row in page],
        filters=listing.filters(every, model, request.GET),
        page=page,
        plural=model.plural(),
        may_change=may(request.user, model.changed_by, findings.case.exercise),
        may_add=issubclass(model, Record),
        goes_away=model.changed_by != "nobody",
        most_together=listing.MOST_TOGETHER,
        done=_done(request),
        **place_among_stages(model),
    )


def _done(request: HttpRequest) -> str:
    """What a form has just done, by the address that it led back to."""
    removed, changed = request.GET.get("removed", ""), request.GET.get("changed", "")
    if CODE.match(removed):
        return f"{removed} is no longer there. Its history is kept."
    if changed.isascii() and changed.isdecimal() and len(changed) < 4:
        return f"{show.count(int(changed), 'record')} changed."
    return ""


def record(request: HttpRequest, code: str, stem: str, which: str, form: str) -> HttpResponse:
    """One record: its fields with their evidence, what uses it, and its history."""
    findings = opened(request, code)
    model = model_of_stem(stem)
    one = record_of(findings.case, model, which)
    events = Event.objects.filter(exercise=findings.case.exercise, record=one.reference).order_by("-sequence")
    remarks = shown.beside(request.user, findings, one.reference)
    worked = last_worked_out(findings) or (findings if form == "json" else None)
    data = {
        **frame(findings, [*_markings(findings.case, one), remarks["marking"]]),
        "stem": stem,
        "code": one.code,
        "reference": one.reference,
        "title": one.label or one.code,
        "question": model.meaning(),
        "version": one.version,
        "fields": describe.fields(findings.case, one),
        "used_in": _used_in(worked, one) if worked else [],
        "quoted_in": quoting.quoted_in(request.user, findings, f"record:{one.reference}"),
        "supports": describe.supports(findings.case, one),
        "remarks": remarks,
        "history": describe.history(events[:MOST_EVENTS], findings.case.exercise),
    }
    return answer(
        request,
        form,
        "pages/record.html",
        data,
        plural=model.plural(),
        not_yet=worked is None,
        may_change=may(request.user, model.changed_by, findings.case.exercise),
        may_remove=issubclass(model, Record)
        and may(request.user, model.removed_by or model.changed_by, findings.case.exercise),
        may_cite=model.stem not in ABOUT_EVIDENCE
        and may(request.user, Citation.changed_by, findings.case.exercise),
        saved=SAVED.get(request.GET.get("saved", "")),
        files=rows_for(request.user, findings, _files_of(findings.case, one)),
        **place_among_stages(model),
    )


def _files_of(case: Case, one: Versioned) -> list[Attachment]:
    """The files that a piece of evidence consists of."""
    return [row for row in case.rows(Attachment) if row.evidence is one] if isinstance(one, Evidence) else []


def _markings(case: Case, one: Versioned) -> Iterator[str]:
    """Of all that a record's page shows: the record, what it names, the evidence beside it, what it supports."""
    yield from marking.of_records(case, [one])
    yield from marking.of_evidence(case, one)
    yield from marking.of_supported(case, one)
    yield from marking.of_records(case, _files_of(case, one))


def _used_in(findings: Findings, one: Versioned) -> list[dict[str, Any]]:
    """The findings that rest on a record; on a piece of evidence, those that it supports."""
    return [
        {"key": found.key, "title": found.title}
        for stage in stages.STAGES
        for found in stage.findings(findings)
        if one.reference in found.inputs
        or (one.kind() == "evidence" and any(item.code == one.code for item in found.evidence))
    ]


def record_of(case: Case, model: type[Versioned], which: str) -> Versioned:
    """The record of that code. Raises Http404 where there is none."""
    if model is exercise_model():
        found: Versioned | None = case.exercise if which == case.exercise.code else None
    else:
        found = case.get(f"{model.kind()}:{which}")
    if found is None:
        raise Http404(f"There is no {model.words()} {which!r} in this exercise.")
    return found


def model_of_stem(stem: str) -> type[Versioned]:
    """The table of that stem. Raises Http404 where there is none."""
    found = next((model for model in (exercise_model(), *record_models()) if model.stem == stem), None)
    if found is None:
        raise Http404(f"There is no register {stem!r}.")
    return found


def place_among_stages(model: type[Versioned]) -> dict[str, Any]:
    """Where a table stands among the stages, for the way back."""
    home = stages.stage(str(model._meta.app_label))
    return {"home_stage": home, "nav": home.name if home else "registers", "stages": stages.STAGES}
